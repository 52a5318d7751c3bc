"""Notices and files that came with dossiers born elsewhere."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, insert, select, update

from app.codes import DossierCode
from app.dossiers.domain.filing import Facts
from app.dossiers.domain.received import HeldFile, PortalNotice, ReceivedFile
from app.dossiers.tables import portal_notices, received_files, received_parts
from app.platform.clock import Clock
from app.platform.contents import PART


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


def holding(connection: Connection, path: str) -> Sequence[tuple[DossierCode, int]]:
    """Return the files that were fetched from an address: of which dossier, and their number."""
    rows = connection.execute(
        select(received_files.c.dossier, received_files.c.number)
        .where(received_files.c.reference == path)
        .order_by(received_files.c.dossier, received_files.c.number)
    )
    return [(DossierCode(row.dossier), row.number) for row in rows]


def add_files(connection: Connection, code: DossierCode, files: Iterable[ReceivedFile]) -> None:
    """Keep files, each under its place in the order they are given, from 1 on."""
    for number, file in enumerate(files, 1):
        connection.execute(
            insert(received_files).values(
                dossier=code,
                number=number,
                name=file.name,
                reference=file.reference,
                size=len(file.data),
                sha256=hashlib.sha256(file.data).hexdigest(),
            )
        )
        for part, at in enumerate(range(0, len(file.data), PART)):
            data = file.data[at : at + PART]
            row = {"dossier": code, "number": number, "part": part, "data": data}
            connection.execute(insert(received_parts).values(**row))


def files_of(connection: Connection, code: DossierCode) -> Sequence[HeldFile]:
    """Return the files that came with a dossier, in order."""
    rows = connection.execute(
        select(received_files)
        .where(received_files.c.dossier == code)
        .order_by(received_files.c.number)
    )
    return [HeldFile(row.number, row.name, row.reference, row.size, row.sha256) for row in rows]


def bytes_of(connection: Connection, code: DossierCode, number: int) -> Iterator[bytes]:
    """Return the bytes of a file, one part after the other."""
    its = (received_parts.c.dossier == code) & (received_parts.c.number == number)
    yield from connection.scalars(
        select(received_parts.c.data).where(its).order_by(received_parts.c.part)
    )
