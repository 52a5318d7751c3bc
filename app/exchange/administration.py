"""What a person may see of the outbox and do to it; each act leaves an entry in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, case, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.exchange.messages import State
from app.exchange.outbox import pass_turn
from app.exchange.tables import outbox
from app.platform.clock import Clock
from app.platform.database import signal
from app.platform.errors import ConflictError, NotFoundError

_ADMINISTRATOR: Final = SystemActor("system:administrator", "")
_BY_HAND: Final = "by-hand"


class UnknownMessageError(NotFoundError):
    """No message of the outbox has this id."""

    slug = "unknown-message"
    title = "Không có thông điệp này"
    title_en = "Unknown message"

    def __init__(self) -> None:
        super().__init__("Không có thông điệp mang mã này.", "No message has this id.")


class SettledMessageError(ConflictError):
    """The message was delivered or dropped before: nothing can be done to it any more."""

    slug = "message-settled"
    title = "Thông điệp đã xong"
    title_en = "The message is settled"

    def __init__(self, state: str) -> None:
        super().__init__(
            "Thông điệp đã được chuyển hoặc đã bị bỏ, không còn gì để làm.",
            f"The message is {state}; nothing can be done to it any more.",
            extensions={"state": state},
        )


class MessageUnderWayError(ConflictError):
    """A worker holds the message at this moment, so nobody knows yet what becomes of it."""

    slug = "message-under-way"
    title = "Thông điệp đang được gửi"
    title_en = "The message is under way"

    def __init__(self, until: datetime) -> None:
        super().__init__(
            "Thông điệp đang được gửi; hãy thử lại sau ít phút.",
            f"A worker holds the message until {until.isoformat()} at the latest; try again then.",
            extensions={"until": until.isoformat()},
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as an administrator sees it, without what it says.

    `held_by` is the unsettled message of the same key whose turn it is instead; `holding` counts
    the messages that wait behind this one.
    """

    sequence: int
    message_id: str
    topic: str
    key: str
    state: State
    attempts: int
    created_at: datetime
    due_at: datetime | None
    claimed_until: datetime | None
    reason: str | None
    reference: str | None
    settled_at: datetime | None
    held_by: str | None
    holding: int


_other = outbox.alias("other")
_same_key = and_(_other.c.key == outbox.c.key, _other.c.settled_at.is_(None))
_held_by = (
    select(_other.c.message_id)
    .where(_same_key, _other.c.sequence < outbox.c.sequence)
    .order_by(_other.c.sequence)
    .limit(1)
    .scalar_subquery()
)
_holding = (
    select(func.count())
    .select_from(_other)
    .where(_same_key, _other.c.sequence > outbox.c.sequence)
    .scalar_subquery()
)
_is_open = outbox.c.settled_at.is_(None)
_ENTRIES: Final = select(
    *(outbox.c[name] for name in Entry.__dataclass_fields__ if name not in {"held_by", "holding"}),
    case((_is_open, _held_by)).label("held_by"),
    case((_is_open, _holding), else_=0).label("holding"),
)


def entries(
    connection: Connection,
    *,
    state: State | None = None,
    topic: str | None = None,
    after: int = 0,
    limit: int = 50,
) -> Sequence[Entry]:
    """Return messages in the order they were owed, from behind the sequence number `after`."""
    wanted: list[ColumnElement[bool]] = [outbox.c.sequence > after]
    if state is not None:
        wanted.append(outbox.c.state == state)
    if state in {State.OWED, State.PARKED}:
        wanted.append(_is_open)
    if topic is not None:
        wanted.append(outbox.c.topic == topic)
    rows = connection.execute(_ENTRIES.where(*wanted).order_by(outbox.c.sequence).limit(limit))
    return [_entry(row) for row in rows]


def show(connection: Connection, *, message_id: str) -> tuple[Entry, dict[str, Any]]:
    """Return one message and what it says, which may name people.

    Raises:
        UnknownMessageError: if there is none of this id.
    """
    row = connection.execute(_ENTRIES.where(outbox.c.message_id == message_id)).one_or_none()
    if row is None:
        raise UnknownMessageError
    body: dict[str, Any] = connection.execute(
        select(outbox.c.body).where(outbox.c.message_id == message_id)
    ).scalar_one()
    return _entry(row), body


def retry(connection: Connection, clock: Clock, *, message_id: str) -> Entry:
    """Make a message owed again, due as soon as its turn comes, with all patience restored.

    Raises:
        UnknownMessageError: if there is none of this id.
        SettledMessageError: if it was delivered or dropped.
        MessageUnderWayError: if a worker is sending it now.
    """
    return _change(
        connection,
        clock,
        message_id,
        act="outbox.retry",
        values={
            "state": State.OWED,
            "due_at": None,
            "attempts": 0,
            "reason": None,
            "owed_since": clock.now(),
        },
    )


def park(connection: Connection, clock: Clock, *, message_id: str) -> Entry:
    """Hold a message, and with it the later ones of its key, until it is retried or dropped.

    Raises:
        UnknownMessageError: if there is none of this id.
        SettledMessageError: if it was delivered or dropped.
        MessageUnderWayError: if a worker is sending it now.
    """
    values = {"state": State.PARKED, "due_at": None, "reason": _BY_HAND}
    return _change(connection, clock, message_id, act="outbox.park", values=values)


def drop(connection: Connection, clock: Clock, *, message_id: str) -> Entry:
    """Give a message up for good; the next of its key has its turn.

    Raises:
        UnknownMessageError: if there is none of this id.
        SettledMessageError: if it was delivered or dropped.
        MessageUnderWayError: if a worker is sending it now.
    """
    values = {"state": State.DROPPED, "due_at": None, "settled_at": clock.now()}
    return _change(connection, clock, message_id, act="outbox.drop", values=values)


def _change(
    connection: Connection, clock: Clock, message_id: str, *, act: str, values: dict[str, Any]
) -> Entry:
    key = _lock(connection, clock, message_id)
    connection.execute(
        update(outbox)
        .where(outbox.c.message_id == message_id)
        .values(claimed_by=None, claimed_until=None, **values)
    )
    pass_turn(connection, clock, [key])
    record(connection, clock, _ADMINISTRATOR, Act(act, f"message:{message_id}"))
    signal(connection)
    return show(connection, message_id=message_id)[0]


def _lock(connection: Connection, clock: Clock, message_id: str) -> str:
    """Lock the message and the first unsettled one of its key, and return the key.

    Claims and settlements lock the first one, so none of them happens meanwhile.
    """
    mine = select(outbox.c.key).where(outbox.c.message_id == message_id)
    key = connection.execute(mine).scalar_one_or_none()
    if key is None:
        raise UnknownMessageError
    unsettled = select(outbox.c.sequence).where(outbox.c.key == key, _is_open)
    first = unsettled.order_by(outbox.c.sequence).limit(1).with_for_update()
    connection.execute(first)
    found = connection.execute(
        select(outbox.c.state, outbox.c.settled_at, outbox.c.claimed_until)
        .where(outbox.c.message_id == message_id)
        .with_for_update()
    ).one()
    if found.settled_at is not None:
        raise SettledMessageError(found.state)
    if found.claimed_until is not None and found.claimed_until > clock.now():
        raise MessageUnderWayError(found.claimed_until)
    return str(key)


def _entry(row: Row[*tuple[Any, ...]]) -> Entry:
    fields = dict(row._mapping)  # noqa: SLF001 -- the documented way to a row's names
    return Entry(**fields | {"state": State(fields["state"])})
