"""What happens to a packet on its way: the axis writes it anew (vxp.md §3)."""

from datetime import datetime

from lxml import etree

from mock_ngsp.clock import edxml_time
from mock_ngsp.settings import Settings
from mock_ngsp.vxp.edxml import HEADER, MESSAGE, MessageType, Packet, Q, find, references


def rewritten(packet: Packet, *, settings: Settings, now: datetime) -> bytes:
    """The head of a packet as every recipient downloads it; `echo` writes the attachments.

    Comments are gone, empty children collapse, lines end in CRLF; a document also gets the
    axis's own TraceHeader, default texts and, in the vendor's order, its DocumentId before
    Code. The packet's tree is used up.
    """
    if packet.message_type is MessageType.EDOC:
        if settings.rewriting == "vendor":
            _reorder(packet.root)
        _put_defaults(packet.root)
        _put_trace(packet.root, settings.axis_node, now)
    written = etree.tostring(packet.root, encoding="UTF-8", xml_declaration=True)
    return written.replace(b"\n", b"\r\n")


def _reorder(root: etree._Element) -> None:
    message = find(root, MESSAGE)
    if message is None:
        return
    document_id, code = find(message, "DocumentId"), find(message, "Code")
    if document_id is None or code is None:
        return
    if message.index(document_id) > message.index(code):
        document_id.tail = code.tail
        message.insert(message.index(code), document_id)


def _put_defaults(root: etree._Element) -> None:
    message = find(root, MESSAGE)
    if message is None:
        return
    _default(find(message, "DocumentType"), "TypeDetail", "0", after="Type")
    _default(find(message, "OtherInfo"), "Direction", "false", after="Appendixes")
    for reference in references(root):
        name = find(reference, "AttachmentName")
        given = "" if name is None else name.text or ""
        _default(reference, "ContentType", _media_type(given), after="ContentId")


def _media_type(name: str) -> str:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    plain = extension.isascii() and extension.isalnum()
    return f"application/{extension}" if plain else "application/octet-stream"


def _default(parent: etree._Element | None, name: str, text: str, *, after: str) -> None:
    """Fill an absent or empty child in, behind the sibling it follows in the regulation."""
    if parent is None:
        return
    child = find(parent, name)
    if child is None:
        child = etree.SubElement(parent, f"{Q}{name}")
        earlier = find(parent, after)
        if earlier is not None:
            parent.insert(parent.index(earlier) + 1, child)
    if not (child.text or "").strip():
        child.text = text


def _put_trace(root: etree._Element, node: str, now: datetime) -> None:
    header = find(root, HEADER)
    if header is None:
        return
    traces = find(header, "TraceHeaderList")
    if traces is None:
        traces = etree.SubElement(header, f"{Q}TraceHeaderList")
        message = find(header, "MessageHeader")
        header.insert(0 if message is None else header.index(message) + 1, traces)
    before = list(traces.iterchildren(f"{Q}TraceHeader"))
    trace = etree.SubElement(traces, f"{Q}TraceHeader")
    etree.SubElement(trace, f"{Q}OrganId").text = node
    etree.SubElement(trace, f"{Q}Timestamp").text = edxml_time(now)
    traces.insert(traces.index(before[-1]) + 1 if before else 0, trace)
