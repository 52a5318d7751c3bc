"""The history of documents: statuses, and what became of the packets that tell them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from app.codes import AgencyCode
from app.documents.domain.documents import (
    Delivery,
    Document,
    Portion,
    Recipient,
    Route,
    Source,
    StatusEntry,
    StatusReport,
)
from app.documents.domain.statuses import Recall, Standing, Status
from app.documents.domain.withdrawal import Withdrawal
from app.documents.store import dealings, deliveries, events, holding
from app.documents.tables import recipients, statuses
from app.platform.storage.tables import blobs


@dataclass(frozen=True, slots=True)
class Owed:
    """The packet that tells a status to the other party, and the message that carries it."""

    message_id: str
    packet: str


@dataclass(frozen=True, slots=True)
class KeptPacket:
    """A packet that told a status, kept by its SHA-256."""

    number: int
    recipient: str
    code: Status
    sha256: str
    size: int


def add(
    connection: Connection, document: Document, entry: StatusEntry, at: datetime, owed: Owed | None
) -> StatusEntry:
    """Write a status down; `at` is now. Return it with its number.

    Unless a packet is owed for it, it is told a unit of ours, in whose inbox it is put.
    """
    report = entry.report
    statement = insert(statuses).values(
        document=document.id,
        recipient=entry.recipient.code,
        code=report.code.value,
        happened_at=report.at,
        reason=report.reason,
        staff=report.staff,
        department=report.department,
        source=entry.source.value,
        is_unexpected=entry.is_unexpected,
        recorded_at=at,
        packet=None if owed is None else owed.packet,
        owed_id=None if owed is None else owed.message_id,
        delivery=None if entry.delivery is None else entry.delivery.value,
    )
    number: int = connection.execute(statement.returning(statuses.c.number)).scalar_one()
    events.report(connection, document, entry, at)
    dealings.report(connection, document, entry)
    told = None if owed is not None else _told_here(document, entry)
    if told is not None:
        deliveries.put_status(connection, document.id, unit=told, status=number, at=at)
    return replace(entry, number=number)


def _told_here(document: Document, entry: StatusEntry) -> AgencyCode | None:
    """Return the unit of ours that a status is told; a sender beyond us is told by packets only."""
    if entry.report.code.is_senders:
        return entry.recipient.code
    place = document.at(entry.recipient.code)
    is_beyond = place is not None and place.route is Route.HERE
    return None if is_beyond else document.sender.code


def stand(
    connection: Connection, document: Document, code: AgencyCode, standing: Standing, at: datetime
) -> None:
    """Set where a document stands at one recipient."""
    connection.execute(
        update(recipients)
        .where(recipients.c.document == document.id, recipients.c.code == code)
        .values(progress=standing.progress, recall=standing.recall.value, status_at=at)
    )


def withdraw(
    connection: Connection, document: str, code: AgencyCode, withdrawal: Withdrawal
) -> None:
    """Take a recipient's copy away, for good; one that is gone already stays as it is.

    With the last copy of what came from elsewhere its content goes, after a time.
    """
    gone = connection.execute(
        update(recipients)
        .where(
            recipients.c.document == document,
            recipients.c.code == code,
            recipients.c.withdrawn_at.is_(None),
        )
        .values(
            recall=Recall.AGREED.value,
            withdrawn_at=withdrawal.at,
            withdrawn_cause=withdrawal.cause.value,
            withdrawn_by=withdrawal.by,
        )
    )
    if gone.rowcount:
        events.withdraw(connection, document, code, withdrawal.at)
        dealings.close(connection, document, code, withdrawal.at)
        holding.loosen(connection, document, withdrawal.at)


def mark(connection: Connection, numbers: Collection[int], *, is_unexpected: bool) -> None:
    """Mark entries as against the table, or as lawful after all."""
    if numbers:
        connection.execute(
            update(statuses)
            .where(statuses.c.number.in_(list(numbers)))
            .values(is_unexpected=is_unexpected)
        )


def history(
    connection: Connection, document: Document, *, after: int = 0, limit: int | None = None
) -> Sequence[StatusEntry]:
    """Return the statuses of a document, in the order they were written down."""
    statement = (
        select(statuses)
        .where(statuses.c.document == document.id, statuses.c.number > after)
        .order_by(statuses.c.number)
        .limit(limit)
    )
    known = {recipient.party.code: recipient for recipient in document.recipients}
    return [_entry_of(row, known[row.recipient]) for row in connection.execute(statement)]


def last_own(connection: Connection, document: Document, recipient: Recipient) -> datetime | None:
    """Return when the last thing happened at a recipient that was written down on our side."""
    found: datetime | None = connection.execute(
        select(statuses.c.happened_at)
        .where(
            statuses.c.document == document.id,
            statuses.c.recipient == recipient.party.code,
            statuses.c.source != Source.AXIS.value,
        )
        .order_by(statuses.c.happened_at.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found


def packets(connection: Connection, document: str) -> Sequence[KeptPacket]:
    """Return the packets with which we told statuses of a document, in their order."""
    statement = (
        select(statuses, blobs.c.size)
        .join_from(statuses, blobs, blobs.c.sha256 == statuses.c.packet)
        .where(statuses.c.document == document)
        .order_by(statuses.c.number)
    )
    return [
        KeptPacket(row.number, row.recipient, Status(row.code), row.packet, row.size)
        for row in connection.execute(statement)
    ]


def latest(
    connection: Connection, document: Document, recipient: Recipient, code: Status
) -> StatusEntry | None:
    """Return the last status of this code at one recipient."""
    return _last(connection, document, recipient, statuses.c.code == code.value)


def said_at(
    connection: Connection, document: Document, recipient: Recipient, report: StatusReport
) -> StatusEntry | None:
    """Return what our side said before of the same code and moment, if it did."""
    return _last(
        connection,
        document,
        recipient,
        statuses.c.code == report.code.value,
        statuses.c.happened_at == report.at,
        statuses.c.source == Source.MEMBER.value,
    )


def _last(
    connection: Connection,
    document: Document,
    recipient: Recipient,
    *conditions: ColumnElement[bool],
) -> StatusEntry | None:
    row = connection.execute(
        select(statuses)
        .where(
            statuses.c.document == document.id,
            statuses.c.recipient == recipient.party.code,
            *conditions,
        )
        .order_by(statuses.c.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _entry_of(row, recipient)


def settle_packet(
    connection: Connection, sent: Portion, delivery: Delivery, *, said: str | None, why: str | None
) -> None:
    """Note for the recipients beyond us that a packet went to what became of it.

    `said` is the axis's id for it; `why` says what hindered it.
    """
    connection.execute(
        update(recipients)
        .where(recipients.c.document == sent.document, recipients.c.route == Route.AXIS.value)
        .where(recipients.c.spelling.in_(sent.to))
        .values(delivery=delivery.value, transport_id=said, reason=why)
    )


def settle_status(
    connection: Connection, message: str, delivery: Delivery, *, said: str | None, why: str | None
) -> None:
    """Note what became of the packet that tells a status."""
    connection.execute(
        update(statuses)
        .where(statuses.c.owed_id == message)
        .values(delivery=delivery.value, transport_id=said, delivery_reason=why)
    )


def _entry_of(row: Row[Any], recipient: Recipient) -> StatusEntry:
    return StatusEntry(
        number=row.number,
        recipient=recipient.party,
        report=StatusReport(
            Status(row.code), row.happened_at, row.reason, row.staff, row.department
        ),
        source=Source(row.source),
        is_unexpected=row.is_unexpected,
        delivery=None if row.delivery is None else Delivery(row.delivery),
    )
