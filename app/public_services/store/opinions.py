"""Opinions, one row each."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.codes import AgencyCode
from app.public_services.domain.opinions import Opinion, OpinionKind, Reply, Said, Sender
from app.public_services.tables import opinions


def add(connection: Connection, opinion: Opinion) -> bool:
    """Add an opinion; False if its code is taken."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    said = opinion.said
    values = {
        "code": opinion.code,
        "tracking_code": opinion.tracking_code,
        "kind": said.kind.value,
        "agency": str(said.agency),
        "dossier": said.dossier,
        "content": said.content,
        "sender": asdict(said.sender),
        "at_counter": opinion.at_counter,
        "received_at": opinion.received_at,
        "due_at": opinion.due_at,
    }
    return connection.execute(insert(opinions).values(values).on_conflict_do_nothing()).rowcount > 0


def find(connection: Connection, code: str) -> Opinion | None:
    """Return an opinion."""
    return _first(connection, select(opinions).where(opinions.c.code == code))


def lock(connection: Connection, code: str) -> Opinion | None:
    """Return an opinion and keep its row until the act ends."""
    return _first(connection, select(opinions).where(opinions.c.code == code).with_for_update())


def save(connection: Connection, opinion: Opinion) -> None:
    """Write what can change of an opinion."""
    reply = opinion.reply
    values = {
        "reply": reply and reply.content,
        "published": reply and reply.published,
        "answered_by": reply and reply.answered_by,
        "answered_at": reply and reply.answered_at,
        "score": opinion.score,
    }
    connection.execute(update(opinions).where(opinions.c.code == opinion.code).values(values))


def page(
    connection: Connection, agency: AgencyCode | None, *, before: int | None, limit: int
) -> Sequence[tuple[int, Opinion]]:
    """Return opinions on an agency and all below it with their numbers, the newest first."""
    statement = select(opinions).order_by(opinions.c.number.desc()).limit(limit)
    if agency is not None:
        top = agency.canonical
        below = opinions.c.agency.startswith(f"{top}.", autoescape=True)
        statement = statement.where(or_(opinions.c.agency == top, below))
    if before is not None:
        statement = statement.where(opinions.c.number < before)
    return [(row.number, _opinion(row)) for row in connection.execute(statement)]


def _first(connection: Connection, statement: Select[Any]) -> Opinion | None:
    row = connection.execute(statement).one_or_none()
    return None if row is None else _opinion(row)


def _opinion(row: Row[Any]) -> Opinion:
    reply = None
    if row.answered_at is not None:
        reply = Reply(row.reply, row.answered_by, row.answered_at, row.published)
    said = Said(
        OpinionKind(row.kind),
        AgencyCode(row.agency),
        row.content,
        Sender(**row.sender),
        row.dossier,
    )
    return Opinion(
        code=row.code,
        tracking_code=row.tracking_code,
        said=said,
        received_at=row.received_at,
        due_at=row.due_at,
        at_counter=row.at_counter,
        reply=reply,
        score=row.score,
    )
