"""Workers tell that they live."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.exchange.tables import workers
from app.platform.clock import Clock


def beat(connection: Connection, clock: Clock, *, worker_id: str) -> None:
    """Tell that a worker lives; its first beat is when it started."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    now = clock.now()
    statement = insert(workers).values(worker_id=worker_id, started_at=now, beat_at=now)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["worker_id"], set_={"beat_at": now})
    )


def end(connection: Connection, *, worker_id: str) -> None:
    """Take a worker that stops off the list."""
    connection.execute(delete(workers).where(workers.c.worker_id == worker_id))


def forget_before(connection: Connection, moment: datetime) -> None:
    """Take workers that were never heard of since `moment` off the list."""
    connection.execute(delete(workers).where(workers.c.beat_at < moment))


def last(connection: Connection) -> datetime | None:
    """Return when any worker was last alive."""
    found: datetime | None = connection.execute(select(func.max(workers.c.beat_at))).scalar()
    return found
