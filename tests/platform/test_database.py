import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.platform.database import (
    Database,
    DatabaseUnavailableError,
    open_database,
    signal,
)


def make(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE things (number INTEGER PRIMARY KEY)"))


def add(connection: Connection, number: int) -> None:
    connection.execute(text("INSERT INTO things VALUES (:number)"), {"number": number})
    signal(connection)


def add_and_fail(connection: Connection, number: int) -> None:
    add(connection, number)
    raise LookupError(number)


def numbers(connection: Connection) -> list[int]:
    return list(connection.execute(text("SELECT number FROM things ORDER BY 1")).scalars())


def run(url: str, *steps: object) -> None:
    async def all_steps() -> None:
        async with open_database(url) as database:
            await database.transact(make)
            for step in steps:
                await step(database)  # type: ignore[operator]

    asyncio.run(all_steps())


def test_what_an_act_wrote_is_there_for_others_when_it_returns(database_url: str) -> None:
    async def step(database: Database) -> None:
        await database.transact(add, 1)
        async with open_database(database_url) as other:
            assert await other.read(numbers) == [1]

    run(database_url, step)


def test_a_failing_act_undoes_its_own_work_and_no_other(database_url: str) -> None:
    async def step(database: Database) -> None:
        acts = [
            database.transact(add_and_fail if number % 3 == 0 else add, number)
            for number in range(30)
        ]
        results = await asyncio.gather(*acts, return_exceptions=True)
        assert sum(isinstance(result, LookupError) for result in results) == 10
        assert await database.read(numbers) == [n for n in range(30) if n % 3]

    run(database_url, step)


def test_a_cancelled_caller_does_not_stop_the_others(database_url: str) -> None:
    async def step(database: Database) -> None:
        leaving = asyncio.create_task(database.transact(add, 1))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        await database.transact(add, 2)
        assert 2 in await database.read(numbers)

    run(database_url, step)


def moments(connection: Connection) -> set[object]:
    """Return the beginnings of the transactions in which two statements ran."""
    began = text("SELECT now()" if connection.dialect.name == "postgresql" else "SELECT 1")
    return {connection.scalar(began) for _ in range(2)}


def test_a_look_has_no_transaction_where_one_costs(database_url: str) -> None:
    async def step(database: Database) -> None:
        await database.transact(add, 1)
        assert await database.look(numbers) == [1]
        statements_are_alone = database.dialect == "postgresql"
        assert len(await database.look(moments)) == 1 + statements_are_alone
        assert len(await database.read(moments)) == 1
        looks = [database.look(numbers) for _ in range(20)]
        await asyncio.gather(*looks)
        acts = [database.transact(add_and_fail, number) for number in range(2, 22)]
        await asyncio.gather(*acts, return_exceptions=True)
        assert await database.read(numbers) == [1], "acts are whole on connections that looked"

    run(database_url, step)


def test_reading_writes_nothing(database_url: str) -> None:
    async def step(database: Database) -> None:
        await asyncio.gather(database.read(add, 1), return_exceptions=True)
        assert await database.read(numbers) == []

    run(database_url, step)


def test_a_signal_of_another_process_wakes_a_waiter(database_url: str) -> None:
    async def step(database: Database) -> None:
        async with database.listen() as waiter, open_database(database_url) as other:
            await waiter.wait(timedelta(seconds=0.05))
            waiting = asyncio.create_task(waiter.wait(timedelta(seconds=60)))
            await other.transact(add, 1)
            async with asyncio.timeout(30):
                await waiting

    run(database_url, step)


def test_a_waiter_gives_up_after_its_time(database_url: str) -> None:
    async def step(database: Database) -> None:
        async with database.listen() as waiter, asyncio.timeout(30):
            await waiter.wait(timedelta(seconds=0.01))
            await waiter.wait(timedelta(seconds=0.01))

    run(database_url, step)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite|SQLite|mysql"):
        open_database(url)


def test_a_folder_that_is_not_there_is_a_database_that_cannot_be_reached(tmp_path: Path) -> None:
    async def write() -> None:
        async with open_database(f"sqlite:///{tmp_path / 'gone' / 'x.db'}") as database:
            with pytest.raises(DatabaseUnavailableError):
                await database.transact(make)
            with pytest.raises(DatabaseUnavailableError):
                await database.read(numbers)

    asyncio.run(write())


@pytest.mark.parametrize("code", ["SQLITE_IOERR_WRITE", "SQLITE_READONLY_DBMOVED", "SQLITE_NOMEM"])
def test_an_act_during_which_the_file_fails_was_not_refused(tmp_path: Path, code: str) -> None:
    def write(_: Connection) -> None:
        error = sqlite3.OperationalError("it fails")
        error.sqlite_errorcode = getattr(sqlite3, code)
        raise OperationalError("INSERT", {}, error)

    async def step() -> None:
        async with open_database(f"sqlite:///{tmp_path / 'x.db'}") as database:
            with pytest.raises(DatabaseUnavailableError):
                await database.transact(write)

    asyncio.run(step())


def test_a_refused_statement_does_not_repeat_what_it_was_given(database_url: str) -> None:
    def write(connection: Connection) -> None:
        said = {"name": "Nguyễn Giả Định", "number": None}
        connection.execute(text("INSERT INTO things (name, number) VALUES (:name, :number)"), said)

    async def step(database: Database) -> None:
        with pytest.raises(DBAPIError) as refused:
            await database.transact(write)
        assert "Giả Định" not in str(refused.value)

    run(database_url, step)
