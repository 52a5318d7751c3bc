"""Packets as segments: the packet's own text, and attachments that are kept anyway."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.exchange.vxp.edxml.attachments import Wrapping
from app.exchange.vxp.edxml.manifest import Carried
from app.exchange.vxp.edxml.skeleton import Cut
from app.platform.contents import Content, Reader, Segment, encoded_size

WORTH: Final = 64 * 1024
"""A smaller file is kept in the packet as well: rows of its own would cost more than its bytes."""


def lay(stretches: Iterable[int | Wrapping]) -> tuple[Segment, ...]:
    """Return the segments of a packet: so many bytes of its own, or a file in base64."""
    found: list[Segment] = []
    start = own = 0
    for one in stretches:
        if isinstance(one, Wrapping):
            found.append(_encoding(one, start))
        elif one:
            found.append(Segment(start, one, own))
            own += one
        start = found[-1].end if found else 0
    return tuple(found)


def laid_out(raw: Content, carried: Iterable[Carried]) -> Content:
    """Return a packet that was read, without what its attachments give again."""
    holes = [
        (one.cut, one.wrapping)
        for one in carried
        if one.cut is not None and one.wrapping.inner.size >= WORTH
    ]
    if not holes:
        return raw
    segments = lay(_between(sorted(holes, key=lambda hole: hole[0].start), raw.size))
    sources = {wrapping.inner.sha256: wrapping.inner for _, wrapping in holes}
    own = _own(raw.read, segments)
    return Content(raw.sha256, raw.size, raw.read, segments, tuple(sources.values()), own)


def _between(holes: list[tuple[Cut, Wrapping]], size: int) -> Iterator[int | Wrapping]:
    at = 0
    for cut, wrapping in holes:
        yield cut.start - at
        yield wrapping
        at = cut.end
    yield size - at


def _encoding(wrapping: Wrapping, start: int) -> Segment:
    inner = wrapping.inner
    size = encoded_size(len(wrapping.head) + inner.size + len(wrapping.tail))
    return Segment(start, size, 0, inner.sha256, inner.size, head=wrapping.head, tail=wrapping.tail)


def _own(raw: Reader, segments: tuple[Segment, ...]) -> Reader:
    """Return a reader of the packet's own bytes where they stand in it, one after the other."""

    def read(at: int, length: int) -> bytes:
        found = bytearray()
        for one in segments:
            first, last = max(at - one.at, 0), min(at + length - one.at, one.size)
            if one.source is None and first < last:
                found += raw(one.start + first, last - first)
        return bytes(found)

    return read
