"""SELECT as the driver answers it, for what acts read often."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Select


def read_plain(
    connection: Connection, statement: Select[Any], values: Mapping[str, Any]
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of a statement that is kept, as the driver gives them.

    A day is a `date` on PostgreSQL and its ISO 8601 text on SQLite, whose driver is asked without
    anything between: it costs an eighth. JSON is to be cast to text.
    """
    text, names = _plain(connection.dialect, statement)
    given = tuple(values[name] for name in names)
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        found: list[tuple[Any, ...]] = driver.execute(text, given).fetchall()
        return found
    return [tuple(row) for row in connection.exec_driver_sql(text, given)]


@lru_cache(maxsize=64)
def _plain(dialect: Dialect, statement: Select[Any]) -> tuple[str, Sequence[str]]:
    """Return a statement as the driver takes it, and the names of its values in their order."""
    made = statement.compile(dialect=dialect)
    return str(made), tuple(made.positiontup or ())
