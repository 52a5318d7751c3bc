"""What happened to documents: written in the act, placed in the feed once it is committed.

Acts commit in another order than they take row numbers, so a reader that went by those could
step over a row not yet visible. Places are handed out afterwards, to committed rows only, one
placing at a time: what is visible of them never has a gap that is filled later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import (
    Business,
    Delivery,
    Document,
    Portion,
    Recipient,
    Route,
    Source,
    StatusEntry,
)
from app.documents.domain.events import Event, EventKind, Told
from app.documents.domain.statuses import Status
from app.documents.tables import documents, events, recipients
from app.platform.clock import Clock
from app.platform.database import signal
from app.platform.schema import Instant

_TURN: Final = 1000
"""Events placed in one transaction."""

_WINDOW: Final = 20_000
"""Places looked through in one read, however few of them are the caller's."""

_PLACING: Final = 5_203_177_004_120_309
"""Key of the advisory lock under which places are handed out."""

_place = update(events).where(events.c.number == bindparam("row")).values(position=bindparam("to"))


@dataclass(frozen=True, slots=True)
class Look:
    """A look into the feed: what was found, up to which place, and whether more is to come.

    `is_behind` if committed events wait for their places.
    """

    found: Sequence[Told]
    reached: int
    is_at_end: bool
    is_behind: bool


def arrive(connection: Connection, document: str, recipient: Recipient) -> None:
    """Note that a document lies with a recipient of ours, since `status_at`."""
    if not recipient.is_here:
        return
    said = {
        "kind": literal(EventKind.ARRIVED.value),
        "document": documents.c.id,
        "sender": documents.c.from_code,
        "recipient": literal(recipient.party.code),
        "route": literal(recipient.route.value),
        "code": literal(Status.ARRIVED.value),
        "at": documents.c.created_at
        if recipient.status_at is None
        else literal(recipient.status_at, Instant),
    }
    source = select(*said.values()).where(documents.c.id == document)
    connection.execute(insert(events).from_select(list(said), source))
    signal(connection)


def report(connection: Connection, document: Document, entry: StatusEntry, at: datetime) -> None:
    """Note a status, unless it is our own 01, which its arrival says."""
    code = entry.report.code
    if entry.source is Source.AUTOMATIC and code is Status.ARRIVED:
        return
    place = document.at(entry.recipient.code)
    connection.execute(
        insert(events).values(
            kind=EventKind.STATUS.value,
            document=document.id,
            sender=document.sender.code,
            recipient=entry.recipient.code,
            route=(place.route if place else Route.AXIS).value,
            code=code.value,
            reason=entry.report.reason,
            at=at,
        )
    )
    signal(connection)


def withdraw(connection: Connection, document: str, code: AgencyCode, at: datetime) -> None:
    """Note that a recipient's copy is gone."""
    said = {
        "kind": literal(EventKind.WITHDRAWN.value),
        "document": documents.c.id,
        "sender": documents.c.from_code,
        "recipient": recipients.c.code,
        "route": recipients.c.route,
        "at": literal(at, Instant),
    }
    source = (
        select(*said.values())
        .join_from(documents, recipients, recipients.c.document == documents.c.id)
        .where(documents.c.id == document, recipients.c.code == code)
    )
    connection.execute(insert(events).from_select(list(said), source))
    signal(connection)


def settle(connection: Connection, clock: Clock, sent: Portion, delivery: Delivery) -> None:
    """Note for the recipients beyond us that the axis took a document for them, or will not."""
    kinds = {Delivery.SENT: EventKind.SENT, Delivery.REFUSED: EventKind.UNDELIVERABLE}
    if delivery not in kinds:
        return
    said = {
        "kind": literal(kinds[delivery].value),
        "document": documents.c.id,
        "sender": documents.c.from_code,
        "recipient": recipients.c.code,
        "route": recipients.c.route,
        "code": null(),
        "reason": recipients.c.reason,
        "at": literal(clock.now(), Instant),
    }
    source = (
        select(*said.values())
        .join_from(documents, recipients, recipients.c.document == documents.c.id)
        .where(documents.c.id == sent.document, recipients.c.route == Route.AXIS.value)
        .where(recipients.c.spelling.in_(sent.to))
        .order_by(recipients.c.number)
    )
    connection.execute(insert(events).from_select(list(said), source))
    signal(connection)


def place(connection: Connection) -> int:
    """Give committed events their places in the feed; return to how many.

    One placing at a time: SQLite has one writer, on PostgreSQL the next one waits for the lock
    and sees what this one committed.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_PLACING)))
    unplaced = select(events.c.number).where(events.c.position.is_(None))
    rows = connection.scalars(unplaced.order_by(events.c.number).limit(_TURN)).all()
    last = connection.scalar(select(func.max(events.c.position))) or 0
    if rows:
        places = [{"row": row, "to": place} for place, row in enumerate(rows, last + 1)]
        connection.execute(_place, places)
    return len(rows)


def look(connection: Connection, member: AgencyCode, *, after: int, limit: int) -> Look:
    """Return events behind the place `after` that concern `member` or a unit below it.

    A sender sees what happens at every recipient, a recipient what happens at itself. A place
    beyond the end, told before the database was brought back from a backup, is the end: places
    behind it are given out again.
    """
    last = connection.scalar(select(func.max(events.c.position))) or 0
    after = min(after, last)
    end = min(after + _WINDOW, last)
    statement = (
        _told()
        .where(events.c.position > after, events.c.position <= end, _concerns(member))
        .order_by(events.c.position)
        .limit(limit)
    )
    found = [_told_of(row) for row in connection.execute(statement)]
    reached = found[-1].position if len(found) == limit else max(after, end)
    behind = connection.scalar(select(exists().where(events.c.position.is_(None))))
    return Look(found, reached, is_at_end=reached >= last, is_behind=bool(behind))


def timeline(connection: Connection, document: str) -> Sequence[Event]:
    """Return what happened to one document, in the order it was written down."""
    statement = select(events).where(events.c.document == document).order_by(events.c.number)
    return [_event_of(row) for row in connection.execute(statement)]


def _told() -> Any:
    return select(
        events,
        documents.c.document_id,
        documents.c.business,
        documents.c.number.label("document_number"),
        documents.c.notation,
        documents.c.subject,
    ).join_from(events, documents, documents.c.id == events.c.document)


def _concerns(member: AgencyCode) -> ColumnElement[bool]:
    sent = and_(events.c.route != Route.HERE.value, _within(events.c.sender, member))
    received = and_(events.c.route != Route.AXIS.value, _within(events.c.recipient, member))
    return or_(sent, received)


def _within(column: ColumnElement[str], member: AgencyCode) -> ColumnElement[bool]:
    below = column.startswith(f"{member.canonical}.", autoescape=True)
    return or_(column == member.canonical, below)


def _event_of(row: Row[Any]) -> Event:
    return Event(
        kind=EventKind(row.kind),
        document=row.document,
        recipient=AgencyCode(row.recipient),
        at=row.at,
        code=None if row.code is None else Status(row.code),
        reason=row.reason,
    )


def _told_of(row: Row[Any]) -> Told:
    return Told(
        position=row.position,
        event=_event_of(row),
        sender=AgencyCode(row.sender),
        document_id=DocumentId(row.document_id),
        business=Business(row.business),
        symbol=f"{row.document_number}/{row.notation}",
        subject=row.subject,
    )
