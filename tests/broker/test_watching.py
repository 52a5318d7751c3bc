"""Exchanges are noted at once and written a little later, whatever the database does."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from app.broker.domain.watching import Days, Dimension, Exchange, Outcome, Period, Sought
from app.broker.store import watching as store
from app.broker.use_cases.watching import Watcher
from app.platform.clock import FrozenClock
from app.platform.context import Context
from app.platform.database import open_database
from app.platform.metrics import SERVICES, Metrics
from app.platform.settings import Settings
from tests.flaky import Flaky
from tests.gateway import START

ONE = Exchange(
    at=START,
    client_id="client-a",
    member="H38.12",
    request_id="00000000-0000-7000-8000-000000000001",
    service="population",
    version="1.0",
    operation="op-1",
    purpose="Giải quyết hồ sơ",
    method="POST",
    trace_id="0af7651916cd43dd8448eb211c80319c",
    sent_bytes=1700,
    received_bytes=300,
    took=timedelta(milliseconds=40),
    upstream=timedelta(milliseconds=35),
    status=200,
)
TODAY = Days(ONE.day, ONE.day)

Scene = Callable[[Watcher, Context], Awaitable[None]]


@pytest.fixture
def play(database_url: str) -> Callable[..., None]:
    def run(scene: Scene, *, buffer: int = 20_000) -> None:
        async def playing() -> None:
            settings = Settings(database_url=database_url, exchange_buffer=buffer)
            async with open_database(database_url) as database:
                context = Context(settings, database, FrozenClock(START), Metrics())
                await scene(Watcher(context), context)

        asyncio.run(playing())

    return run


async def listed(context: Context, **asked: Any) -> list[Exchange]:
    sought = Sought(**asked)
    page = {"sought": sought, "period": Period(), "after": None, "limit": 100}
    return list(await context.database.read(store.page, **page))  # type: ignore[arg-type]


async def counted(context: Context, *by: Dimension, **asked: Any) -> dict[tuple[str, ...], int]:
    def query(connection: Any) -> dict[tuple[str, ...], int]:
        told = store.tallies(
            connection, sought=Sought(**asked), days=TODAY, by=by, part=store.Part(100)
        )
        return {one.group: one.calls for one in told}

    return await context.database.read(query)


def test_what_is_noted_is_written_as_it_was(play: Callable[..., None]) -> None:
    async def scene(watcher: Watcher, context: Context) -> None:
        refused = replace(ONE, outcome=Outcome.REFUSED, reason="not-granted", upstream=None)
        for one in (ONE, refused):
            watcher.note(one)
        await watcher.write()
        found = await listed(context)
        assert [replace(one, number=0) for one in found] == [refused, ONE]
        assert watcher.waiting == 0

    play(scene)


def test_totals_are_added_to_by_every_batch(play: Callable[..., None]) -> None:
    async def scene(watcher: Watcher, context: Context) -> None:
        for _ in range(2):
            for one in (ONE, ONE, replace(ONE, member="H38.13", outcome=Outcome.EXHAUSTED)):
                watcher.note(one)
            await watcher.write()
        by = (Dimension.MEMBER, Dimension.PURPOSE)
        assert await counted(context, *by) == {
            ("H38.12", ONE.purpose): 4,
            ("H38.13", ONE.purpose): 2,
        }
        assert await counted(context, Dimension.MONTH) == {("2026-11",): 6}
        assert await counted(context, Dimension.DAY, member="H38.12") == {("2026-11-02",): 4}
        assert await counted(context, Dimension.OUTCOME, outcome=Outcome.EXHAUSTED) == {
            ("exhausted",): 2
        }

    play(scene)


def test_strangers_are_counted_and_not_listed(play: Callable[..., None]) -> None:
    async def scene(watcher: Watcher, context: Context) -> None:
        watcher.note(replace(ONE, client_id="", member="", outcome=Outcome.UNAUTHENTICATED))
        await watcher.write()
        assert await listed(context) == []
        assert await counted(context, Dimension.OUTCOME) == {("unauthenticated",): 1}

    play(scene)


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    late = replace(ONE, at=START.replace(hour=17))
    assert late.day == START.date() + timedelta(days=1)


def test_while_the_database_is_away_records_wait_and_the_oldest_are_shed(
    play: Callable[..., None],
) -> None:
    async def scene(_: Watcher, context: Context) -> None:
        notes = [replace(ONE, request_id=str(number)) for number in range(8)]
        flaky = Flaky(context.database)
        flaky.is_away = True
        watcher = Watcher(replace(context, database=flaky))
        for one in notes[:4]:
            watcher.note(one)
        await watcher.write()
        for one in notes[4:]:
            watcher.note(one)
        assert watcher.waiting == 5
        assert b"lgsp_exchanges_shed_total 3.0" in context.metrics.render()
        flaky.is_away = False
        await watcher.write()
        assert [one.request_id for one in await listed(context)] == ["4", "3", "2", "1", "0"]

    play(scene, buffer=5)


def test_who_stops_writes_everything_first(play: Callable[..., None]) -> None:
    async def scene(watcher: Watcher, context: Context) -> None:
        stopping = asyncio.Event()
        writing = asyncio.create_task(watcher.write_until(stopping))
        await asyncio.sleep(0)
        for _ in range(1200):
            watcher.note(ONE)
        stopping.set()
        await writing
        assert await counted(context, Dimension.SERVICE) == {("population",): 1200}

    play(scene)


def test_many_are_written_before_their_time(play: Callable[..., None]) -> None:
    async def scene(watcher: Watcher, context: Context) -> None:
        stopping = asyncio.Event()
        writing = asyncio.create_task(watcher.write_until(stopping))
        for _ in range(600):
            watcher.note(ONE)
        while watcher.waiting:
            await asyncio.sleep(0)
        stopping.set()
        await writing
        assert await counted(context, Dimension.SERVICE) == {("population",): 600}

    play(scene)


def test_what_comes_while_others_are_written_waits_for_the_next_time(
    play: Callable[..., None],
) -> None:
    async def scene(watcher: Watcher, context: Context) -> None:
        watcher.note(ONE)
        writing = asyncio.create_task(watcher.write())
        await asyncio.sleep(0)
        watcher.note(ONE)
        await writing
        assert watcher.waiting == 1
        await watcher.write()
        assert await counted(context, Dimension.SERVICE) == {("population",): 2}

    play(scene)


def test_old_exchanges_are_deleted_and_their_totals_stay(play: Callable[..., None]) -> None:
    async def scene(watcher: Watcher, context: Context) -> None:
        for day in range(3):
            watcher.note(replace(ONE, at=START - timedelta(days=day)))
        await watcher.write()
        moment = START - timedelta(hours=1)
        steps = [
            await context.database.transact(store.forget_before, moment, at_most=1)
            for _ in range(3)
        ]
        assert steps == [1, 1, 0]
        assert len(await listed(context)) == 1
        totals = await context.database.read(
            lambda c: c.execute(text("SELECT sum(calls) FROM exchange_totals")).scalar_one()
        )
        assert totals == 3

    play(scene)


def test_labels_of_counters_are_bounded() -> None:
    metrics = Metrics()
    for number in range(SERVICES + 20):
        metrics.exchanged(f"service-{number}", "answered", seconds=0.01)
    text_ = metrics.render().decode()
    assert 'lgsp_exchanges_total{outcome="answered",service="others"} 20.0' in text_
    assert f'service="service-{SERVICES}"' not in text_


def test_a_text_too_long_for_its_column_stops_nobody(play: Callable[..., None]) -> None:
    async def scene(watcher: Watcher, context: Context) -> None:
        watcher.note(replace(ONE, reason="x" * 1000, purpose="Tra cứu\x00" + "ứ" * 1000))
        watcher.note(ONE)
        await watcher.write()
        assert [len(one.reason) for one in await listed(context)] == [0, 80]

    play(scene)
