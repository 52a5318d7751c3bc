"""INSERT of rows, with a conflict clause where they may be there already, on either database."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.postgresql.dml import Insert as PostgresqlInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert
from sqlalchemy.sql.dml import ReturningInsert

from app.platform.database import later
from app.platform.prepared import Facts, Prepared


def insert_rows(connection: Connection, table: Table, rows: Sequence[Facts]) -> None:
    """Insert rows that name the same columns and are surely not there yet.

    Where rows wait (`database.later`) they do so for the next statement, or for the end.
    """
    if rows and not later.put(connection, table, rows):
        later.insert_now(connection, table, rows)


def insert_new(connection: Connection, table: Table, values: Facts) -> bool:
    """Insert a row; False if one with the same unique value is there already.

    On PostgreSQL this waits for another act that is just inserting it.
    """
    return _careful(connection.dialect.name, table, tuple(values)).run(connection, values) == 1


def insert_all_new(connection: Connection, table: Table, rows: Sequence[Facts]) -> None:
    """Insert rows that name the same columns, but those that are there already."""
    if rows:
        _careful(connection.dialect.name, table, tuple(rows[0])).run_each(connection, rows)


def insert_and_tell_new(
    connection: Connection, key: Column[str], rows: Sequence[dict[str, Any]]
) -> set[str]:
    """Insert rows, but those that are there already; return the keys of the others.

    On PostgreSQL this waits, as `insert_new` does, in the order of the rows.
    """
    if connection.dialect.name == "sqlite":
        return {row[key.name] for row in rows if insert_new(connection, key.table, row)}
    return set(connection.scalars(_telling(key), rows)) if rows else set()


@cache
def _telling(key: Column[str]) -> ReturningInsert[tuple[str]]:
    return postgresql_insert(key.table).on_conflict_do_nothing().inline().returning(key)


@cache
def _careful(dialect: str, table: Table, names: tuple[str, ...]) -> Prepared:
    return Prepared(_inserting(dialect, table), names)


def _inserting(dialect: str, table: Table) -> SqliteInsert | PostgresqlInsert:
    inserting = sqlite_insert if dialect == "sqlite" else postgresql_insert
    return inserting(table).on_conflict_do_nothing().inline()
