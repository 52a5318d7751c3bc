"""Writing documents and finding them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, or_, select

from app.calendars.use_cases import working_days
from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import (
    Attachment,
    Business,
    Delivery,
    Document,
    Packet,
    Party,
    Recipient,
    Role,
    Route,
    dated,
    spellings,
)
from app.documents.domain.statuses import Recall, Standing, Status
from app.documents.domain.withdrawal import Cause, Withdrawal
from app.documents.store import dealings, deliveries, events, searching, signatures
from app.documents.tables import attachments, documents, recipients
from app.platform.inserting import insert_new, insert_rows
from app.platform.prepared import Prepared, PreparedLists


def lock_family(connection: Connection, sender: AgencyCode, origin: DocumentId) -> bool:
    """Keep every packet about one document until the act ends, so that what is owed keeps order.

    Tells whether there are any. SQLite has one writer at a time, which comes to the same.
    """
    return bool(_FAMILY.rows(connection, {"sender": sender, "origin": origin}))


def add(connection: Connection, document: Document) -> bool:
    """Add a document with its files; False if this one is there already.

    Its contents are kept before, its recipients added after it.
    """
    if not insert_new(connection, documents, _row(document)):
        return False
    is_late = dealings.is_late(document, working_days(connection))
    _describe(connection, document, is_late=is_late)
    return True


def add_new(connection: Connection, document: Document, *, is_late: bool | None) -> None:
    """Add a document as `add` does, which is surely not there yet."""
    insert_rows(connection, documents, [_row(document)])
    _describe(connection, document, is_late=is_late)


def _row(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "from_code": document.sender.code,
        "from_spelling": document.sender.spelling,
        "from_name": document.sender.name,
        "business": document.business.value,
        "packet": document.packet.sha256,
        "packet_size": document.packet.size,
        **{name: getattr(document, name) for name in _PLAIN},
    }


def _describe(connection: Connection, document: Document, *, is_late: bool | None) -> None:
    files = [
        {"document": document.id, **{name: getattr(file, name) for name in _FILE}}
        for file in document.attachments
    ]
    insert_rows(connection, attachments, files)
    searching.index(connection, document)
    dealings.describe(connection, document, is_late=is_late)
    signatures.await_look(connection, document.id)


_PLAIN = (
    "document_id", "origin", "edition", "number", "notation", "subject", "promulgated_on",
    "due_on", "type_code", "type_name", "priority", "header", "content_sha256", "created_at",
)  # fmt: skip
_FILE = ("n", "content_id", "name", "content_type", "description", "size", "sha256")

# What each sending runs is made once: to make a statement takes longer than to run it.
_FAMILY: Final = Prepared(
    select(documents.c.id)
    .where(documents.c.from_code == bindparam("sender"))
    .where(documents.c.origin == bindparam("origin"))
    .order_by(documents.c.id)
    .with_for_update()
)
_FAMILIES: Final = PreparedLists(
    lambda senders, origins: (
        select(documents.c.from_code, documents.c.origin)
        .where(documents.c.from_code.in_(senders), documents.c.origin.in_(origins))
        .distinct()
    )
)
_SAME: Final = Prepared(
    select(documents.c.id).where(
        documents.c.from_code == bindparam("sender"),
        documents.c.document_id == bindparam("document_id"),
        documents.c.business == bindparam("business"),
        documents.c.edition == bindparam("edition"),
    )
)
_BY_ID: Final = select(documents).where(documents.c.id == bindparam("id"))
_RECIPIENTS: Final = (
    select(recipients)
    .where(recipients.c.document.in_(bindparam("documents", expanding=True)))
    .order_by(recipients.c.number)
)
_FILES: Final = (
    select(attachments)
    .where(attachments.c.document.in_(bindparam("documents", expanding=True)))
    .order_by(attachments.c.n)
)


def add_recipient(connection: Connection, document: str, recipient: Recipient) -> bool:
    """Add a recipient, and the delivery to its inbox if it is ours; False if it is known."""
    if not insert_new(connection, recipients, _row_of(document, recipient)):
        return False
    _follow(connection, document, [recipient])
    return True


def add_recipients(connection: Connection, document: str, reached: Sequence[Recipient]) -> None:
    """Add the recipients of a document that has none yet, as `add_recipient` does."""
    insert_rows(connection, recipients, [_row_of(document, one) for one in reached])
    _follow(connection, document, reached)


def _row_of(document: str, recipient: Recipient) -> dict[str, Any]:
    return {
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
        "role": recipient.role.value,
    }


def _follow(connection: Connection, document: str, reached: Sequence[Recipient]) -> None:
    for recipient in reached:
        searching.receive(connection, document, recipient)
        events.arrive(connection, document, recipient)
        if recipient.is_here:
            deliveries.put_document(connection, document, recipient)


def find(connection: Connection, number: str) -> Document | None:
    """Return a document by our id."""
    found = read(connection, _BY_ID, {"id": number})
    return found[0] if found else None


def families_here(connection: Connection, several: Sequence[Document]) -> set[tuple[str, str]]:
    """Return the senders and origins of these documents of which anything is here already."""
    senders = sorted({one.sender.code for one in several})
    rows = _FAMILIES.rows(connection, senders, sorted({one.origin for one in several}))
    return {(sender, origin) for sender, origin in rows}


def find_same(connection: Connection, document: Document) -> Document | None:
    """Return the document that stands where this one would."""
    same = {
        "sender": document.sender.code,
        "document_id": document.document_id,
        "business": document.business.value,
        "edition": document.edition,
    }
    found = _SAME.rows(connection, same)
    return find(connection, found[0][0]) if found else None


def find_family(
    connection: Connection, sender: AgencyCode, document_id: DocumentId
) -> list[Document]:
    """Return what one sender sent about a document, the first one first; locks it.

    The DocumentId may be that of any of them, with the date in it written either way.
    """
    named = select(documents.c.origin).where(
        documents.c.from_code == sender, documents.c.document_id.in_(spellings(document_id))
    )
    origin = documents.c.origin
    statement = (
        select(documents)
        .where(documents.c.from_code == sender)
        .where(or_(origin == dated(document_id), origin.in_(named)))
        .order_by(documents.c.id)
        .with_for_update()
    )
    return read(connection, statement)


def find_several(connection: Connection, numbers: Iterable[str]) -> dict[str, Document]:
    """Return documents by our ids."""
    statement = select(documents).where(documents.c.id.in_(list(numbers)))
    return {document.id: document for document in read(connection, statement)}


def read(
    connection: Connection, statement: Select[Any], given: Mapping[str, Any] | None = None
) -> list[Document]:
    """Return the documents of a SELECT with their recipients and files, in its order."""
    rows = connection.execute(statement, given).all()
    if not rows:
        return []
    ids = [row.id for row in rows]
    reached, files = _recipients_of(connection, ids), _files_of(connection, ids)
    return [_document_of(row, tuple(reached[row.id]), tuple(files[row.id])) for row in rows]


def _recipients_of(connection: Connection, ids: list[str]) -> dict[str, list[Recipient]]:
    found = defaultdict(list)
    for row in connection.execute(_RECIPIENTS, {"documents": ids}):
        found[row.document].append(_recipient_of(row))
    return found


def _files_of(connection: Connection, ids: list[str]) -> dict[str, list[Attachment]]:
    found = defaultdict(list)
    for row in connection.execute(_FILES, {"documents": ids}):
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
        role=Role(row.role),
        withdrawn=_withdrawal_of(row),
        replaced_by=row.replaced_by,
    )


def _withdrawal_of(row: Row[Any]) -> Withdrawal | None:
    if row.withdrawn_at is None:
        return None
    return Withdrawal(row.withdrawn_at, Cause(row.withdrawn_cause), row.withdrawn_by)


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
