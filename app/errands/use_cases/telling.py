"""What the services say of errands: at once, in a feed, or when they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import assert_never

from sqlalchemy import Connection

from app.errands import store
from app.errands.domain import Errand, Kind, Patience, State, Told, UnknownErrandError
from app.errands.use_cases.owing import CANCEL
from app.exchange.messages import Message
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Settlement:
    """How errands of a kind go on once the service has them.

    `patience` is how they are asked about, if at all; `ends` where nothing more is to come.
    """

    patience: Patience | None = None
    ends: bool = False


def settle(
    connection: Connection,
    clock: Clock,
    messages: Sequence[Message],
    outcome: Outcome,
    terms: Settlement,
) -> None:
    """Note on an errand what became of its message."""
    body = messages[-1].body
    errand = _locked(connection, body["errand"])
    if body["act"] == CANCEL:
        errand = _cancelled(errand, clock, outcome)
    else:
        errand = _placed(errand, clock, outcome, terms)
    store.save(connection, errand)


def _placed(errand: Errand, clock: Clock, outcome: Outcome, terms: Settlement) -> Errand:
    match outcome:
        case Delivered(reference):
            return errand.accepted(
                reference, now=clock.now(), patience=terms.patience, ends=terms.ends
            )
        case Deferred(reason):
            return errand.held_up(State.DEFERRED, reason)
        case Refused(code, reason):
            return errand.held_up(State.REFUSED, f"{code}: {reason}")
        case unreachable:
            assert_never(unreachable)


def _cancelled(errand: Errand, clock: Clock, outcome: Outcome) -> Errand:
    match outcome:
        case Delivered():
            return errand.cancelled(now=clock.now())
        case Deferred(reason):
            return errand.not_cancelled(State.DEFERRED, reason)
        case Refused(code, reason):
            return errand.not_cancelled(State.REFUSED, f"{code}: {reason}")
        case unreachable:
            assert_never(unreachable)


def reading_from(
    connection: Connection, clock: Clock, feed: str, every: timedelta
) -> tuple[bool, str | None]:
    """Tell whether it is time to read a feed, and behind which cursor."""
    known = store.cursor_of(connection, feed)
    if known is None:
        return True, None
    cursor, read_at = known
    return clock.now() - read_at >= every, cursor


def note_events(
    connection: Connection,
    clock: Clock,
    feed: str,
    told: Sequence[tuple[str, Told]],
    cursor: str,
) -> int:
    """Note what a feed tells of postal orders, by their numbers, and how far it is read.

    What is told of orders that are not ours is passed over; return how many events were new.
    Rows are locked in the order of their numbers, so that two readers cannot block each other.
    """
    ours = _ours(connection, {number for number, _ in told})
    new = 0
    for number, word in told:
        errand = ours.get(number)
        if errand is not None and store.note(connection, errand.id, word, now=clock.now()):
            ours[number] = errand.stands(word, now=clock.now())
            new += 1
    for errand in ours.values():
        store.save(connection, errand)
    store.move_cursor(connection, feed, cursor, now=clock.now())
    return new


def _ours(connection: Connection, numbers: set[str]) -> dict[str, Errand]:
    found = (
        store.lock_numbered(connection, Kind.POSTAL_ORDER, number) for number in sorted(numbers)
    )
    return {errand.number: errand for errand in found if errand is not None}


def due(connection: Connection, clock: Clock, kind: Kind, *, at_most: int) -> Sequence[Errand]:
    """Return errands of a kind that it is time to ask about."""
    return store.due(connection, kind, now=clock.now(), at_most=at_most)


def note_standing(
    connection: Connection, clock: Clock, errand_id: str, told: Told, patience: Patience
) -> Errand:
    """Note where the nation says an errand stands; each status is kept once."""
    errand = _locked(connection, errand_id)
    store.note(connection, errand.id, told, now=clock.now())
    errand = errand.stands(told, now=clock.now()).looked(patience, now=clock.now())
    store.save(connection, errand)
    return errand


def look_later(connection: Connection, clock: Clock, errand_id: str, patience: Patience) -> None:
    """Note that an errand was asked about and nothing usable came."""
    errand = _locked(connection, errand_id)
    store.save(connection, errand.looked(patience, now=clock.now()))


def _locked(connection: Connection, errand_id: str) -> Errand:
    errand = store.lock(connection, errand_id)
    if errand is None:
        raise UnknownErrandError
    return errand
