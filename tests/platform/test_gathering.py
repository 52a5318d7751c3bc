import asyncio
import threading
from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import Connection, text

from app.platform.database import Database, open_database
from app.platform.gathering import Gathering


def make(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE things (number INTEGER PRIMARY KEY, said INTEGER)"))
    for number in range(100):
        connection.execute(text("INSERT INTO things VALUES (:n, :n)"), {"n": number})


def change(connection: Connection, number: int, said: int) -> None:
    values = {"n": number, "said": said}
    connection.execute(text("UPDATE things SET said = :said WHERE number = :n"), values)


class Reading:
    """Reads what is said of numbers, and notes what it was asked together."""

    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []

    def __call__(self, connection: Connection, numbers: Sequence[int]) -> Mapping[int, int]:
        self.asked.append(numbers)
        rows = connection.execute(text("SELECT number, said FROM things")).all()
        return {number: said for number, said in rows if number in numbers}


def run(url: str, step: object) -> None:
    async def all_steps() -> None:
        async with open_database(url) as database:
            await database.transact(make)
            await step(database)  # type: ignore[operator]

    asyncio.run(all_steps())


def test_each_is_told_what_there_is_of_its_key_by_few_readings(database_url: str) -> None:
    async def step(database: Database) -> None:
        reading = Reading()
        gathering = Gathering(database, reading)
        answers = await asyncio.gather(*(gathering.ask(number % 120) for number in range(240)))
        assert answers == [n if n < 100 else None for n in (i % 120 for i in range(240))]
        assert len(reading.asked) <= 4
        assert max(len(numbers) for numbers in reading.asked) <= 64
        assert sorted(n for numbers in reading.asked for n in numbers) == [*range(120)]

    run(database_url, step)


def test_who_asks_during_a_reading_is_answered_by_a_later_one(database_url: str) -> None:
    async def step(database: Database) -> None:
        reading = Reading()
        gathering = Gathering(database, reading)
        first = asyncio.create_task(gathering.ask(7))
        while not reading.asked:
            await asyncio.sleep(0)
        await database.transact(change, 7, 70)
        assert await gathering.ask(7) == 70
        assert await first in {7, 70}
        assert reading.asked == [[7], [7]]

    run(database_url, step)


def test_a_failure_is_told_to_all_who_asked_and_to_nobody_later(database_url: str) -> None:
    async def step(database: Database) -> None:
        failing = threading.Event()
        failing.set()

        def read(_connection: Connection, numbers: Sequence[int]) -> Mapping[int, int]:
            if failing.is_set():
                raise LookupError(numbers)
            return dict.fromkeys(numbers, 0)

        gathering = Gathering(database, read)
        told = await asyncio.gather(*map(gathering.ask, range(3)), return_exceptions=True)
        assert [type(one) for one in told] == [LookupError] * 3
        failing.clear()
        assert await gathering.ask(1) == 0

    run(database_url, step)


def test_who_goes_away_takes_nobody_along(database_url: str) -> None:
    async def step(database: Database) -> None:
        gathering = Gathering(database, Reading())
        going, staying = (asyncio.create_task(gathering.ask(5)) for _ in range(2))
        await asyncio.sleep(0)
        going.cancel()
        assert await staying == 5
        with pytest.raises(asyncio.CancelledError):
            await going

    run(database_url, step)
