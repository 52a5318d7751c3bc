"""What happened to documents, in the order of the feed, for those who tell others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import Route
from app.documents.domain.events import EventKind
from app.documents.tables import documents, events


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the feed without what anybody wrote; `parties` are whom the feed tells it."""

    position: int
    kind: EventKind
    document: str
    document_id: DocumentId
    sender: AgencyCode
    recipient: AgencyCode
    status: str | None
    at: datetime
    parties: tuple[AgencyCode, ...]


def newest(connection: Connection) -> int:
    """Return the last place in the feed; 0 while it is empty."""
    return connection.scalar(select(func.max(events.c.position))) or 0


def is_unplaced(connection: Connection) -> bool:
    """Tell whether committed events wait for their places."""
    return bool(connection.scalar(select(exists().where(events.c.position.is_(None)))))


def behind(connection: Connection, position: int, *, at_most: int) -> Sequence[Happening]:
    """Return events behind a place in the feed."""
    rows = connection.execute(
        select(events, documents.c.document_id)
        .join(documents, documents.c.id == events.c.document)
        .where(events.c.position > position)
        .order_by(events.c.position)
        .limit(at_most)
    )
    return [
        Happening(
            position=row.position,
            kind=EventKind(row.kind),
            document=row.document,
            document_id=DocumentId(row.document_id),
            sender=AgencyCode(row.sender),
            recipient=AgencyCode(row.recipient),
            status=row.code,
            at=row.at,
            parties=_parties(row.sender, row.recipient, row.route),
        )
        for row in rows
    ]


def _parties(sender: str, recipient: str, route: str) -> tuple[AgencyCode, ...]:
    told = [sender] if route != Route.HERE else []
    told += [recipient] if route != Route.AXIS else []
    return tuple(AgencyCode(code) for code in dict.fromkeys(told))
