import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import asyncpg
import pytest
from sqlalchemy import URL, Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from app.exchange import administration, claims, outbox
from app.exchange.claims import Verdict
from app.exchange.messages import Handler, Message, Owed, State
from app.exchange.outcomes import Deferred, Delivered, Outcome
from app.platform.clock import Clock, FrozenClock
from app.platform.database import Database, open_database
from tests.engines import Engines
from tests.exchange.post import Post

WORKERS, KEYS, EACH = 4, 6, 15


@dataclass
class Witness:
    """Sees every delivery and settlement of all workers, and that none overtakes another."""

    under_way: set[str] = field(default_factory=set)
    delivered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    settled: list[str] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    async def send(self, messages: Sequence[Message]) -> Outcome:
        key = messages[0].key
        assert key not in self.under_way
        self.under_way.add(key)
        await asyncio.sleep(0)
        self.under_way.remove(key)
        if self.chance.random() < 0.2:
            return Deferred("timeout", retry_after=timedelta(0))
        self.delivered[key] += [message.message_id for message in messages]
        return Delivered()

    def settle(
        self, _connection: Connection, _clock: Clock, messages: Sequence[Message], outcome: Outcome
    ) -> None:
        if isinstance(outcome, Delivered):
            self.settled += [message.message_id for message in messages]

    def is_done(self) -> bool:
        return sum(len(names) for names in self.delivered.values()) == KEYS * EACH


async def submit(post: Post, database: Database, key: str) -> None:
    """Owe the messages of one key one after another, as acts that lock the key's row do."""
    for number in range(EACH):
        message = Owed(f"{key}-{number:02}", "t", key, {})
        await database.transact(outbox.enqueue, post.clock, message)


def test_four_workers_never_overtake_within_a_key_nor_deliver_twice(
    post: Post, database_url: str
) -> None:
    witness, stopping = Witness(), asyncio.Event()

    async def clockwork() -> None:
        while not witness.is_done():
            post.clock.advance(timedelta(seconds=1))
            await asyncio.sleep(0)
        stopping.set()

    async def scene() -> None:
        async with AsyncExitStack() as stack, asyncio.timeout(120):
            handler = ("t", Handler(witness.send, witness.settle, batch=3))
            works = [clockwork()]
            for number in range(WORKERS):
                own = await stack.enter_async_context(open_database(database_url))
                look = timedelta(seconds=0.01)
                relay = post.relay_on(
                    own, handler, worker=f"w{number}", look_every=look, lease=timedelta(days=9)
                )
                works.append(relay.run(stopping))
            works += [submit(post, post.database, f"key-{number}") for number in range(KEYS)]
            await asyncio.gather(*works)

    post.run(scene())
    expected = {
        f"key-{key}": [f"key-{key}-{number:02}" for number in range(EACH)] for key in range(KEYS)
    }
    assert witness.delivered == expected
    assert set(post.states().values()) == {"delivered"}


@asynccontextmanager
async def beside(url: str) -> AsyncIterator[AsyncConnection]:
    """Open a transaction of somebody else, to be committed by the test."""
    address: URL = make_url(url).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(address)
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


async def until_somebody_waits_for_a_lock(url: str) -> None:
    connection = await asyncpg.connect(url)
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    async with asyncio.timeout(60):
        while not await connection.fetchval(waiting):
            await asyncio.sleep(0)
    await connection.close()


Acting = tuple[Any, ...]
"""An act for `transact`, with its arguments."""


def owe_second(post: Post) -> Acting:
    return (outbox.enqueue, post.clock, Owed("2", "t", "k", {}))


def drop_second(post: Post) -> Acting:
    return (partial(administration.drop, message_id="2"), post.clock)


def deliver_first(post: Post) -> Acting:
    return (claims.settle, post.clock, [Verdict(post.claim()[0], State.DELIVERED)])


def meet(post: Post, url: str, earlier: Acting, later: Acting) -> list[str]:
    """Let one act wait for another that is not committed yet; return what has its turn then."""

    async def scene() -> None:
        async with beside(url) as other:
            await other.run_sync(*earlier)
            waiting = asyncio.create_task(post.database.transact(*later))
            await until_somebody_waits_for_a_lock(url)
            await other.commit()
            await waiting

    post.run(scene())
    return [batch.first.message_id for batch in post.claim()]


@pytest.fixture
def server_post(engines: Engines, clock: FrozenClock) -> Iterator[tuple[Post, str]]:
    url = engines.migrated("postgresql")
    with asyncio.Runner() as runner:
        post = Post(runner, open_database(url), clock)
        yield post, url
        runner.run(post.database.close())


@pytest.mark.parametrize("first", ["act", "worker"])
def test_an_act_and_a_settlement_that_meet_leave_no_message_without_its_turn(
    server_post: tuple[Post, str], first: str
) -> None:
    post, url = server_post
    post.owe("1")
    acts = [owe_second(post), deliver_first(post)]
    earlier, later = acts if first == "act" else acts[::-1]
    assert meet(post, url, earlier, later) == ["2"]


@pytest.mark.parametrize("first", ["administrator", "worker"])
def test_a_drop_and_a_settlement_that_meet_leave_no_message_without_its_turn(
    server_post: tuple[Post, str], first: str
) -> None:
    post, url = server_post
    post.owe("1", "2", "3")
    acts = [drop_second(post), deliver_first(post)]
    earlier, later = acts if first == "administrator" else acts[::-1]
    assert meet(post, url, earlier, later) == ["3"]
