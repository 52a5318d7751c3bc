"""What a packet of our own must say before it leaves, beyond what a reader insists on.

Readers are lenient, writers are not: a packet with no gaps is written as `openapi/edxml.xsd`
demands, and says what its business kind needs. A later hop without a code is no gap: it is
passed on as it came.
"""

from collections.abc import Iterator

from app.exchange.vxp.edxml.errors import IncompletePacketError
from app.exchange.vxp.edxml.packet import (
    Attachment,
    Business,
    BusinessKind,
    DocumentReference,
    Organisation,
    Packet,
    StatusPacket,
)

_HEADER = "/edXML/edXMLEnvelope/edXMLHeader"
_MESSAGE = f"{_HEADER}/MessageHeader"
_TRACE = f"{_HEADER}/TraceHeaderList"
_BUSINESS = f"{_TRACE}/Bussiness"
_MANIFEST = "/edXML/edXMLEnvelope/edXMLBody/edXMLManifest"
_MOST = 999
"""Copies and pages have three digits (NĐ 30/2020, annex VI)."""


def check(packet: Packet | StatusPacket) -> None:
    """Refuse a packet with gaps, naming all of them.

    Raises:
        IncompletePacketError: with one XPath per gap.
    """
    found = gaps(packet)
    if found:
        raise IncompletePacketError(found)


def gaps(packet: Packet | StatusPacket) -> list[str]:
    """Return the XPaths of what is missing or out of range."""
    if isinstance(packet, StatusPacket):
        return [
            *_organisation(f"{_MESSAGE}/From", packet.sender),
            *_reference(f"{_MESSAGE}/ResponseFor", packet.response_for),
        ]
    return [*_message(packet), *_trace(packet), *_attachments(packet.attachments)]


def _message(packet: Packet) -> Iterator[str]:
    yield from _organisation(f"{_MESSAGE}/From", packet.sender)
    for number, recipient in enumerate(packet.recipients, 1):
        yield from _organisation(f"{_MESSAGE}/To[{number}]", recipient)
    needed = {
        "PromulgationInfo/PromulgationDate": packet.promulgated_on,
        "DocumentType/Type": packet.document_type.code,
        "DocumentType/TypeName": packet.document_type.name,
        "Subject": packet.subject,
        "SignerInfo/FullName": packet.signer.full_name,
    }
    yield from (f"{_MESSAGE}/{name}" for name, value in needed.items() if value is None)
    counts = {"PromulgationAmount": packet.other.copies, "PageAmount": packet.other.pages}
    for name, count in counts.items():
        if count is not None and count > _MOST:
            yield f"{_MESSAGE}/OtherInfo/{name}"
    for number, reference in enumerate(packet.response_for, 1):
        yield from _reference(f"{_MESSAGE}/ResponseFor[{number}]", reference)


def _organisation(path: str, organisation: Organisation) -> Iterator[str]:
    if organisation.name is None:
        yield f"{path}/OrganName"


def _reference(path: str, reference: DocumentReference) -> Iterator[str]:
    needed = {
        "OrganId": reference.agency,
        "Code": reference.symbol,
        "PromulgationDate": reference.promulgated_on,
        "DocumentId": reference.document_id,
    }
    yield from (f"{path}/{name}" for name, value in needed.items() if value is None)


def _trace(packet: Packet) -> Iterator[str]:
    if not packet.hops:
        yield f"{_TRACE}/TraceHeader"
    elif packet.hops[0].code is None:
        yield f"{_TRACE}/TraceHeader[1]/OrganId"
    for number, hop in enumerate(packet.hops, 1):
        if hop.at is None:
            yield f"{_TRACE}/TraceHeader[{number}]/Timestamp"
    yield from _business(packet.business)


def _business(business: Business) -> Iterator[str]:
    kind = business.kind
    if kind is not BusinessKind.NEW and business.reason is None:
        yield f"{_BUSINESS}/BussinessDocReason"
    if kind in {BusinessKind.REVOKE, BusinessKind.UPDATE} and business.document_id is None:
        yield f"{_BUSINESS}/DocumentId"
    if kind is BusinessKind.REPLACE and not business.replacements:
        yield f"{_BUSINESS}/ReplacementInfoList/ReplacementInfo"
    for number, replacement in enumerate(business.replacements, 1):
        if not replacement.recipients:
            yield f"{_BUSINESS}/ReplacementInfoList/ReplacementInfo[{number}]/OrganIdList/OrganId"


def _attachments(attachments: tuple[Attachment, ...]) -> Iterator[str]:
    for number, attachment in enumerate(attachments, 1):
        if len(attachment.content_id.split()) > 1:
            yield f"{_MANIFEST}/Reference[{number}]/ContentId"
