"""Every statement on connected systems."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.access.domain import System
from app.access.tables import systems
from app.codes import AgencyCode


@dataclass(frozen=True, slots=True)
class Sealed:
    """A system's secret as it is kept, and the one before it while it is still good."""

    secret: bytes
    former: bytes | None = None
    former_until: datetime | None = None


def add(connection: Connection, system: System, sealed: bytes) -> None:
    """Add a system."""
    connection.execute(
        insert(systems).values(
            system_id=system.system_id,
            member=system.member,
            root=system.root,
            secret=sealed,
            created_at=system.created_at,
            since=system.since,
        )
    )


def renew(connection: Connection, system: System, sealed: bytes) -> None:
    """Connect a revoked system again, with a new secret only."""
    connection.execute(
        update(systems)
        .where(systems.c.system_id == system.system_id)
        .values(
            root=system.root,
            secret=sealed,
            former_secret=None,
            former_until=None,
            since=system.since,
            revoked_at=None,
        )
    )


def find(connection: Connection, system_id: str) -> tuple[System, Sealed] | None:
    """Return a system with its secrets, a revoked one too."""
    row = connection.execute(select(systems).where(systems.c.system_id == system_id)).one_or_none()
    if row is None:
        return None
    return _system_of(row), Sealed(row.secret, row.former_secret, row.former_until)


def every(connection: Connection) -> Sequence[System]:
    """Return all systems, the oldest first."""
    rows = connection.execute(select(systems).order_by(systems.c.created_at, systems.c.system_id))
    return [_system_of(row) for row in rows]


def rotate(connection: Connection, system_id: str, sealed: bytes, *, until: datetime) -> bool:
    """Put a new secret beside the present one, which is good until then; False if unknown."""
    done = connection.execute(
        update(systems)
        .where(systems.c.system_id == system_id, systems.c.revoked_at.is_(None))
        .values(secret=sealed, former_secret=systems.c.secret, former_until=until)
    )
    return done.rowcount == 1


def sealed(connection: Connection) -> dict[str, Sealed]:
    """Return the kept secrets of every system, by its id."""
    kept = (systems.c.system_id, systems.c.secret, systems.c.former_secret)
    rows = connection.execute(select(*kept).order_by(systems.c.system_id))
    return {row.system_id: Sealed(row.secret, row.former_secret) for row in rows}


def reseal(connection: Connection, system_id: str, kept: Sealed) -> None:
    """Keep the same secrets in another encryption."""
    connection.execute(
        update(systems)
        .where(systems.c.system_id == system_id)
        .values(secret=kept.secret, former_secret=kept.former)
    )


def revoke(connection: Connection, system_id: str, *, at: datetime) -> bool:
    """Mark a system revoked; the first time stands. False if there is no such system."""
    known = connection.execute(
        update(systems)
        .where(systems.c.system_id == system_id, systems.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return known.rowcount == 1 or find(connection, system_id) is not None


def _system_of(row: Row[Any]) -> System:
    return System(
        system_id=row.system_id,
        member=AgencyCode(row.member),
        root=None if row.root is None else AgencyCode(row.root),
        created_at=row.created_at,
        since=row.since,
        revoked_at=row.revoked_at,
    )
