"""The floor of a durable POST: the rows one submission wrote, committed by the raw driver."""

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Iterator
from typing import Any

import asyncpg
from sqlalchemy import Connection, Table, make_url, select
from sqlalchemy.dialects import postgresql, sqlite

from app.platform.schema import Serial, metadata

WRITERS = 16
Row = tuple[Table, dict[str, Any]]


def written(connection: Connection) -> list[Row]:
    """Return every row of the tables a submission writes; call it after one submission."""
    names = {"first_answers", "dossiers", "dossier_progress", "outbox", "evidence"}
    rows: list[Row] = []
    for table in metadata.sorted_tables:
        if table.name in names:
            found = connection.execute(select(table)).mappings().all()
            rows += [(table, dict(row)) for row in found[-1:]]
    return rows


class Copies:
    """Makes copies of the rows whose keys differ and still refer to each other."""

    def __init__(self, rows: list[Row], dialect: str) -> None:
        self._dialect = sqlite.dialect() if dialect == "sqlite" else postgresql.asyncpg.dialect()
        self._rows = rows
        self._keys = {value for table, row in rows for value in self._unique(table, row)}
        self._number = itertools.count()

    @staticmethod
    def _unique(table: Table, row: dict[str, Any]) -> Iterator[str]:
        indexed = {column for index in table.indexes if index.unique for column in index.columns}
        for column in table.columns:
            if column.primary_key or column.unique or column in indexed:
                value = row[column.name]
                if isinstance(value, str):
                    yield value

    def statements(self) -> list[tuple[str, list[Any]]]:
        """Return the INSERTs of one submission, as the driver takes them."""
        mark = f"{next(self._number):08d}"
        return [self._statement(table, row, mark) for table, row in self._rows]

    def _statement(self, table: Table, row: dict[str, Any], mark: str) -> tuple[str, list[Any]]:
        columns = [column for column in table.columns if column.type is not Serial]
        values = [self._value(row[column.name], mark) for column in columns]
        bound = [
            processor(value) if (processor := column.type.bind_processor(self._dialect)) else value
            for column, value in zip(columns, values, strict=True)
        ]
        names = ", ".join(column.name for column in columns)
        sign = "?" if self._dialect.name == "sqlite" else "$"
        places = ", ".join(sign if sign == "?" else f"${n + 1}" for n in range(len(columns)))
        return f"INSERT INTO {table.name} ({names}) VALUES ({places})", bound  # noqa: S608

    def _value(self, value: Any, mark: str) -> Any:
        if isinstance(value, str) and value in self._keys:
            return value[: -len(mark)] + mark
        return value


async def rate(url: str, copies: Copies, number: int) -> float:
    """Commit so many submissions, one transaction each; return how many per second."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_rate(str(parsed.database), copies, number)
    return await _postgresql_rate(url, copies, number)


def _sqlite_rate(file: str, copies: Copies, number: int) -> float:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    began = time.perf_counter()
    for _ in range(number):
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in copies.statements():
            connection.execute(statement, values)
        connection.execute("COMMIT")
    seconds = time.perf_counter() - began
    connection.close()
    return number / seconds


async def _postgresql_rate(url: str, copies: Copies, number: int) -> float:
    async with asyncpg.create_pool(url, min_size=WRITERS, max_size=WRITERS) as pool:
        left = iter(range(number))

        async def write() -> None:
            async with pool.acquire() as connection:
                for _ in left:
                    async with connection.transaction():
                        for statement, values in copies.statements():
                            await connection.execute(statement, *values)

        began = time.perf_counter()
        await asyncio.gather(*(write() for _ in range(WRITERS)))
        return number / (time.perf_counter() - began)
