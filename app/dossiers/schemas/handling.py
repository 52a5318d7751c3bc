"""JSON of what the acts left on a dossier."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.handling import Handling, PaymentMethod, ReturnWay
from app.dossiers.domain.statuses import Status
from app.dossiers.schemas.chains import PartOfOut, PartOut
from app.dossiers.schemas.pieces import AttachmentOut, FeeOut
from app.fields import Moment


class _Seen(BaseModel):
    """Read from the rules' own values, field by field."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class SupplementReceiptOut(_Seen):
    """Giấy tờ bổ sung đã nhận. / Papers that came."""

    received_at: Moment
    received_by: str
    note: str
    papers: list[AttachmentOut]
    due_before: Moment | None = Field(description="Ngày hẹn trước đó. / Due before.")
    due_after: Moment | None = Field(description="Ngày hẹn sau đó. / Due since then.")


class SupplementOut(_Seen):
    """Một lần yêu cầu bổ sung. / A round of supplements."""

    number: int
    asked_at: Moment
    asked_by: str
    asked_from: Status
    content: str
    papers: list[str]
    answer_by: Moment = Field(description="Hạn bổ sung. / Until when papers can be brought.")
    receipt: SupplementReceiptOut | None


class FeeRequestOut(_Seen):
    """Một lần yêu cầu nộp phí. / A request for fees."""

    number: int
    asked_at: Moment
    asked_by: str
    asked_from: Status
    fees: list[FeeOut]
    amount_vnd: int


class PaymentOut(_Seen):
    """Một lần thanh toán. / A payment."""

    number: int
    paid_at: Moment
    amount_vnd: int
    method: PaymentMethod
    reference: str | None
    recorded_by: str


class GroundsOut(_Seen):
    """Lý do của một quyết định. / Why something was decided."""

    reason: str
    happened_at: Moment
    decided_by: str


class ExtensionOut(_Seen):
    """Xin lỗi và hẹn lại. / The apology with the new due date."""

    reason: str
    happened_at: Moment
    decided_by: str
    due_before: Moment
    due_after: Moment
    is_late: bool = Field(
        description="Xin lỗi vào ngày hẹn trả hoặc muộn hơn. / It came on the due day or later."
    )


class ResultOut(_Seen):
    """Giấy tờ kết quả. / A paper of the result."""

    name: str
    url: str = Field(description="Rỗng khi tệp giữ tại đây. / Empty for a file that is held here.")
    file_id: str = Field(description="Tệp giữ tại đây, hoặc rỗng. / The file held here, or empty.")
    result_code: str
    component_code: str
    number: str
    issued_on: date | None


class HandoverOut(_Seen):
    """Việc trả kết quả. / How the result was returned."""

    returned_at: Moment
    returned_by: str
    way: ReturnWay
    recipient: str | None
    tracking_number: str | None


class RatingOut(_Seen):
    """Đánh giá. / What the owner thought."""

    score: int
    rated_at: Moment
    comment: str | None


class NationalUseOut(_Seen):
    """Một lần khai thác CSDL quốc gia. / A look-up that was made for the dossier."""

    number: int
    look_up_id: str = Field(description="Mã lần tra cứu. / Id of the look-up.")
    service: str = Field(description="Dịch vụ. / Service.")
    database_code: str = Field(description="Mã CSDL (MaCSDL). / The nation's code.")
    used_at: Moment
    used_by: str
    verified: list[str] = Field(
        description="Thông tin của chủ hồ sơ đã được xác thực. / What of the owner is verified."
    )


class HandlingOut(_Seen):
    """Những việc đã làm trên hồ sơ. / What the acts left behind."""

    supplements: list[SupplementOut]
    fee_requests: list[FeeRequestOut]
    payments: list[PaymentOut]
    asked_vnd: int = Field(description="Tổng tiền đã yêu cầu. / Asked for, in đồng.")
    paid_vnd: int = Field(description="Tổng tiền đã nộp. / Paid, in đồng.")
    refusal: GroundsOut | None
    stop: GroundsOut | None
    withdrawal: GroundsOut | None
    extension: ExtensionOut | None
    results: list[ResultOut]
    handover: HandoverOut | None
    rating: RatingOut | None
    parts: list[PartOut] = Field(description="Các phần liên thông. / Other agencies' parts.")
    part_of: PartOfOut | None
    papers: list[AttachmentOut] = Field(
        description="Giấy tờ thêm sau khi nộp. / Papers that were added after the filing."
    )
    national_uses: list[NationalUseOut] = Field(
        description="Các lần khai thác CSDLQG cho hồ sơ. / Look-ups at national databases."
    )

    @classmethod
    def of(cls, handling: Handling) -> Self:
        """Show what the acts left behind."""
        return cls.model_validate(handling)
