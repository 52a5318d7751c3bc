"""How far readers of growing rows have come."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.exchange.tables import cursors


def read(connection: Connection, name: str) -> int:
    """Return the last number that was read; 0 before the first."""
    found = connection.scalar(select(cursors.c.number).where(cursors.c.name == name))
    return found or 0


def move(connection: Connection, name: str, number: int) -> None:
    """Keep that everything up to `number` was read; it never goes back."""
    insert_into = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    statement = insert_into(cursors).values(name=name, number=number)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"number": statement.excluded.number},
            where=cursors.c.number < statement.excluded.number,
        )
    )
