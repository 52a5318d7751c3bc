"""JSON around every look-up: why it is asked, and what came of it."""

from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.fields import AgencyCode, DossierCode, Line, Moment, Text
from app.lookups.domain.asking import LookUp, Outcome, Reason
from app.platform.wire import ApiModel

REASON: Final[dict[str, Any]] = {
    "purpose": "Giải quyết thủ tục hành chính",
    "stated_reason": "Đối chiếu thông tin người nộp tại quầy",
    "officer": "CB-0001",
}
"""An example that needs no dossier."""

TaxCode = Annotated[str, StringConstraints(pattern=r"^(?:[0-9]{10}(?:-?[0-9]{3})?|[0-9]{12})$")]
"""Of an enterprise 10 or 13 digits; a household business may have its owner's number."""


class ReasonIn(ApiModel):
    """Mục đích, và hồ sơ hoặc lý do tra cứu. / What for, and for which dossier or why."""

    purpose: Line = Field(max_length=300, description="Mục đích sử dụng dữ liệu. / Purpose.")
    dossier_code: DossierCode | None = Field(
        None, description="Hồ sơ cần tra cứu; kết quả được ghi vào hồ sơ. / The dossier it is for."
    )
    stated_reason: Text | None = Field(
        None,
        max_length=1000,
        description="Lý do bằng lời, khi không có hồ sơ. / Why, where there is no dossier.",
    )
    agency_code: AgencyCode | None = Field(
        None, description="Đơn vị tra cứu; mặc định của ứng dụng. / The unit that asks."
    )
    officer: Line | None = Field(
        None, max_length=100, description="Mã cán bộ tra cứu. / Code of the officer who asks."
    )

    def reason(self) -> Reason:
        """Return it.

        Raises:
            NoReasonError: if there is neither a dossier nor a reason in words.
        """
        return Reason(
            purpose=self.purpose,
            dossier=self.dossier_code,
            stated=self.stated_reason,
            agency=self.agency_code,
            officer=self.officer,
        )


class OutcomeOut(BaseModel):
    """Kết quả tra cứu. / What came of a look-up."""

    model_config = ConfigDict(frozen=True)

    lookup_id: str = Field(description="Mã lần tra cứu. / Id of the look-up.")
    outcome: Outcome = Field(
        description="found có dữ liệu, not_found không có dữ liệu khớp; cả hai là câu trả lời. / "
        "Both are answers."
    )
    outcome_label: str = Field(description="Tên kết quả. / Its Vietnamese name.")


class LookUpOut(BaseModel):
    """Một lần tra cứu đã ghi. / A look-up as it was recorded."""

    model_config = ConfigDict(frozen=True)

    id: str
    service: str = Field(description="Dịch vụ. / Service.")
    service_label: str
    operation: str = Field(description="Nghiệp vụ. / Operation.")
    unit: str = Field(description="Đơn vị tra cứu. / The unit that asked.")
    client_id: str = Field(description="Ứng dụng. / Client.")
    officer: str | None = Field(description="Cán bộ. / Officer.")
    purpose: str | None = Field(description="Mục đích. / Purpose.")
    grant_id: str | None = Field(description="Quyền sử dụng. / The broker's grant.")
    dossier_code: str | None = Field(description="Hồ sơ. / Dossier.")
    stated_reason: str | None = Field(description="Lý do. / Reason in words.")
    outcome: Outcome
    outcome_label: str
    asked_at: Moment = Field(description="Hỏi lúc. / When it was asked.")
    answered_at: Moment | None = Field(description="Xong lúc. / When it was settled.")

    @classmethod
    def of(cls, look_up: LookUp) -> Self:
        """Show a look-up; not what it was about, and not what it found."""
        question, reason = look_up.question, look_up.question.reason
        return cls(
            id=look_up.id,
            service=question.service.value,
            service_label=question.service.label,
            operation=question.operation,
            unit=look_up.unit,
            client_id=look_up.client_id,
            officer=None if reason is None else reason.officer,
            purpose=None if reason is None else reason.purpose,
            dossier_code=None if reason is None else reason.dossier,
            grant_id=look_up.grant,
            stated_reason=None if reason is None else reason.stated,
            outcome=look_up.outcome,
            outcome_label=look_up.outcome.label,
            asked_at=look_up.asked_at,
            answered_at=look_up.answered_at,
        )


class LookUpsOut(BaseModel):
    """Các lần tra cứu, mới nhất trước. / Look-ups, the newest first."""

    model_config = ConfigDict(frozen=True)

    items: list[LookUpOut]
    next: str | None = Field(description="Con trỏ trang sau. / Cursor of the next page.")
