"""Where a payment stands."""

from enum import StrEnum


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
