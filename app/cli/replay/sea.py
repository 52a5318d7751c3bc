"""Killing the worker while it delivers, and seeing when nothing is owed any more."""

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import Final

from app.cli.failing import CommandError
from app.cli.processes import Processes
from app.cli.replay.hub import Hub
from app.cli.replay.nation import Nation
from app.cli.staging import Province, start_worker

_LOOK_EVERY: Final = 0.2
_AT_WORK: Final = 20
"""After so many calls that reached the nation a worker is surely in the middle of its work."""


class Killer:
    """Kills the worker so many times, spread over the acts; each time it has begun to deliver."""

    def __init__(
        self, processes: Processes, province: Province, nation: Nation, *, times: int, acts: int
    ) -> None:
        self.done = 0
        self._processes = processes
        self._province = province
        self._nation = nation
        self._times = times
        self._acts = acts
        self._reached = [asyncio.Event() for _ in range(times)]

    def hear(self, acts: int) -> None:
        """Hear how many acts were done."""
        for place, event in enumerate(self._reached, 1):
            if acts * (self._times + 1) >= self._acts * place:
                event.set()

    async def run(self) -> None:
        """Kill and start anew until it was often enough."""
        for event in self._reached:
            before = await self._nation.calls()
            await event.wait()
            await self._at_work(before + _AT_WORK)
            await asyncio.to_thread(self._kill)
            self.done += 1

    async def _at_work(self, calls: int) -> None:
        while True:
            if await self._nation.calls() >= calls:
                return
            await asyncio.sleep(_LOOK_EVERY)

    def _kill(self) -> None:
        name = f"worker-{self._province.code}"
        self._processes[name].kill()
        start_worker(self._processes, self._province)
        self._processes[name].wait_ready()


async def drained(hub: Hub, told: Callable[[int], None], *, patience: float) -> tuple[int, int]:
    """Wait until nothing is owed, or nothing more happens; return what is owed and parked."""
    owed, parked = await hub.owed()
    changed = perf_counter()
    while owed and perf_counter() - changed < patience:
        told(owed)
        await asyncio.sleep(_LOOK_EVERY)
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
