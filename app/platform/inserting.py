"""INSERT with a conflict clause, on either database."""

from collections.abc import Sequence
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


def insert_all_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, but those that are there already."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), rows)
