"""One process's counting, over a real database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.broker.domain.allowances import Exhausted, Taken
from app.broker.domain.quotas import EACH, Call, Level, Quota
from app.broker.store import quotas as store
from app.broker.tables.quotas import quota_windows
from app.broker.use_cases.counting import Counter
from app.broker.use_cases.quotas import Quotas
from app.codes import AgencyCode
from app.platform.clock import FrozenClock
from app.platform.context import Context
from app.platform.database import Database, DatabaseUnavailableError, open_database
from app.platform.metrics import Metrics
from app.platform.settings import Settings
from tests.flaky import Flaky
from tests.gateway import START

PROVINCE = AgencyCode("H38")
MINUTE = timedelta(minutes=1)
CALL = Call("client-a", "population", "op-1")
OTHER = Call("client-b", "population", "op-1")


class Processes:
    """Several processes' counting in one, each with its own part."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.clock = FrozenClock(START)
        self.database = database
        self.settings = settings

    def another(self) -> Quotas:
        return Quotas(Context(self.settings, self.database, self.clock, Metrics()))

    async def define(self, *quotas: Quota) -> None:
        for quota in quotas:
            await self.database.transact(store.add, quota, member=PROVINCE, at=START)

    async def taken(self) -> list[int]:
        query = select(quota_windows.c.taken).order_by(quota_windows.c.quota)
        return list(await self.database.read(lambda c: c.execute(query).scalars().all()))


Play = Callable[[Callable[[Processes], Awaitable[None]]], None]


@pytest.fixture
def play(database_url: str) -> Play:
    def run(scene: Callable[[Processes], Awaitable[None]]) -> None:
        async def playing() -> None:
            settings = Settings(database_url=database_url, quota_cache_seconds=0)
            async with open_database(database_url) as database:
                await scene(Processes(settings, database))

        asyncio.run(playing())

    return run


def a_quota(quota_id: str = "quota-1", *, limit: int = 3, **changes: str | None) -> Quota:
    known: dict[str, str | None] = {"client_id": None, "service": "population", "operation": None}
    place = known | changes
    whose = place["client_id"], place["service"], place["operation"]
    return Quota(quota_id, *whose, limit=limit, window=MINUTE)


def test_without_a_quota_calls_are_not_counted(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota(service="land"))
        assert await processes.another().count(CALL) == Taken()
        assert await processes.taken() == []

    play(scene)


def test_a_window_is_used_up_and_the_next_one_is_full_again(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota())
        quotas = processes.another()
        told = [await quotas.count(CALL) for _ in range(4)]
        assert [one.headers["RateLimit"] for one in told] == [
            '"api-all-60";r=2;t=60', '"api-all-60";r=1;t=60',
            '"api-all-60";r=0;t=60', '"api-all-60";r=0;t=60',
        ]  # fmt: skip
        refused = told[-1]
        assert isinstance(refused, Exhausted)
        assert (refused.level, refused.limit, refused.reset_seconds) == (Level.API, 3, 60)
        assert refused.headers["Retry-After"] == "60"
        processes.clock.advance(timedelta(seconds=59))
        assert isinstance(await quotas.count(CALL), Exhausted)
        processes.clock.advance(timedelta(seconds=1))
        assert isinstance(await quotas.count(CALL), Taken)

    play(scene)


def test_calls_that_come_together_are_counted_together(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota(limit=100))
        both = [processes.another(), processes.another()]
        told = await asyncio.gather(*(quotas.count(CALL) for quotas in both for _ in range(60)))
        assert sum(isinstance(one, Taken) for one in told) == 100
        assert await processes.taken() == [100]

    play(scene)


def test_each_client_has_a_count_of_its_own(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota(client_id=EACH, limit=1))
        quotas = processes.another()
        told = [await quotas.count(call) for call in (CALL, OTHER, CALL, OTHER)]
        assert [isinstance(one, Taken) for one in told] == [True, True, False, False]

    play(scene)


def test_a_call_refused_by_one_quota_does_not_count_in_the_others(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(
            a_quota("quota-1", limit=10), a_quota("quota-2", client_id="client-a", limit=1)
        )
        quotas = processes.another()
        told = [await quotas.count(CALL) for _ in range(5)]
        assert [one.level for one in told if isinstance(one, Exhausted)] == [Level.SUBSCRIPTION] * 4
        rest = [await quotas.count(OTHER) for _ in range(10)]
        assert sum(isinstance(one, Taken) for one in rest) == 9

    play(scene)


async def hold_a_slice(quotas: Quotas) -> int:
    """Call until there is a slice for calls to come; return how often."""
    for number in range(1, 100):
        assert isinstance(await quotas.count(CALL), Taken)
        if quotas.held:
            return number
    raise AssertionError


def test_what_is_held_for_calls_to_come_is_given_back(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota(limit=5000))
        quotas = processes.another()
        called = await hold_a_slice(quotas)
        assert called < (await processes.taken())[0] <= called + 5
        await quotas.tend(at_once=True)
        assert await processes.taken() == [called]

    play(scene)


def test_another_process_gets_what_was_given_back(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota(limit=2000))
        holder, other = processes.another(), processes.another()
        called = await hold_a_slice(holder)
        told = await asyncio.gather(*(other.count(CALL) for _ in range(2000)))
        assert any(isinstance(one, Exhausted) for one in told)
        await holder.tend(at_once=True)
        await other.tend(at_once=True)
        assert (await processes.taken())[0] == called + sum(isinstance(one, Taken) for one in told)

    play(scene)


def test_what_is_held_of_a_window_gone_by_is_not_used_in_the_next(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota(limit=5000))
        quotas = processes.another()
        await hold_a_slice(quotas)
        processes.clock.advance(MINUTE)
        await quotas.tend()
        assert quotas.counters == 0
        assert isinstance(await quotas.count(CALL), Taken)
        assert (await processes.taken())[1] == 1

    play(scene)


def test_who_asked_just_before_a_window_ended_does_not_bring_it_back(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        quota, before = a_quota(limit=5000), START + MINUTE - timedelta(seconds=1)
        counter = Counter(processes.database, processes.clock, quota, "")
        processes.clock.advance(MINUTE)
        while not counter.held:
            assert await counter.take(processes.clock.now())
        held = counter.held
        assert counter.standing(before).reset_seconds == 61
        assert counter.take_at_once(before)
        assert counter.held == held - 1
        assert len(await processes.taken()) == 1

    play(scene)


def test_a_caller_that_went_away_leaves_its_call_to_others(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota(limit=2))
        quotas = processes.another()
        await quotas.count(OTHER)
        going = asyncio.create_task(quotas.count(CALL))
        await asyncio.sleep(0)
        going.cancel()
        await asyncio.wait([going])
        assert isinstance(await quotas.count(CALL), Taken)
        assert isinstance(await quotas.count(CALL), Exhausted)

    play(scene)


def test_a_changed_limit_holds_at_once_and_what_was_taken_stays(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota(limit=1))
        quotas = processes.another()
        assert [isinstance(await quotas.count(CALL), Taken) for _ in range(2)] == [True, False]
        await processes.database.transact(store.replace, a_quota(limit=2), at=START)
        assert [isinstance(await quotas.count(CALL), Taken) for _ in range(2)] == [True, False]
        await processes.database.transact(store.remove, "quota-1")
        assert await quotas.count(CALL) == Taken()
        assert await processes.taken() == []

    play(scene)


def test_when_it_cannot_be_known_nobody_is_let_through(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota(limit=10))
        processes.database = flaky = Flaky(processes.database)
        flaky.is_away = True
        quotas = processes.another()
        told = await asyncio.gather(*(quotas.count(CALL) for _ in range(3)), return_exceptions=True)
        assert [type(one) for one in told] == [DatabaseUnavailableError] * 3

    play(scene)


def test_windows_that_ended_are_deleted(play: Play) -> None:
    async def scene(processes: Processes) -> None:
        await processes.define(a_quota())
        quotas = processes.another()
        await quotas.count(CALL)
        processes.clock.advance(MINUTE)
        await quotas.count(CALL)
        ended = processes.clock.now() + timedelta(seconds=1)
        assert await processes.database.transact(store.forget_before, ended, at_most=10) == 1
        assert await processes.taken() == [1]

    play(scene)
