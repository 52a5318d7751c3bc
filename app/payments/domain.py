"""One payment on the platform: when it may begin, what it becomes, and that it becomes it once."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Final, Self

from app.codes import DossierCode
from app.platform.errors import (
    ConflictError,
    NotFoundError,
    RefusedError,
    UnauthenticatedError,
    UnavailableError,
)

CURRENCY: Final = "VND"
_VIETNAM: Final = timezone(timedelta(hours=7))
_NO_WORD: Final = re.compile(r"[\W_]", re.ASCII)
_LONGEST_WAIT: Final = timedelta(hours=6)


class OrderState(StrEnum):
    """Where a payment stands; only one that waits becomes anything else."""

    WAITING = "waiting"
    PAID = "paid"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]


_LABELS = {
    OrderState.WAITING: "Chờ thanh toán",
    OrderState.PAID: "Đã thanh toán",
    OrderState.FAILED: "Thanh toán không thành công",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the platform says of a payment; the amount in whole đồng."""

    state: OrderState
    amount_vnd: int
    currency: str
    transaction_id: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one payment keeps others waiting, and how often a silent one is asked about."""

    again_after: timedelta
    ask_after: timedelta
    give_up_after: timedelta


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """Một lần thanh toán trực tuyến.

    `traded_at` is the fourteen-digit time that was signed. `payer_ip` is forgotten once the
    platform has given its `url`. `unrecorded` names why the dossier could not take money that
    came. `ask_at` is when it is asked about next; None: no more.
    """

    reference: str
    dossier: DossierCode
    amount_vnd: int
    state: OrderState
    created_at: datetime
    traded_at: str
    payer_ip: str
    url: str | None = None
    transaction_id: str | None = None
    bank: str | None = None
    settled_at: datetime | None = None
    unrecorded: str | None = None
    ask_at: datetime | None = None
    asked: int = 0

    def settled(self, told: Told, *, now: datetime) -> Self:
        """Return it as the platform says it ended; itself where that is known already.

        Raises:
            WrongAmountError: if another sum was paid, or in another currency.
            SettledOtherwiseError: if it ended otherwise before.
        """
        if told.state is OrderState.WAITING:
            return self
        if told.state is OrderState.PAID and (
            told.amount_vnd != self.amount_vnd or told.currency != CURRENCY
        ):
            raise WrongAmountError
        if self.state is told.state:
            return self
        if self.state is not OrderState.WAITING:
            raise SettledOtherwiseError(self.state)
        return replace(
            self,
            state=told.state,
            transaction_id=told.transaction_id or None,
            bank=told.bank or None,
            settled_at=now,
            payer_ip="",
            ask_at=None,
        )

    def asked_again(self, patience: Patience, *, now: datetime) -> Self:
        """Return it after an answer that leaves it waiting: the waits double, then end."""
        number = self.asked + 1
        wait = min(patience.ask_after * 2 ** min(number, 16), _LONGEST_WAIT)
        is_over = now - self.created_at >= patience.give_up_after
        return replace(self, asked=number, ask_at=None if is_over else now + wait)

    def holds_up(self, patience: Patience, *, now: datetime) -> bool:
        """Tell whether another payment of the same dossier has to wait for this one."""
        is_young = now - self.created_at < patience.again_after
        return self.state is OrderState.WAITING and is_young


def reference_of(code: DossierCode, traded_at: str) -> str:
    """Return `dvc`, the dossier's code without what is no letter or digit, and the time."""
    return f"dvc{_NO_WORD.sub('', code)}{traded_at}"


def trading_time(moment: datetime) -> str:
    """Return a moment as the fourteen digits of the wire, in Vietnam's time."""
    return moment.astimezone(_VIETNAM).strftime("%Y%m%d%H%M%S")


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


class UnreadableConfirmationError(RefusedError):
    """A confirmation that is not what the wire describes."""

    slug = "payment-unreadable"
    title = "Bản tin không đúng quy cách"
    title_en = "The message is not as described"

    def __init__(self) -> None:
        super().__init__("Bản tin không đúng quy cách", "The message is not as described.")
