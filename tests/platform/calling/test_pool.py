"""How many connections there are, who is given one, and how long they are kept."""

import asyncio

import pytest

from app.platform.calling.failing import ConnectTimeoutError
from app.platform.calling.pool import Bounds
from app.platform.calling.requests import Request
from tests.platform.calling.conftest import Run
from tests.platform.calling.speaking import Heard, Scene, ends, scene, turns, whole

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Slow:
    """Answers when it is allowed to, and remembers in which order it was asked."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.most = self.now = 0
        self.allowed = asyncio.Semaphore(0)

    async def speak(self, heard: Heard) -> None:
        while True:
            head = await heard.next()
            self.asked.append(head.split()[1])
            self.now += 1
            self.most = max(self.most, self.now)
            await self.allowed.acquire()
            self.now -= 1
            await heard.say(OK)


def number(of: int) -> Request:
    return Request("GET", b"/%d" % of, ())


async def waits(on: Scene, first: int, last: int) -> list[asyncio.Task[bytes]]:
    """Have so many ask, one after the other."""
    tasks = []
    for one in range(first, last):
        tasks.append(asyncio.create_task(on.told(number(one))))
        await turns()
    return tasks


def test_no_more_connections_than_may_be_and_turns_are_kept(run: Run) -> None:
    async def work() -> None:
        slow = Slow()
        async with scene(slow.speak, Bounds(8, 3, turn_seconds=5)) as on:
            tasks = await waits(on, 0, 12)
            await on.until(lambda: len(slow.asked) == 3)
            for _ in range(12):
                slow.allowed.release()
                await turns(20)
            assert await asyncio.gather(*tasks) == [b"ok"] * 12
            assert slow.asked[3:] == [b"/%d" % one for one in range(3, 12)]
            assert (slow.most, len(on.heard), on.pool.open) == (3, 3, 3)

    run(work())


def test_whoever_gets_no_turn_in_time_is_told(run: Run) -> None:
    async def work() -> None:
        slow = Slow()
        async with scene(slow.speak, Bounds(8, 1, turn_seconds=0.1)) as on:
            [first] = await waits(on, 0, 1)
            await on.until(lambda: bool(slow.asked))
            for _ in range(3):
                with pytest.raises(ConnectTimeoutError):
                    await on.told()
            slow.allowed.release()
            assert await first == b"ok"
            slow.allowed.release()
            assert await on.told() == b"ok"
            assert on.pool.open == 1

    run(work())


def test_whoever_stops_waiting_takes_nobodys_turn(run: Run) -> None:
    async def work() -> None:
        slow = Slow()
        async with scene(slow.speak, Bounds(8, 1, turn_seconds=5)) as on:
            tasks = await waits(on, 0, 5)
            await on.until(lambda: bool(slow.asked))
            for leaving in (1, 3):
                tasks[leaving].cancel()
            for _ in range(3):
                slow.allowed.release()
            told = await asyncio.gather(*tasks, return_exceptions=True)
            assert [one == b"ok" for one in told] == [True, False, True, False, True]
            assert slow.asked == [b"/0", b"/2", b"/4"]
            assert on.pool.open == 1

    run(work())


def test_a_turn_that_comes_as_its_waiter_leaves_goes_to_the_next(run: Run) -> None:
    async def work() -> None:
        slow = Slow()
        async with scene(slow.speak, Bounds(8, 1, turn_seconds=5)) as on:
            slow.allowed.release()
            connection = await on.ask()
            await whole(connection)
            first, second = await waits(on, 1, 3)
            connection.give_back()  # It is the first one's now, who has not run since.
            first.cancel()
            slow.allowed.release()
            assert await second == b"ok"
            assert first.cancelled()
            assert on.pool.open == 1

    run(work())


def test_one_that_ends_while_it_is_handed_over_is_not_asked(run: Run) -> None:
    async def work() -> None:
        slow = Slow()
        async with scene(slow.speak, Bounds(8, 1, turn_seconds=5)) as on:
            slow.allowed.release()
            connection = await on.ask()
            await whole(connection)
            [waiting] = await waits(on, 1, 2)
            connection.give_back()
            connection.cut()
            slow.allowed.release()
            assert await waiting == b"ok"
            assert (len(on.heard), on.pool.open) == (2, 1)

    run(work())


def test_one_that_ends_makes_room_for_another(run: Run) -> None:
    async def speak(heard: Heard) -> None:
        await heard.next()
        await heard.say(OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))

    async def work() -> None:
        async with scene(speak, Bounds(8, 2, turn_seconds=5)) as on:
            told = await asyncio.gather(*(on.told() for _ in range(10)))
            assert told == [b"ok"] * 10
            assert (len(on.heard), on.pool.open) == (10, 0)

    run(work())


def test_places_share_what_there_may_be_in_all(run: Run) -> None:
    """Connections that one does not use are ended for the other, and the longest wait is first."""

    async def work() -> None:
        slow = Slow()
        bounds = Bounds(2, 2, turn_seconds=5)
        async with scene(slow.speak, bounds) as one, scene(slow.speak, bounds) as two:
            two.pool = one.pool
            for _ in range(4):
                slow.allowed.release()
            assert set(await asyncio.gather(one.told(), one.told())) == {b"ok"}
            assert set(await asyncio.gather(two.told(), two.told())) == {b"ok"}
            assert (len(one.heard), len(two.heard), one.pool.open) == (2, 2, 2)
            tasks = [
                *await waits(two, 10, 12),
                *await waits(one, 20, 22),
                *await waits(two, 12, 14),
            ]
            await one.until(lambda: slow.now == 2)
            for _ in range(6):
                slow.allowed.release()
                await turns(50)
            assert await asyncio.gather(*tasks) == [b"ok"] * 6
            assert slow.most == 2
            assert one.pool.open == 2

    run(work())


def test_one_that_nobody_needs_is_ended_after_a_while(run: Run) -> None:
    async def work() -> None:
        slow = Slow()
        async with scene(slow.speak, Bounds(8, 4, turn_seconds=5, idle_seconds=0.1)) as on:
            slow.allowed.release()
            assert await on.told() == b"ok"
            assert on.pool.open == 1
            assert await ends(on.heard[0])
            assert on.pool.open == 0

    run(work())


def test_a_pool_that_is_closed_keeps_nothing(run: Run) -> None:
    async def work() -> None:
        slow = Slow()
        async with scene(slow.speak) as on:
            slow.allowed.release()
            assert await on.told() == b"ok"
            [task] = await waits(on, 1, 2)
            await on.until(lambda: slow.now == 1)
            on.pool.close()
            slow.allowed.release()
            assert await task == b"ok"
            assert on.pool.open == 0

    run(work())
