"""Payments on the national platform: their rules and their refusals."""

from app.payments.domain.errors import (
    ForgedConfirmationError,
    NoReceiptError,
    NotConnectedError,
    NothingToPayError,
    PaymentRefusedError,
    PaymentUnderWayError,
    PlatformUnavailableError,
    SettledOtherwiseError,
    StrangerError,
    UnknownOrderError,
    UnreadableConfirmationError,
    WrongAmountError,
)
from app.payments.domain.orders import (
    Patience,
    PaymentOrder,
    Told,
    reference_of,
    trading_time,
)
from app.payments.domain.states import OrderState

__all__ = [
    "ForgedConfirmationError",
    "NoReceiptError",
    "NotConnectedError",
    "NothingToPayError",
    "OrderState",
    "Patience",
    "PaymentOrder",
    "PaymentRefusedError",
    "PaymentUnderWayError",
    "PlatformUnavailableError",
    "SettledOtherwiseError",
    "StrangerError",
    "Told",
    "UnknownOrderError",
    "UnreadableConfirmationError",
    "WrongAmountError",
    "reference_of",
    "trading_time",
]
