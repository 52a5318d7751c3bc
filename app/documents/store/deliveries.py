"""Inboxes: what lies there for the software of our units, and how far it got with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from app.documents.domain.documents import Recipient
from app.documents.domain.mail import Mail, MailKind, MailState, ids_of
from app.documents.tables import deliveries, documents
from app.platform.ids import new_id


def put_document(connection: Connection, document: str, recipient: Recipient) -> None:
    """Put a document into the inbox of a recipient of ours."""
    at = (
        recipient.status_at
        or connection.execute(
            select(documents.c.created_at).where(documents.c.id == document)
        ).scalar_one()
    )
    _put(connection, document, recipient.party.code, MailKind.DOCUMENT, at)


def put_status(
    connection: Connection, document: str, *, unit: str, status: int, at: datetime
) -> None:
    """Put a status into the inbox of the unit of ours that it is told."""
    _put(connection, document, unit, MailKind.STATUS, at, status=status)


def _put(
    connection: Connection,
    document: str,
    unit: str,
    kind: MailKind,
    at: datetime,
    *,
    status: int | None = None,
) -> None:
    connection.execute(
        insert(deliveries).values(
            id=new_id(),
            document=document,
            unit=unit,
            kind=kind.value,
            status=status,
            state=MailState.INITIAL.value,
            fails=0,
            is_waiting=True,
            created_at=at,
            updated_at=at,
        )
    )


def find(connection: Connection, delivery: str) -> Mail | None:
    """Return one delivery by its id, or by the 24 hex digits of it."""
    return _first(connection, _named(delivery))


def lock(connection: Connection, delivery: str) -> Mail | None:
    """Return one delivery as `find` does, kept from others until the act ends."""
    return _first(connection, _named(delivery).with_for_update())


def change(connection: Connection, mail: Mail) -> None:
    """Write down how far a delivery got."""
    connection.execute(
        update(deliveries)
        .where(deliveries.c.id == mail.id)
        .values(
            state=mail.state.value,
            fails=mail.fails,
            description=mail.description,
            is_waiting=mail.is_waiting,
            updated_at=mail.updated_at,
            received_at=mail.received_at,
        )
    )


def _named(delivery: str) -> Select[Any]:
    return select(deliveries).where(deliveries.c.id.between(*ids_of(delivery)))


def _first(connection: Connection, statement: Select[Any]) -> Mail | None:
    row = connection.execute(statement).one_or_none()
    return None if row is None else _mail_of(row)


def _mail_of(row: Row[Any]) -> Mail:
    return Mail(
        id=row.id,
        document=row.document,
        unit=row.unit,
        kind=MailKind(row.kind),
        status=row.status,
        state=MailState(row.state),
        fails=row.fails,
        description=row.description,
        is_waiting=row.is_waiting,
        created_at=row.created_at,
        updated_at=row.updated_at,
        received_at=row.received_at,
    )
