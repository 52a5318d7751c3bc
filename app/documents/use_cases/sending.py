"""Sending a document: delivered at once to our own members, owed to the axis for the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.domain import Member
from app.catalogue.use_cases import find_near, resolve_member, today
from app.codes import AgencyCode
from app.documents.domain.documents import Business, Delivery, Document, Recipient, Role, Route
from app.documents.domain.errors import DuplicateDocumentError
from app.documents.domain.refusals import DuplicateSymbolError
from app.documents.store import documents, links
from app.documents.use_cases import linking, originals
from app.documents.use_cases.naming import is_served
from app.documents.use_cases.originals import IN_FORM, IN_PACKET, BusinessPlaces
from app.documents.use_cases.packing import Consignment, named, party_of
from app.documents.use_cases.reaching import reach_all
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange import outbox
from app.exchange.outbox import Owed
from app.exchange.vxp.edxml.packet import BusinessKind, Organisation, Packet
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.platform.storage import blobs

TOPIC: Final = "documents.packet"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a request stand, so that a refusal can point at them."""

    sender: str
    recipients: tuple[str, ...]
    document_id: str

    @property
    def business(self) -> BusinessPlaces:
        """Where the parts of the business stand: by JSON pointer in a form, by XPath in XML."""
        return IN_PACKET if self.sender.startswith("/edXML") else IN_FORM

    def recipient(self, n: int) -> str:
        """Return where recipient `n` stands; one that is only added stands in the business."""
        return self.recipients[n] if n < len(self.recipients) else self.business.receivers


@dataclass(frozen=True, slots=True)
class Sending:
    """A request to send: `digest` is the SHA-256 of its body, `province` our own root.

    `others` are members of other roots that are connected to us too. Unless `are_originals_here`,
    types 1 to 3 may be about a document that was sent before the sender was connected to us.
    `chosen` are those that it is for, None: all of the packet's recipients. Who is not among
    those has no place in the packet but `further_place` in the request.
    """

    consignment: Consignment
    places: Places
    digest: str
    province: str
    others: tuple[AgencyCode, ...] = ()
    are_originals_here: bool = True
    chosen: tuple[AgencyCode, ...] | None = None
    further_place: str = ""

    @property
    def terms(self) -> originals.Terms:
        """What holds for the originals that it names."""
        return originals.Terms(self.places.business, must_be_here=self.are_originals_here)

    def is_for(self, organisation: Organisation) -> bool:
        """Tell whether one of the packet's recipients is to have it."""
        if self.chosen is None:
            return True
        return any(organisation.code.canonical == one.canonical for one in self.chosen)

    @property
    def further(self) -> Sequence[AgencyCode]:
        """Whom it is for though the packet does not name them."""
        packet = self.consignment.packet
        codes = [one.code for one in packet.recipients]
        codes += [*packet.business.added, *packet.business.dropped]
        named = {one.canonical for one in codes}
        return [one for one in self.chosen or () if one.canonical not in named]


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
    parties = [packet.sender, *(one for one, _, _ in _named(sending))]
    near = find_near(connection, [one.code for one in parties])
    sender = resolve_member(connection, clock, packet.sender.code, pointer=places.sender, near=near)
    caller.act_for(sender.code, pointer=places.sender)
    document = sending.consignment.document(clock, party_of(packet.sender, sender.code))
    reached = _reached(connection, clock, document, sending, near)
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
    owed = _owed(document, reached)
    if owed:
        owe = outbox.enqueue_first if is_first else outbox.enqueue
        owe(connection, clock, *owed)
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
    year = (document.promulgated_on or today(clock)).year
    taken_by = links.take_symbol(connection, document, year)
    first = None if taken_by is None else documents.find(connection, taken_by)
    if first is not None and first.document_id != document.document_id:
        ids = (document.document_id, first.document_id)
        raise DuplicateSymbolError(ids, first.id, places.document_id)


def _refuse_another(first: Document, document: Document, places: Places) -> None:
    is_same = first.content_sha256 == document.content_sha256
    if not is_same and first.packet != document.packet:
        raise DuplicateDocumentError(document.document_id, first.id, places.document_id)


def _reached(
    connection: Connection,
    clock: Clock,
    document: Document,
    sending: Sending,
    near: Sequence[Member],
) -> list[Recipient]:
    """Return the recipients, each once even if the packet names it in both spellings.

    Whom an update drops gets it too, to learn that; whom it adds need not be named twice.
    """
    reached: dict[str, Recipient] = {}
    for organisation, role, place in _named(sending):
        member = resolve_member(connection, clock, organisation.code, pointer=place, near=near)
        is_ours = is_served(member.code, sending.province, sending.others)
        recipient = Recipient(
            party=party_of(organisation, member.code),
            route=Route.LOCAL if is_ours else Route.AXIS,
            delivery=Delivery.DELIVERED if is_ours else Delivery.QUEUED,
            standing=document.first_standing(role, is_here=is_ours),
            status_at=document.created_at if is_ours else None,
            role=role,
        )
        if role is Role.TO:
            reached.setdefault(member.code, recipient)
        else:
            spelling = reached.get(member.code, recipient).party
            reached[member.code] = replace(recipient, party=spelling)
    return list(reached.values())


def _named(sending: Sending) -> Iterator[tuple[Organisation, Role, str]]:
    """Return whom a packet names, how, and where; the last role of a party is what counts."""
    packet, places = sending.consignment.packet, sending.places
    for n, organisation in enumerate(packet.recipients):
        if sending.is_for(organisation):
            yield organisation, Role.TO, places.recipient(n)
    for code in sending.further:
        yield Organisation(code), Role.TO, sending.further_place
    if packet.business.kind is BusinessKind.UPDATE:
        listed = ((packet.business.added, Role.ADDED), (packet.business.dropped, Role.DROPPED))
        for codes, role in listed:
            for code in codes:
                yield Organisation(code), role, places.business.receivers


def _owed(document: Document, reached: Sequence[Recipient]) -> Sequence[Owed]:
    """Return one message for each recipient beyond us: what one refuses keeps it from nobody else.

    They name the same packet, so that it leaves once for all who are due.
    """
    body = {
        "document": document.id,
        "packet": document.packet.sha256,
        "from": document.sender.spelling,
    }
    return [
        Owed(new_id(), TOPIC, document.key_at(party.code), {**body, "to": [party.spelling]})
        for party in (one.party for one in reached if one.route is Route.AXIS)
    ]
