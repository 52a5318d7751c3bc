"""What each synchronisation with the nation changed, newest last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from app.catalogue.tables import syncs
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Sync:
    """One synchronisation: `difference` as `Difference` says it, in JSON values."""

    number: int
    kind: str
    at: datetime
    difference: Mapping[str, Any]


def add(connection: Connection, clock: Clock, *, kind: str, difference: Mapping[str, Any]) -> None:
    """Keep what one synchronisation changed."""
    connection.execute(insert(syncs).values(kind=kind, at=clock.now(), difference=dict(difference)))


def last_at(connection: Connection, *, kind: str) -> datetime | None:
    """Return when the last one of a kind was done."""
    found: datetime | None = connection.scalar(
        select(func.max(syncs.c.at)).where(syncs.c.kind == kind)
    )
    return found


def page(connection: Connection, *, before: int | None, limit: int) -> Sequence[Sync]:
    """Return at most so many, the newest first, before a number."""
    statement = select(syncs).order_by(syncs.c.number.desc()).limit(limit)
    if before is not None:
        statement = statement.where(syncs.c.number < before)
    return [
        Sync(row.number, row.kind, row.at, row.difference) for row in connection.execute(statement)
    ]
