"""INSERT with a conflict clause, on either database."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


def insert_new(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row; False if one with the same unique value is there already.

    On PostgreSQL this waits for another act that is just inserting it.
    """
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    return connection.execute(insert(table).values(values).on_conflict_do_nothing()).rowcount == 1
