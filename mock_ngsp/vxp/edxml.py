"""A strict reader of edXML packets (QCVN 102:2016): what the axis must know to route one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from lxml import etree

from mock_ngsp.vxp.base64_text import Base64Check
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
Q = f"{{{NAMESPACE}}}"
HEADER = "edXMLEnvelope/edXMLHeader"
MESSAGE = f"{HEADER}/MessageHeader"
RECEIVERS = f"{HEADER}/TraceHeaderList/Bussiness/BussinessDocumentInfo/ReceiverList"
MANIFEST = "edXMLEnvelope/edXMLBody/edXMLManifest"

_STATUS_CODE = re.compile(r"\d\d", re.ASCII)
_TIMESTAMP = re.compile(r"\d{4}[/-]\d\d[/-]\d\d[T ]\d\d:\d\d:\d\d.*", re.ASCII)
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_FOREIGN_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")

# The limits of libxml2 guard against entities, refused before parsing; attachments need the size.
_PARSER = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=True,
    remove_comments=True,
    remove_pis=True,
)


class MessageType(StrEnum):
    """The two kinds of packet the axis carries."""

    EDOC = "edoc"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment that was read: its id without `cid:`, and whether its base64 is whole."""

    content_id: str
    decodes: bool


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet that passed the reader, with its tree for rewriting."""

    message_type: MessageType
    sender: str
    recipients: tuple[str, ...]
    document_id: str
    subject: str
    notation: str
    status_code: str | None
    root: etree._Element


def read(file: bytes) -> Packet:
    """Read one packet, with or without its attachments, which are checked apart.

    Raises:
        AxisRefusalError: naming what is wrong with it.
    """
    root = _parsed(file)
    message = find(root, MESSAGE)
    if root.tag != f"{Q}edXML" or message is None:
        raise AxisRefusalError(Refusal.NOT_EDXML)
    if find(message, "StatusCode") is not None:
        return _status(root, message)
    return _document(root, message)


def _parsed(file: bytes) -> etree._Element:
    if file.startswith(_FOREIGN_ENCODINGS):
        raise AxisRefusalError(Refusal.NOT_XML)
    before = _PROLOG.match(file)
    if file.startswith(b"<!DOCTYPE", before.end() if before else 0):
        raise AxisRefusalError(Refusal.DTD)
    try:
        return etree.fromstring(file, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise AxisRefusalError(Refusal.NOT_XML) from wrong


def _status(root: etree._Element, message: etree._Element) -> Packet:
    code = _text(message, "StatusCode")
    if _STATUS_CODE.fullmatch(code) is None:
        raise AxisRefusalError(Refusal.MISSING, "StatusCode")
    if _TIMESTAMP.fullmatch(_needed(message, "Timestamp")) is None:
        raise AxisRefusalError(Refusal.MISSING, "Timestamp")
    return Packet(
        MessageType.STATUS,
        sender=_needed(message, "From/OrganId"),
        recipients=(_needed(message, "ResponseFor/OrganId"),),
        document_id=_needed(message, "ResponseFor/DocumentId"),
        subject=_text(message, "Description"),
        notation=_text(message, "ResponseFor/Code"),
        status_code=code,
        root=root,
    )


def _document(root: etree._Element, message: etree._Element) -> Packet:
    sender = _needed(message, "From/OrganId")
    recipients = tuple(_text(party, "OrganId") for party in message.iterchildren(f"{Q}To"))
    if not recipients or not all(recipients):
        raise AxisRefusalError(Refusal.MISSING, "To/OrganId")
    number = _needed(message, "Code/CodeNumber")
    notation = _needed(message, "Code/CodeNotation")
    return Packet(
        MessageType.EDOC,
        sender=sender,
        recipients=recipients,
        document_id=_needed(message, "DocumentId"),
        subject=_text(message, "Subject"),
        notation=f"{number}/{notation}",
        status_code=None,
        root=root,
    )


def check_attachments(packet: Packet, attached: Iterable[Attached]) -> None:
    """See that every attachment decodes and that every Reference has one.

    Raises:
        AxisRefusalError: BAD_ATTACHMENT with the first id that is wrong.
    """
    found: set[str] = set()
    for one in attached:
        if not one.decodes:
            raise AxisRefusalError(Refusal.BAD_ATTACHMENT, one.content_id)
        found.add(one.content_id)
    for item in references(packet.root):
        referred = content_id(_text(item, "ContentId"))
        if referred not in found:
            raise AxisRefusalError(Refusal.BAD_ATTACHMENT, referred)


def attached(root: etree._Element) -> Iterator[Attached]:
    """The attachments of a packet that was read whole."""
    for section in sections(root):
        for attachment in section.iterchildren(f"{Q}Attachment"):
            check = Base64Check()
            for content in attachment.iterchildren(f"{Q}ContentTransferEncoded"):
                check.feed((content.text or "").encode())
            ids = [one.text or "" for one in attachment.iterchildren(f"{Q}ContentId")]
            yield Attached(content_id("".join(ids)), check.decodes)


def sections(root: etree._Element) -> Iterator[etree._Element]:
    """Where attachments stand: once, in any packet that the writers we know make."""
    return root.iterchildren(f"{Q}AttachmentEncoded")


def references(root: etree._Element) -> Iterator[etree._Element]:
    """What the manifest lists."""
    manifest = find(root, MANIFEST)
    return iter(()) if manifest is None else manifest.iterchildren(f"{Q}Reference")


def named(packet: Packet) -> Iterator[str]:
    """Whom a document names: its recipients, and whom an update adds or drops."""
    yield from packet.recipients
    listed = find(packet.root, RECEIVERS)
    for receiver in () if listed is None else listed.iterchildren(f"{Q}Receiver"):
        yield _text(receiver, "OrganId")


def find(parent: etree._Element, path: str) -> etree._Element | None:
    """The first element at a path of plain names, several times quicker than lxml's own."""
    found: etree._Element | None = parent
    for tag in _tags(path):
        if found is None:
            return None
        found = next(found.iterchildren(tag), None)
    return found


@lru_cache(maxsize=1_000)
def _tags(path: str) -> tuple[str, ...]:
    return tuple(f"{Q}{name}" for name in path.split("/"))


def content_id(text: str) -> str:
    """A ContentId as both sides of a link are compared: trimmed, without one leading `cid:`."""
    return _plain(text).removeprefix("cid:")


def _text(parent: etree._Element, path: str) -> str:
    """The trimmed text at a path; empty for an absent element and for the word `null`."""
    found = find(parent, path)
    return "" if found is None else _plain(found.text)


def _plain(text: str | None) -> str:
    text = (text or "").strip()
    return "" if text == "null" else text


def _needed(parent: etree._Element, path: str) -> str:
    if found := _text(parent, path):
        return found
    raise AxisRefusalError(Refusal.MISSING, path)
