"""JSON of searches for a person's earlier results."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from app.dossiers.domain.filing import Identity, IdentityType
from app.dossiers.domain.reusing import Consent, EarlierResult, Question
from app.dossiers.schemas.pieces import Out
from app.fields import Line, Moment, Text
from app.platform.wire import ApiModel


class ConsentIn(ApiModel):
    """Sự đồng ý của chủ thể dữ liệu. / The person's consent."""

    reference: Line = Field(
        max_length=200, description="Nơi lưu bản đồng ý. / Where the consent is kept."
    )
    given_at: Moment = Field(description="Thời điểm đồng ý. / When it was given.")


class SearchIn(ApiModel):
    """Tìm kết quả đã có của một người. / A search for a person's earlier results."""

    identity_type: IdentityType = Field(description="Loại giấy tờ. / Kind of identity number.")
    identity_number: Line = Field(max_length=50, description="Số giấy tờ. / Identity number.")
    purpose: Text = Field(max_length=500, description="Mục đích. / What for; it is recorded.")
    consent: ConsentIn
    result_codes: tuple[Line, ...] = Field(
        (), max_length=50, description="Mã loại kết quả; vắng: mọi loại. / Kinds; absent: all."
    )

    def question(self, person: str) -> Question:
        """Return the question; `person` is the keyed hash of whom it is about.

        Raises:
            InvalidIdentityError: if the number does not have the form of its kind.
        """
        return Question(
            Identity(self.identity_type, self.identity_number),
            person,
            self.purpose,
            Consent(self.consent.reference, self.consent.given_at),
            frozenset(self.result_codes),
        )


class EarlierResultOut(Out):
    """Kết quả đã có. / An earlier result."""

    dossier_code: str = Field(description="Để nêu ở `reuses`. / To be named in `reuses`.")
    result: int = Field(description="Để nêu ở `reuses`. / Which of its results.")
    name: str = Field(description="Tên giấy tờ. / Name.")
    result_code: str = Field(description="Mã loại kết quả. / Code of its kind.")
    number: str = Field(description="Số, ký hiệu. / Number and symbol.")
    issued_on: date | None = Field(description="Ngày cấp. / Date of issue.")
    agency_code: str
    agency_name: str = Field(description="Cơ quan chủ quản. / The agency that gave it.")
    procedure_code: str
    procedure_name: str
    finished_at: Moment | None = Field(description="Ngày xử lý xong. / When it was ready.")
    returned_at: Moment | None = Field(description="Ngày trả. / When it was returned.")
    url: str | None = Field(description="Nơi tải tệp; null: không có bản điện tử. / Its file.")
    url_expires_at: Moment | None = Field(
        description="Liên kết của tệp giữ tại đây có hạn. / End of a link to a file held here."
    )

    @classmethod
    def of(cls, found: EarlierResult, url: str | None, until: Moment | None) -> "EarlierResultOut":
        """Show a result with an address of its file."""
        filing, ends, paper = found.dossier.filing, found.dossier.ends, found.paper
        return cls(
            dossier_code=found.dossier.code,
            result=found.number,
            name=paper.name,
            result_code=paper.result_code,
            number=paper.number,
            issued_on=paper.issued_on,
            agency_code=filing.agency.code,
            agency_name=filing.agency.name,
            procedure_code=filing.procedure.code,
            procedure_name=filing.procedure.name,
            finished_at=ends.finished_at,
            returned_at=ends.returned_at,
            url=url,
            url_expires_at=until,
        )


class FoundOut(Out):
    """Kết quả tìm. / What was found."""

    search_id: str = Field(description="Để nêu ở `reuses`. / To be named in `reuses`.")
    items: list[EarlierResultOut]


SEARCH: Final[dict[str, Any]] = {
    "identity_type": "citizen_id",
    "identity_number": "000000000001",
    "purpose": "Tái sử dụng kết quả cho hồ sơ mới",
    "consent": {"reference": "PDY-0001", "given_at": "2026-11-02T08:30:00+07:00"},
    "result_codes": ["KQ.H38.000001"],
}
