"""Contents laid down part by part ahead of the act that will hold them, and taken away again.

Each function is one small transaction, so that a large content keeps nobody waiting. A content
that no act came to hold is loose, and goes after a time; every step of a deposit puts that off.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Row,
    and_,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from app.platform.clock import Clock
from app.platform.contents import Content
from app.platform.inserting import insert_new
from app.platform.schema import metadata
from app.platform.storage.blobs import parts_of, write_parts
from app.platform.storage.tables import blob_parts, blob_segments, blobs

_STEP: Final = 16
"""Parts taken away in one transaction."""

Holder = Callable[[str], Iterable[ColumnElement[bool]]]
"""Gives the claims by which one part of the domain may need a content, by its SHA-256."""


def begin(connection: Connection, clock: Clock, content: Content, *, deposit: str) -> bool:
    """Begin to lay a content down, or go on with it; True if it is there already.

    The deposit that came last answers for a content that nothing holds. One that an act held
    once is nobody's deposit any more, whoever still needs it: it only stays for now.
    """
    row = {"sha256": content.sha256, "size": content.size, "created_at": clock.now()}
    mine = {"loose_since": clock.now(), "deposit": deposit}
    if insert_new(connection, blobs, row | mine | {"is_complete": False}):
        return False
    its = blobs.c.sha256 == content.sha256
    is_free = or_(blobs.c.deposit.is_not(None), blobs.c.is_complete.is_(False))
    connection.execute(update(blobs).where(its, is_free).values(mine))
    is_loose = blobs.c.loose_since.is_not(None)
    connection.execute(update(blobs).where(its, is_loose).values(loose_since=clock.now()))
    return bool(connection.scalar(select(blobs.c.is_complete).where(its)))


def write(connection: Connection, clock: Clock, content: Content, numbers: range) -> bool:
    """Write these parts; False if it has become complete or has gone meanwhile."""
    if not _touch(connection, clock, content):
        return False
    write_parts(connection, content, numbers)
    return True


def complete(connection: Connection, clock: Clock, content: Content) -> bool:
    """Say that a content is all there; False if it is not.

    One that is composed only becomes so in the act that holds it.
    """
    if not _touch(connection, clock, content):
        return False
    its = blob_parts.c.sha256 == content.sha256
    there = connection.scalar(select(func.count()).select_from(blob_parts).where(its))
    if there != parts_of(content):
        return False
    values = {"is_complete": not content.segments}
    connection.execute(update(blobs).where(blobs.c.sha256 == content.sha256).values(values))
    return True


def _touch(connection: Connection, clock: Clock, content: Content) -> bool:
    """Put off that a content goes, and lock it; False if it is complete or not there."""
    wanted = and_(blobs.c.sha256 == content.sha256, blobs.c.is_complete.is_(False))
    touched = update(blobs).where(wanted).values(loose_since=clock.now())
    return connection.execute(touched).rowcount == 1


def discard(connection: Connection, clock: Clock, sha256: str, *, deposit: str) -> bool:
    """Take a step in taking away what this deposit laid down; False if nothing is left to do.

    An act that comes to hold a content ends its deposit, so nothing needs what is found here.
    """
    mine = and_(
        blobs.c.sha256 == sha256, blobs.c.deposit == deposit, blobs.c.loose_since.is_not(None)
    )
    row = connection.execute(select(blobs).where(mine).with_for_update()).first()
    if row is None:
        return False
    _remove(connection, clock, row)
    return True


def sweep(
    connection: Connection, clock: Clock, before: datetime, holders: Sequence[Holder]
) -> bool:
    """Take a step in taking away what has been loose since before; False if there is nothing.

    `holders` are those of every part that names contents. What an act is just coming to hold is
    locked and passed over.
    """
    loose = select(blobs).where(blobs.c.loose_since < before).order_by(blobs.c.loose_since)
    row = connection.execute(loose.limit(1).with_for_update(skip_locked=True)).first()
    if row is None:
        return False
    if _is_held(connection, row.sha256, holders):
        _set_loose(connection, row.sha256, None)
    else:
        _remove(connection, clock, row)
    return True


def _is_held(connection: Connection, sha256: str, holders: Sequence[Holder]) -> bool:
    """Tell whether anything needs the bytes; asked behind the lock, so that nothing comes after."""
    claims = [claim for holder in holders for claim in holder(sha256)]
    claims.append(exists().where(blob_segments.c.source == sha256))
    return any(_is_true(connection, claim) for claim in claims)


def _is_named(connection: Connection, sha256: str) -> bool:
    """Tell whether a row of any part names the content, so that its own row must stay."""
    keys = (key for table in metadata.tables.values() for key in table.foreign_keys)
    names = [exists().where(key.parent == sha256) for key in keys if _is_a_name(key)]
    return any(_is_true(connection, one) for one in names)


def _is_a_name(key: ForeignKey) -> bool:
    """Tell whether a foreign key is one on contents, their own parts apart."""
    return key.references(blobs) and key.parent.table not in (blob_parts, blob_segments)


def _is_true(connection: Connection, claim: ColumnElement[bool]) -> bool:
    return connection.execute(select(literal(1)).where(claim)).first() is not None


def _remove(connection: Connection, clock: Clock, row: Row[tuple[object, ...]]) -> None:
    its = blobs.c.sha256 == row.sha256
    if row.is_complete:
        connection.execute(update(blobs).where(its).values(is_complete=False))
    parts = blob_parts.c.sha256 == row.sha256
    some = select(blob_parts.c.n).where(parts).limit(_STEP).scalar_subquery()
    if connection.execute(delete(blob_parts).where(parts, blob_parts.c.n.in_(some))).rowcount:
        return
    _let_go_of_sources(connection, clock, row.sha256)
    if _is_named(connection, row.sha256):
        connection.execute(update(blobs).where(its).values(loose_since=None, deposit=None))
    else:
        connection.execute(delete(blobs).where(its))


def _let_go_of_sources(connection: Connection, clock: Clock, sha256: str) -> None:
    its = blob_segments.c.sha256 == sha256
    sources = set(connection.scalars(select(blob_segments.c.source).where(its)))
    connection.execute(delete(blob_segments).where(its))
    for source in sources - {None}:
        _set_loose(connection, source, clock.now())


def _set_loose(connection: Connection, sha256: str, since: datetime | None) -> None:
    connection.execute(update(blobs).where(blobs.c.sha256 == sha256).values(loose_since=since))


def loosen(connection: Connection, which: Any, since: datetime) -> None:
    """Have contents looked at, given by their SHA-256: they go unless something holds them."""
    its = blobs.c.sha256.in_(which)
    connection.execute(update(blobs).where(its).values(loose_since=since))
