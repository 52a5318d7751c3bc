"""Rows of an act that PostgreSQL is told together, since each telling is a way there and back.

They wait for the next statement of the act, or for its end, so that no statement ever sees less
than it would otherwise; one statement then inserts them into all their tables.
"""

from collections.abc import Mapping, Sequence
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


def begin(connection: Connection) -> None:
    """Let rows wait from now on; whatever an act before left behind when it failed is gone."""
    connection.info[_WAITING] = {}


def put(connection: Connection, table: Table, rows: Sequence[Facts]) -> bool:
    """Take rows that are surely new and name the same columns; False if here none may wait."""
    waiting: _Rows | None = connection.info.get(_WAITING)
    if waiting is None:
        return False
    waiting.setdefault((table, tuple(rows[0])), []).extend(rows)
    return True


def write(connection: Connection) -> None:
    """Insert what waits."""
    waiting: _Rows | None = connection.info.get(_WAITING)
    if waiting:
        connection.info[_WAITING] = {}
        shapes = tuple(waiting)
        _writing(shapes).run(connection, _given(waiting))


def end(connection: Connection) -> None:
    """Insert what waits, and let no more wait."""
    write(connection)
    connection.info.pop(_WAITING, None)


def _given(waiting: _Rows) -> Mapping[str, Any]:
    return {
        _name(n, name): [row[name] for row in rows]
        for n, ((_, names), rows) in enumerate(waiting.items())
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
