"""Rows of an act that the database is told together.

They wait for the next statement of the act, or for its end, so that no statement ever sees less
than it would otherwise. On PostgreSQL, where each telling is a way there and back, one statement
then inserts them into all their tables; on SQLite one for each table runs with all its rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    Connection,
    Insert,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.schema import sort_tables
from sqlalchemy.types import TypeEngine

from app.platform.prepared import BEFORE, Facts, Prepared

_WAITING: Final = "rows-waiting"

_Shape = tuple[Table, tuple[str, ...]]
_Rows = dict[_Shape, list[Facts]]


@contextmanager
def waiting(connection: Connection) -> Iterator[None]:
    """Let rows wait; they are inserted at the end, or forgotten if it fails.

    Every act on PostgreSQL does so, and what does so inside of it goes by the act's end. On SQLite
    it is worth it only for acts that insert many rows into a table one by one.
    """
    info = connection.info
    if _WAITING in info:
        yield
        return
    info[_WAITING], info[BEFORE] = {}, write
    try:
        yield
        write(connection)
    finally:
        # The connection goes back to the pool, where others would commit what is left.
        info.pop(_WAITING, None)
        info.pop(BEFORE, None)


def put(connection: Connection, table: Table, rows: Sequence[Facts]) -> bool:
    """Take rows that are surely new and name the same columns; False where none wait."""
    held: _Rows | None = connection.info.get(_WAITING)
    if held is None:
        return False
    held.setdefault((table, tuple(rows[0])), []).extend(rows)
    return True


def write(connection: Connection, *_statement: object) -> None:
    """Insert what waits; this is also what listens to SQLAlchemy's event before each statement."""
    held: _Rows | None = connection.info.get(_WAITING)
    if not held:
        return
    connection.info[_WAITING] = {}
    if connection.dialect.name == "postgresql":
        _writing(tuple(held)).run(connection, _given(held))
        return
    for table, names in _ordered(tuple(held)):
        _inserting_one(table, names).run_each(connection, held[table, names])


@cache
def _ordered(shapes: tuple[_Shape, ...]) -> Sequence[_Shape]:
    """Return tables before those that name them: SQLite looks at keys statement by statement."""
    places = {table: n for n, table in enumerate(sort_tables([table for table, _ in shapes]))}
    return sorted(shapes, key=lambda shape: places[shape[0]])


def insert_now(connection: Connection, table: Table, rows: Sequence[Facts]) -> None:
    """Insert rows that name the same columns."""
    _inserting_one(table, tuple(rows[0])).run_each(connection, rows)


@cache
def _inserting_one(table: Table, names: tuple[str, ...]) -> Prepared:
    return Prepared(insert(table).inline(), names)


def _given(held: _Rows) -> Mapping[str, Any]:
    return {
        _name(n, name): [row[name] for row in rows]
        for n, ((_, names), rows) in enumerate(held.items())
        for name in names
    }


def _name(n: int, name: str) -> str:
    return f"of_{n}_{name}"


@cache
def _writing(shapes: tuple[_Shape, ...]) -> Prepared:
    """Return the statement: keys are looked at when all of it is done, so the order is free."""
    *others, last = [_inserting(n, *shape) for n, shape in enumerate(shapes)]
    return Prepared(last.add_cte(*(one.cte(f"also_{n}") for n, one in enumerate(others))))


def _inserting(n: int, table: Table, names: tuple[str, ...]) -> Insert:
    lists = [
        bindparam(_name(n, name), type_=ARRAY(_plain(table.c[name].type), dimensions=1))
        for name in names
    ]
    rows = func.unnest(*lists).table_valued(*names).render_derived()
    return insert(table).from_select(names, select(*[rows.c[name] for name in names])).inline()


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type to hand values over in: a text's longest is the column's to judge."""
    return Text() if isinstance(kind, String) else kind
