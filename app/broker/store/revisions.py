"""The number of the register's revision: one row that every act on the register raises."""

from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.broker.tables.register import broker_revisions
from app.platform.database import signal

_ROW: Final = 1
_PRESENT: Final = select(broker_revisions.c.number).where(broker_revisions.c.id == _ROW)


def present(connection: Connection) -> int:
    """Return the number of the revision; 0 before the first act."""
    return connection.execute(_PRESENT).scalar_one_or_none() or 0


def raise_revision(connection: Connection) -> None:
    """Begin an act on the register: acts take turns from here, and every process hears of it."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    first = insert(broker_revisions).values(id=_ROW, number=1)
    following = {"number": broker_revisions.c.number + 1}
    connection.execute(first.on_conflict_do_update(index_elements=["id"], set_=following))
    signal(connection)
