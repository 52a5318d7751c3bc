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


def lock(connection: Connection, document: Document, packet: Packet) -> None:
    """Keep all that the document touches until the act ends, in one order for everybody."""
    named = {dated(one.document_id) for one in packet.business.replacements}
    origins = named | {document.origin}
    for origin in sorted(origins):
        documents.lock_family(connection, document.sender.code, origin)


def check(
    connection: Connection,
    document: Document,
    reached: Sequence[Recipient],
    packet: Packet,
    places: BusinessPlaces,
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
        raise BusinessReasonNeededError(places.reason)
    if document.business is Business.REPLACE:
        _check_replaced(connection, document, packet, places)
        return
    had = _recipients_of(connection, document, document.origin, places.original)
    is_wanted = {Business.REVOKE: (Role.TO,), Business.UPDATE: (Role.DROPPED,)}[document.business]
    for one in reached:
        if one.role in is_wanted and one.party.code not in had:
            raise NotItsRecipientError(one.party.code, places.receivers)


def _check_replaced(
    connection: Connection, document: Document, packet: Packet, places: BusinessPlaces
) -> None:
    if not packet.business.replacements:
        raise OriginalNeededError(places.replaced)
    for one in packet.business.replacements:
        had = _recipients_of(connection, document, one.document_id, places.replaced)
        for code in one.recipients:
            if known_as(connection, code) not in had:
                raise NotItsRecipientError(code, places.replaced)


def _recipients_of(
    connection: Connection, document: Document, document_id: DocumentId, place: str
) -> set[AgencyCode]:
    family = documents.find_family(connection, document.sender.code, document_id)
    if not any(one.business is not Business.REVOKE for one in family):
        raise UnknownOriginalError(document_id, place)
    return {recipient.party.code for one in family for recipient in one.recipients}
