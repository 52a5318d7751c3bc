"""Contents come and go while others want them: whatever is held is whole."""

import asyncio
import hashlib
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, insert, select

from app.platform.clock import Clock, FrozenClock
from app.platform.contents import PART, Content
from app.platform.database import Database, open_database
from app.platform.storage import blobs, deposits, streams
from app.platform.storage.streams import ContentGoneError, Deposit
from app.platform.storage.tables import blob_parts, blob_segments
from app.platform.storage.tables import blobs as rows
from tests.documents.large import Stored

ANCHOR = Content.of(b"holds the others")
CONTENTS = [Content.of(random.Random(n).randbytes(5 * PART + n)) for n in range(3)]
NOTHING = Stored(0, 0, 0, 0)


def hold(connection: Connection, clock: Clock, content: Content, n: int) -> None:
    """Keep a content and let something name it, as an act does."""
    blobs.keep(connection, clock, ANCHOR)
    blobs.keep(connection, clock, content)
    row = {"sha256": ANCHOR.sha256, "n": n, "start": 0, "size": 0, "at": 0, "source_size": 0}
    connection.execute(
        insert(blob_segments).values(**row, source=content.sha256, head=b"", tail=b"")
    )


def release(connection: Connection, clock: Clock, n: int) -> None:
    its = (blob_segments.c.sha256 == ANCHOR.sha256, blob_segments.c.n == n)
    source = select(blob_segments.c.source).where(*its).scalar_subquery()
    connection.execute(rows.update().where(rows.c.sha256 == source).values(loose_since=clock.now()))
    connection.execute(delete(blob_segments).where(*its))


def held(connection: Connection) -> set[str]:
    wanted = select(blob_segments.c.source).where(blob_segments.c.sha256 == ANCHOR.sha256)
    return set(connection.scalars(wanted))


def is_whole(connection: Connection, sha256: str) -> bool:
    return hashlib.sha256(blobs.whole(connection, sha256)).hexdigest() == sha256


async def sweep(database: Database, clock: Clock) -> None:
    while await database.transact(deposits.sweep, clock, clock.now(), ()):
        pass


Use = Callable[[Database, FrozenClock], Awaitable[None]]


@pytest.fixture
def using(database_url: str, clock: FrozenClock) -> Callable[[Use], None]:
    async def run(use: Use) -> None:
        async with open_database(database_url) as database:
            await use(database, clock)

    return lambda use: asyncio.run(run(use))


def test_what_is_laid_down_and_never_held_goes_after_its_time(using: Callable[[Use], None]) -> None:
    async def use(database: Database, clock: FrozenClock) -> None:
        await Deposit(database, clock).lay(CONTENTS)
        assert (await database.read(Stored.of)).complete == 3
        await sweep(database, clock)
        assert (await database.read(Stored.of)).complete == 3
        clock.advance(timedelta(seconds=1))
        await sweep(database, clock)
        assert await database.read(Stored.of) == NOTHING

    using(use)


def test_what_was_laid_down_is_taken_over_by_the_act_and_stays(
    using: Callable[[Use], None],
) -> None:
    async def use(database: Database, clock: FrozenClock) -> None:
        deposit = Deposit(database, clock)
        await deposit.lay(CONTENTS)
        await database.transact(hold, clock, CONTENTS[0], 0)
        await deposit.discard()
        clock.advance(timedelta(days=1))
        await sweep(database, clock)
        assert await database.read(is_whole, CONTENTS[0].sha256)
        assert (await database.read(Stored.of)).rows == 2

    using(use)


def test_contents_that_are_kept_together_are_each_kept_once(using: Callable[[Use], None]) -> None:
    small = [Content.of(bytes([n]) * 10 * n) for n in range(5)]

    async def use(database: Database, clock: FrozenClock) -> None:
        await database.transact(blobs.keep, clock, small[1])
        await Deposit(database, clock).lay(CONTENTS[:1])
        together = (*small, *CONTENTS[:2], small[2])
        await database.transact(blobs.keep, clock, *together)
        clock.advance(timedelta(days=1))
        await sweep(database, clock)
        for content in together:
            assert await database.read(is_whole, content.sha256)
        assert (await database.read(Stored.of)).complete == 7

    using(use)


def test_a_deposit_that_was_cut_short_is_finished_by_the_next_one(
    using: Callable[[Use], None],
) -> None:
    async def use(database: Database, clock: FrozenClock) -> None:
        content = CONTENTS[0]
        assert not await database.transact(deposits.begin, clock, content, deposit="killed")
        assert await database.transact(deposits.write, clock, content, range(2))
        assert await database.read(blobs.find, content.sha256) is None
        await Deposit(database, clock).lay([content])
        assert await database.read(is_whole, content.sha256)

    using(use)


def test_an_act_finishes_what_was_cut_short_or_is_half_gone(using: Callable[[Use], None]) -> None:
    async def use(database: Database, clock: FrozenClock) -> None:
        content = CONTENTS[0]
        await database.transact(deposits.begin, clock, content, deposit="killed")
        await database.transact(deposits.write, clock, content, range(1, 3))
        await database.transact(hold, clock, content, 0)
        assert await database.read(is_whole, content.sha256)

    using(use)


def test_of_two_deposits_of_one_content_the_one_that_fails_takes_nothing_away(
    using: Callable[[Use], None],
) -> None:
    async def use(database: Database, clock: FrozenClock) -> None:
        first, second = Deposit(database, clock), Deposit(database, clock)
        await first.lay(CONTENTS)
        await second.lay(CONTENTS)
        await first.discard()
        await database.transact(hold, clock, CONTENTS[0], 0)
        await second.discard()
        assert await database.read(is_whole, CONTENTS[0].sha256)
        assert (await database.read(Stored.of)).rows == 2

    using(use)


def test_a_content_whose_parts_are_lost_is_not_complete(using: Callable[[Use], None]) -> None:
    async def use(database: Database, clock: FrozenClock) -> None:
        content = CONTENTS[1]
        await database.transact(deposits.begin, clock, content, deposit="mine")
        await database.transact(deposits.write, clock, content, range(6))

        def lose(connection: Connection) -> None:
            connection.execute(delete(blob_parts).where(blob_parts.c.n == 3))

        await database.transact(lose)
        assert not await database.transact(deposits.complete, clock, content)
        await Deposit(database, clock).lay([content])
        assert await database.read(is_whole, content.sha256)

    using(use)


async def come_and_go(database: Database, clock: Clock, n: int, stirred: asyncio.Event) -> None:
    """Do as an act does, in one of its ways: laid down ahead or not, given up, held, released."""
    chance = random.Random(n)
    content = chance.choice(CONTENTS)
    stirred.set()
    async with Deposit(database, clock) as deposit:
        if chance.random() < 0.7:
            await deposit.lay([content, *CONTENTS[:1]])
        stirred.set()
        if chance.random() < 0.2:
            await deposit.discard()
            return
        await database.transact(hold, clock, content, n)
    stirred.set()
    if chance.random() < 0.8:
        await database.transact(release, clock, n)


async def remove_until(
    done: asyncio.Event, database: Database, clock: Clock, stirred: asyncio.Event
) -> None:
    """Sweep without any time of grace whenever an act gets on: removals race with the others.

    One that swept without pause would come between any two steps of an act, for ever.
    """
    while not done.is_set():
        await stirred.wait()
        stirred.clear()
        await database.transact(deposits.sweep, clock, clock.now() + timedelta(1), ())


def test_whatever_is_held_is_whole_however_many_come_and_go(
    database_url: str, clock: FrozenClock
) -> None:
    async def run() -> None:
        done, stirred = asyncio.Event(), asyncio.Event()
        async with open_database(database_url) as gateway, open_database(database_url) as worker:
            sweeping = asyncio.create_task(remove_until(done, worker, clock, stirred))
            for start in range(0, 24, 4):
                acts = [come_and_go(gateway, clock, start + n, stirred) for n in range(4)]
                await asyncio.gather(*acts)
            done.set()
            stirred.set()
            await sweeping
            kept = await gateway.read(held)
            assert kept
            assert [one for one in kept if not await gateway.read(is_whole, one)] == []

    asyncio.run(run())


def test_a_content_that_is_gone_has_its_own_name(using: Callable[[Use], None]) -> None:
    async def use(database: Database, clock: FrozenClock) -> None:
        with pytest.raises(ContentGoneError):
            await streams.find(database, ANCHOR.sha256)
        await database.transact(blobs.keep, clock, ANCHOR)
        kept = await streams.find(database, ANCHOR.sha256)
        assert [piece async for piece in streams.stream(database, kept)] == [ANCHOR.data]

    using(use)
