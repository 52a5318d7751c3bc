import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import Connection, text
from typing_extensions import override

from app.platform.database import Database, DatabaseUnavailableError, open_database
from app.platform.together import Together
from tests.passing_database import PassingDatabase

P = ParamSpec("P")
T = TypeVar("T")


class Writing:
    """Writes numbers down, each once; odd ones have to go alone."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[Sequence[int]] = []
        self.error = error

    def __call__(self, connection: Connection, numbers: Sequence[int]) -> Sequence[str | None]:
        self.asked.append(numbers)
        for number in numbers:
            if number % 2 == 0:
                connection.execute(text("INSERT INTO things VALUES (:n)"), {"n": number})
        if self.error is not None and 13 in numbers:
            raise self.error
        return [None if number % 2 else f"done {number}" for number in numbers]


def make(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE things (number INTEGER PRIMARY KEY)"))


def written(connection: Connection) -> list[int]:
    return list(connection.scalars(text("SELECT number FROM things ORDER BY number")))


def run(url: str, step: Callable[[Database], Coroutine[Any, Any, None]]) -> None:
    async def all_steps() -> None:
        async with open_database(url) as database:
            await database.transact(make)
            await step(database)

    asyncio.run(all_steps())


def test_each_is_told_what_came_of_it_by_few_acts(database_url: str) -> None:
    async def step(database: Database) -> None:
        writing = Writing()
        together = Together(database, writing)
        answers = await asyncio.gather(*(together.ask(number) for number in range(200)))
        assert answers == [None if n % 2 else f"done {n}" for n in range(200)]
        assert [len(numbers) for numbers in writing.asked] == [64, 64, 64, 8]
        assert await database.read(written) == list(range(0, 200, 2))

    run(database_url, step)


def test_who_asks_during_an_act_is_in_the_next(database_url: str) -> None:
    async def step(database: Database) -> None:
        writing = Writing()
        together = Together(database, writing)
        first = asyncio.create_task(together.ask(2))
        while not writing.asked:
            await asyncio.sleep(0)
        later = list(await asyncio.gather(together.ask(4), together.ask(6)))
        assert later == ["done 4", "done 6"]
        assert await first == "done 2"
        assert writing.asked == [[2], [4, 6]]

    run(database_url, step)


def test_what_one_runs_into_undoes_the_act_and_each_goes_alone(database_url: str) -> None:
    async def step(database: Database) -> None:
        together = Together(database, Writing(LookupError("13")))
        answers = await asyncio.gather(*(together.ask(number) for number in (2, 13, 4)))
        assert answers == [None, None, None]
        assert await database.read(written) == []
        assert await together.ask(6) == "done 6"

    run(database_url, step)


def test_all_are_told_that_the_database_is_gone(database_url: str) -> None:
    async def step(database: Database) -> None:
        together = Together(database, Writing(DatabaseUnavailableError()))
        asked = [asyncio.create_task(together.ask(number)) for number in (2, 13)]
        for one in asked:
            with pytest.raises(DatabaseUnavailableError):
                await one

    run(database_url, step)


def test_who_goes_away_keeps_nothing_from_the_others(database_url: str) -> None:
    async def step(database: Database) -> None:
        writing = Writing()
        together = Together(database, writing)
        gone, here = (asyncio.create_task(together.ask(number)) for number in (2, 4))
        while not writing.asked:
            await asyncio.sleep(0)
        gone.cancel()
        assert await here == "done 4"
        assert await together.ask(6) == "done 6"
        assert await database.read(written) == [2, 4, 6]

    run(database_url, step)


class Holding(PassingDatabase):
    """A database that holds its first act up, as a lock of somebody else does."""

    def __init__(self, real: Database) -> None:
        super().__init__(real)
        self.released, self.asked = asyncio.Event(), asyncio.Event()

    @override
    async def transact(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if not self.asked.is_set():
            self.asked.set()
            await self.released.wait()
        return await super().transact(act, *args, **kwargs)


def test_an_act_that_is_held_up_keeps_the_next_for_a_moment_only(database_url: str) -> None:
    async def step(database: Database) -> None:
        holding, writing = Holding(database), Writing()
        together = Together(holding, writing)
        first = asyncio.create_task(together.ask(2))
        await holding.asked.wait()
        later = list(await asyncio.gather(together.ask(4), together.ask(6)))
        assert later == ["done 4", "done 6"]
        assert not first.done()
        holding.released.set()
        assert await first == "done 2"
        assert await together.ask(8) == "done 8"
        assert writing.asked == [[4, 6], [2], [8]]

    run(database_url, step)
