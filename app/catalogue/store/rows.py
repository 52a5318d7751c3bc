"""Reading and writing many rows at once, by the primary key `code`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.catalogue.domain import Counts

_AT_ONCE = 500
"""Values in one IN list; either database takes more, and gains little by it."""

Values = dict[str, Any]


def look_up(
    connection: Connection, by: Column[Any], wanted: Column[Any], values: Iterable[str]
) -> dict[str, Any]:
    """Return `wanted` by `by` for the rows where `by` is one of `values`."""
    return {
        row[0]: row[1]
        for portion in _portions(values)
        for row in connection.execute(select(by, wanted).where(by.in_(portion)))
    }


def replace(connection: Connection, table: Table, rows: Sequence[Values]) -> Counts:
    """Write those of `rows` that are new or differ from what is kept; count all three kinds.

    Where the table has a `version`, it grows with each row that differs.
    """
    kept: dict[str, Values] = {}
    for codes in _portions(row["code"] for row in rows):
        for found in connection.execute(select(table).where(table.c.code.in_(codes))).mappings():
            kept[found["code"]] = {name: found[name] for name in rows[0]}
    written = [row for row in rows if kept.get(row["code"]) != row]
    _upsert(connection, table, written)
    changed = sum(row["code"] in kept for row in written)
    return Counts(len(written) - changed, changed, len(rows) - len(written))


def _upsert(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if not rows:
        return
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    statement = insert(table)
    values: Values = {name: statement.excluded[name] for name in rows[0] if name != "code"}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=values), rows)


def _portions(values: Iterable[str]) -> Iterator[list[str]]:
    every = list(values)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
