"""Sending a document: delivered at once to our own members, owed to the axis for the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.use_cases import find_near, resolve_member
from app.documents.domain.documents import Business, Document, Recipient
from app.documents.domain.errors import DuplicateDocumentError
from app.documents.domain.refusals import DuplicateSymbolError
from app.documents.store import documents, links
from app.documents.use_cases import linking, originals
from app.documents.use_cases.consigning import Places, Sending, made, owed, year_of
from app.documents.use_cases.packing import Consignment, named
from app.documents.use_cases.reaching import reach_all
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange import outbox
from app.exchange.vxp.edxml.packet import Packet
from app.platform.clock import Clock
from app.platform.storage import blobs


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
    found = [
        resolve_member(connection, clock, one.code, pointer=places.recipient(n))
        for n, one in enumerate(packet.recipients)
    ]
    return named(packet, sender.name, tuple(member.name for member in found))


def send(connection: Connection, clock: Clock, caller: Caller, sending: Sending) -> Sent:
    """Take a document over, durably, for all its recipients or for none.

    The same document again is answered with the first one, and reaches only recipients that it
    had not reached: a packet may be sent in portions.

    Raises:
        UnknownMemberError: if a party is not in the catalogue.
        ClosedMemberError: if one is closed; names the successor.
        AgencyNotYoursError: if the sender is not the caller's member or below it.
        DuplicateDocumentError: if the sender used the DocumentId for another packet.
        DuplicateSymbolError: if it used number and notation for another document this year.
        RefusedError: if a revocation, update or replacement lacks its reason or its original.
    """
    packet, places = sending.consignment.packet, sending.places
    near = find_near(connection, sending.codes)
    document, reached = made(connection, clock, caller, sending, near)
    is_known = originals.lock(connection, document, packet)
    first = documents.find_same(connection, document) if is_known else None
    if first is None:
        originals.check(connection, document, reached, packet, sending.terms)
        _take_symbol(connection, clock, document, places)
        first = _add(connection, clock, document, sending.consignment)
    is_new = first is None
    if first is not None:
        _refuse_another(first, document, places)
        document, reached = _portion(connection, clock, sending, first, reached)
    if reached:
        is_first = is_new and not is_known
        delivered = (document, reached)
        document = _deliver(connection, clock, caller, sending, delivered, is_first=is_first)
    return Sent(document, is_new)


def _add(
    connection: Connection, clock: Clock, document: Document, consignment: Consignment
) -> Document | None:
    """Add the document with its contents; return the one that came in between, if any."""
    blobs.keep(connection, clock, *consignment.contents)
    if documents.add(connection, document):
        return None
    return documents.find_same(connection, document)


def _portion(
    connection: Connection,
    clock: Clock,
    sending: Sending,
    first: Document,
    reached: Sequence[Recipient],
) -> tuple[Document, list[Recipient]]:
    """Return a document that was sent before, and those it has not reached yet.

    Its contents are kept anew: where it had come to us over the axis before, they may be gone.
    """
    consignment = sending.consignment
    if all(first.at(one.party.code) for one in reached):
        return first, []
    originals.lock(connection, first, consignment.packet)
    first = documents.find(connection, first.id) or first
    missing = [one for one in reached if first.at(one.party.code) is None]
    originals.check(connection, first, missing, consignment.packet, sending.terms)
    blobs.keep(connection, clock, *consignment.named_by(first))
    return first, missing


def _deliver(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    sending: Sending,
    delivered: tuple[Document, Sequence[Recipient]],
    *,
    is_first: bool,
) -> Document:
    """Let recipients have a document, ours at once, the others by the axis; return it as it is.

    `is_first` if nothing about it was here before.
    """
    document, reached = delivered
    reach_all(connection, clock, document, reached)
    sent = replace(document, recipients=(*document.recipients, *reached))
    act = Act("document.send", document.subject_of_evidence, sending.digest)
    record(connection, clock, caller, act)
    messages = owed(document, reached)
    if messages:
        owe = outbox.enqueue_first if is_first else outbox.enqueue
        owe(connection, clock, *messages)
    has_replaced = linking.link(connection, sent, sending.consignment.packet)
    if has_replaced or any(one.is_here for one in reached):
        # What was said before it came may have changed how it stands at a recipient.
        return documents.find(connection, document.id) or sent
    return sent


def _take_symbol(connection: Connection, clock: Clock, document: Document, places: Places) -> None:
    """Take number and notation for the year (NĐ 30/2020, đ.15); only new documents have their own.

    Raises:
        DuplicateSymbolError: if another document of the sender has them.
    """
    if document.business is not Business.NEW:
        return
    taken_by = links.take_symbol(connection, document, year_of(document, clock))
    first = None if taken_by is None else documents.find(connection, taken_by)
    if first is not None and first.document_id != document.document_id:
        ids = (document.document_id, first.document_id)
        raise DuplicateSymbolError(ids, first.id, places.document_id)


def _refuse_another(first: Document, document: Document, places: Places) -> None:
    is_same = first.content_sha256 == document.content_sha256
    if not is_same and first.packet != document.packet:
        raise DuplicateDocumentError(document.document_id, first.id, places.document_id)
