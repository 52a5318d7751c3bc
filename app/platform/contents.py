"""Bytes that need not be in memory: known by size and SHA-256, read from any place in them."""

import binascii
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

PART: Final = 256 * 1024
"""Bytes that are read, kept and sent at once."""

Reader = Callable[[int, int], bytes]
"""Gives `length` bytes from a place on; fewer only at the end."""

_GROUP: Final = 3
_LETTERS: Final = 4
"""Base64 writes three bytes as four letters."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a composed content, `size` bytes from `start` on.

    It is taken from the content's own bytes from `at` on, or, where it names a `source`, is the
    base64 of that content between `head` and `tail`.
    """

    start: int
    size: int
    at: int = 0
    source: str | None = None
    source_size: int = 0
    head: bytes = b""
    tail: bytes = b""

    @property
    def end(self) -> int:
        """Where the next segment starts."""
        return self.start + self.size


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes by their SHA-256 and size; those of one SHA-256 are equal.

    A composed content is laid out in `segments`; what it has besides its `sources` are its own
    bytes.
    """

    sha256: str
    size: int
    read: Reader = field(repr=False, compare=False)
    segments: tuple[Segment, ...] = field(default=(), repr=False, compare=False)
    sources: tuple["Content", ...] = field(default=(), repr=False, compare=False)
    own: Reader | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, data: bytes) -> "Content":
        """Return bytes that are in memory anyway."""
        return cls(hashlib.sha256(data).hexdigest(), len(data), reader_of(data))

    @property
    def data(self) -> bytes:
        """All of it in one piece: for what is known to be small."""
        return self.read(0, self.size)

    @property
    def own_size(self) -> int:
        """How many bytes it has itself, without those of its sources."""
        if not self.segments:
            return self.size
        return sum(one.size for one in self.segments if one.source is None)

    def own_part(self, n: int) -> bytes:
        """Return one part of its own bytes; the last one is shorter."""
        start = n * PART
        return (self.own or self.read)(start, min(PART, self.own_size - start))


def reader_of(data: bytes | bytearray) -> Reader:
    """Return a reader of bytes in memory."""
    view = memoryview(data)
    return lambda at, length: bytes(view[at : at + length])


def within(read: Reader, start: int, size: int) -> Reader:
    """Return a reader of a stretch of what another one reads."""
    return lambda at, length: read(start + at, max(0, min(length, size - at)))


def pieces(read: Reader, size: int, length: int = PART) -> Iterator[bytes]:
    """Read everything, one piece after the other."""
    for at in range(0, size, length):
        yield read(at, min(length, size - at))


def part_of(content: Content, start: int, size: int) -> Content:
    """Return a stretch of a content as one of its own."""
    read = within(content.read, start, size)
    return Content(sha256_of(read, size), size, read)


def sha256_of(read: Reader, size: int) -> str:
    """Return the SHA-256 of what is read, in hex."""
    digest = hashlib.sha256()
    for piece in pieces(read, size):
        digest.update(piece)
    return digest.hexdigest()


def composed(segments: Iterable[Segment], own: Reader, sources: Iterable[Content]) -> Content:
    """Return a content laid out of its own bytes and its sources; its SHA-256 is taken here."""
    layout, by_sha = tuple(segments), {one.sha256: one for one in sources}

    def read(at: int, length: int) -> bytes:
        return read_composed(layout, own, lambda sha256: by_sha[sha256].read, at, length)

    size = layout[-1].end
    return Content(sha256_of(read, size), size, read, layout, tuple(by_sha.values()), own)


def read_composed(
    segments: Iterable[Segment],
    own: Reader,
    reader_of_source: Callable[[str], Reader],
    at: int,
    length: int,
) -> bytes:
    """Return `length` bytes of a composed content from `at` on."""
    found = bytearray()
    for one in segments:
        start, end = max(at, one.start), min(at + length, one.end)
        if start >= end:
            continue
        first, last = start - one.start, end - one.start
        if one.source is None:
            found += own(one.at + first, last - first)
        else:
            found += _encoded(one, reader_of_source(one.source), first, last)
    return bytes(found)


def _encoded(segment: Segment, source: Reader, first: int, last: int) -> bytes:
    """Return letters `first` to `last` of the base64 of head, source and tail."""
    group = first // _LETTERS
    start, end = group * _GROUP, -(-last // _LETTERS) * _GROUP
    letters = binascii.b2a_base64(_between(segment, source, start, end), newline=False)
    skipped = group * _LETTERS
    return letters[first - skipped : last - skipped]


def _between(segment: Segment, source: Reader, start: int, end: int) -> bytes:
    head, tail = segment.head, segment.tail
    behind = len(head) + segment.source_size
    found = head[start:end]
    first, last = max(start, len(head)), min(end, behind)
    if first < last:
        found += source(first - len(head), last - first)
    return found + tail[max(start - behind, 0) : max(end - behind, 0)]


def encoded_size(size: int) -> int:
    """Return how many letters base64 needs for so many bytes."""
    return -(-size // _GROUP) * _LETTERS
