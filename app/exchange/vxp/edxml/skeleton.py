"""Taking the base64 out of a packet before it is parsed, so that a tree of it stays small.

The text of each ContentTransferEncoded is cut out as far as it is base64, white space and
references to white space, and a mark that no sender can guess is left in its place. What is
not base64 stays for the parser to judge.
"""

import re
import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from app.exchange.vxp.edxml import errors
from app.exchange.vxp.edxml.limits import Limits
from app.platform.contents import Reader, pieces

_TAG: Final = re.compile(rb"<(?:[\w.-]+:)?ContentTransferEncoded(?:\s[^<>]*)?(?<!/)>")
_TEXT: Final = re.compile(rb"(?:[A-Za-z0-9+/=\s]++|&#(?:9|10|13|32|x9|x[aA]|x[dD]|x20);)*+")
_LETTERS: Final = (string.ascii_letters + string.digits + "+/=").encode() + b" \t\r\n\v\f"
_MARK: Final = re.compile(r"(cut-[0-9a-f]{16}-)(\d+);", re.ASCII)
_LONGEST: Final = 1024
"""A longer start tag is not looked for: it would carry what is no business of its element."""

_STEP: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a text stood in the packet, and its mark in the skeleton; `lines` counts line ends."""

    start: int
    end: int
    lines: int
    place: int


@dataclass(slots=True)
class Skeleton:
    """A packet without the texts cut out of it; `mark` and a number stand for each."""

    mark: str
    data: bytes = b""
    cuts: list[Cut] = field(default_factory=list)

    def stretches(self, text: str) -> Iterator[str | Cut]:
        """Return what a text consists of: other text, and cuts."""
        at = 0
        for found in _MARK.finditer(text):
            if found[1] != self.mark:
                continue
            if found.start() > at:
                yield text[at : found.start()]
            yield self.cuts[int(found[2])]
            at = found.end()
        if text[at:]:
            yield text[at:]

    def line_of(self, line: int) -> int:
        """Return the packet's line for one of the skeleton."""
        before = [cut for cut in self.cuts if self.data.count(b"\n", 0, cut.place) < line]
        return line + sum(cut.lines for cut in before)


class _Cutter:
    """Goes through a packet once, piece by piece."""

    def __init__(self, limits: Limits) -> None:
        self.skeleton = Skeleton(f"cut-{secrets.token_hex(8)}-")
        self._limits = limits
        self._kept = bytearray()
        self._waiting = b""
        self._at = 0
        self._open: tuple[int, int] | None = None

    def take(self, piece: bytes, *, is_last: bool) -> None:
        """Take the next piece, of which a tail may wait for more."""
        self._waiting += piece
        while self._waiting:
            left = len(self._waiting)
            self._cut(is_last=is_last) if self._open else self._seek(is_last=is_last)
            if len(self._waiting) == left:
                break

    def _seek(self, *, is_last: bool) -> None:
        """Keep everything up to the next start tag of an encoded text."""
        found = _TAG.search(self._waiting)
        if found is not None:
            self._keep(found.end())
            self._open = (self._at, 0)
            return
        tail = self._waiting.rfind(b"<", max(len(self._waiting) - _LONGEST, 0))
        self._keep(len(self._waiting) if is_last or tail < 0 else tail)

    def _cut(self, *, is_last: bool) -> None:
        """Pass over what is base64."""
        length = _length(self._waiting)
        start, lines = self._open or (self._at, 0)
        lines += self._waiting.count(b"\n", 0, length)
        self._skip(length)
        self._open = (start, lines)
        if self._waiting and (is_last or not _may_go_on(self._waiting)):
            self._close(start, lines)

    def _close(self, start: int, lines: int) -> None:
        if self._at > start:
            cuts = self.skeleton.cuts
            cuts.append(Cut(start, self._at, lines, len(self._kept)))
            self._kept += f"{self.skeleton.mark}{len(cuts) - 1};".encode()
        self._open = None
        self._keep(1)

    def _keep(self, length: int) -> None:
        self._kept += self._waiting[:length]
        self._skip(length)
        if len(self._kept) > self._limits.header_bytes:
            raise errors.PacketTooLargeError

    def _skip(self, length: int) -> None:
        self._waiting = self._waiting[length:]
        self._at += length

    def finish(self) -> Skeleton:
        """Return what is left of the packet."""
        if self._open is not None and self._at > self._open[0]:
            self._close(*self._open)
        self.skeleton.data = bytes(self._kept)
        return self.skeleton


def _length(waiting: bytes) -> int:
    """Return how much of it is encoded text, by the quick way where there are no references."""
    end = waiting.find(b"<")
    text = waiting if end < 0 else waiting[:end]
    if not text.translate(None, _LETTERS):
        return len(text)
    found = _TEXT.match(text)
    return 0 if found is None else found.end()


def _may_go_on(waiting: bytes) -> bool:
    """Tell whether this could be the beginning of a reference to white space."""
    return waiting.startswith(b"&") and len(waiting) < len("&#x20;")


def cut_out(read: Reader, size: int, limits: Limits) -> Skeleton:
    """Return the skeleton of a packet.

    Raises:
        PacketTooLargeError: if the packet, or what is not base64 in it, is over its limit.
    """
    if size > limits.packet_bytes:
        raise errors.PacketTooLargeError
    cutter = _Cutter(limits)
    at = 0
    for piece in pieces(read, size, _STEP):
        at += len(piece)
        cutter.take(piece, is_last=at == size)
    return cutter.finish()


def restore(root: etree._Element, skeleton: Skeleton, read: Reader) -> None:
    """Put back what was cut out of texts that only look like an encoded one: CDATA hides a tag.

    Raises:
        PacketTooLargeError: if such a text is long: it is no attachment.
    """
    if b"<![CDATA[" not in skeleton.data:
        return
    for element in root.iter(etree.Element):
        if etree.QName(element).localname != "ContentTransferEncoded":
            element.text = _restored(element.text, skeleton, read)
        element.tail = _restored(element.tail, skeleton, read)


def _restored(text: str | None, skeleton: Skeleton, read: Reader) -> str | None:
    if text is None or skeleton.mark not in text:
        return text
    return "".join(
        one if isinstance(one, str) else _text_of(one, read) for one in skeleton.stretches(text)
    )


def _text_of(cut: Cut, read: Reader) -> str:
    if cut.end - cut.start > _LONGEST:
        raise errors.PacketTooLargeError
    return read(cut.start, cut.end - cut.start).decode("ascii")
