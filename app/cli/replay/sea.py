"""Killing the worker while it delivers, and seeing when nothing is owed any more."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import perf_counter
from typing import Final

from app.cli.failing import CommandError
from app.cli.processes import Processes
from app.cli.replay.hub import Hub
from app.cli.replay.nation import Nation
from app.cli.staging import Province, start_worker

_LOOK_EVERY: Final = 0.05
_COUNT_EVERY: Final = 0.2
_AT_WORK: Final = 15
"""After so many calls that reached the nation a worker is surely in the middle of its work."""

_HELD_BACK: Final = 60.0
"""Seconds for which acts wait at most for a kill that is due."""


class Killer:
    """Kills the worker so many times, spread over the acts; each time it has begun to deliver.

    With n kills the acts are cut into n + 1 lengths. A kill is due when one begins, and the next
    one does not begin before: so there is always something left to deliver.
    """

    def __init__(
        self, processes: Processes, province: Province, nation: Nation, *, times: int, acts: int
    ) -> None:
        self.done = 0
        self._processes = processes
        self._province = province
        self._nation = nation
        self._times = times
        self._acts = acts
        self._due = [asyncio.Event() for _ in range(times)]
        self._happened = [asyncio.Event() for _ in range(times)]
        self._resting = asyncio.Lock()

    async def hold(self, acts: int) -> None:
        """Hold the next act back while a kill is missing that belongs before it."""
        length = acts * (self._times + 1) // self._acts
        for event in self._due[:length]:
            event.set()
        owed = self._times if acts + 1 >= self._acts else max(0, length - 1)
        with suppress(TimeoutError):
            async with asyncio.timeout(_HELD_BACK):
                for event in self._happened[:owed]:
                    await event.wait()

    async def run(self) -> None:
        """Kill and start anew until it was often enough."""
        for due, happened in zip(self._due, self._happened, strict=True):
            before = await self._nation.calls()
            await due.wait()
            await self._at_work(before + _AT_WORK)
            async with self._resting:
                name = f"worker-{self._province.code}"
                await asyncio.to_thread(self._processes[name].kill)
                self.done += 1
                happened.set()
                await asyncio.to_thread(self._start_anew, name)

    async def end(self, running: "asyncio.Task[None]") -> None:
        """Stop killing; a worker that was just killed is started first."""
        async with self._resting:
            running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    async def _at_work(self, calls: int) -> None:
        while True:
            if await self._nation.calls() >= calls:
                return
            await asyncio.sleep(_LOOK_EVERY)

    def _start_anew(self, name: str) -> None:
        start_worker(self._processes, self._province)
        self._processes[name].wait_ready()


async def drained(hub: Hub, told: Callable[[int], None], *, patience: float) -> tuple[int, int]:
    """Wait until nothing is owed, or nothing more happens; return what is owed and parked."""
    owed, parked = await hub.owed()
    changed = perf_counter()
    while owed and perf_counter() - changed < patience:
        told(owed)
        await asyncio.sleep(_COUNT_EVERY)
        before = (owed, parked)
        owed, parked = await hub.owed()
        if (owed, parked) != before:
            changed = perf_counter()
    return owed, parked


def watch(processes: Processes) -> None:
    """Demand that every process still runs.

    Raises:
        CommandError: names one that has ended by itself.
    """
    if (gone := processes.ended()) is not None:
        raise CommandError(f"{gone} ended by itself")
