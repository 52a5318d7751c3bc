"""Rows of an act that PostgreSQL is told together, since each telling is a way there and back.

They wait for the next statement of the act, or for its end, so that no statement ever sees less
than it would otherwise; one statement then inserts them into all their tables.
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
from sqlalchemy.types import TypeEngine

from app.platform.prepared import Facts, Prepared

_WAITING: Final = "rows-waiting"

_Shape = tuple[Table, tuple[str, ...]]
_Rows = dict[_Shape, list[Facts]]


@contextmanager
def waiting(connection: Connection) -> Iterator[None]:
    """Let rows of an act wait; they are inserted at its end, or forgotten with it if it fails."""
    info = connection.info
    info[_WAITING] = {}
    try:
        yield
        write(connection)
    finally:
        # The connection goes back to the pool, where others would commit what is left.
        info.pop(_WAITING, None)


def put(connection: Connection, table: Table, rows: Sequence[Facts]) -> bool:
    """Take rows that are surely new and name the same columns; False if here none may wait."""
    held: _Rows | None = connection.info.get(_WAITING)
    if held is None:
        return False
    held.setdefault((table, tuple(rows[0])), []).extend(rows)
    return True


def write(connection: Connection) -> None:
    """Insert what waits."""
    held: _Rows | None = connection.info.get(_WAITING)
    if held:
        connection.info[_WAITING] = {}
        _writing(tuple(held)).run(connection, _given(held))


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
