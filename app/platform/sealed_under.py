"""Under which keys all that is sealed was sealed; nothing is opened for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, func, select

from app.platform.schema import Sealed, metadata
from app.platform.sealing import KEY_ID


@dataclass(frozen=True, slots=True)
class Share:
    """How many values of a column (`table.column`) are under a key, whose id is in hex."""

    column: str
    key_id: str
    number: int


def sealed_columns() -> Sequence[Column[Any]]:
    """Return every column with sealed values, of the tables that the program has loaded."""
    return [
        column
        for _, table in sorted(metadata.tables.items())
        for column in table.columns
        if isinstance(column.type, Sealed)
    ]


def shares(connection: Connection) -> Sequence[Share]:
    """Count what is sealed, by column and by key: one statement for each column."""
    return [share for column in sealed_columns() for share in _of(connection, column)]


def _of(connection: Connection, column: Column[Any]) -> Sequence[Share]:
    key_id = func.substr(column, 1, KEY_ID, type_=Sealed()).label("key_id")
    counting = select(key_id, func.count().label("number")).where(func.length(column) > 0)
    found = connection.execute(counting.group_by(key_id).order_by(key_id))
    return [Share(str(column), bytes(row.key_id).hex(), row.number) for row in found]
