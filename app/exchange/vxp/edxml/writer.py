"""Writing a packet: elements 1.1 to 1.14 in the regulation's order, prefixes as the axis has them.

The envelope and all inside it carry the prefix `edXML`, root and attachments none; both are one
namespace. The same packet always gives the same bytes.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from lxml import etree

from app.exchange.vxp.edxml.attachments import Wrapping, wrap
from app.exchange.vxp.edxml.dates import write_day, write_moment
from app.exchange.vxp.edxml.layout import WORTH, lay
from app.exchange.vxp.edxml.names import ORGANISATION, QCVN, SIGNER, STAFF
from app.exchange.vxp.edxml.packet import (
    Attachment,
    Business,
    BusinessKind,
    DocumentReference,
    DocumentType,
    Organisation,
    OtherInfo,
    Packet,
    Signer,
    Staff,
    StatusPacket,
    TraceHop,
)
from app.exchange.vxp.edxml.records import Record
from app.platform.contents import Content, composed, reader_of

_PREFIX = {"edXML": QCVN}
_CONTENT_END = b"</edXML:ContentTransferEncoded>"
"""No text can hold it: there `<` is written as a reference."""

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

Value = str | int | date | datetime | None


def write(packet: Packet) -> bytes:
    """Return the bytes of a document packet."""
    return compose(packet).data


def compose(packet: Packet) -> Content:
    """Return a document packet laid out around its files where these are large.

    Costly then: the files are read twice, for what is around them and for the SHA-256 of all.
    """
    wrapped = [(one, wrap(one)) for one in packet.attachments]
    first, *texts = _around(packet, wrapped)
    own, stretches, laid = bytearray(first), list[int | Wrapping](), 0
    for text, (_, wrapping) in zip(texts, wrapped, strict=True):
        if wrapping.inner.size < WORTH:
            own += wrapping.letters
        else:
            stretches += [len(own) - laid, wrapping]
            laid = len(own)
        own += text
    if not stretches:
        return Content.of(bytes(own))
    files = [one.inner for one in stretches if isinstance(one, Wrapping)]
    return composed(lay([*stretches, len(own) - laid]), reader_of(own), files)


def _around(packet: Packet, wrapped: Sequence[tuple[Attachment, Wrapping]]) -> list[bytes]:
    """Return the text of a packet, split where the letters of its files stand."""
    root, header = _envelope()
    _message(_group(header, "MessageHeader"), packet)
    trace = _group(header, "TraceHeaderList")
    for hop in packet.hops:
        _hop(trace, hop)
    _business(trace, packet.business)
    envelope = root[0]
    manifest = _group(_group(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    for one, wrapping in wrapped:
        _reference(manifest, one, wrapping.content_type)
    if wrapped:
        holder = _group(root, "AttachmentEncoded")
        for one, wrapping in wrapped:
            _attachment(holder, one, wrapping.content_type)
    first, *texts = _bytes(root).split(_CONTENT_END)
    return [first, *(_CONTENT_END + text for text in texts)]


def write_status(packet: StatusPacket) -> bytes:
    """Return the bytes of a status packet."""
    root, header = _envelope()
    message = _group(header, "MessageHeader")
    _response_for(message, packet.response_for)
    _organisation(message, "From", packet.sender)
    _leaf(message, "StatusCode", packet.code.value)
    _leaf(message, "Description", packet.description)
    _leaf(message, "Timestamp", packet.at)
    _staff(message, packet.staff)
    return _bytes(root)


def _envelope() -> tuple[etree._Element, etree._Element]:
    root = etree.XML(f'<edXML xmlns="{QCVN}"/>')
    envelope = etree.SubElement(root, f"{{{QCVN}}}edXMLEnvelope", nsmap=_PREFIX)
    return root, _group(envelope, "edXMLHeader")


def _bytes(root: etree._Element) -> bytes:
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def _group(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{QCVN}}}{name}")


def _leaf(parent: etree._Element, name: str, value: Value) -> None:
    if value is not None:
        _group(parent, name).text = _text(value)


def _text(value: str | float | date) -> str:
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, date):
        return write_day(value)
    return value if isinstance(value, str) else str(int(value))


def _texts(parent: etree._Element, record: Record, table: Mapping[str, str]) -> None:
    for attribute, name in table.items():
        _leaf(parent, name, getattr(record, attribute))


def _message(message: etree._Element, packet: Packet) -> None:
    _organisation(message, "From", packet.sender)
    for recipient in packet.recipients:
        _organisation(message, "To", recipient)
    code = _group(message, "Code")
    _leaf(code, "CodeNumber", packet.number)
    _leaf(code, "CodeNotation", packet.notation)
    _issue(message, packet)
    _document_type(message, packet.document_type)
    _leaf(message, "Subject", packet.subject)
    _leaf(message, "Content", packet.content)
    _signer(message, packet.signer)
    _leaf(message, "DueDate", packet.due_on)
    _many(message, "ToPlaces", "Place", packet.to_places)
    _other(message, packet.other)
    for reference in packet.response_for:
        _response_for(message, reference)
    _leaf(message, "SteeringType", packet.steering)
    _leaf(message, "DocumentId", packet.document_id)


def _organisation(parent: etree._Element, name: str, organisation: Organisation) -> None:
    place = _group(parent, name)
    _leaf(place, "OrganId", organisation.code)
    _texts(place, organisation, ORGANISATION)


def _issue(message: etree._Element, packet: Packet) -> None:
    if packet.place or packet.promulgated_on:
        place = _group(message, "PromulgationInfo")
        _leaf(place, "Place", packet.place)
        _leaf(place, "PromulgationDate", packet.promulgated_on)


def _document_type(message: etree._Element, kind: DocumentType) -> None:
    if kind != DocumentType():
        place = _group(message, "DocumentType")
        _leaf(place, "Type", kind.code)
        _leaf(place, "TypeDetail", kind.detail)
        _leaf(place, "TypeName", kind.name)


def _signer(message: etree._Element, signer: Signer) -> None:
    if signer != Signer():
        _texts(_group(message, "SignerInfo"), signer, SIGNER)


def _many(parent: etree._Element, group: str, name: str, texts: tuple[str, ...]) -> None:
    if texts:
        place = _group(parent, group)
        for text in texts:
            _leaf(place, name, text)


def _other(message: etree._Element, other: OtherInfo) -> None:
    if other == OtherInfo():
        return
    place = _group(message, "OtherInfo")
    _leaf(place, "Priority", other.priority)
    _leaf(place, "SphereOfPromulgation", other.circulation)
    _leaf(place, "TyperNotation", other.drafter)
    _leaf(place, "PromulgationAmount", other.copies)
    _leaf(place, "PageAmount", other.pages)
    _many(place, "Appendixes", "Appendix", other.appendixes)


def _response_for(message: etree._Element, reference: DocumentReference) -> None:
    place = _group(message, "ResponseFor")
    _leaf(place, "OrganId", reference.agency)
    _leaf(place, "Code", reference.symbol)
    _leaf(place, "PromulgationDate", reference.promulgated_on)
    _leaf(place, "DocumentId", reference.document_id)


def _hop(trace: etree._Element, hop: TraceHop) -> None:
    place = _group(trace, "TraceHeader")
    _leaf(place, "OrganId", hop.code)
    _leaf(place, "Timestamp", hop.at)


def _business(trace: etree._Element, business: Business) -> None:
    place = _group(trace, "Bussiness")
    _leaf(place, "BussinessDocType", business.kind)
    _leaf(place, "BussinessDocReason", business.reason)
    _changes(place, business)
    _leaf(place, "DocumentId", business.document_id)
    _staff(place, business.staff)
    _leaf(place, "Paper", business.has_paper)
    if business.replacements:
        listed = _group(place, "ReplacementInfoList")
        for one in business.replacements:
            replacement = _group(listed, "ReplacementInfo")
            _leaf(replacement, "DocumentId", one.document_id)
            _many(replacement, "OrganIdList", "OrganId", one.recipients)


def _changes(place: etree._Element, business: Business) -> None:
    flags = (business.is_content_changed, business.are_receivers_changed)
    receivers = [(code, 1) for code in business.added] + [(code, 0) for code in business.dropped]
    if business.kind is not BusinessKind.UPDATE and not (any(flags) or receivers):
        return
    info = _group(place, "BussinessDocumentInfo")
    _leaf(info, "DocumentInfo", flags[0])
    _leaf(info, "DocumentReceiver", flags[1])
    listed = _group(info, "ReceiverList") if receivers else info
    for code, kind in receivers:
        receiver = _group(listed, "Receiver")
        _leaf(receiver, "ReceiverType", kind)
        _leaf(receiver, "OrganId", code)


def _staff(parent: etree._Element, staff: Staff | None) -> None:
    if staff is not None:
        _texts(_group(parent, "StaffInfo"), staff, STAFF)


def _reference(manifest: etree._Element, attachment: Attachment, content_type: str) -> None:
    place = _group(manifest, "Reference")
    _leaf(place, "ContentId", f"cid:{attachment.content_id}")
    _leaf(place, "ContentType", content_type)
    _leaf(place, "Description", attachment.description)
    _leaf(place, "AttachmentName", attachment.name)


def _attachment(holder: etree._Element, attachment: Attachment, content_type: str) -> None:
    place = _group(holder, "Attachment")
    _leaf(place, "ContentId", f"cid:{attachment.content_id}")
    _leaf(place, "AttachmentName", attachment.name)
    _leaf(place, "Description", attachment.description)
    _leaf(place, "ContentType", content_type)
    content = etree.SubElement(place, f"{{{QCVN}}}ContentTransferEncoded", nsmap=_PREFIX)
    content.text = ""  # Written as two tags, not as one.
