"""How a database finds what a page asks for."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event

_EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}


def plans_of(connection: Connection, act: Callable[[], object]) -> list[tuple[str, str]]:
    """Return the statements that an act ran, each with its plan."""
    ran: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        ran.append((given[2], given[3]))

    event.listen(connection, "before_cursor_execute", note)
    act()
    event.remove(connection, "before_cursor_execute", note)
    explain = _EXPLAIN[connection.dialect.name]
    return [
        (
            sql,
            "\n".join(
                str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {sql}", given)
            ),
        )
        for sql, given in ran
    ]
