import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import Connection

from app.exchange.deliveries import Demand, Slots
from app.exchange.messages import Message, Owed, State
from app.exchange.outbox import depth, enqueue
from app.exchange.outcomes import Deferred
from app.exchange.relay import Relay
from app.platform.database import open_database
from tests.exchange.post import LEASE, Nation, Post
from tests.flaky import Flaky

FOREVER = timedelta(hours=1)
BRIEFLY = timedelta(seconds=0.01)


@asynccontextmanager
async def running(relay: Relay) -> AsyncIterator[asyncio.Event]:
    stopping = asyncio.Event()
    task = asyncio.create_task(relay.run(stopping))
    try:
        async with asyncio.timeout(60):
            yield stopping
            stopping.set()
            await task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class Counted:
    """Lets a test wait until so many messages were sent."""

    def __init__(self, number: int) -> None:
        self.reached = asyncio.Event()
        self._left = number

    async def before(self, messages: Sequence[Message]) -> None:
        self._left -= len(messages)
        if self._left <= 0:
            self.reached.set()


def owe(connection: Connection, post: Post, name: str, key: str) -> None:
    enqueue(connection, post.clock, Owed(name, "t", key, {}))


def test_an_act_of_another_process_wakes_the_relay(post: Post, database_url: str) -> None:
    async def scene() -> None:
        first, second = Counted(1), Counted(1)
        nation = Nation(before=first.before)
        await post.database.transact(owe, post, "1", "a")
        relay = post.relay(("t", nation.handler()), look_every=FOREVER)
        async with running(relay), open_database(database_url) as other:
            await first.reached.wait()
            nation.before = second.before
            await other.transact(owe, post, "2", "b")
            await second.reached.wait()

    post.run(scene())
    assert post.states() == {"1": "delivered", "2": "delivered"}


def test_it_looks_for_itself_when_no_signal_comes(post: Post) -> None:
    async def scene() -> None:
        sent = Counted(1)
        nation = Nation(before=sent.before)
        relay = post.relay(("t", nation.handler()), look_every=BRIEFLY)
        async with running(relay):
            while await post.database.read(depth, at_most=9) > 1:
                await asyncio.sleep(0)
            nation.before = (later := Counted(1)).before
            post.clock.advance(timedelta(seconds=1))
            await later.reached.wait()

    post.owe("later", key="a")
    due_at = post.clock.now() + timedelta(seconds=1)
    post.settle(post.claim()[0], State.OWED, due_at=due_at)
    post.owe("now", key="b")
    post.run(scene())
    assert post.states() == {"later": "delivered", "now": "delivered"}


def test_many_keys_are_sent_at_once_but_one_after_another_within_each(post: Post) -> None:
    nation, all_sent, under_way = Nation(), Counted(60), [0]

    async def before(messages: Sequence[Message]) -> None:
        under_way.append(under_way[-1] + 1)
        await asyncio.sleep(0)
        under_way.append(under_way[-1] - 1)
        await all_sent.before(messages)

    async def scene() -> None:
        nation.before = before
        for number in range(60):
            await post.database.transact(owe, post, f"{number:02}", f"key-{number % 6}")
        async with running(post.relay(("t", nation.handler()), concurrency=4)):
            await all_sent.reached.wait()

    post.run(scene())
    assert 1 < max(under_way) <= 4
    assert sorted(nation.received) == [f"{number:02}" for number in range(60)]
    for key in range(6):
        of_key = [name for name in nation.received if int(name) % 6 == key]
        assert of_key == sorted(of_key)


def test_a_stop_lets_what_is_under_way_finish_and_takes_nothing_new(post: Post) -> None:
    async def scene() -> None:
        begun, go_on = Counted(1), asyncio.Event()

        async def before(messages: Sequence[Message]) -> None:
            await begun.before(messages)
            await go_on.wait()

        nation = Nation(before=before)
        await post.database.transact(owe, post, "1", "a")
        await post.database.transact(owe, post, "2", "a")
        async with running(post.relay(("t", nation.handler()))) as stopping:
            await begun.reached.wait()
            stopping.set()
            go_on.set()

    post.run(scene())
    assert post.states() == {"1": "delivered", "2": "owed"}
    assert post.entry("2").attempts == 0


def test_a_stop_gives_back_what_does_not_finish_in_time(post: Post) -> None:
    async def scene() -> None:
        begun = Counted(1)

        async def before(messages: Sequence[Message]) -> None:
            await begun.before(messages)
            await asyncio.Event().wait()

        nation = Nation(before=before)
        for name in "12":
            await post.database.transact(owe, post, name, name)
        relay = post.relay(("t", nation.handler()), concurrency=1, grace=timedelta(seconds=0.01))
        async with running(relay) as stopping:
            await begun.reached.wait()
            stopping.set()

    post.run(scene())
    assert post.states() == {"1": "owed", "2": "owed"}
    assert len(post.claim()) == 2


def test_a_slow_topic_leaves_slots_to_the_others() -> None:
    slots = Slots(12, ["slow", "other", "third"])
    assert slots.room("slow", {}) == 8
    assert slots.room("slow", {"slow": 8}) == 0
    assert slots.room("other", {"slow": 8}) == 2
    assert slots.room("third", {"slow": 8, "other": 2}) == 2
    assert Slots(1, ["a", "b", "c"]).room("a", {}) == 1


def test_no_more_is_claimed_ahead_than_has_just_ended() -> None:
    demand = Demand(Slots(4, ["t"]), ahead={"t": 3})
    assert demand.of("t") == 7
    assert demand.less("t", 7).of("t") == 3
    assert Demand(Slots(4, ["t"]), ahead={"t": -3}).of("t") == 4


def test_what_was_sent_while_the_database_was_away_is_settled_when_it_is_back(post: Post) -> None:
    nation = Nation()

    async def scene() -> None:
        database = Flaky(post.database)

        async def before(_messages: Sequence[Message]) -> None:
            database.is_away = True

        nation.before = before
        relay = post.relay_on(database, ("t", nation.handler()), look_every=BRIEFLY)
        async with running(relay):
            await database.missed.wait()
            database.is_away = False
            while await post.database.read(depth, at_most=1):
                await asyncio.sleep(0)

    post.owe("1")
    post.run(scene())
    assert nation.received == ["1"]


def test_a_stop_without_database_leaves_the_claims_to_their_lease(post: Post) -> None:
    async def scene() -> None:
        database, begun = Flaky(post.database), Counted(1)
        nation = Nation(before=begun.before)
        relay = post.relay_on(database, ("t", nation.handler()), look_every=BRIEFLY)
        async with running(relay) as stopping:
            await begun.reached.wait()
            database.is_away = True
            stopping.set()

    post.owe("1")
    post.run(scene())
    assert post.claim() == []
    post.clock.advance(LEASE)
    assert len(post.claim()) == 1


def test_what_waited_too_long_for_its_slot_is_not_begun(post: Post) -> None:
    nation = Nation()

    async def scene() -> None:
        blocked = asyncio.Event()

        async def before(messages: Sequence[Message]) -> None:
            if messages[0].message_id == "slow":
                asyncio.get_running_loop().call_later(0.6, blocked.set)
                await blocked.wait()

        nation.before = before
        lease = timedelta(seconds=1)
        async with running(post.relay(("t", nation.handler()), concurrency=1, lease=lease)):
            while len(nation.told) < len(names):
                await asyncio.sleep(0)

    names = ["quick", "slow", "waiting"]
    for name in names:
        post.owe(name, key=name)
    post.run(scene())
    assert nation.told[-1] == (["waiting"], Deferred("relay-busy"))
    assert "waiting" not in nation.received
