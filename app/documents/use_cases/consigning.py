"""What a request to send comes to: a document, whom it reaches, and what is owed beyond us."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.domain import Member
from app.catalogue.use_cases import resolve_member, today
from app.codes import AgencyCode
from app.documents.domain.documents import Delivery, Document, Recipient, Role, Route
from app.documents.use_cases import originals
from app.documents.use_cases.naming import is_served
from app.documents.use_cases.originals import IN_FORM, IN_PACKET, BusinessPlaces
from app.documents.use_cases.packing import Consignment, party_of
from app.exchange.outbox import Owed
from app.exchange.vxp.edxml.packet import BusinessKind, Organisation
from app.platform.clock import Clock
from app.platform.ids import new_id

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
    def codes(self) -> Sequence[AgencyCode]:
        """Every party that is named, as it is spelled."""
        return [self.consignment.packet.sender.code, *(one.code for one, _, _ in _named(self))]

    @property
    def further(self) -> Sequence[AgencyCode]:
        """Whom it is for though the packet does not name them."""
        packet = self.consignment.packet
        codes = [one.code for one in packet.recipients]
        codes += [*packet.business.added, *packet.business.dropped]
        named = {one.canonical for one in codes}
        return [one for one in self.chosen or () if one.canonical not in named]


def made(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    sending: Sending,
    near: Sequence[Member],
) -> tuple[Document, Sequence[Recipient]]:
    """Return the document, new, and whom it reaches; `near` is what its `codes` need.

    Raises:
        UnknownMemberError: if a party is not in the catalogue.
        ClosedMemberError: if one is closed; names the successor.
        AgencyNotYoursError: if the sender is not the caller's member or below it.
    """
    packet, place = sending.consignment.packet, sending.places.sender
    sender = resolve_member(connection, clock, packet.sender.code, pointer=place, near=near)
    caller.act_for(sender.code, pointer=place)
    document = sending.consignment.document(clock, party_of(packet.sender, sender.code))
    return document, _reached(connection, clock, document, sending, near)


def year_of(document: Document, clock: Clock) -> int:
    """Return the year to which number and notation belong."""
    return (document.promulgated_on or today(clock)).year


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


def owed(document: Document, reached: Sequence[Recipient]) -> Sequence[Owed]:
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
