"""What a revocation, an update or a replacement of one of our senders must be about."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import Business, Document, Recipient, Role, dated
from app.documents.domain.refusals import (
    BusinessReasonNeededError,
    NotItsRecipientError,
    OriginalNeededError,
    UnknownOriginalError,
)
from app.documents.store import documents
from app.documents.use_cases.naming import known_as
from app.exchange.vxp.edxml.packet import Packet


@dataclass(frozen=True, slots=True)
class BusinessPlaces:
    """Where the parts of the business stand in a request, so that a refusal can point at them."""

    reason: str
    original: str
    receivers: str
    replaced: str


IN_FORM = BusinessPlaces(
    "/business/reason", "/business/original", "/business/receivers", "/business/replaced"
)
_TRACE = "/edXML/edXMLEnvelope/edXMLHeader/TraceHeaderList/Bussiness"
IN_PACKET = BusinessPlaces(
    f"{_TRACE}/BussinessDocReason",
    f"{_TRACE}/DocumentId",
    f"{_TRACE}/BussinessDocumentInfo/ReceiverList",
    f"{_TRACE}/ReplacementInfoList",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Where the parts of the business stand, and whether the original must have been sent by us.

    It was not where the sender's software was connected to the axis before it was to us.
    """

    places: BusinessPlaces
    must_be_here: bool = True


def lock(connection: Connection, document: Document, packet: Packet) -> bool:
    """Keep all that the document touches until the act ends, in one order for everybody.

    Tells whether anything about this very document is here.
    """
    named = {dated(one.document_id) for one in packet.business.replacements}
    sender, own = document.sender.code, document.origin
    here = [one for one in sorted(named | {own}) if documents.lock_family(connection, sender, one)]
    return own in here


def check(
    connection: Connection,
    document: Document,
    reached: Sequence[Recipient],
    packet: Packet,
    terms: Terms,
) -> None:
    """Demand that types 1 to 3 say why, and what earlier document they are about.

    Raises:
        BusinessReasonNeededError: if it does not say why.
        OriginalNeededError: if a replacement names nothing.
        UnknownOriginalError: if the sender did not send the document that is named.
        NotItsRecipientError: if a recipient that it concerns never had that document.
    """
    if document.business is Business.NEW:
        return
    if packet.business.reason is None:
        raise BusinessReasonNeededError(terms.places.reason)
    if document.business is Business.REPLACE:
        _check_replaced(connection, document, packet, terms)
        return
    place = terms.places.original
    had = _recipients_of(connection, document, (document.origin, place), terms)
    is_wanted = {Business.REVOKE: (Role.TO,), Business.UPDATE: (Role.DROPPED,)}[document.business]
    for one in reached:
        if had is not None and one.role in is_wanted and one.party.code not in had:
            raise NotItsRecipientError(one.party.code, terms.places.receivers)


def _check_replaced(
    connection: Connection, document: Document, packet: Packet, terms: Terms
) -> None:
    place = terms.places.replaced
    if not packet.business.replacements:
        raise OriginalNeededError(place)
    for one in packet.business.replacements:
        had = _recipients_of(connection, document, (one.document_id, place), terms)
        for code in one.recipients:
            if had is not None and known_as(connection, code) not in had:
                raise NotItsRecipientError(code, place)


def _recipients_of(
    connection: Connection, document: Document, named: tuple[DocumentId, str], terms: Terms
) -> set[AgencyCode] | None:
    """Return who had a document of this sender; None if it is not here and need not be."""
    document_id, place = named
    family = documents.find_family(connection, document.sender.code, document_id)
    if any(one.business is not Business.REVOKE for one in family):
        return {recipient.party.code for one in family for recipient in one.recipients}
    if terms.must_be_here:
        raise UnknownOriginalError(document_id, place)
    return None
