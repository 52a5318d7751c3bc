"""Lists of documents: the newest first, for a member and all below it."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from app.codes import AgencyCode
from app.documents.domain.documents import Document
from app.documents.store.documents import read
from app.documents.store.searching import Direction, Shelf, Sought
from app.documents.tables import documents


def inbox(
    connection: Connection, member: AgencyCode, sought: Sought, *, before: str | None, limit: int
) -> list[Document]:
    """Return documents that lie with `member` and units below it."""
    shelf = Shelf(Direction.RECEIVED, member)
    return _read(connection, shelf.ids(connection, sought, before=before, limit=limit))


def outbox(
    connection: Connection, member: AgencyCode, sought: Sought, *, before: str | None, limit: int
) -> list[Document]:
    """Return documents from `member` and units below it."""
    shelf = Shelf(Direction.SENT, member)
    return _read(connection, shelf.ids(connection, sought, before=before, limit=limit))


def both(
    connection: Connection, member: AgencyCode, sought: Sought, *, before: str | None, limit: int
) -> list[Document]:
    """Return what `member` and units below it sent or received, each document once."""
    found: set[str] = set()
    for direction in Direction:
        shelf = Shelf(direction, member)
        found |= set(shelf.ids(connection, sought, before=before, limit=limit))
    return _read(connection, sorted(found, reverse=True)[:limit])


def _read(connection: Connection, ids: Sequence[str]) -> list[Document]:
    statement = select(documents).where(documents.c.id.in_(ids)).order_by(documents.c.id.desc())
    return read(connection, statement)
