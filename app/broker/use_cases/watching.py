"""Remembering exchanges without slowing them: noted at once, written together a little later."""

import asyncio
from collections import deque
from contextlib import suppress
from itertools import islice
from typing import Final

import structlog

from app.broker.domain.watching import Exchange
from app.broker.store import watching as store
from app.exchange.relay import survive
from app.platform.context import Context
from app.platform.database import DatabaseUnavailableError

_log = structlog.get_logger("lgsp.watching")

EVERY: Final = 0.5
"""Seconds from one writing to the next: what a killed process loses, and what it was writing."""

_BATCH: Final = 500
"""Records of one transaction; so many waiting are written at once."""


class Watcher:
    """One process's notes. `note` costs microseconds and never waits or fails.

    So many may wait as the settings say; when the database is slower than calls come, what does
    not fit is shed and counted in `lgsp_exchanges_shed`. A process that is killed loses the last
    half second and what it was just writing; one that stops writes everything first.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._most = context.settings.exchange_buffer
        self._waiting: deque[Exchange] = deque()
        self._many = asyncio.Event()
        self._writing = asyncio.Lock()

    @property
    def waiting(self) -> int:
        """How many are not written yet."""
        return len(self._waiting)

    def note(self, record: Exchange) -> None:
        """Remember one exchange; it is counted for Prometheus at once."""
        seconds = record.took.total_seconds()
        self._context.metrics.exchanged(record.service, record.outcome.value, seconds=seconds)
        if len(self._waiting) >= self._most:
            self._shed(1)
            return
        self._waiting.append(record)
        if len(self._waiting) >= _BATCH:
            self._many.set()

    async def write(self) -> None:
        """Write what waits now; on failure it waits on, as far as there is room.

        What comes meanwhile waits for the next time: written at once, each few would be a
        transaction of their own for as long as calls come.
        """
        async with self._writing:
            left = len(self._waiting)
            while left > 0 and await self._write_some():
                left -= _BATCH

    async def _write_some(self) -> bool:
        batch = list(islice(self._waiting, _BATCH))
        for _ in batch:
            self._waiting.popleft()
        lost = len(batch)
        try:
            await self._context.database.transact(store.add, batch)
            lost = 0
        except DatabaseUnavailableError:
            room = max(0, self._most - len(self._waiting))
            lost = max(0, len(batch) - room)
            self._waiting.extendleft(reversed(batch[lost:]))
            return False
        finally:
            self._shed(lost)
        return True

    def _shed(self, number: int) -> None:
        if number:
            self._context.metrics.shed.inc(number)

    async def write_until(self, stopping: asyncio.Event) -> None:
        """Write every half second, sooner when many wait, until told to stop; then the rest."""
        halt = asyncio.create_task(stopping.wait())
        while not stopping.is_set():
            many = asyncio.create_task(self._many.wait())
            await asyncio.wait((halt, many), timeout=EVERY, return_when=asyncio.FIRST_COMPLETED)
            many.cancel()
            with suppress(asyncio.CancelledError):
                await many
            self._many.clear()
            await survive(self.write(), "exchanges-not-written")
        if self._waiting:
            _log.error("exchanges-lost", number=len(self._waiting))
            self._shed(len(self._waiting))
