"""INSERT with a conflict clause, on either database."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql import Insert


def insert_new(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row; False if one with the same unique value is there already.

    On PostgreSQL this waits for another act that is just inserting it.
    """
    return connection.execute(_inserting(connection.dialect.name, table), values).rowcount == 1


def insert_all_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, but those that are there already."""
    if rows:
        connection.execute(_inserting(connection.dialect.name, table), rows)


@cache
def _inserting(dialect: str, table: Table) -> Insert:
    """Return the statement, made once: to make it takes longer than to run it."""
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    return insert(table).on_conflict_do_nothing().inline()
