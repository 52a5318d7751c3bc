"""Writing documents and finding them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import (
    Attachment,
    Business,
    Delivery,
    Document,
    Packet,
    Party,
    Recipient,
    Route,
)
from app.documents.domain.statuses import Recall, Standing, Status
from app.documents.store import dealings, events, searching, signatures
from app.documents.store.inserting import insert_new
from app.documents.tables import attachments, documents, recipients


def lock_key(connection: Connection, sender: AgencyCode, document_id: DocumentId) -> None:
    """Keep every packet of one document until the act ends, so that what is owed keeps its order.

    SQLite has one writer at a time, which comes to the same.
    """
    connection.execute(
        select(documents.c.id)
        .where(documents.c.from_code == sender, documents.c.document_id == document_id)
        .order_by(documents.c.id)
        .with_for_update()
    )


def add(connection: Connection, document: Document) -> bool:
    """Add a document with its files; False if this one is there already.

    Its contents are kept before, its recipients added after it.
    """
    row = {
        "id": document.id,
        "from_code": document.sender.code,
        "from_spelling": document.sender.spelling,
        "from_name": document.sender.name,
        "business": document.business.value,
        "packet": document.packet.sha256,
        "packet_size": document.packet.size,
        **{name: getattr(document, name) for name in _PLAIN},
    }
    if not insert_new(connection, documents, row):
        return False
    files = [
        {"document": document.id, **{name: getattr(file, name) for name in _FILE}}
        for file in document.attachments
    ]
    if files:
        connection.execute(insert(attachments), files)
    searching.index(connection, document)
    dealings.describe(connection, document)
    signatures.await_look(connection, document.id)
    return True


_PLAIN = (
    "document_id", "edition", "number", "notation", "subject", "promulgated_on", "due_on",
    "type_code", "type_name", "priority", "header", "content_sha256", "created_at",
)  # fmt: skip
_FILE = ("n", "content_id", "name", "content_type", "description", "size", "sha256")


def add_recipient(connection: Connection, document: str, recipient: Recipient) -> bool:
    """Add a recipient; False if the document has it already."""
    row = {
        "document": document,
        "code": recipient.party.code,
        "spelling": recipient.party.spelling,
        "name": recipient.party.name,
        "route": recipient.route.value,
        "delivery": recipient.delivery.value,
        "transport_id": recipient.transport_id,
        "reason": recipient.reason,
        "progress": recipient.standing.progress,
        "recall": recipient.standing.recall.value,
        "status_at": recipient.status_at,
    }
    if not insert_new(connection, recipients, row):
        return False
    searching.receive(connection, document, recipient)
    dealings.reach(connection, document, recipient)
    events.arrive(connection, document, recipient)
    return True


def find(connection: Connection, number: str) -> Document | None:
    """Return a document by our id."""
    return _first(connection, select(documents).where(documents.c.id == number))


def find_same(connection: Connection, document: Document) -> Document | None:
    """Return the document that stands where this one would."""
    return _first(
        connection,
        select(documents).where(
            documents.c.from_code == document.sender.code,
            documents.c.document_id == document.document_id,
            documents.c.business == document.business.value,
            documents.c.edition == document.edition,
        ),
    )


def find_all(
    connection: Connection, sender: AgencyCode, document_ids: Iterable[str]
) -> Sequence[Document]:
    """Return every packet of one sender and DocumentId, the first one first; locks them."""
    statement = (
        select(documents)
        .where(documents.c.from_code == sender, documents.c.document_id.in_(list(document_ids)))
        .order_by(documents.c.id)
        .with_for_update()
    )
    return read(connection, statement)


def by_id(connection: Connection, numbers: Iterable[str]) -> dict[str, Document]:
    """Return documents by our ids."""
    statement = select(documents).where(documents.c.id.in_(list(numbers)))
    return {document.id: document for document in read(connection, statement)}


def read(connection: Connection, statement: Select[Any]) -> list[Document]:
    """Return the documents of a SELECT with their recipients and files, in its order."""
    rows = connection.execute(statement).all()
    ids = [row.id for row in rows]
    reached, files = _recipients_of(connection, ids), _files_of(connection, ids)
    return [_document_of(row, tuple(reached[row.id]), tuple(files[row.id])) for row in rows]


def _first(connection: Connection, statement: Select[Any]) -> Document | None:
    found = read(connection, statement)
    return found[0] if found else None


def _recipients_of(connection: Connection, ids: list[str]) -> dict[str, list[Recipient]]:
    found = defaultdict(list)
    statement = select(recipients).where(recipients.c.document.in_(ids))
    for row in connection.execute(statement.order_by(recipients.c.number)):
        found[row.document].append(_recipient_of(row))
    return found


def _files_of(connection: Connection, ids: list[str]) -> dict[str, list[Attachment]]:
    found = defaultdict(list)
    statement = select(attachments).where(attachments.c.document.in_(ids))
    for row in connection.execute(statement.order_by(attachments.c.n)):
        found[row.document].append(Attachment(**{name: getattr(row, name) for name in _FILE}))
    return found


def _recipient_of(row: Row[Any]) -> Recipient:
    progress = None if row.progress is None else Status(row.progress)
    return Recipient(
        party=Party(AgencyCode(row.code), row.spelling, row.name),
        route=Route(row.route),
        delivery=Delivery(row.delivery),
        standing=Standing(progress, Recall(row.recall)),
        status_at=row.status_at,
        transport_id=row.transport_id,
        reason=row.reason,
    )


def _document_of(
    row: Row[Any], reached: tuple[Recipient, ...], files: tuple[Attachment, ...]
) -> Document:
    return Document(
        id=row.id,
        sender=Party(AgencyCode(row.from_code), row.from_spelling, row.from_name),
        document_id=DocumentId(row.document_id),
        business=Business(row.business),
        number=row.number,
        notation=row.notation,
        subject=row.subject,
        promulgated_on=row.promulgated_on,
        due_on=row.due_on,
        type_code=row.type_code,
        type_name=row.type_name,
        priority=row.priority,
        header=row.header,
        packet=Packet(row.packet, row.packet_size),
        content_sha256=row.content_sha256,
        created_at=row.created_at,
        recipients=reached,
        attachments=files,
    )
