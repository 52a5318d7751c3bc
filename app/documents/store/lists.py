"""Inbox, outbox and both: the newest first, for a member and all below it."""

from sqlalchemy import ColumnElement, Connection, or_, select

from app.codes import AgencyCode
from app.documents.domain.documents import Document
from app.documents.store.documents import read
from app.documents.store.searching import Direction, Sought, is_like, on_list
from app.documents.tables import documents


def inbox(
    connection: Connection, member: AgencyCode, sought: Sought, *, before: str | None, limit: int
) -> list[Document]:
    """Return documents that lie with `member` and units below it."""
    received = on_list(Direction.RECEIVED, member, sought)
    return _page(connection, [received, *is_like(sought)], before, limit)


def outbox(
    connection: Connection, member: AgencyCode, sought: Sought, *, before: str | None, limit: int
) -> list[Document]:
    """Return documents from `member` and units below it."""
    sent = on_list(Direction.SENT, member, sought)
    return _page(connection, [sent, *is_like(sought)], before, limit)


def both(
    connection: Connection, member: AgencyCode, sought: Sought, *, before: str | None, limit: int
) -> list[Document]:
    """Return what `member` and units below it sent or received, each document once."""
    exchanged = or_(*(on_list(direction, member, sought) for direction in Direction))
    return _page(connection, [exchanged, *is_like(sought)], before, limit)


def _page(
    connection: Connection, conditions: list[ColumnElement[bool]], before: str | None, limit: int
) -> list[Document]:
    statement = select(documents).where(*conditions).order_by(documents.c.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(documents.c.id < before)
    return read(connection, statement)
