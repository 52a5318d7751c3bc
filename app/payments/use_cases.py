"""Beginning payments, and what the platform's word changes: one transaction each.

Whoever changes a payment holds the row of its dossier.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store as dossiers
from app.dossiers.domain.actors import Actor, ActorKind
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.handling import PaymentMethod
from app.dossiers.domain.paying import Paid
from app.dossiers.use_cases import Cause, show
from app.dossiers.use_cases.acting import Order
from app.dossiers.use_cases.owing import subject_of, visible
from app.dossiers.use_cases.paying import record_payment
from app.evidence.domain import DONE, Act, SystemActor
from app.evidence.store import record
from app.payments import store
from app.payments.domain import (
    NothingToPayError,
    OrderState,
    Patience,
    PaymentOrder,
    PaymentUnderWayError,
    Told,
    UnknownOrderError,
    reference_of,
    trading_time,
)
from app.platform.clock import Clock
from app.platform.errors import ConflictError
from app.platform.settings import Settings

PLATFORM: Final = "system:payments"
"""Who acts when the payment platform says what became of a payment."""

_NAME: Final = "Nền tảng thanh toán trực tuyến"
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a message of the platform takes effect: what causes it, and how money is counted."""

    cause: Cause
    method: PaymentMethod
    request_id: str = ""

    @classmethod
    def of(cls, settings: Settings, digest: str, request_id: str = "") -> "Terms":
        """Return the terms of a process with these settings."""
        method = PaymentMethod(settings.payment_counted_as)
        return cls(Cause.of(settings, digest), method, request_id)


def patience_of(settings: Settings) -> Patience:
    """Return how patient the settings are."""
    return Patience(
        again_after=timedelta(minutes=settings.payment_again_minutes),
        ask_after=timedelta(minutes=settings.payment_ask_minutes),
        give_up_after=timedelta(hours=settings.payment_ask_hours),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A payment that is asked for: of which dossier, from which address, and how patient we are."""

    code: DossierCode
    payer_ip: str
    patience: Patience
    digest: str


def start(connection: Connection, clock: Clock, caller: Caller, wanted: Wanted) -> PaymentOrder:
    """Begin a payment of what is still owed of the fees that were asked for.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
        NothingToPayError: if nothing is owed.
        PaymentUnderWayError: if an earlier payment may yet be made.
    """
    dossier = visible(dossiers.lock(connection, wanted.code), caller)
    amount = _owed(dossier)
    now = clock.now()
    for earlier in store.of_dossier(connection, wanted.code):
        if earlier.holds_up(wanted.patience, now=now):
            wait = earlier.created_at + wanted.patience.again_after - now
            raise PaymentUnderWayError(earlier.reference, wait)
    return _opened(connection, clock, caller, wanted, amount)


def look_up(
    connection: Connection, clock: Clock, caller: Caller, wanted: Wanted
) -> tuple[Dossier, PaymentOrder]:
    """Return what the nation may have paid for a dossier: a payment that waits, or a new one.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
        NothingToPayError: if nothing is owed.
    """
    dossier = visible(dossiers.lock(connection, wanted.code), caller)
    amount = _owed(dossier)
    for earlier in store.of_dossier(connection, wanted.code):
        if earlier.state is OrderState.WAITING and earlier.amount_vnd == amount:
            return dossier, earlier
    return dossier, _opened(connection, clock, caller, wanted, amount)


def _owed(dossier: Dossier) -> int:
    amount = dossier.handling.asked_vnd - dossier.handling.paid_vnd
    if amount <= 0:
        raise NothingToPayError
    return amount


def _opened(
    connection: Connection, clock: Clock, caller: Caller, wanted: Wanted, amount: int
) -> PaymentOrder:
    now = clock.now()
    traded_at = _free_time(connection, wanted.code, now)
    order = PaymentOrder(
        reference=reference_of(wanted.code, traded_at),
        dossier=wanted.code,
        amount_vnd=amount,
        state=OrderState.WAITING,
        created_at=now,
        traded_at=traded_at,
        payer_ip=wanted.payer_ip,
        ask_at=now + wanted.patience.ask_after,
    )
    store.add(connection, order)
    act = Act("payment.start", subject_of(wanted.code), wanted.digest)
    record(connection, clock, caller, act)
    return order


def _free_time(connection: Connection, code: DossierCode, now: datetime) -> str:
    """Return the present time in fourteen digits, or the next second that gives a new reference."""
    while store.is_taken(connection, reference_of(code, trading_time(now))):
        now += _SECOND
    return trading_time(now)


def note_url(connection: Connection, reference: str, url: str) -> PaymentOrder:
    """Keep the address where an order is paid; the first one that came stays."""
    order, _ = _locked(connection, reference)
    if order.url is None:
        order = replace(order, url=url, payer_ip="")
        store.save(connection, order)
    return order


def give_up(connection: Connection, clock: Clock, reference: str, terms: Terms) -> None:
    """Note that the platform refuses to begin a payment."""
    told = Told(OrderState.FAILED, 0, "")
    order, _ = _locked(connection, reference)
    if order.state is OrderState.WAITING:
        settle(connection, clock, reference, told, terms)


def settle(
    connection: Connection, clock: Clock, reference: str, told: Told, terms: Terms
) -> PaymentOrder:
    """Have a payment become what the platform says, once however often it says it.

    Money that came is recorded on the dossier. Where the dossier cannot take it any more, the
    payment is paid all the same and says why, for a person to see to.

    Raises:
        UnknownOrderError: if there is no such payment.
        WrongAmountError: if another sum was paid; the payment goes on waiting.
        SettledOtherwiseError: if it ended otherwise before.
    """
    before, dossier = _locked(connection, reference)
    after = before.settled(told, now=clock.now())
    if after is before:
        return before
    caller = Caller(PLATFORM, dossier.filing.agency.code, frozenset(), terms.request_id)
    if after.state is OrderState.PAID:
        unrecorded = _recorded(connection, clock, caller, after, terms)
        after = replace(after, unrecorded=unrecorded)
    store.save(connection, after)
    name = "payment.confirm" if after.state is OrderState.PAID else "payment.fail"
    outcome = after.unrecorded or DONE
    act = Act(name, subject_of(after.dossier), terms.cause.digest or None, outcome)
    record(connection, clock, caller, act)
    return after


def _recorded(
    connection: Connection, clock: Clock, caller: Caller, order: PaymentOrder, terms: Terms
) -> str | None:
    """Record money on the dossier; return why it takes none: its rule speaks before it writes."""
    paid = Paid(order.amount_vnd, terms.method, reference=order.reference)
    act = Order(order.dossier, Actor(ActorKind.SYSTEM, _NAME), terms.cause)
    try:
        record_payment(connection, clock, caller, act, paid)
    except ConflictError as problem:
        return problem.slug
    return None


def ask_later(connection: Connection, clock: Clock, reference: str, patience: Patience) -> None:
    """Note that a payment was asked about and still waits."""
    order, _ = _locked(connection, reference)
    if order.state is OrderState.WAITING:
        store.save(connection, order.asked_again(patience, now=clock.now()))


def due(connection: Connection, clock: Clock, *, at_most: int) -> Sequence[PaymentOrder]:
    """Return payments that it is time to ask about."""
    return store.to_ask(connection, now=clock.now(), at_most=at_most)


def note_refusal(
    connection: Connection, clock: Clock, order: PaymentOrder, slug: str, terms: Terms
) -> None:
    """Record that what the platform told when asked was not taken; it is asked about no more."""
    held, dossier = _locked(connection, order.reference)
    store.save(connection, replace(held, ask_at=None))
    actor = SystemActor(PLATFORM, dossier.filing.agency.code, terms.request_id)
    act = Act("payment.confirm", subject_of(held.dossier), terms.cause.digest, slug)
    record(connection, clock, actor, act)


def list_orders(
    connection: Connection, caller: Caller, code: DossierCode
) -> Sequence[PaymentOrder]:
    """Return the payments of a dossier, the newest first.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
    """
    show(connection, caller, code)
    return store.of_dossier(connection, code)


def show_order(
    connection: Connection, caller: Caller, code: DossierCode, reference: str
) -> tuple[PaymentOrder, Dossier]:
    """Return a payment of a dossier.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
        UnknownOrderError: if it has no such payment.
    """
    dossier = show(connection, caller, code)
    order = store.find(connection, reference)
    if order is None or order.dossier != code:
        raise UnknownOrderError
    return order, dossier


def _locked(connection: Connection, reference: str) -> tuple[PaymentOrder, Dossier]:
    """Return a payment as it stands while its dossier's row is held.

    Raises:
        UnknownOrderError: if there is none.
    """
    found = store.find(connection, reference)
    if found is None:
        raise UnknownOrderError
    dossier = dossiers.lock(connection, found.dossier)
    order = store.find(connection, reference)
    if dossier is None or order is None:
        raise LookupError("dossiers and payments are never deleted")
    return order, dossier
