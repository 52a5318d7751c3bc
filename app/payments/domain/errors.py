"""Why a payment is refused, or what is said of one."""

from datetime import timedelta

from app.payments.domain.states import OrderState
from app.platform.errors import (
    ConflictError,
    NotFoundError,
    RefusedError,
    UnauthenticatedError,
    UnavailableError,
)


class UnknownOrderError(NotFoundError):
    """There is no such payment, or it is not of this dossier."""

    slug = "unknown-payment"
    title = "Không có lần thanh toán này"
    title_en = "Unknown payment"

    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ không có lần thanh toán trực tuyến mang mã này.",
            "The dossier has no online payment with this reference.",
        )


class NothingToPayError(ConflictError):
    """No fee was asked for, or what was asked for is paid."""

    slug = "nothing-to-pay"
    title = "Không có khoản phải nộp"
    title_en = "Nothing to pay"

    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ không có phí, lệ phí nào đang chờ nộp.", "No fee of the dossier is to be paid."
        )


class PaymentUnderWayError(ConflictError):
    """A payment of this dossier began a moment ago and has not ended."""

    slug = "payment-under-way"
    title = "Đang có một lần thanh toán"
    title_en = "A payment is under way"

    def __init__(self, reference: str, wait: timedelta) -> None:
        seconds = max(1, int(wait.total_seconds()))
        super().__init__(
            "Lần thanh toán trước của hồ sơ chưa kết thúc; dùng tiếp địa chỉ của nó, hoặc đợi.",
            "An earlier payment of the dossier has not ended; use its address, or wait.",
            extensions={"reference": reference},
            retry_after=seconds,
        )


class NotConnectedError(RefusedError):
    """No payment platform is connected here."""

    slug = "payments-not-connected"
    title = "Chưa kết nối nền tảng thanh toán"
    title_en = "No payment platform is connected"

    def __init__(self) -> None:
        super().__init__(
            "Hệ thống chưa kết nối nền tảng thanh toán trực tuyến.",
            "No payment platform is connected here.",
        )


class PlatformUnavailableError(UnavailableError):
    """The platform gives no usable answer; the same request may succeed later."""

    slug = "payment-platform-unavailable"
    title = "Nền tảng thanh toán chưa trả lời được"
    title_en = "The payment platform cannot answer now"

    def __init__(self, reason: str) -> None:
        super().__init__(
            "Chưa thanh toán được; gửi lại nguyên yêu cầu này sau ít phút.",
            "Nothing can be paid now; send the same request again in a few minutes.",
            extensions={"reason": reason},
            retry_after=60,
        )


class PaymentRefusedError(ConflictError):
    """The platform does not begin this payment, or it has failed."""

    slug = "payment-refused"
    title = "Không bắt đầu được lần thanh toán này"
    title_en = "This payment cannot begin"

    def __init__(self) -> None:
        super().__init__(
            "Nền tảng thanh toán từ chối lần thanh toán này; hãy bắt đầu lần khác.",
            "The payment platform refuses this payment; begin another one.",
        )


class NoReceiptError(ConflictError):
    """There is no receipt: nothing is paid yet, or the platform has none."""

    slug = "no-payment-receipt"
    title = "Chưa có biên lai"
    title_en = "There is no receipt"

    def __init__(self) -> None:
        super().__init__(
            "Lần thanh toán này chưa có biên lai.", "This payment has no receipt (yet)."
        )


class WrongAmountError(RefusedError):
    """Another sum was paid than was asked for."""

    slug = "payment-wrong-amount"
    title = "Sai số tiền"
    title_en = "Wrong amount"

    def __init__(self) -> None:
        super().__init__(
            "Số tiền hoặc loại tiền không khớp với yêu cầu thanh toán",
            "The amount or the currency is not what was asked for.",
        )


class SettledOtherwiseError(ConflictError):
    """The payment ended otherwise before."""

    slug = "payment-settled-otherwise"
    title = "Lần thanh toán đã kết thúc"
    title_en = "The payment has ended otherwise"

    def __init__(self, state: OrderState) -> None:
        super().__init__(
            f"Lần thanh toán đã kết thúc: {state.label}",
            f"The payment has ended before: {state}.",
            extensions={"state": state.value},
        )


class ForgedConfirmationError(UnauthenticatedError):
    """A confirmation that the platform did not sign."""

    slug = "payment-not-signed"
    title = "Sai chữ ký"
    title_en = "Wrong signature"

    def __init__(self) -> None:
        super().__init__("Chữ ký (MaXacThuc) không đúng", "The signature is wrong.")


class StrangerError(UnauthenticatedError):
    """Who asks what is to be paid does not carry the secret that we share with the nation."""

    slug = "payment-look-up-refused"
    title = "Không trả lời nguồn này"
    title_en = "The look-up is refused"

    def __init__(self) -> None:
        super().__init__(
            "Thiếu hoặc sai khoá của Cổng Dịch vụ công quốc gia",
            "The national portal's secret is missing or wrong.",
        )


class UnreadableConfirmationError(RefusedError):
    """A confirmation that is not what the wire describes."""

    slug = "payment-unreadable"
    title = "Bản tin không đúng quy cách"
    title_en = "The message is not as described"

    def __init__(self) -> None:
        super().__init__("Bản tin không đúng quy cách", "The message is not as described.")
