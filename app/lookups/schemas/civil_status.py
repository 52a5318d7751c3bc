"""JSON of civil status."""

from datetime import date
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.fields import DossierCode, Line
from app.lookups.domain.asking import LookUp, Outcome, Reason
from app.lookups.domain.citizens import Sex
from app.lookups.domain.civil_status import (
    AttachedPaper,
    Birth,
    CivilRegistration,
    Parent,
    RegistrationKind,
    RegistrationState,
    Requester,
    Submission,
)
from app.lookups.schemas.asking import OutcomeOut
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
RESULT: Final[dict[str, Any]] = _REFERENCE | {"kind": "birth"}

Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{6,20}$")]


class ParentIn(ApiModel):
    """Cha hoặc mẹ. / Mother or father."""

    full_name: Line = Field(max_length=200, description="Họ tên. / Full name.")
    born_on: date | None = Field(None, description="Ngày sinh. / Birthday.")
    ethnicity: Line | None = Field(None, max_length=50, description="Dân tộc. / Ethnicity.")
    nationality: Line | None = Field(None, max_length=50, description="Quốc tịch. / Nationality.")
    residence: Line | None = Field(None, max_length=500, description="Nơi cư trú. / Residence.")
    paper_kind: Line | None = Field(None, max_length=50, description="Loại giấy tờ. / Paper.")
    paper_number: Number | None = Field(None, description="Số giấy tờ. / Its number.")

    def parent(self) -> Parent:
        """Return it."""
        return Parent(**self.model_dump())


class RequesterIn(ApiModel):
    """Người yêu cầu. / Who asks for it."""

    full_name: Line = Field(max_length=200, description="Họ tên. / Full name.")
    paper_number: Number | None = Field(None, description="Số giấy tờ. / Number of a paper.")
    relation: Line | None = Field(None, max_length=100, description="Quan hệ. / Relation.")
    note: Line | None = Field(None, max_length=500, description="Ghi chú. / Note.")


class BirthIn(ApiModel):
    """Nội dung đăng ký khai sinh. / The form of a birth."""

    full_name: Line = Field(max_length=200, description="Họ tên trẻ. / Name of the child.")
    sex: Sex = Field(description="Giới tính. / Sex.")
    born_on: date = Field(description="Ngày sinh. / Birthday.")
    birthplace: Line | None = Field(None, max_length=500, description="Nơi sinh. / Birthplace.")
    home_town: Line | None = Field(None, max_length=500, description="Quê quán. / Home town.")
    ethnicity: Line | None = Field(None, max_length=50, description="Dân tộc. / Ethnicity.")
    nationality: Line | None = Field(None, max_length=50, description="Quốc tịch. / Nationality.")
    mother: ParentIn | None = Field(None, description="Mẹ. / Mother.")
    father: ParentIn | None = Field(None, description="Cha. / Father.")
    requester: RequesterIn

    def birth(self) -> Birth:
        """Return the form."""
        plain = ("full_name", "sex", "born_on", "birthplace", "home_town", "ethnicity")
        return Birth(
            **{name: getattr(self, name) for name in (*plain, "nationality")},
            requester=Requester(**self.requester.model_dump()),
            mother=None if self.mother is None else self.mother.parent(),
            father=None if self.father is None else self.father.parent(),
        )


class AttachedPaperIn(ApiModel):
    """Giấy tờ gửi kèm. / A paper that goes with it."""

    title: Line = Field(max_length=500, description="Tên giấy tờ. / Its title.")
    file_name: Line = Field(max_length=255, description="Tên tệp. / Name of the file.")
    content: Base64 = Field(description="Nội dung, base64. / Content in base64.")
    kind: str = Field("", max_length=50, description="Mã loại giấy tờ. / Code of its kind.")

    def paper(self) -> AttachedPaper:
        """Return it."""
        return AttachedPaper(**self.model_dump())


class RegistrationIn(ApiModel):
    """Hồ sơ hộ tịch. / A dossier of civil status."""

    dossier_code: DossierCode = Field(description="Hồ sơ một cửa. / The dossier.")
    unit: int = Field(
        ge=1, lt=2**63, description="Mã đơn vị của Bộ Tư pháp. / The ministry's unit number."
    )

    def reason(self) -> Reason:
        """Return why it is asked: the dossier itself."""
        return Reason(purpose=_PURPOSE, dossier=self.dossier_code)


class BirthSubmissionIn(RegistrationIn):
    """Gửi đăng ký khai sinh. / Submit a birth."""

    birth: BirthIn
    papers: list[AttachedPaperIn] = Field(
        default_factory=list, max_length=20, description="Giấy tờ gửi kèm. / Papers with it."
    )

    def submission(self) -> Submission:
        """Return what is submitted."""
        papers = tuple(one.paper() for one in self.papers)
        return Submission(self.dossier_code, self.unit, self.birth.birth(), papers)


class RegistrationResultIn(RegistrationIn):
    """Hỏi kết quả đăng ký hộ tịch. / Ask what became of a registration."""

    kind: RegistrationKind = Field(description="Khai sinh, khai tử hoặc kết hôn. / Which kind.")


class BirthSubmittedOut(BaseModel):
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
        outcome = Outcome.NOT_FOUND if found is None else Outcome.FOUND
        shown = None
        if found is not None:
            known = {name: getattr(found, name) for name in CivilRegistration.__slots__}
            shown = CivilRegistrationOut(**known, state_label=found.state.label)
        return cls(
            lookup_id=look_up.id,
            outcome=outcome,
            outcome_label=outcome.label,
            registration=shown,
        )
