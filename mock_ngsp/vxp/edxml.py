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
_TO, _CONTENT, _CONTENT_ID = (
    f"{Q}{name}" for name in ("To", "ContentTransferEncoded", "ContentId")
)

_STATUS_CODE = re.compile(r"\d\d", re.ASCII)
_TIMESTAMP = re.compile(r"\d{4}[/-]\d\d[/-]\d\d[T ]\d\d:\d\d:\d\d.*", re.ASCII)
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_FOREIGN_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")


def _parser(*, blanks: bool) -> etree.XMLParser:
    """The limits of libxml2 guard against entities, refused first; attachments need the size."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=not blanks,
    )


_PARSER, _BRIEF = _parser(blanks=True), _parser(blanks=False)


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


def read(file: bytes, *, blanks: bool = True) -> Packet:
    """Read one packet, with or without its attachments, which are checked apart.

    Blanks between elements say nothing about it; they are there when it is to be written anew.

    Raises:
        AxisRefusalError: naming what is wrong with it.
    """
    root = _parsed(file, _PARSER if blanks else _BRIEF)
    message = find(root, MESSAGE)
    if root.tag != f"{Q}edXML" or message is None:
        raise AxisRefusalError(Refusal.NOT_EDXML)
    header = _Header(message)
    return (_status if header.has("StatusCode") else _document)(root, header)


def _parsed(file: bytes, parser: etree.XMLParser) -> etree._Element:
    if file.startswith(_FOREIGN_ENCODINGS):
        raise AxisRefusalError(Refusal.NOT_XML)
    before = _PROLOG.match(file)
    if file.startswith(b"<!DOCTYPE", before.end() if before else 0):
        raise AxisRefusalError(Refusal.DTD)
    try:
        return etree.fromstring(file, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise AxisRefusalError(Refusal.NOT_XML) from wrong


class _Header:
    """A MessageHeader; its children are looked through once, for all that is asked of them."""

    def __init__(self, message: etree._Element) -> None:
        self.parts = list(message)
        self._first = {part.tag: part for part in reversed(self.parts)}

    def has(self, name: str) -> bool:
        """Tell whether there is a child of that name."""
        return f"{Q}{name}" in self._first

    def text(self, path: str) -> str:
        """The text at a path, as `_text` gives it."""
        tag, *further = _tags(path)
        found = self._first.get(tag)
        return _text_of(found if found is None else _down(found, further))

    def needed(self, path: str) -> str:
        """The text at a path.

        Raises:
            AxisRefusalError: MISSING, where there is none.
        """
        if found := self.text(path):
            return found
        raise AxisRefusalError(Refusal.MISSING, path)


def _status(root: etree._Element, header: _Header) -> Packet:
    code = header.text("StatusCode")
    if _STATUS_CODE.fullmatch(code) is None:
        raise AxisRefusalError(Refusal.MISSING, "StatusCode")
    if _TIMESTAMP.fullmatch(header.needed("Timestamp")) is None:
        raise AxisRefusalError(Refusal.MISSING, "Timestamp")
    return Packet(
        MessageType.STATUS,
        sender=header.needed("From/OrganId"),
        recipients=(header.needed("ResponseFor/OrganId"),),
        document_id=header.needed("ResponseFor/DocumentId"),
        subject=header.text("Description"),
        notation=header.text("ResponseFor/Code"),
        status_code=code,
        root=root,
    )


def _document(root: etree._Element, header: _Header) -> Packet:
    sender = header.needed("From/OrganId")
    recipients = tuple([_text(part, "OrganId") for part in header.parts if part.tag == _TO])
    if not recipients or not all(recipients):
        raise AxisRefusalError(Refusal.MISSING, "To/OrganId")
    number = header.needed("Code/CodeNumber")
    notation = header.needed("Code/CodeNotation")
    return Packet(
        MessageType.EDOC,
        sender=sender,
        recipients=recipients,
        document_id=header.needed("DocumentId"),
        subject=header.text("Subject"),
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
            check, found = Base64Check(), ""
            for part in attachment:
                if part.tag == _CONTENT:
                    check.feed((part.text or "").encode())
                elif part.tag == _CONTENT_ID:
                    found += part.text or ""
            yield Attached(content_id(found), check.decodes)


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
    return _down(parent, _tags(path))


def _down(found: etree._Element, tags: Iterable[str]) -> etree._Element | None:
    for tag in tags:
        for child in found:  # What is looked for stands near the beginning.
            if child.tag == tag:
                found = child
                break
        else:
            return None
    return found


@lru_cache(maxsize=1_000)
def _tags(path: str) -> tuple[str, ...]:
    return tuple(f"{Q}{name}" for name in path.split("/"))


def content_id(text: str) -> str:
    """A ContentId as both sides of a link are compared: trimmed, without one leading `cid:`."""
    return _plain(text).removeprefix("cid:")


def _text(parent: etree._Element, path: str) -> str:
    """The trimmed text at a path; empty for an absent element and for the word `null`."""
    return _text_of(find(parent, path))


def _text_of(found: etree._Element | None) -> str:
    return "" if found is None else _plain(found.text)


def _plain(text: str | None) -> str:
    text = (text or "").strip()
    return "" if text == "null" else text
