"""JSON of civil status."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import override

from app import codes
from app.fields import DossierCode
from app.lookups.domain.asking import LookUp, Outcome, Reason
from app.lookups.domain.civil_status import (
    Birth,
    CivilRegistration,
    Death,
    Marriage,
    RegistrationKind,
    RegistrationState,
    Submission,
)
from app.lookups.schemas.asking import OutcomeOut
from app.lookups.schemas.civil_forms import AttachedPaperIn, BirthIn, DeathIn, MarriageIn
from app.lookups.schemas.shown import Shown
from app.platform.wire import ApiModel

_PURPOSE: Final = "Đăng ký hộ tịch"
_REFERENCE: Final[dict[str, Any]] = {"dossier_code": "H38.12-261102-0099", "unit": 9001}
BIRTH: Final[dict[str, Any]] = _REFERENCE | {
    "birth": {
        "full_name": "Trần Văn Mẫu",
        "sex": "male",
        "born_on": "2026-10-30",
        "birthplace": "Trạm y tế xã Giả Định",
        "mother": {"full_name": "Nguyễn Thị Giả Định", "paper_number": "000000000001"},
        "requester": {"full_name": "Trần Văn Ví Dụ", "paper_number": "000000000002"},
    }
}
DEATH: Final[dict[str, Any]] = _REFERENCE | {
    "dossier_code": "H38.12-261102-0097",
    "death": {
        "deceased": {"full_name": "Trần Văn Giả", "paper_number": "000000000003"},
        "sex": "male",
        "died_on": "2026-10-30",
        "notice_kind": "1",
        "notice_number": "12/GBT",
        "requester": {"full_name": "Trần Văn Ví Dụ", "paper_number": "000000000002"},
    },
}
MARRIAGE: Final[dict[str, Any]] = _REFERENCE | {
    "dossier_code": "H38.12-261102-0098",
    "marriage": {
        "husband": {"full_name": "Trần Văn Ví Dụ", "paper_number": "000000000002"},
        "wife": {"full_name": "Nguyễn Thị Giả Định", "paper_number": "000000000001"},
        "requester": {"full_name": "Trần Văn Ví Dụ"},
    },
}
RESULT: Final[dict[str, Any]] = _REFERENCE | {"kind": "birth"}
RESULTS: Final[dict[str, Any]] = {
    "kind": "birth",
    "unit": 9001,
    "dossier_codes": ["H38.12-261102-0099"],
}


def reason_of(code: codes.DossierCode) -> Reason:
    """Return why civil status is asked: the dossier itself."""
    return Reason(purpose=_PURPOSE, dossier=code)


class RegistrationIn(ApiModel):
    """Hồ sơ hộ tịch. / A dossier of civil status."""

    dossier_code: DossierCode = Field(description="Hồ sơ một cửa. / The dossier.")
    unit: int = Field(
        ge=1, lt=2**63, description="Mã đơn vị của Bộ Tư pháp. / The ministry's unit number."
    )

    def reason(self) -> Reason:
        """Return why it is asked: the dossier itself."""
        return reason_of(self.dossier_code)


class SubmissionIn(RegistrationIn):
    """Gửi đăng ký hộ tịch. / What every submission has."""

    papers: list[AttachedPaperIn] = Field(
        default_factory=list, max_length=20, description="Giấy tờ gửi kèm. / Papers with it."
    )

    @abstractmethod
    def form(self) -> Birth | Death | Marriage:
        """Return the form that is submitted."""

    def submission(self) -> Submission:
        """Return what is submitted."""
        papers = tuple(one.paper() for one in self.papers)
        return Submission(self.dossier_code, self.unit, self.form(), papers)


class BirthSubmissionIn(SubmissionIn):
    """Gửi đăng ký khai sinh. / Submit a birth."""

    birth: BirthIn

    @override
    def form(self) -> Birth:
        """Return the form."""
        return self.birth.birth()


class DeathSubmissionIn(SubmissionIn):
    """Gửi đăng ký khai tử. / Submit a death."""

    death: DeathIn

    @override
    def form(self) -> Death:
        """Return the form."""
        return self.death.death()


class MarriageSubmissionIn(SubmissionIn):
    """Gửi đăng ký kết hôn. / Submit a marriage."""

    marriage: MarriageIn

    @override
    def form(self) -> Marriage:
        """Return the form."""
        return self.marriage.marriage()


class RegistrationResultsIn(ApiModel):
    """Hỏi kết quả nhiều hồ sơ hộ tịch. / Ask what became of several registrations."""

    kind: RegistrationKind = Field(description="Khai sinh, khai tử hoặc kết hôn. / Which kind.")
    unit: int = Field(
        ge=1, lt=2**63, description="Mã đơn vị của Bộ Tư pháp. / The ministry's unit number."
    )
    dossier_codes: list[DossierCode] = Field(
        min_length=1, max_length=30, description="Các hồ sơ một cửa. / The dossiers."
    )


class RegistrationResultIn(RegistrationIn):
    """Hỏi kết quả đăng ký hộ tịch. / Ask what became of a registration."""

    kind: RegistrationKind = Field(description="Khai sinh, khai tử hoặc kết hôn. / Which kind.")


class SubmittedOut(BaseModel):
    """Bộ Tư pháp đã tiếp nhận. / The ministry has taken it."""

    model_config = ConfigDict(frozen=True)

    lookup_id: str = Field(description="Mã lần gửi. / Id of the submission.")
    dossier_code: str = Field(description="Mã hồ sơ, cũng là mã ở Bộ Tư pháp. / Its code there.")


class CivilRegistrationOut(Shown):
    """Kết quả đăng ký hộ tịch. / What became of a registration."""

    state: RegistrationState
    state_label: str = Field(description="Tên tình trạng. / Vietnamese name of the state.")
    note: str | None = Field(description="Ghi chú, lý do. / Note, reason.")
    number: str | None = Field(description="Số đăng ký. / Number in the register.")
    book: str | None = Field(description="Quyển số. / Book.")
    page: str | None = Field(description="Trang số. / Page.")
    registered_on: date | None = Field(description="Ngày đăng ký. / Registered on.")
    citizen_id: str | None = Field(description="Số định danh được cấp. / The number given.")
    paper: str | None = Field(description="Giấy (PDF, base64). / The paper, a PDF in base64.")


class CivilRegistrationAnswerOut(OutcomeOut):
    """Kết quả đăng ký hộ tịch. / What the ministry knows of a registration."""

    registration: CivilRegistrationOut | None

    @classmethod
    def of(cls, look_up: LookUp, found: CivilRegistration | None) -> Self:
        """Show what was found, or that nothing was."""
        return cls.model_validate(cls.facts_of(look_up, found))

    @staticmethod
    def facts_of(look_up: LookUp, found: CivilRegistration | None) -> dict[str, Any]:
        """Return what an answer about one registration shows."""
        outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
        shown = None
        if found is not None:
            known = {name: getattr(found, name) for name in CivilRegistration.__slots__}
            shown = CivilRegistrationOut(**known, state_label=found.state.label)
        return {
            "lookup_id": look_up.id,
            "outcome": outcome,
            "outcome_label": outcome.label,
            "registration": shown,
        }


class CivilRegistrationOfDossierOut(CivilRegistrationAnswerOut):
    """Kết quả của một hồ sơ. / What the ministry knows of one of several."""

    dossier_code: str


class CivilRegistrationsOut(BaseModel):
    """Kết quả nhiều hồ sơ, theo thứ tự hỏi. / Several results, in the order they were asked for."""

    model_config = ConfigDict(frozen=True)

    items: list[CivilRegistrationOfDossierOut]

    @classmethod
    def of(cls, found: Sequence[tuple[str, LookUp, CivilRegistration | None]]) -> Self:
        """Show what was found of each."""
        facts_of = CivilRegistrationAnswerOut.facts_of
        items = [facts_of(look_up, one) | {"dossier_code": code} for code, look_up, one in found]
        return cls.model_validate({"items": items})
