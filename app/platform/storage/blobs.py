"""Contents by their SHA-256, in parts: each is kept once, and a packet around its files.

They are in the database so that any number of gateways and workers share them. A row is
`is_complete` once all of it is there; while `loose_since` is set nothing is sure to hold it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, select, update

from app.platform.clock import Clock
from app.platform.contents import PART, Content, Segment, read_composed
from app.platform.inserting import insert_all_new, insert_and_tell_new, insert_rows
from app.platform.prepared import PreparedLists
from app.platform.storage.tables import blob_parts, blob_segments, blobs

__all__ = ["PART", "Content", "Kept", "find", "keep", "part", "read", "whole"]

_AT_ONCE: Final = 4
"""Parts in one statement."""

_SEGMENT: Final = tuple(one.name for one in fields(Segment))

_SURE: Final = PreparedLists(
    lambda known: (
        select(blobs.c.sha256, blobs.c.is_complete, blobs.c.loose_since)
        .where(blobs.c.sha256.in_(known))
        .order_by(blobs.c.sha256)
        .with_for_update(read=True, key_share=True)
    )
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that is kept, and how it is laid out if it is composed."""

    sha256: str
    size: int
    segments: tuple[Segment, ...]


def keep(connection: Connection, clock: Clock, *contents: Content) -> None:
    """Keep contents for the caller's act, but those that are kept already.

    What was laid down ahead is taken over. The rows are locked against removal until the act
    ends, in one order for everybody.
    """
    both = [one for content in contents for one in (*content.sources, content)]
    wanted = dict(sorted((one.sha256, one) for one in both))
    now = clock.now()
    rows = [
        {"sha256": one.sha256, "size": one.size, "created_at": now, "is_complete": True}
        for one in wanted.values()
    ]
    new = insert_and_tell_new(connection, blobs.c.sha256, rows)
    sure = _sure(connection, [sha256 for sha256 in wanted if sha256 not in new])
    _write(connection, [wanted[sha256] for sha256 in sorted(new)])
    for sha256, content in wanted.items():
        if sha256 not in new and sha256 not in sure and not _take_over(connection, content):
            keep(connection, clock, content)


def _sure(connection: Connection, known: Sequence[str]) -> set[str]:
    """Return which contents that were there already are complete and held, and keep them so."""
    rows = _SURE.rows(connection, known) if known else ()
    return {sha256 for sha256, is_complete, loose_since in rows if is_complete and not loose_since}


def _take_over(connection: Connection, content: Content) -> bool:
    """Keep what is there in whatever state; False if it has just gone."""
    its = blobs.c.sha256 == content.sha256
    held = {"loose_since": None, "deposit": None}
    was_complete = connection.execute(
        update(blobs).where(its).values(held).returning(blobs.c.is_complete)
    ).scalar_one_or_none()
    if was_complete is False:
        there = set(connection.scalars(select(blob_parts.c.n).where(_of(content.sha256))))
        missing = [n for n in range(parts_of(content)) if n not in there]
        _write_rest(connection, content, missing)
        insert_all_new(connection, blob_segments, _rows_of(content))
        connection.execute(update(blobs).where(its).values(is_complete=True))
    return was_complete is not None


def _write(connection: Connection, contents: Sequence[Content]) -> None:
    """Write what belongs to contents that were not there; who comes meanwhile waits for that."""
    small = [one for one in contents if one.own_size <= PART]
    rows = [
        {"sha256": one.sha256, "n": 0, "content": one.own_part(0)} for one in small if one.own_size
    ]
    insert_rows(connection, blob_parts, rows)
    for content in contents:
        if content.own_size > PART:
            _write_rest(connection, content, range(parts_of(content)))
    segments = [row for content in contents for row in _rows_of(content)]
    insert_rows(connection, blob_segments, segments)


def _write_rest(connection: Connection, content: Content, missing: Sequence[int]) -> None:
    for start in range(0, len(missing), _AT_ONCE):
        write_parts(connection, content, missing[start : start + _AT_ONCE])


def _rows_of(content: Content) -> list[dict[str, Any]]:
    return [
        {"sha256": content.sha256, "n": n, **{name: getattr(one, name) for name in _SEGMENT}}
        for n, one in enumerate(content.segments)
    ]


def write_parts(connection: Connection, content: Content, numbers: Sequence[int]) -> None:
    """Write these parts of a content's own bytes, but those that are there."""
    rows = [{"sha256": content.sha256, "n": n, "content": content.own_part(n)} for n in numbers]
    insert_all_new(connection, blob_parts, rows)


def parts_of(content: Content) -> int:
    """Return how many parts the content's own bytes have."""
    return -(-content.own_size // PART)


def find(connection: Connection, sha256: str) -> Kept | None:
    """Return a content that is kept, to be read from; None if it is not there."""
    row = connection.execute(
        select(blobs.c.size).where(blobs.c.sha256 == sha256, blobs.c.is_complete)
    ).first()
    return None if row is None else Kept(sha256, row.size, _segments(connection, sha256))


def _segments(connection: Connection, sha256: str) -> tuple[Segment, ...]:
    its = select(blob_segments).where(blob_segments.c.sha256 == sha256)
    return tuple(
        Segment(**{name: getattr(row, name) for name in _SEGMENT})
        for row in connection.execute(its.order_by(blob_segments.c.n))
    )


def read(connection: Connection, kept: Kept, at: int, length: int) -> bytes:
    """Return `length` bytes of a content from `at` on; fewer at its end."""
    if not kept.segments:
        return _own(connection, kept.sha256, at, length)
    own = partial(_own, connection, kept.sha256)
    return read_composed(
        kept.segments, own, lambda source: partial(_own, connection, source), at, length
    )


def _own(connection: Connection, sha256: str, at: int, length: int) -> bytes:
    first, last = at // PART, (at + length - 1) // PART
    found = b"".join(_parts(connection, sha256, first, last))
    skipped = at - first * PART
    return found[skipped : skipped + length]


def _parts(connection: Connection, sha256: str, first: int, last: int) -> Iterator[bytes]:
    wanted = select(blob_parts.c.content).where(_of(sha256), blob_parts.c.n.between(first, last))
    for row in connection.execute(wanted.order_by(blob_parts.c.n)):
        yield bytes(row.content)


def part(connection: Connection, sha256: str, n: int) -> bytes | None:
    """Return bytes `n` times PART and following of a content; None behind its end."""
    kept = find(connection, sha256)
    if kept is None:
        return None
    return read(connection, kept, n * PART, PART) or None


def whole(connection: Connection, sha256: str) -> bytes:
    """Return a content in one piece; empty if it is not kept."""
    kept = find(connection, sha256)
    return b"" if kept is None else read(connection, kept, 0, kept.size)


def _of(sha256: str) -> ColumnElement[bool]:
    return blob_parts.c.sha256 == sha256
