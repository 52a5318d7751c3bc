"""The floor of a durable POST: the rows that one left, committed by the raw driver."""

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import asyncpg
from sqlalchemy import Table, UniqueConstraint, make_url
from typing_extensions import override

from app.platform.schema import metadata
from tests.bench.report import Figure, Turn, in_turns, until
from tests.bench.stage import CONNECTIONS, run

if TYPE_CHECKING:
    from tests.bench.measurements import Size

WRITERS = 16
"""Connections on PostgreSQL, as many as the gateway's pool has."""

_MARK = 8
"""So many of a key's last characters are replaced in a copy."""

_SHORT = 12
"""Keys of at most so many characters are words and codes that many rows share; they stay."""

Row = Mapping[str, Any]
Snapshot = Mapping[str, Mapping[tuple[Any, ...], Row]]
"""Every row of every table, by table name and primary key."""

Statements = Sequence[tuple[str, Sequence[Any]]]
"""One transaction."""


class Driver(Protocol):
    """A database driver without anything around it."""

    sign: str
    """What stands before the number of a parameter."""

    async def snapshot(self) -> Snapshot:
        """Read the whole database."""
        ...

    async def commit(self, transactions: Sequence[Statements], *, within: float) -> Turn:
        """Commit them one by one until none is left or the seconds are over."""
        ...


def against_driver(
    url: str, send: Callable[[int, int], Turn], size: "Size", *, connections: int = CONNECTIONS
) -> Figure:
    """Measure what is taken durably against the same rows by the raw driver, per second.

    `send` sends so many over so many connections.
    """
    driver = driver_of(url, writers=min(connections, WRITERS))
    send(1, 1)
    before = run(driver.snapshot())
    send(1, 1)
    copies = Copies(written(before, run(driver.snapshot())), driver.sign, known=before)

    def commit() -> Turn:
        transactions = [copies.next() for _ in range(size.submissions)]
        return run(driver.commit(transactions, within=size.seconds))

    return in_turns(lambda: send(size.submissions, connections), commit, rounds=size.rounds)


def driver_of(url: str, *, writers: int = WRITERS) -> Driver:
    """Return the raw driver of a database; SQLite has one writer always."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _Sqlite(str(parsed.database))
    return _Postgresql(url, writers)


class _Sqlite(Driver):
    sign = "?"

    def __init__(self, file: str) -> None:
        self._file = file

    def _connect(self) -> sqlite3.Connection:
        """Connect as durably as the gateway does."""
        connection = sqlite3.connect(self._file, isolation_level=None, timeout=10)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    @override
    async def snapshot(self) -> Snapshot:
        with closing(self._connect()) as connection:
            return {
                table.name: _keyed(table, [dict(row) for row in connection.execute(_all_of(table))])
                for table in metadata.sorted_tables
            }

    @override
    async def commit(self, transactions: Sequence[Statements], *, within: float) -> Turn:
        with closing(self._connect()) as connection:
            done: list[Statements] = []
            began = time.perf_counter()
            for statements in until(began + within, transactions, done):
                connection.execute("BEGIN IMMEDIATE")
                for statement, values in statements:
                    connection.execute(statement, values)
                connection.execute("COMMIT")
            return Turn(len(done), time.perf_counter() - began)


class _Postgresql(Driver):
    sign = "$"

    def __init__(self, url: str, writers: int) -> None:
        self._url = url
        self._writers = writers

    @override
    async def snapshot(self) -> Snapshot:
        connection = await asyncpg.connect(self._url)
        try:
            return {
                table.name: _keyed(table, [dict(r) for r in await connection.fetch(_all_of(table))])
                for table in metadata.sorted_tables
            }
        finally:
            await connection.close()

    @override
    async def commit(self, transactions: Sequence[Statements], *, within: float) -> Turn:
        done: list[Statements] = []
        number = self._writers
        async with asyncpg.create_pool(self._url, min_size=number, max_size=number) as pool:
            began = time.perf_counter()
            left = until(began + within, transactions, done)

            async def write() -> None:
                async with pool.acquire() as connection:
                    for statements in left:
                        async with connection.transaction():
                            for statement, values in statements:
                                await connection.execute(statement, *values)

            await asyncio.gather(*(write() for _ in range(number)))
            return Turn(len(done), time.perf_counter() - began)


def _all_of(table: Table) -> str:
    return f"SELECT * FROM {table.name}"  # noqa: S608 -- a table of ours


def _keyed(table: Table, rows: Sequence[Row]) -> Mapping[tuple[Any, ...], Row]:
    return {tuple(row[column.name] for column in table.primary_key): row for row in rows}


@dataclass(frozen=True, slots=True)
class Write:
    """One row as a submission left it; `before` is what stood there, if anything did."""

    table: Table
    row: Row
    before: Row | None


def written(before: Snapshot, after: Snapshot) -> list[Write]:
    """Return what was written between two snapshots: counters first, then new rows."""
    found = [
        Write(table, row, before[table.name].get(key))
        for table in metadata.sorted_tables
        for key, row in after[table.name].items()
        if before[table.name].get(key) != row
    ]
    return sorted(found, key=lambda write: write.before is None)


class Copies:
    """Makes copies of a submission whose keys are new and refer to each other as before."""

    def __init__(self, writes: Sequence[Write], sign: str, *, known: Snapshot) -> None:
        """`known` is what stood there before: whatever is the same there is the same in copies."""
        self._sign = sign
        self._new = [self._insert(write) for write in writes if write.before is None]
        self._counted = [self._count(write) for write in writes if write.before is not None]
        self._keys = {
            key for write in writes if write.before is None for key in _keys_of(write, known)
        }
        self._number = itertools.count()

    def next(self) -> Statements:
        """Return the statements of one more submission."""
        mark = f"{next(self._number):0{_MARK}d}"
        return [
            *self._counted,
            *(
                (statement, [self._marked(value, mark) for value in values])
                for statement, values in self._new
            ),
        ]

    def _insert(self, write: Write) -> tuple[str, list[Any]]:
        names = [column.name for column in write.table.columns if column.autoincrement is not True]
        places = ", ".join(f"{self._sign}{place + 1}" for place in range(len(names)))
        statement = f"INSERT INTO {write.table.name} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 -- names of ours
        return statement, [write.row[name] for name in names]

    def _count(self, write: Write) -> tuple[str, list[Any]]:
        """Return the UPDATE that counts on by as much as the submission did."""
        assert write.before is not None
        steps = {
            name: value - write.before[name]
            for name, value in write.row.items()
            if value != write.before[name]
        }
        key = [column.name for column in write.table.primary_key]
        sets = [f"{name} = {name} + {step}" for name, step in steps.items()]
        places = [f"{name} = {self._sign}{place + 1}" for place, name in enumerate(key)]
        statement = f"UPDATE {write.table.name} SET {', '.join(sets)} WHERE {' AND '.join(places)}"  # noqa: S608 -- names of ours
        return statement, [write.row[name] for name in key]

    def _marked(self, value: Any, mark: str) -> Any:
        for key in self._keys:
            if isinstance(value, str):
                value = value.replace(key, key[:-_MARK] + mark)
            elif isinstance(value, bytes):
                value = value.replace(key.encode(), (key[:-_MARK] + mark).encode())
        return value


def _keys_of(write: Write, known: Snapshot) -> set[str]:
    table = write.table
    together = [index.columns for index in table.indexes if index.unique]
    together += [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    names = {column.name for columns in together for column in columns}
    names |= {column.name for column in table.columns if column.primary_key or column.unique}
    old = known[table.name].values()
    return {
        value
        for name in names
        if isinstance(value := write.row[name], str) and len(value) > _SHORT
        if all(row[name] != value for row in old)
    }
