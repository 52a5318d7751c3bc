"""Which contents documents need, and which they let go of."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from app.documents.domain.documents import Route
from app.documents.tables import attachments, documents, recipients, statuses
from app.platform.storage import deposits


def claims(sha256: str) -> Iterator[ColumnElement[bool]]:
    """Give what needs a content.

    A document that came to us and was withdrawn from all whom it came for still names its
    contents, and does not hold them.
    """
    has_copy = or_(recipients.c.route != Route.HERE.value, recipients.c.withdrawn_at.is_(None))
    read = exists().where(recipients.c.document == documents.c.id, has_copy)
    files = select(attachments.c.document).where(attachments.c.sha256 == sha256)
    yield exists(documents.c.id).where(documents.c.packet == sha256, read)
    yield exists(documents.c.id).where(documents.c.id.in_(files), read)
    yield exists().where(statuses.c.packet == sha256)


def loosen(connection: Connection, document: str, since: datetime) -> None:
    """Have the contents of a document looked at: they go unless something else holds them."""
    packet = select(documents.c.packet).where(documents.c.id == document)
    files = select(attachments.c.sha256).where(attachments.c.document == document)
    deposits.loosen(connection, packet.union(files), since)
