"""Files of dossiers, one row for each that was uploaded or came; the platform has the bytes."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, select, update

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.files import HeldFile
from app.dossiers.tables import files


def claims(sha256: str) -> Iterator[ColumnElement[bool]]:
    """Give what needs a content."""
    yield exists().where(files.c.sha256 == sha256)


def add(connection: Connection, file: HeldFile) -> None:
    """Add a file whose content the caller's act keeps."""
    connection.execute(
        insert(files).values(
            id=file.id,
            member=file.member,
            name=file.name,
            media_type=file.media_type,
            sha256=file.sha256,
            size=file.size,
            created_at=file.created_at,
            dossier=file.dossier,
        )
    )


def find(connection: Connection, file_id: str) -> HeldFile | None:
    """Return a file."""
    row = connection.execute(select(files).where(files.c.id == file_id)).one_or_none()
    return None if row is None else file_of(row)


def lock(connection: Connection, file_id: str) -> HeldFile | None:
    """Return a file and keep its row until the act ends."""
    wanted = select(files).where(files.c.id == file_id).with_for_update()
    row = connection.execute(wanted).one_or_none()
    return None if row is None else file_of(row)


def several(connection: Connection, ids: Collection[str]) -> Sequence[HeldFile]:
    """Return those files of these ids that are there."""
    if not ids:
        return []
    rows = connection.execute(select(files).where(files.c.id.in_(sorted(ids))))
    return [file_of(row) for row in rows]


def attach(connection: Connection, ids: Collection[str], code: DossierCode) -> None:
    """Have a dossier name files that none names yet."""
    if ids:
        mine = (files.c.id.in_(sorted(ids)), files.c.dossier.is_(None))
        connection.execute(update(files).where(*mine).values(dossier=code))


def offer(connection: Connection, ids: Collection[str], at: datetime) -> None:
    """Note that the nation took a record that names these files; the first time counts."""
    if ids:
        fresh = (files.c.id.in_(sorted(ids)), files.c.offered_at.is_(None))
        connection.execute(update(files).where(*fresh).values(offered_at=at))


def note_fetched(connection: Connection, file_id: str, at: datetime) -> None:
    """Note that the nation was given all of a file; the first time counts."""
    fresh = (files.c.id == file_id, files.c.fetched_at.is_(None))
    connection.execute(update(files).where(*fresh).values(fetched_at=at))


def drop_unnamed(
    connection: Connection, before: datetime, *, at_most: int
) -> Sequence[tuple[str, str]]:
    """Delete at most so many files that no dossier came to name; return their ids and contents."""
    old = (
        select(files.c.id)
        .where(files.c.dossier.is_(None), files.c.created_at < before)
        .order_by(files.c.created_at)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    ids = connection.scalars(old).all()
    if not ids:
        return []
    gone = delete(files).where(files.c.id.in_(ids)).returning(files.c.id, files.c.sha256)
    return [(row.id, row.sha256) for row in connection.execute(gone)]


def file_of(row: Row[Any]) -> HeldFile:
    """Return the file that a row of the table, joined or not, is."""
    return HeldFile(
        id=row.id,
        member=AgencyCode(row.member),
        name=row.name,
        media_type=row.media_type,
        sha256=row.sha256,
        size=row.size,
        created_at=row.created_at,
        dossier=None if row.dossier is None else DossierCode(row.dossier),
        offered_at=row.offered_at,
        fetched_at=row.fetched_at,
    )
