"""A strict reader of edXML packets (QCVN 102:2016): what the axis must know to route one."""

import base64
import binascii
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from lxml import etree

from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
Q = f"{{{NAMESPACE}}}"
HEADER = f"{Q}edXMLEnvelope/{Q}edXMLHeader"
MESSAGE = f"{HEADER}/{Q}MessageHeader"
MANIFEST = f"{Q}edXMLEnvelope/{Q}edXMLBody/{Q}edXMLManifest"

_STATUS_CODE = re.compile(r"\d\d", re.ASCII)
_TIMESTAMP = re.compile(r"\d{4}[/-]\d\d[/-]\d\d[T ]\d\d:\d\d:\d\d.*", re.ASCII)
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
    """Read one packet.

    Raises:
        AxisRefusalError: naming what is wrong with it.
    """
    root = _parsed(file)
    message = root.find(MESSAGE)
    if root.tag != f"{Q}edXML" or message is None:
        raise AxisRefusalError(Refusal.NOT_EDXML)
    if message.find(f"{Q}StatusCode") is not None:
        return _status(root, message)
    return _document(root, message)


def _parsed(file: bytes) -> etree._Element:
    if file.startswith(_FOREIGN_ENCODINGS):
        raise AxisRefusalError(Refusal.NOT_XML)
    if b"<!DOCTYPE" in file or b"<!ENTITY" in file:
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
    recipients = tuple(_text(party, "OrganId") for party in message.findall(f"{Q}To"))
    if not recipients or not all(recipients):
        raise AxisRefusalError(Refusal.MISSING, "To/OrganId")
    number = _needed(message, "Code/CodeNumber")
    notation = _needed(message, "Code/CodeNotation")
    _check_attachments(root)
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


def _check_attachments(root: etree._Element) -> None:
    attached: set[str] = set()
    for item in root.iterfind(f"{Q}AttachmentEncoded/{Q}Attachment"):
        content_id = _content_id(item)
        attached.add(content_id)
        content = item.find(f"{Q}ContentTransferEncoded")
        if content is None or not _decodes(content.text or ""):
            raise AxisRefusalError(Refusal.BAD_ATTACHMENT, content_id)
    for item in root.iterfind(f"{MANIFEST}/{Q}Reference"):
        if _content_id(item) not in attached:
            raise AxisRefusalError(Refusal.BAD_ATTACHMENT, _content_id(item))


def _content_id(item: etree._Element) -> str:
    return _text(item, "ContentId").removeprefix("cid:")


def _decodes(text: str) -> bool:
    packed = "".join(text.split())
    try:
        return bool(base64.b64decode(packed, validate=True))
    except (binascii.Error, ValueError):
        return False


@lru_cache
def _qualified(path: str) -> str:
    return "/".join(f"{Q}{name}" for name in path.split("/"))


def _text(parent: etree._Element, path: str) -> str:
    """The trimmed text at a path; empty for an absent element and for the word `null`."""
    found = parent.findtext(_qualified(path), "")
    found = (found or "").strip()
    return "" if found == "null" else found


def _needed(parent: etree._Element, path: str) -> str:
    if found := _text(parent, path):
        return found
    raise AxisRefusalError(Refusal.MISSING, path)
