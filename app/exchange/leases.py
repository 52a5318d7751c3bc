"""Work that only one worker at a time may do."""

from datetime import timedelta

from sqlalchemy import Connection, delete, or_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.exchange.tables import leases
from app.platform.clock import Clock


def acquire(
    connection: Connection, clock: Clock, *, name: str, holder: str, duration: timedelta
) -> bool:
    """Take the lease if it is free, run out, or the holder's own already."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    now = clock.now()
    statement = insert(leases).values(name=name, holder=holder, until=now + duration)
    taken = connection.execute(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": statement.excluded.holder, "until": statement.excluded.until},
            where=or_(leases.c.holder == statement.excluded.holder, leases.c.until <= now),
        ).returning(leases.c.name)
    )
    return taken.first() is not None


def renew(
    connection: Connection, clock: Clock, *, name: str, holder: str, duration: timedelta
) -> bool:
    """Hold on for longer; False if the lease has run out or is another's by now."""
    now = clock.now()
    kept = connection.execute(
        update(leases)
        .where(leases.c.name == name, leases.c.holder == holder, leases.c.until > now)
        .values(until=now + duration)
    )
    return kept.rowcount == 1


def release(connection: Connection, *, name: str, holder: str) -> None:
    """Give the lease back; one that is another's by now stays as it is."""
    connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))
