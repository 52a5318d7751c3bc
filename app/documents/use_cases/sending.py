"""Sending a document: delivered at once to our own members, owed to the axis for the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.domain import Member
from app.catalogue.use_cases import resolve_member
from app.documents.domain.documents import Delivery, Document, Recipient, Route
from app.documents.domain.errors import DuplicateDocumentError
from app.documents.store import blobs, documents
from app.documents.use_cases import telling
from app.documents.use_cases.packing import Consignment, named, party_of
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange import outbox
from app.exchange.outbox import Owed
from app.exchange.vxp.edxml.packet import Packet
from app.platform.clock import Clock

TOPIC: Final = "documents.packet"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a request stand, so that a refusal can point at them."""

    sender: str
    recipients: tuple[str, ...]
    document_id: str


@dataclass(frozen=True, slots=True)
class Sending:
    """A request to send: `digest` is the SHA-256 of its body, `province` our own root."""

    consignment: Consignment
    places: Places
    digest: str
    province: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that is on its way; `is_new` if it was not before."""

    document: Document
    is_new: bool


def addressed(connection: Connection, clock: Clock, packet: Packet, places: Places) -> Packet:
    """Return the packet with its parties named as the catalogue names them.

    Raises:
        UnknownMemberError: if a party is not in the catalogue.
        ClosedMemberError: if one is closed; names the successor.
    """
    sender = resolve_member(connection, clock, packet.sender.code, pointer=places.sender)
    found = _resolved(connection, clock, packet, places)
    return named(packet, sender.name, tuple(member.name for member in found))


def send(connection: Connection, clock: Clock, caller: Caller, sending: Sending) -> Sent:
    """Take a document over, durably, for all its recipients or for none.

    The same new document again is answered with the first one.

    Raises:
        UnknownMemberError: if a party is not in the catalogue.
        ClosedMemberError: if one is closed; names the successor.
        AgencyNotYoursError: if the sender is not the caller's member or below it.
        DuplicateDocumentError: if the sender used the DocumentId for another packet.
    """
    packet, places = sending.consignment.packet, sending.places
    sender = resolve_member(connection, clock, packet.sender.code, pointer=places.sender)
    caller.act_for(sender.code, pointer=places.sender)
    found = _resolved(connection, clock, packet, places)
    document = sending.consignment.document(clock, party_of(packet.sender, sender.code))
    first = _add(connection, clock, document, sending.consignment)
    if first is not None:
        return _repeated(first, document, places)
    reached = _reached(packet, found, document, province=sending.province)
    for recipient in reached:
        _reach(connection, clock, document, recipient)
    _owe(connection, clock, document, reached)
    record(
        connection,
        clock,
        caller,
        Act("document.send", document.subject_of_evidence, sending.digest),
    )
    return Sent(documents.find(connection, document.id) or document, is_new=True)


def _resolved(connection: Connection, clock: Clock, packet: Packet, places: Places) -> list[Member]:
    return [
        resolve_member(connection, clock, recipient.code, pointer=place)
        for recipient, place in zip(packet.recipients, places.recipients, strict=True)
    ]


def _add(
    connection: Connection, clock: Clock, document: Document, consignment: Consignment
) -> Document | None:
    """Add the document with its contents; return the one that is there already, if so."""
    documents.lock_key(connection, document.sender.code, document.document_id)
    first = documents.find_same(connection, document)
    if first is not None:
        return first
    for content in consignment.contents:
        blobs.keep(connection, clock, content)
    if documents.add(connection, document):
        return None
    return documents.find_same(connection, document)


def _repeated(first: Document, document: Document, places: Places) -> Sent:
    if first.content_sha256 != document.content_sha256:
        raise DuplicateDocumentError(document.document_id, first.id, places.document_id)
    return Sent(first, is_new=False)


def _reached(
    packet: Packet, found: Sequence[Member], document: Document, *, province: str
) -> list[Recipient]:
    """Return the recipients, each once even if the packet names it in both spellings."""
    reached: dict[str, Recipient] = {}
    for organisation, member in zip(packet.recipients, found, strict=True):
        is_ours = member.code.root == province
        recipient = Recipient(
            party=party_of(organisation, member.code),
            route=Route.LOCAL if is_ours else Route.AXIS,
            delivery=Delivery.DELIVERED if is_ours else Delivery.QUEUED,
            standing=document.first_standing(is_here=is_ours),
            status_at=document.created_at if is_ours else None,
        )
        reached.setdefault(member.code, recipient)
    return list(reached.values())


def _reach(connection: Connection, clock: Clock, document: Document, recipient: Recipient) -> None:
    documents.add_recipient(connection, document.id, recipient)
    if recipient.is_here:
        telling.arrive(connection, clock, document, recipient)


def _owe(
    connection: Connection, clock: Clock, document: Document, reached: Sequence[Recipient]
) -> None:
    beyond = [one.party.spelling for one in reached if one.route is Route.AXIS]
    if beyond:
        body = {
            "packet": document.packet.sha256,
            "from": document.sender.spelling,
            "to": beyond,
        }
        outbox.enqueue(connection, clock, Owed(document.id, TOPIC, document.key, body))
