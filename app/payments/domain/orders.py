"""One payment on the platform: when it may begin, what it becomes, and that it becomes it once."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Final, Self

from app.codes import DossierCode
from app.payments.domain.errors import SettledOtherwiseError, WrongAmountError
from app.payments.domain.states import OrderState

CURRENCY: Final = "VND"
_VIETNAM: Final = timezone(timedelta(hours=7))
_NO_WORD: Final = re.compile(r"[\W_]", re.ASCII)
_LONGEST_WAIT: Final = timedelta(hours=6)


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
