"""Statuses that wait for their document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import Document, StatusReport, spellings
from app.documents.domain.statuses import Status
from app.documents.domain.waiting import Delivery, WaitingStatus
from app.documents.tables import waiting_statuses as waiting
from app.platform.inserting import insert_new


def add(connection: Connection, status: WaitingStatus) -> None:
    """Keep a status until its document comes."""
    report = status.report
    row = {
        "axis": status.delivery.axis,
        "doc_id": status.delivery.doc_id,
        "sender": status.sender,
        "document_id": status.document_id,
        "recipient": status.recipient,
        "code": report.code.value,
        "happened_at": report.at,
        "reason": report.reason,
        "staff": report.staff,
        "department": report.department,
        "digest": status.delivery.digest,
        "arrived_at": status.arrived_at,
        "until": status.until,
    }
    insert_new(connection, waiting, row)


def take(connection: Connection, document: Document, recipient: AgencyCode) -> list[WaitingStatus]:
    """Return what waited for a document at one recipient, and keep it no longer."""
    rows = connection.execute(
        delete(waiting)
        .where(
            waiting.c.sender == document.sender.code,
            waiting.c.document_id.in_(spellings(document.document_id)),
            waiting.c.recipient == recipient,
        )
        .returning(waiting)
    ).all()
    return [_status_of(row) for row in sorted(rows, key=lambda row: row.number)]


def give_up(connection: Connection, now: datetime, *, at_most: int) -> list[WaitingStatus]:
    """Mark what has waited past its horizon, so much at once, and return it."""
    late = select(waiting.c.number).where(waiting.c.gave_up_at.is_(None), waiting.c.until <= now)
    rows = connection.execute(
        update(waiting)
        .where(waiting.c.number.in_(late.order_by(waiting.c.number).limit(at_most)))
        .values(gave_up_at=now)
        .returning(waiting)
    ).all()
    return [_status_of(row) for row in rows]


def page(connection: Connection, *, limit: int) -> Sequence[WaitingStatus]:
    """Return what waits or was given up, the latest first."""
    statement = select(waiting).order_by(waiting.c.number.desc()).limit(limit)
    return [_status_of(row) for row in connection.execute(statement)]


def counts(connection: Connection) -> Mapping[str, int]:
    """Return how many wait, and how many were given up."""
    has_ended = waiting.c.gave_up_at.is_not(None)
    rows = connection.execute(select(has_ended, func.count()).group_by(has_ended))
    found = {bool(ended): number for ended, number in rows}
    return {"waiting": found.get(False, 0), "given-up": found.get(True, 0)}


def _status_of(row: Row[Any]) -> WaitingStatus:
    return WaitingStatus(
        delivery=Delivery(row.axis, row.doc_id, row.digest),
        sender=AgencyCode(row.sender),
        document_id=DocumentId(row.document_id),
        recipient=AgencyCode(row.recipient),
        report=StatusReport(
            Status(row.code), row.happened_at, row.reason, row.staff, row.department
        ),
        arrived_at=row.arrived_at,
        until=row.until,
        gave_up_at=row.gave_up_at,
    )
