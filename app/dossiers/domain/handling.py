"""What became of a dossier beside its status: every act that leaves more than a row of progress."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.dossiers.domain.filing import Attachment, Fee
from app.dossiers.domain.national_data import NationalUse
from app.dossiers.domain.parts import Part, PartOf, PartState
from app.dossiers.domain.statuses import Status


class ActName(StrEnum):
    """Every act on a dossier, as the evidence log names it."""

    SUBMIT = "dossier.submit"
    PROGRESS = "dossier.progress"
    ACCEPT = "dossier.accept"
    REFUSE = "dossier.refuse"
    ASK_SUPPLEMENT = "dossier.supplement.ask"
    RECEIVE_SUPPLEMENT = "dossier.supplement.receive"
    ASK_FEE = "dossier.fee.ask"
    RECORD_PAYMENT = "dossier.payment.record"
    ADD_PAPERS = "dossier.paper.add"
    FORWARD = "dossier.forward"
    SEND_BACK = "dossier.send_back"
    STOP = "dossier.stop"
    RESUME = "dossier.resume"
    WITHDRAW = "dossier.withdraw"
    EXTEND = "dossier.extend"
    FINISH = "dossier.finish"
    RETURN = "dossier.return"
    RATE = "dossier.rate"
    OPEN_PARTS = "dossier.parts.open"
    FOLLOW_PART = "dossier.part.follow"
    LINK_ACCOUNT = "dossier.account.link"
    USE_NATIONAL_DATA = "dossier.national_data.use"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]


_LABELS = {
    ActName.SUBMIT: "Nộp hồ sơ",
    ActName.PROGRESS: "Ghi tiến độ",
    ActName.ACCEPT: "Tiếp nhận hồ sơ",
    ActName.REFUSE: "Từ chối tiếp nhận",
    ActName.ASK_SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    ActName.RECEIVE_SUPPLEMENT: "Nhận giấy tờ bổ sung",
    ActName.ASK_FEE: "Yêu cầu nộp phí, lệ phí",
    ActName.RECORD_PAYMENT: "Ghi nhận thanh toán",
    ActName.ADD_PAPERS: "Thêm bản điện tử của giấy tờ",
    ActName.FORWARD: "Chuyển xử lý",
    ActName.SEND_BACK: "Trả lại bước trước",
    ActName.STOP: "Dừng xử lý",
    ActName.RESUME: "Tiếp tục xử lý",
    ActName.WITHDRAW: "Rút hồ sơ",
    ActName.EXTEND: "Xin lỗi và hẹn lại ngày trả kết quả",
    ActName.FINISH: "Xử lý xong",
    ActName.RETURN: "Trả kết quả",
    ActName.RATE: "Đánh giá",
    ActName.OPEN_PARTS: "Mở các phần liên thông",
    ActName.FOLLOW_PART: "Phần liên thông",
    ActName.LINK_ACCOUNT: "Gắn tài khoản của chủ hồ sơ",
    ActName.USE_NATIONAL_DATA: "Khai thác cơ sở dữ liệu quốc gia",
}


class PaymentMethod(StrEnum):
    """How money came; the last two are online payments as the nation counts them."""

    CASH = "cash"
    TRANSFER = "transfer"
    NATIONAL_PORTAL = "national_portal"
    PROVINCE_GATEWAY = "province_gateway"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _METHODS[self]


_METHODS = {
    PaymentMethod.CASH: "Tiền mặt",
    PaymentMethod.TRANSFER: "Chuyển khoản",
    PaymentMethod.NATIONAL_PORTAL: "Trực tuyến trên Cổng quốc gia",
    PaymentMethod.PROVINCE_GATEWAY: "Trực tuyến trên cổng của tỉnh",
}


class ReturnWay(StrEnum):
    """How a result reached its owner."""

    COUNTER = "counter"
    POST = "post"
    ELECTRONIC = "electronic"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _WAYS[self]


_WAYS = {
    ReturnWay.COUNTER: "Trực tiếp tại bộ phận một cửa",
    ReturnWay.POST: "Qua dịch vụ bưu chính công ích",
    ReturnWay.ELECTRONIC: "Bản điện tử",
}


@dataclass(frozen=True, slots=True)
class SupplementReceipt:
    """Papers that came, and what their wait did to the due date."""

    received_at: datetime
    received_by: str
    note: str
    papers: tuple[Attachment, ...] = ()
    due_before: datetime | None = None
    due_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Supplement:
    """Một lần yêu cầu bổ sung: `papers` are the names of what is missing."""

    number: int
    asked_at: datetime
    asked_by: str
    asked_from: Status
    content: str
    answer_by: datetime
    papers: tuple[str, ...] = ()
    receipt: SupplementReceipt | None = None


@dataclass(frozen=True, slots=True)
class FeeRequest:
    """Một lần yêu cầu nộp phí, lệ phí."""

    number: int
    asked_at: datetime
    asked_by: str
    asked_from: Status
    fees: tuple[Fee, ...]

    @property
    def amount_vnd(self) -> int:
        """What is due, in whole đồng."""
        return sum(fee.amount_vnd for fee in self.fees)


@dataclass(frozen=True, slots=True)
class Payment:
    """Một lần thanh toán in whole đồng; no `reference` comes twice on one dossier."""

    number: int
    paid_at: datetime
    amount_vnd: int
    method: PaymentMethod
    recorded_by: str
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why an act was done that needs a reason, from where, when and by whom."""

    reason: str
    happened_at: datetime
    decided_by: str
    present: Status


@dataclass(frozen=True, slots=True)
class Extension:
    """Xin lỗi và hẹn lại: the one time a due date was put off."""

    reason: str
    happened_at: datetime
    decided_by: str
    due_before: datetime
    due_after: datetime
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """Giấy tờ kết quả; counted as electronic by the nation only with code and file.

    The file is at `url`, or held here as `file_id`; `number` is the paper's own (số, ký hiệu).
    """

    name: str
    url: str = ""
    result_code: str = ""
    component_code: str = ""
    file_id: str = ""
    number: str = ""
    issued_on: date | None = None

    @property
    def has_file(self) -> bool:
        """Whether there is an electronic copy."""
        return bool(self.url or self.file_id)


@dataclass(frozen=True, slots=True)
class Handover:
    """How the result was returned; `tracking_number` is the postal one."""

    returned_at: datetime
    returned_by: str
    way: ReturnWay
    recipient: str | None = None
    tracking_number: str | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """Đánh giá của người nộp, 1 (worst) to 5."""

    score: int
    rated_at: datetime
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class AccountLink:
    """The national account (TechID) that the owner signed in with."""

    account_id: str
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class Handling:
    """Everything that the acts left behind."""

    supplements: tuple[Supplement, ...] = ()
    fee_requests: tuple[FeeRequest, ...] = ()
    payments: tuple[Payment, ...] = ()
    refusal: Grounds | None = None
    stop: Grounds | None = None
    withdrawal: Grounds | None = None
    extension: Extension | None = None
    results: tuple[ResultPaper, ...] = ()
    handover: Handover | None = None
    rating: Rating | None = None
    parts: tuple[Part, ...] = ()
    part_of: PartOf | None = None
    account: AccountLink | None = None
    papers: tuple[Attachment, ...] = ()
    """Papers that were added after the filing, outside rounds of supplements."""
    national_uses: tuple[NationalUse, ...] = ()
    """Look-ups at national databases that were made for it and found something."""

    @property
    def has_refused_part(self) -> bool:
        """Whether another agency refused its part."""
        return any(part.state is PartState.REFUSED for part in self.parts)

    @property
    def are_parts_done(self) -> bool:
        """Whether every part is done; without parts nothing is missing."""
        return all(part.state is PartState.DONE for part in self.parts)

    @property
    def open_supplement(self) -> Supplement | None:
        """The round that papers are still wanted for."""
        last = self.supplements[-1] if self.supplements else None
        return None if last is None or last.receipt is not None else last

    @property
    def asked_vnd(self) -> int:
        """What was asked for, in whole đồng."""
        return sum(one.amount_vnd for one in self.fee_requests)

    @property
    def paid_vnd(self) -> int:
        """What was paid, in whole đồng."""
        return sum(one.amount_vnd for one in self.payments)

    @property
    def is_settled(self) -> bool:
        """Whether everything that was asked for is paid."""
        return self.paid_vnd >= self.asked_vnd
