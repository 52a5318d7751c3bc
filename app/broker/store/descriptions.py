"""Description documents of versions, as they came, and how each differed from the one before."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from app.broker.domain.describing import Change, ChangeKind, Description
from app.broker.tables.register import broker_descriptions

_COLUMNS: Final = tuple(
    column for column in broker_descriptions.c if column.name not in {"body", "summary"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it came."""

    media_type: str
    digest: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Imported:
    """That a document was taken over, and how it differs from the one before it."""

    kind: str
    title: str
    media_type: str
    digest: str
    changes: tuple[Change, ...]
    imported_at: datetime
    imported_by: str


def add(
    connection: Connection,
    service: int,
    document: Document,
    description: Description,
    imported: Imported,
) -> None:
    """Keep a document of the version with this row number."""
    connection.execute(
        insert(broker_descriptions).values(
            service=service,
            kind=imported.kind,
            title=imported.title,
            media_type=document.media_type,
            digest=document.digest,
            body=document.body,
            summary=description.plain(),
            changes=[asdict(one) for one in imported.changes],
            imported_at=imported.imported_at,
            imported_by=imported.imported_by,
        )
    )


def latest(connection: Connection, service: int) -> Description | None:
    """Return what the last document of a version says."""
    statement = select(broker_descriptions.c.summary).where(
        broker_descriptions.c.service == service
    )
    statement = statement.order_by(broker_descriptions.c.number.desc()).limit(1)
    kept = connection.execute(statement).scalar_one_or_none()
    return None if kept is None else Description.of_plain(kept)


def document(connection: Connection, service: int) -> Document | None:
    """Return the last document of a version, byte for byte."""
    row = connection.execute(
        select(broker_descriptions)
        .where(broker_descriptions.c.service == service)
        .order_by(broker_descriptions.c.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Document(row.media_type, row.digest, bytes(row.body))


def page(
    connection: Connection, service: int, *, before: int | None, limit: int
) -> Sequence[tuple[int, Imported]]:
    """Return the imports of a version with their numbers, the last first."""
    statement = select(*_COLUMNS).where(broker_descriptions.c.service == service)
    if before is not None:
        statement = statement.where(broker_descriptions.c.number < before)
    rows = connection.execute(statement.order_by(broker_descriptions.c.number.desc()).limit(limit))
    return [(row.number, _imported(row)) for row in rows]


def _imported(row: Row[Any]) -> Imported:
    return Imported(
        kind=row.kind,
        title=row.title,
        media_type=row.media_type,
        digest=row.digest,
        changes=tuple(Change(**(one | {"kind": ChangeKind(one["kind"])})) for one in row.changes),
        imported_at=row.imported_at,
        imported_by=row.imported_by,
    )
