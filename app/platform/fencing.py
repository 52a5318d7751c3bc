"""Up to which row number a table may be read on: below it nothing appears later.

PostgreSQL hands numbers out before transactions commit, so a small number may become visible
after a larger one. A reader that keeps the last number it saw reads only up to the fence: the
newest visible number of a moment since which every transaction that was then under way has ended.
SQLite has one writer, so its fence is always the newest number.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, Integer, Table, func, select, text

_UNDER_WAY = (
    "SELECT CAST(CAST(pg_snapshot_xmin(s) AS text) AS bigint),"
    " CAST(CAST(pg_snapshot_xmax(s) AS text) AS bigint), (SELECT max(number) FROM {table})"
    " FROM pg_current_snapshot() AS s"
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look sees: the newest number, the oldest transaction under way, the next to begin.

    Whoever takes a number has written before in the same transaction, so it is among these.
    """

    newest: int
    oldest: int
    next: int


def look(connection: Connection, table: Table) -> Sight:
    """Look at a table that is numbered by `number`."""
    if connection.dialect.name != "postgresql":
        newest = connection.scalar(select(func.max(table.c.number, type_=Integer)))
        return Sight(newest or 0, 0, 0)
    row = connection.execute(text(_UNDER_WAY.format(table=table.name))).one()
    return Sight(row[2] or 0, row[0], row[1])


class Fence:
    """One reader's fence; it may be forgotten at any time and comes up again."""

    def __init__(self) -> None:
        self._stands = 0
        self._coming: Sight | None = None

    def move(self, seen: Sight) -> int:
        """Return the number up to which all is there that will be."""
        if self._coming is not None and seen.oldest >= self._coming.next:
            self._stands = max(self._stands, self._coming.newest)
            self._coming = None
        if seen.oldest >= seen.next:
            self._stands = max(self._stands, seen.newest)
            self._coming = None
        elif self._coming is None:
            self._coming = seen
        return self._stands
