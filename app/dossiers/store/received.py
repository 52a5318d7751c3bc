"""Notices and files that came with dossiers born elsewhere."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, insert, select, update

from app.codes import DossierCode
from app.dossiers.domain.files import HeldFile
from app.dossiers.domain.filing import Facts
from app.dossiers.domain.received import CameFile, PortalNotice
from app.dossiers.store.files import file_of
from app.dossiers.tables import files, portal_notices, received_files
from app.platform.clock import Clock

_WITH_FILES: Final = select(files, received_files.c.number, received_files.c.reference).join_from(
    files, received_files
)


def add_notice(
    connection: Connection, clock: Clock, *, reference: str, code: DossierCode, content: Facts
) -> None:
    """Keep what a notice says, beside the dossier it is about."""
    row = {"reference": reference, "dossier": code, "content": content}
    connection.execute(insert(portal_notices).values(**row, received_at=clock.now()))


def replace_notice(
    connection: Connection, clock: Clock, *, reference: str, content: Facts
) -> DossierCode | None:
    """Put what a notice says anew in its place; None if there is none, else whose it is."""
    found = connection.execute(
        update(portal_notices)
        .where(portal_notices.c.reference == reference)
        .values(content=content, received_at=clock.now())
        .returning(portal_notices.c.dossier)
    ).scalar_one_or_none()
    return None if found is None else DossierCode(found)


def noticed(connection: Connection, reference: str) -> DossierCode | None:
    """Return which dossier the nation means by a code of its own."""
    found = connection.scalar(
        select(portal_notices.c.dossier).where(portal_notices.c.reference == reference)
    )
    return None if found is None else DossierCode(found)


def notices_of(connection: Connection, code: DossierCode) -> Sequence[PortalNotice]:
    """Return what the nation said of a dossier, in order."""
    rows = connection.execute(
        select(portal_notices)
        .where(portal_notices.c.dossier == code)
        .order_by(portal_notices.c.received_at, portal_notices.c.reference)
    )
    return [PortalNotice(row.reference, row.content, row.received_at) for row in rows]


def naming(connection: Connection, path: str) -> Sequence[DossierCode]:
    """Return the dossiers of which a notice names a file by its address."""
    named = portal_notices.c.content["URLTepDangKy"].as_string() == path
    found = connection.scalars(select(portal_notices.c.dossier).where(named).distinct())
    return [DossierCode(code) for code in found]


def holding(connection: Connection, path: str) -> Sequence[HeldFile]:
    """Return the files that were fetched from an address."""
    rows = connection.execute(
        _WITH_FILES.where(received_files.c.reference == path).order_by(
            files.c.dossier, received_files.c.number
        )
    )
    return [file_of(row) for row in rows]


def add_file(connection: Connection, file_id: str, *, number: int, reference: str) -> None:
    """Note that a file came with its dossier, and where its sender has it."""
    row = {"file": file_id, "number": number, "reference": reference}
    connection.execute(insert(received_files).values(**row))


def files_of(connection: Connection, code: DossierCode) -> Sequence[CameFile]:
    """Return the files that came with a dossier, in order."""
    rows = connection.execute(
        _WITH_FILES.where(files.c.dossier == code).order_by(received_files.c.number)
    )
    return [CameFile(row.number, row.reference, file_of(row)) for row in rows]
