"""INSERT with a conflict clause, on either database."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table, insert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.postgresql.dml import Insert as PostgresqlInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert
from sqlalchemy.sql.dml import ReturningInsert


def insert_new(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row; False if one with the same unique value is there already.

    On PostgreSQL this waits for another act that is just inserting it.
    """
    return connection.execute(_inserting(connection.dialect.name, table), values).rowcount == 1


def insert_all_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, but those that are there already."""
    if rows:
        connection.execute(_inserting(connection.dialect.name, table), rows)


def insert_plain(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows of texts and whole numbers, which both drivers take as they are.

    It costs a third of what it costs to have SQLAlchemy look at each value, and on SQLite a
    tenth: there the driver is told without anything between.
    """
    statement, in_order = _plain(connection.dialect, table, names)
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.executemany(statement, map(in_order, rows))
        return
    values = list(map(in_order, rows))
    connection.exec_driver_sql(statement, values[0] if len(values) == 1 else values)


@lru_cache(maxsize=64)
def _plain(
    dialect: Dialect, table: Table, names: tuple[str, ...]
) -> tuple[str, Callable[[tuple[Any, ...]], tuple[Any, ...]]]:
    """Return a statement as the driver takes it, and what puts a row into its order."""
    made = insert(table).inline().compile(dialect=dialect, column_keys=list(names))
    return str(made), itemgetter(*map(names.index, made.positiontup or ()))


def insert_and_tell_new(
    connection: Connection, key: Column[str], rows: Sequence[dict[str, Any]]
) -> set[str]:
    """Insert rows, but those that are there already; return the keys of the others.

    On PostgreSQL this waits, as `insert_new` does, in the order of the rows.
    """
    statement = _telling(connection.dialect.name, key)
    return set(connection.scalars(statement, rows)) if rows else set()


@cache
def _telling(dialect: str, key: Column[str]) -> ReturningInsert[tuple[str]]:
    return _inserting(dialect, key.table).returning(key)


@cache
def _inserting(dialect: str, table: Table) -> SqliteInsert | PostgresqlInsert:
    """Return the statement, made once: to make it takes longer than to run it."""
    inserting = sqlite_insert if dialect == "sqlite" else postgresql_insert
    return inserting(table).on_conflict_do_nothing().inline()
