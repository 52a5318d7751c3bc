"""Rows told to a database by statements that are prepared for its driver."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    event,
    func,
    select,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.platform.database import Database, open_database
from app.platform.database.later import waiting
from app.platform.inserting import insert_all_new, insert_and_tell_new, insert_new, insert_rows
from app.platform.prepared import Prepared, PreparedLists
from app.platform.schema import Instant, Json

T = TypeVar("T")

metadata = MetaData()
shelves = Table(
    "test_shelves",
    metadata,
    Column("code", String(4), primary_key=True),
    Column("since", Instant),
    Column("opened_on", Date),
    Column("is_open", Boolean),
    Column("facts", Json),
    Column("picture", LargeBinary),
)
books = Table(
    "test_books",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("shelf", String(4), ForeignKey("test_shelves.code"), nullable=False),
)
SHELF = {
    "code": "A",
    "since": datetime(2026, 11, 29, 3, 4, 5, 6, tzinfo=UTC),
    "opened_on": date(2026, 11, 29),
    "is_open": True,
    "facts": {"tên": ["sách", 1, None]},
    "picture": b"\x00\xff",
}
NOTHING: dict[str, Any] = {**dict.fromkeys(SHELF), "code": "B", "facts": {}}
COUNT = Prepared(select(func.count()).select_from(shelves))


class Library:
    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        self._runner = runner
        self._database = database

    def do(self, act: Callable[[Connection], T]) -> T:
        return self._runner.run(self._database.transact(act))

    def codes(self) -> list[str]:
        def look(connection: Connection) -> list[str]:
            return list(connection.scalars(select(shelves.c.code)))

        return self._runner.run(self._database.read(look))


@pytest.fixture
def library(database_url: str) -> Iterator[Library]:
    database = open_database(database_url)
    with asyncio.Runner() as runner:
        runner.run(database.transact(metadata.create_all))
        yield Library(runner, database)
        runner.run(database.close())


def shelve(*codes: str) -> Callable[[Connection], None]:
    rows = [{"code": code} for code in codes]
    return lambda connection: insert_rows(connection, shelves, rows)


def test_every_kind_of_value_is_kept_as_it_is(library: Library) -> None:
    library.do(lambda connection: insert_rows(connection, shelves, [SHELF, NOTHING]))
    wanted = select(shelves).order_by(shelves.c.code)

    def look(connection: Connection) -> tuple[list[Any], list[Any]]:
        prepared = Prepared(wanted).rows(connection, {})
        return [tuple(row) for row in connection.execute(wanted)], list(prepared)

    usual, prepared = library.do(look)
    assert usual == prepared == [tuple(SHELF.values()), tuple(NOTHING.values())]


def test_the_next_statement_of_the_act_sees_what_was_told_before(library: Library) -> None:
    def act(connection: Connection) -> list[Any]:
        shelve("A")(connection)
        first = COUNT.rows(connection, {})
        shelve("B", "C")(connection)
        return [first[0][0], connection.scalar(select(func.count()).select_from(shelves))]

    assert library.do(act) == [1, 3]


def test_what_is_named_is_told_before_what_names_it(library: Library) -> None:
    library.do(shelve("A"))

    def act(connection: Connection) -> None:
        with waiting(connection):
            insert_rows(connection, books, [{"number": 1, "shelf": "A"}])
            shelve("B")(connection)
            insert_rows(connection, books, [{"number": 2, "shelf": "B"}])
            assert COUNT.rows(connection, {}) == [(2,)]

    library.do(act)
    assert library.codes() == ["A", "B"]


def test_rows_of_several_tables_are_told_in_one_statement_where_each_is_a_way(
    library: Library,
) -> None:
    ran: list[str] = []

    def act(connection: Connection) -> str:
        event.listen(connection, "before_cursor_execute", lambda *said: ran.append(said[2]))
        shelve("A", "B")(connection)
        insert_rows(connection, books, [{"number": 1, "shelf": "A"}, {"number": 2, "shelf": "B"}])
        insert_rows(connection, shelves, [{"code": "C", "is_open": True}])
        return connection.dialect.name

    engine = library.do(act)
    assert len(ran) == {"sqlite": 0, "postgresql": 1}[engine]
    assert sorted(library.codes()) == ["A", "B", "C"]


def test_an_act_that_fails_leaves_nothing_to_the_next(library: Library) -> None:
    def failing(connection: Connection) -> None:
        shelve("A")(connection)
        raise LookupError

    with pytest.raises(LookupError):
        library.do(failing)
    assert library.codes() == []
    library.do(shelve("B"))
    assert library.codes() == ["B"]


@pytest.mark.parametrize("looks", [False, True])
def test_a_row_that_is_there_already_undoes_the_act(library: Library, *, looks: bool) -> None:
    library.do(shelve("A"))

    def act(connection: Connection) -> None:
        shelve("B", "A")(connection)
        if looks:
            COUNT.rows(connection, {})

    with pytest.raises(IntegrityError):
        library.do(act)
    assert library.codes() == ["A"]


def test_a_text_is_kept_whole_or_not_at_all(library: Library) -> None:
    kept = ["too long"]
    try:
        library.do(shelve(*kept))
    except DBAPIError:
        kept = []
    assert library.codes() == kept


def test_who_asks_is_told_which_rows_were_new(library: Library) -> None:
    library.do(shelve("A"))

    def act(connection: Connection) -> tuple[set[str], bool, bool]:
        rows = [{"code": code} for code in ("A", "B")]
        told = insert_and_tell_new(connection, shelves.c.code, rows)
        insert_all_new(connection, shelves, [{"code": "B"}, {"code": "C"}])
        known, new = ({"code": code} for code in ("C", "D"))
        return (
            told,
            insert_new(connection, shelves, known),
            insert_new(connection, shelves, new),
        )

    assert library.do(act) == ({"B"}, False, True)
    assert sorted(library.codes()) == ["A", "B", "C", "D"]


@pytest.mark.parametrize("number", [0, 1, 3, 64, 65, 130])
def test_lists_of_any_length_are_looked_for(library: Library, number: int) -> None:
    codes = [f"{n:04}" for n in range(number)]
    library.do(shelve("none", *codes))
    both = PreparedLists(
        lambda one, other: select(shelves.c.code).where(
            shelves.c.code.in_(one) | shelves.c.code.in_(other)
        )
    )
    found = library.do(lambda connection: both.rows(connection, codes, []))
    assert sorted(row[0] for row in found) == codes
