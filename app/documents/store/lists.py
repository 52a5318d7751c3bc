"""Inbox and outbox: the newest first, for a member and all below it."""

from collections.abc import Sequence

from sqlalchemy import Column, ColumnElement, Connection, and_, exists, or_, select

from app.codes import AgencyCode
from app.documents.domain.documents import Document, Route
from app.documents.store.documents import read
from app.documents.tables import documents, recipients


def inbox(
    connection: Connection, members: Sequence[AgencyCode], *, before: str | None, limit: int
) -> list[Document]:
    """Return documents that lie with units which are below every one of `members`."""
    received = exists().where(
        recipients.c.document == documents.c.id,
        recipients.c.route != Route.AXIS.value,
        *(_within(recipients.c.code, member) for member in members),
    )
    return _page(connection, received, before, limit)


def outbox(
    connection: Connection, members: Sequence[AgencyCode], *, before: str | None, limit: int
) -> list[Document]:
    """Return documents from units which are below every one of `members`."""
    sent = and_(*(_within(documents.c.from_code, member) for member in members))
    return _page(connection, sent, before, limit)


def _page(
    connection: Connection, condition: ColumnElement[bool], before: str | None, limit: int
) -> list[Document]:
    statement = select(documents).where(condition).order_by(documents.c.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(documents.c.id < before)
    return read(connection, statement)


def _within(column: Column[str], agency: AgencyCode) -> ColumnElement[bool]:
    below = column.startswith(f"{agency.canonical}.", autoescape=True)
    return or_(column == agency.canonical, below)
