"""Takes a packet apart as it arrives: its head to be kept, its attachments to be written anew.

The head is everything outside AttachmentEncoded, a few kilobytes however large the packet is.
"""

from collections.abc import Callable
from xml.parsers import expat

from mock_ngsp.vxp.base64_text import Base64Check
from mock_ngsp.vxp.echo import Echo, named
from mock_ngsp.vxp.edxml import NAMESPACE, Attached, content_id
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal

_MOST_HEAD = 16 * 2**20
_TEXT_PIECE = 65_536
_ROOT = [NAMESPACE, "edXML"]
_ATTACHMENTS = "AttachmentEncoded"
_ATTACHMENT = [_ATTACHMENTS, "Attachment"]
_ID = (*_ATTACHMENT, "ContentId")
_CONTENT = (*_ATTACHMENT, "ContentTransferEncoded")
_DEEPEST = len(_CONTENT)


class Splitter:
    """Reads a packet part by part; `write` is given its attachments as the axis writes them."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self.attached: list[Attached] = []
        self._write = write
        self._head = bytearray()
        self._late = bytearray()
        self._cut: int | None = None
        self._root = ""
        self._depth = 0
        self._echo = Echo("")
        self._path: list[str] = []
        self._takes: Callable[[bytes], None] | None = None
        self._begin_attachment()
        self._parser = parser = expat.ParserCreate("UTF-8", " ")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.buffer_size = _TEXT_PIECE
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self._refuse_dtd
        parser.StartElementHandler = self._start_in_head
        parser.EndElementHandler = self._end_in_head

    def feed(self, part: bytes) -> None:
        """Read on.

        Raises:
            AxisRefusalError: NOT_XML, DTD, NOT_EDXML or TOO_LARGE.
            OSError: whatever `write` raised.
        """
        in_head = self._cut is None
        self._parse(part, last=False)
        if in_head:
            self._head += part
            if self._cut is not None:
                del self._head[self._cut :]
        if len(self._head) + len(self._late) > _MOST_HEAD:
            raise AxisRefusalError(Refusal.TOO_LARGE)

    def head(self) -> bytes:
        """The packet without its attachments, now that no more comes.

        Raises:
            AxisRefusalError: NOT_XML.
        """
        self._parse(b"", last=True)
        if self._cut is None:
            return bytes(self._head)
        return bytes(self._head + self._late) + f"</{self._root}>".encode()

    def close(self) -> None:
        """Let go of the parser, which knows the handlers: the two would outlive their use."""
        del self._parser

    def _parse(self, part: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(part, last)
        except expat.ExpatError as wrong:
            raise AxisRefusalError(Refusal.NOT_XML) from wrong

    def _refuse_dtd(self, *_declared: object) -> None:
        raise AxisRefusalError(Refusal.DTD)

    def _start_in_head(self, name: str, attributes: list[str]) -> None:
        if self._depth == 0:
            self._open_root(name.split(" "))
        elif self._depth == 1 and name.split(" ")[:2] == [NAMESPACE, _ATTACHMENTS]:
            self._cut = self._parser.CurrentByteIndex
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = self._end
            self._start(name, attributes)
            return
        self._depth += 1

    def _end_in_head(self, _name: str) -> None:
        self._depth -= 1

    def _open_root(self, name: list[str]) -> None:
        if name[:2] != _ROOT:
            raise AxisRefusalError(Refusal.NOT_EDXML)
        self._root = ":".join([*name[2:], name[1]])
        if name == _ROOT:
            self._echo = Echo(NAMESPACE)

    def _start(self, name: str, attributes: list[str]) -> None:
        uri, local = named(name)
        if not self._path:
            self._parser.CharacterDataHandler = self._text
        self._path.append(local if uri == NAMESPACE else name)
        self._takes = self._taking.get(tuple(self._path)) if len(self._path) <= _DEEPEST else None
        self._echo.start(uri, local, attributes)

    def _text(self, text: str) -> None:
        data = text.encode()
        if self._takes is not None:
            self._takes(data)
        if self._echo.text(data):
            self._hand_over()

    def _end(self, _name: str) -> None:
        if not self._path:
            return  # The root's own end is written with the head.
        if self._path == _ATTACHMENT:
            self.attached.append(Attached(content_id(self._id.decode()), self._content.decodes))
            self._begin_attachment()
        self._takes = None
        self._echo.end()
        if len(self._path) == 1:
            self._hand_over()
            self._parser.CharacterDataHandler = None
        self._path.pop()

    def _begin_attachment(self) -> None:
        self._id, self._content = bytearray(), Base64Check()
        self._taking = {_ID: self._id.extend, _CONTENT: self._content.feed}

    def _hand_over(self) -> None:
        """Attachments go on their way; what stands behind them belongs to the head."""
        self._echo.flush(self._write if self._path[0] == _ATTACHMENTS else self._late.extend)
