"""JSON of the acts on a dossier as clients send them."""

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import Field

from app.dossiers.domain.ending import Apology, Delivery, Opinion
from app.dossiers.domain.filing import Attachment, Fee
from app.dossiers.domain.handling import PaymentMethod, ResultPaper, ReturnWay
from app.dossiers.domain.paying import Paid
from app.dossiers.domain.supplementing import Brought, Missing
from app.dossiers.schemas.actors import ActorIn
from app.dossiers.schemas.incoming import FeeIn
from app.dossiers.schemas.papers import AttachmentIn, ResultIn
from app.fields import Line, Moment, Text
from app.platform.wire import ApiModel

Reason = Annotated[Text, Field(max_length=1000, description="Lý do. / Why.")]
COUNTER: Final = {"kind": "counter", "name": "Trần Văn Ví Dụ", "title": "Công chức một cửa"}
OFFICER: Final = {"kind": "officer", "name": "Lê Thị Ví Dụ", "department": "Phòng Chuyên môn"}
LEADER: Final = {"kind": "leader", "name": "Phạm Văn Ví Dụ", "title": "Phó Giám đốc"}
CITIZEN: Final = {"kind": "citizen"}


class ActIn(ApiModel):
    """Mỗi việc trên hồ sơ. / What every act says."""

    actor: ActorIn = Field(description="Người thực hiện. / Who acts.")
    happened_at: Moment | None = Field(None, description="Thời điểm. / When; absent: now.")
    content: Text | None = Field(
        None, max_length=2000, description="Nội dung; vắng thì hệ thống ghi. / In which words."
    )


class AcceptanceIn(ActIn):
    """Tiếp nhận hồ sơ. / Accepting a registered dossier."""

    due_at: Moment | None = Field(
        None, description="Ngày hẹn trả; vắng thì tính theo thủ tục. / Due; computed when absent."
    )

    def what(self) -> datetime | None:
        """Return the due date that is given."""
        return self.due_at


class ReasonedIn(ActIn):
    """Việc cần lý do: từ chối, dừng, rút. / An act that needs a reason."""

    reason: Reason

    def what(self) -> str:
        """Return the reason."""
        return self.reason


class ResumptionIn(ActIn):
    """Tiếp tục xử lý hồ sơ đã dừng. / Taking a stopped dossier up again."""

    reason: Reason | None = None

    def what(self) -> str | None:
        """Return the reason, if there is one."""
        return self.reason


class ForwardingIn(ActIn):
    """Chuyển xử lý. / Passing a dossier on."""

    receiver: Line = Field(
        max_length=300, description="Phòng ban, người nhận. / Department or person it goes to."
    )

    def what(self) -> str:
        """Return who receives it."""
        return self.receiver


class SendBackIn(ActIn):
    """Trả lại bước trước. / Sending a dossier back."""

    to_counter: bool = Field(
        default=False, description="Về bộ phận một cửa. / To the counter; else to who handled it."
    )
    reason: Reason


class SupplementIn(ActIn):
    """Yêu cầu bổ sung giấy tờ. / Asking for papers."""

    reason: Reason
    papers: tuple[Line, ...] = Field(
        (), max_length=50, description="Giấy tờ cần bổ sung. / What is missing."
    )
    days: int | None = Field(
        None,
        ge=1,
        le=365,
        description="Số ngày làm việc để bổ sung; vắng: LGSP_SUPPLEMENT_DAYS. / Working days.",
    )

    def what(self) -> Missing:
        """Return what is missing."""
        return Missing(self.reason, tuple(self.papers), self.days)


class ReceiptIn(ActIn):
    """Nhận giấy tờ bổ sung. / Receiving the papers of a round."""

    note: Text | None = Field(None, max_length=1000, description="Ghi chú. / Note.")
    papers: tuple[AttachmentIn, ...] = Field((), max_length=200, description="Giấy tờ. / Papers.")

    def brought(self, number: int) -> Brought:
        """Return what was brought for a round."""
        return Brought(number, self.note or "", tuple(one.paper() for one in self.papers))


class PapersIn(ActIn):
    """Thêm giấy tờ vào hồ sơ đã nhận. / Adding papers to a dossier, e.g. scans."""

    papers: tuple[AttachmentIn, ...] = Field(
        min_length=1, max_length=200, description="Giấy tờ. / Papers."
    )

    def what(self) -> tuple[Attachment, ...]:
        """Return the papers."""
        return tuple(one.paper() for one in self.papers)


class FeeRequestIn(ActIn):
    """Yêu cầu nộp phí, lệ phí. / Asking for fees."""

    fees: tuple[FeeIn, ...] = Field(min_length=1, max_length=50)

    def what(self) -> tuple[Fee, ...]:
        """Return the fees."""
        return tuple(Fee(fee.code, fee.name, fee.amount_vnd, fee.kind) for fee in self.fees)


class PaymentIn(ActIn):
    """Ghi nhận thanh toán. / Money that came."""

    amount_vnd: int = Field(gt=0, le=10**12, description="Số tiền, đồng. / In whole đồng.")
    method: PaymentMethod = Field(
        description="cash: tiền mặt, transfer: chuyển khoản, national_portal: trực tuyến trên Cổng "
        "quốc gia, province_gateway: trực tuyến trên cổng của tỉnh. / How it came."
    )
    reference: Line | None = Field(
        None, max_length=100, description="Mã tham chiếu, số biên lai. / Reference; once each."
    )
    paid_at: Moment | None = Field(None, description="Ngày nộp tiền. / When; absent: now.")

    def what(self) -> Paid:
        """Return what was paid."""
        return Paid(self.amount_vnd, self.method, self.reference, self.paid_at)


class ExtensionIn(ActIn):
    """Xin lỗi và hẹn lại, một lần. / Putting the due date off, once."""

    reason: Reason
    due_at: Moment = Field(description="Ngày hẹn mới, là ngày làm việc. / The new due date.")

    def what(self) -> Apology:
        """Return the apology."""
        return Apology(self.reason, self.due_at)


class CompletionIn(ActIn):
    """Xử lý xong. / Ending the handling."""

    results: tuple[ResultIn, ...] = Field((), max_length=50, description="Kết quả. / Results.")

    def what(self) -> tuple[ResultPaper, ...]:
        """Return the papers of the result."""
        return tuple(one.paper() for one in self.results)


class ReturnIn(ActIn):
    """Trả kết quả. / Returning the result."""

    way: ReturnWay = Field(
        description="counter: tại một cửa, post: bưu chính, electronic: bản điện tử. / How."
    )
    recipient: Line | None = Field(None, max_length=300, description="Người nhận. / Recipient.")
    tracking_number: Line | None = Field(
        None, max_length=50, description="Số hiệu bưu gửi. / Postal number."
    )
    results: tuple[ResultIn, ...] = Field((), max_length=50, description="Kết quả. / Results.")

    def what(self) -> Delivery:
        """Return how it is returned."""
        papers = tuple(one.paper() for one in self.results)
        return Delivery(self.way, self.recipient, self.tracking_number, papers)


class RatingIn(ActIn):
    """Đánh giá của người nộp. / What the owner thought."""

    score: int = Field(ge=1, le=5, description="1 rất không hài lòng … 5 rất hài lòng. / 1 to 5.")
    comment: Text | None = Field(None, max_length=1000, description="Góp ý. / Comment.")

    def what(self) -> Opinion:
        """Return the opinion."""
        return Opinion(self.score, self.comment)


FEE: Final[dict[str, Any]] = {
    "code": "LP01",
    "name": "Lệ phí mẫu",
    "amount_vnd": 20000,
    "kind": "fee",
}
