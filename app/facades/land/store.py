"""Every statement on land systems that may call."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.codes import AgencyCode
from app.facades.land.domain import LandSystem
from app.facades.land.tables import land_systems
from app.platform.inserting import insert_new


def add(connection: Connection, system: LandSystem, *, code_hash: str) -> bool:
    """Add a system; False if its name or its code is taken."""
    row = {
        "name": system.name,
        "member": str(system.member),
        "code_hash": code_hash,
        "created_at": system.created_at,
    }
    return insert_new(connection, land_systems, row)


def in_force(connection: Connection) -> Sequence[tuple[LandSystem, str]]:
    """Return every system that may call, with the hash of its code."""
    statement = select(land_systems).where(land_systems.c.revoked_at.is_(None))
    return [(_system_of(row), row.code_hash) for row in connection.execute(statement)]


def every(connection: Connection) -> Sequence[LandSystem]:
    """Return all systems in the order of their names."""
    rows = connection.execute(select(land_systems).order_by(land_systems.c.name))
    return [_system_of(row) for row in rows]


def revoke(connection: Connection, name: str, *, at: datetime) -> bool:
    """Mark a system revoked; False if none of this name is in force."""
    columns = land_systems.c
    done = connection.execute(
        update(land_systems)
        .where(columns.name == name, columns.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return done.rowcount == 1


def _system_of(row: Row[Any]) -> LandSystem:
    return LandSystem(row.name, AgencyCode(row.member), row.created_at, row.revoked_at)
