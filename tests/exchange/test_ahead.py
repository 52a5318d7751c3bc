"""Calls ahead and beside: their order, their number, and their end."""

import asyncio
from contextlib import aclosing
from functools import partial

import pytest

from app.exchange.ahead import Beside, ahead


class Calls:
    """Calls that wait until they are let go; `full` is set once so many run at a time."""

    def __init__(self, number: int, full_at: int) -> None:
        self.running: set[int] = set()
        self.most = 0
        self.ended: list[int] = []
        self.full = asyncio.Event()
        self.gates = [asyncio.Event() for _ in range(number)]
        self._full_at = full_at

    async def call(self, number: int) -> int:
        self.running.add(number)
        self.most = max(self.most, len(self.running))
        if len(self.running) == self._full_at:
            self.full.set()
        try:
            await self.gates[number].wait()
        finally:
            self.running.remove(number)
            self.ended.append(number)
        return number

    async def is_even(self, number: int) -> bool:
        return await self.call(number) % 2 == 0

    def let_go(self) -> None:
        for gate in self.gates:
            gate.set()


class FailedError(Exception):
    """What a call of these tests raises."""


async def fail() -> bool:
    raise FailedError


def test_results_come_in_order_whichever_call_ends_first() -> None:
    async def run() -> tuple[list[int], Calls]:
        calls = Calls(10, full_at=3)

        async def take() -> list[int]:
            every = (partial(calls.call, number) for number in range(10))
            async with aclosing(ahead(every, at_once=3)) as results:
                return [one async for one in results]

        taking = asyncio.create_task(take())
        await calls.full.wait()
        calls.gates[2].set()
        calls.gates[1].set()
        assert calls.running == {0, 1, 2}
        calls.let_go()
        return await taking, calls

    taken, calls = asyncio.run(run())
    assert taken == list(range(10))
    assert calls.most == 3


def test_no_call_begins_before_there_is_room_for_its_result() -> None:
    async def run() -> list[int]:
        begun: list[int] = []

        async def call(number: int) -> int:
            begun.append(number)
            return number

        every = (partial(call, number) for number in range(6))
        async with aclosing(ahead(every, at_once=2)) as results:
            return [len(begun) async for _ in results]

    # The result that was taken last and the one ahead of it, and no third.
    assert asyncio.run(run()) == [2, 3, 4, 5, 6, 6]


def test_whoever_leaves_ends_what_still_runs() -> None:
    async def run() -> Calls:
        calls = Calls(4, full_at=3)
        calls.gates[0].set()
        async with aclosing(ahead([partial(calls.call, n) for n in range(4)], at_once=3)) as found:
            async for one in found:
                assert one == 0
                break
        return calls

    calls = asyncio.run(run())
    assert calls.running == set()
    assert sorted(calls.ended) == [0, 1, 2]


def test_what_a_call_raises_is_raised_in_its_turn() -> None:
    taken: list[bool] = []

    async def good() -> bool:
        return True

    async def run() -> None:
        async with aclosing(ahead([good, fail, good], at_once=3)) as found:
            async for one in found:
                taken.append(one)  # noqa: PERF401 -- what came before the error counts

    with pytest.raises(FailedError):
        asyncio.run(run())
    assert taken == [True]


def test_calls_beside_are_bounded_and_counted() -> None:
    async def run() -> tuple[int, Calls]:
        calls = Calls(7, full_at=3)

        async def let_go() -> None:
            await calls.full.wait()
            calls.let_go()

        letting = asyncio.create_task(let_go())
        async with Beside(3) as beside:
            for number in range(7):
                await beside.run(calls.is_even(number))
        await letting
        return beside.done, calls

    done, calls = asyncio.run(run())
    assert (done, calls.most, sorted(calls.ended)) == (4, 3, list(range(7)))


def test_a_call_beside_that_fails_is_heard_at_the_end_and_the_others_end() -> None:
    ended: list[int] = []

    async def run() -> None:
        calls = Calls(2, full_at=2)
        calls.ended = ended
        calls.let_go()
        async with Beside(3) as beside:
            for call in (calls.is_even(0), fail(), calls.is_even(1)):
                await beside.run(call)

    with pytest.raises(FailedError):
        asyncio.run(run())
    assert sorted(ended) == [0, 1]


def test_an_error_of_the_caller_ends_the_calls_beside() -> None:
    ended: list[int] = []

    async def run() -> None:
        calls = Calls(2, full_at=2)
        calls.ended = ended
        async with Beside(2) as beside:
            await beside.run(calls.is_even(0))
            await beside.run(calls.is_even(1))
            await calls.full.wait()
            raise FailedError

    with pytest.raises(FailedError):
        asyncio.run(run())
    assert sorted(ended) == [0, 1]
