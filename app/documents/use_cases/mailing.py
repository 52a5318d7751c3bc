"""Inboxes as the software of our units reads them over the wire of the document axis."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import Connection

from app.access.domain import SystemCaller
from app.codes import AgencyCode
from app.documents.domain.documents import Document, Party, Role, StatusEntry
from app.documents.domain.errors import UnknownMailError
from app.documents.domain.mail import Mail, MailKind, MailState
from app.documents.store import deliveries, documents, mailboxes, statuses
from app.documents.store.mailboxes import MailLine, MailWanted, SentLine
from app.documents.use_cases.packing import dropping_packet, status_packet
from app.documents.use_cases.telling import named_party
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.contents import Content
from app.platform.storage.streams import ContentGoneError


@dataclass(frozen=True, slots=True)
class MailContent:
    """The packet of a delivery: where it is kept, or the packet itself if it is made for it."""

    sha256: str
    size: int
    packet: bytes | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a system says of a delivery."""

    delivery: str
    state: MailState
    description: str | None = None


def list_waiting(
    connection: Connection, caller: SystemCaller, wanted: MailWanted
) -> list[MailLine]:
    """Return what waits in the system's inbox, the oldest first."""
    return mailboxes.waiting(connection, caller.reach, wanted)


def count_waiting(connection: Connection, caller: SystemCaller, kind: MailKind) -> int:
    """Return how much of one kind waits in the system's inbox."""
    return mailboxes.count(connection, caller.reach, kind)


def list_sent(connection: Connection, caller: SystemCaller, wanted: MailWanted) -> list[SentLine]:
    """Return what the system's units sent, a row for each recipient, the oldest first."""
    found = []
    if wanted.kind is not MailKind.STATUS:
        found += mailboxes.sent_documents(connection, caller.reach, wanted)
    if wanted.kind is not MailKind.DOCUMENT:
        found += mailboxes.sent_statuses(connection, caller.reach, wanted)
    return found


def has_received(connection: Connection, caller: SystemCaller, delivery: str) -> bool:
    """Tell whether this is the id of a delivery in the system's inbox, acknowledged or not."""
    mail = deliveries.find(connection, delivery)
    return mail is not None and caller.reach.has(AgencyCode(mail.unit))


def find_content(connection: Connection, caller: SystemCaller, delivery: str) -> MailContent:
    """Return the packet of a delivery, acknowledged ones too.

    Whom an update drops is told that, not what the document says now.

    Raises:
        UnknownMailError: if it does not lie in the system's inbox.
        ContentGoneError: if it was withdrawn, or its content is kept no more.
    """
    mail = _mine(caller, deliveries.find(connection, delivery))
    document = documents.find(connection, mail.document)
    if document is None:
        raise ContentGoneError
    if mail.status is None:
        place = document.at(AgencyCode(mail.unit))
        if place is not None and place.role is Role.DROPPED:
            told = dropping_packet(document, named_party(connection, place.party))
            return MailContent(told.sha256, told.size, told.data)
        if place is not None and place.withdrawn is not None:
            raise ContentGoneError
        return MailContent(document.packet.sha256, document.packet.size)
    (entry,) = statuses.history(connection, document, after=mail.status - 1, limit=1)
    content = _status(connection, document, entry)
    return MailContent(content.sha256, len(content.data), content.data)


def acknowledge(
    connection: Connection,
    clock: Clock,
    caller: SystemCaller,
    said: Receipt,
    *,
    relisted: int,
) -> Mail:
    """Write down how far the system got with a delivery.

    Raises:
        UnknownMailError: if it does not lie in the system's inbox.
    """
    mail = _mine(caller, deliveries.lock(connection, said.delivery))
    after = mail.after(said.state, said.description, clock.now(), relisted=relisted)
    deliveries.change(connection, after)
    act = Act(f"delivery.{said.state.value}", f"delivery:{mail.id}")
    record(connection, clock, caller, act)
    return after


def sent_id(document: str, status: int | None) -> str:
    """Return the id under which a sender knows what it sent; a status's follows from its number."""
    return document if status is None else str(uuid5(UUID(document), f"status:{status}"))


def _mine(caller: SystemCaller, mail: Mail | None) -> Mail:
    if mail is None or not caller.reach.has(AgencyCode(mail.unit)):
        raise UnknownMailError
    return mail


def _status(connection: Connection, document: Document, entry: StatusEntry) -> Content:
    """Return the packet that tells a status, the same bytes each time."""
    ends: tuple[Party, Party] = (document.sender, entry.recipient)
    by, to = ends if entry.report.code.is_senders else ends[::-1]
    by = named_party(connection, by)
    return status_packet(document, entry.report, by=by, to=to)
