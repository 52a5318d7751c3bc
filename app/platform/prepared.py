"""Statements that are compiled once for each engine and given to its driver as they are.

SQLAlchemy needs longer to run a statement than SQLite to carry it out, even one that is made and
compiled: parameters and results pass through layers that the hot path has no use for. Text and
types are SQLAlchemy's all the same, so what is written is what it would write itself.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Executable, Select, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.expression import ClauseElement

Facts = Mapping[str, Any]

BEFORE: Final = "before-a-statement"
"""Under this a connection's `info` may hold what has to run before each statement of an act."""

_Convert = Callable[[Any], Any]
_STEP: Final = 64


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as one driver takes it: its parameters in their order, and those it has set.

    `results` make of each column of a row what it means; None if they are there already.
    """

    text: str
    names: tuple[str, ...]
    converts: tuple[tuple[int, _Convert], ...]
    own: Facts
    results: tuple[_Convert | None, ...] | None

    def values(self, given: Facts) -> tuple[Any, ...]:
        if self.own:
            given = {**self.own, **given}
        found = [given[name] for name in self.names]
        for at, convert in self.converts:
            found[at] = convert(found[at])
        return tuple(found)

    def row(self, found: Sequence[Any]) -> tuple[Any, ...]:
        if self.results is None:
            return tuple(found)
        return tuple(
            [
                value if convert is None else convert(value)
                for convert, value in zip(self.results, found, strict=True)
            ]
        )


class Prepared:
    """One statement with named parameters, none of which is a list of any length.

    `columns` are those of an INSERT.
    """

    def __init__(self, statement: Executable, columns: Sequence[str] = ()) -> None:
        if not isinstance(statement, ClauseElement):
            raise TypeError("a statement that can be compiled is wanted")
        self._statement = statement
        self._columns = list(columns) or None
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: Connection, given: Facts) -> int:
        """Run it; return how many rows it wrote."""
        made = self._for(connection.dialect)
        driver = _sqlite(connection)
        if driver is not None:
            return _execute(driver, made.text, made.values(given)).rowcount
        return connection.exec_driver_sql(made.text, made.values(given)).rowcount

    def run_each(self, connection: Connection, rows: Sequence[Facts]) -> None:
        """Run it with each of these, one after the other."""
        if len(rows) == 1:
            self.run(connection, rows[0])
            return
        made = self._for(connection.dialect)
        values = [made.values(row) for row in rows]
        driver = _sqlite(connection)
        if driver is not None:
            _execute(driver, made.text, values, is_many=True)
        elif values:
            connection.exec_driver_sql(made.text, values)

    def rows(self, connection: Connection, given: Facts) -> Sequence[tuple[Any, ...]]:
        """Run a SELECT; return its rows."""
        made = self._for(connection.dialect)
        driver = _sqlite(connection)
        found: Sequence[Sequence[Any]]
        if driver is not None:
            found = _execute(driver, made.text, made.values(given)).fetchall()
        else:
            found = connection.exec_driver_sql(made.text, made.values(given)).all()
        return [made.row(one) for one in found]

    def _for(self, dialect: Dialect) -> _Compiled:
        made = self._compiled.get(dialect.name)
        if made is None:
            made = self._compiled[dialect.name] = self._compile(dialect)
        return made

    def _compile(self, dialect: Dialect) -> _Compiled:
        made: Any = self._statement.compile(dialect=dialect, column_keys=self._columns)
        names = tuple(made.positiontup or ())
        binds = [made.binds[name] for name in names]
        kinds = [bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in binds]
        converts = tuple((at, convert) for at, convert in enumerate(kinds) if convert is not None)
        own = {
            name: bind.effective_value
            for name, bind in zip(names, binds, strict=True)
            if not bind.required
        }
        return _Compiled(str(made), names, converts, own, self._results(dialect))

    def _results(self, dialect: Dialect) -> tuple[_Convert | None, ...] | None:
        if not isinstance(self._statement, Select):
            return None
        kinds = [column.type.dialect_impl(dialect) for column in self._statement.selected_columns]
        found = tuple(kind.result_processor(dialect, None) for kind in kinds)
        return found if any(found) else None


class PreparedLists:
    """A SELECT whose parameters are lists, prepared for each length that they come in.

    `make` is given a list of parameters for each. Shorter lists are filled up with their last
    value, so that there are few lengths; an empty one has a NULL, which nothing is equal to.
    """

    def __init__(self, make: Callable[..., Select[Any]]) -> None:
        self._make = make
        self._prepared: dict[tuple[int, ...], Prepared] = {}

    def rows(self, connection: Connection, *lists: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
        """Run it; return its rows."""
        lengths = tuple([_room_for(len(values)) for values in lists])
        prepared = self._prepared.get(lengths)
        if prepared is None:
            named = [_named(n, length) for n, length in enumerate(lengths)]
            prepared = self._prepared[lengths] = Prepared(self._make(*named))
        given = {
            _name(n, at): values[min(at, len(values) - 1)] if values else None
            for n, (values, length) in enumerate(zip(lists, lengths, strict=True))
            for at in range(length)
        }
        return prepared.rows(connection, given)


def _named(n: int, length: int) -> list[BindParameter[Any]]:
    return [bindparam(_name(n, at)) for at in range(length)]


def _name(n: int, at: int) -> str:
    return f"list_{n}_{at}"


def _room_for(number: int) -> int:
    """Return the power of two from `number` on, beyond 64 the multiple of it."""
    if number > _STEP:
        return -(-number // _STEP) * _STEP
    return 1 << max(number - 1, 0).bit_length()


def _execute(
    driver: sqlite3.Connection, statement: str, values: Sequence[Any], *, is_many: bool = False
) -> sqlite3.Cursor:
    """Run it; what the driver runs into is told as SQLAlchemy tells it, without the values."""
    try:
        if is_many:
            return driver.executemany(statement, values)
        return driver.execute(statement, values)
    except sqlite3.Error as error:
        told = DBAPIError.instance(statement, None, error, sqlite3.Error, hide_parameters=True)
        raise told from error


def _sqlite(connection: Connection) -> sqlite3.Connection | None:
    """Return SQLite's driver, which runs statements unseen by SQLAlchemy and its events."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        return None
    before: Callable[[Connection], None] | None = connection.info.get(BEFORE)
    if before is not None:
        before(connection)
    return driver
