"""Every statement on destinations."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from app.facades.forwarding.domain import Destination
from app.facades.forwarding.tables import destinations

_FACTS = (
    destinations.c.dstcode, destinations.c.url,
    destinations.c.created_at, destinations.c.closed_at,
)  # fmt: skip


def add(connection: Connection, destination: Destination) -> None:
    """Add a destination."""
    connection.execute(
        insert(destinations).values(
            dstcode=destination.dstcode, url=destination.url, created_at=destination.created_at
        )
    )


def find(connection: Connection, dstcode: str) -> Destination | None:
    """Return the destination in force with this code."""
    statement = select(*_FACTS).where(
        destinations.c.dstcode == dstcode, destinations.c.closed_at.is_(None)
    )
    row = connection.execute(statement.order_by(destinations.c.number)).first()
    return None if row is None else Destination(*row)


def every(connection: Connection) -> Sequence[Destination]:
    """Return all destinations, closed ones too, the oldest first."""
    rows = connection.execute(select(*_FACTS).order_by(destinations.c.number))
    return [Destination(*row) for row in rows]


def close(connection: Connection, dstcode: str, *, at: datetime) -> bool:
    """Close the destination in force with this code; False if there is none."""
    done = connection.execute(
        update(destinations)
        .where(destinations.c.dstcode == dstcode, destinations.c.closed_at.is_(None))
        .values(closed_at=at)
    )
    return done.rowcount > 0
