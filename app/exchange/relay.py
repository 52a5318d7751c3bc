"""Delivers what is owed: claims what is due, sends, and settles what came of it."""

import asyncio
import heapq
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self, TypeVar

import structlog
from sqlalchemy import Connection

from app.exchange import claims, settlement
from app.exchange.claims import Lease, LostClaimError, Verdict, Wanted
from app.exchange.messages import Batch, Handler, Message, State
from app.exchange.outcomes import Deferred, Delivered, Outcome
from app.exchange.retry import RetryPolicy
from app.exchange.settlement import Finished, Patience
from app.exchange.slots import Slots
from app.platform.clock import Clock
from app.platform.database import Database, DatabaseUnavailableError, Waiter
from app.platform.metrics import Metrics
from app.platform.settings import Settings

__all__ = ["Handler", "Message", "Relay", "Terms", "survive"]

_log = structlog.get_logger("lgsp.relay")
T = TypeVar("T")

_OF_LEASE = 0.9
"""Share of the lease that sending may take: after it another worker may have the message."""

_HANDLER_ERROR = Deferred("handler-error", alarm=True)
_SETTLE_ERROR = "settle-error"


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which name, how many at once, and with how much patience a relay works.

    It looks for itself every `look_every`, signal or not, and at the end gives deliveries under
    way `grace` to finish.
    """

    worker: str
    concurrency: int
    lease: timedelta
    patience: Patience
    look_every: timedelta = timedelta(seconds=1)
    grace: timedelta = timedelta(seconds=6)

    @classmethod
    def of(cls, settings: Settings, *, worker: str) -> Self:
        """Return the terms that the settings name."""
        retry = RetryPolicy(
            first=timedelta(seconds=settings.retry_first_seconds),
            cap=timedelta(seconds=settings.retry_cap_seconds),
        )
        return cls(
            worker=worker,
            concurrency=settings.relay_concurrency,
            lease=timedelta(seconds=settings.lease_seconds),
            patience=Patience(retry, settings.dead_letter_after),
        )


class Relay:
    """One worker's delivering; many of them may work on one database.

    A topic without a handler is never claimed: its messages stay owed.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handlers: Mapping[str, Handler],
        *,
        terms: Terms,
        metrics: Metrics,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._clock = clock
        self._handlers = handlers
        self._terms = terms
        self._metrics = metrics
        self._chance = chance
        self._slots = Slots(terms.concurrency, handlers)
        self._wake = asyncio.Event()
        self._sending: dict[asyncio.Task[None], Batch] = {}
        self._finished: list[Finished] = []
        self._due: list[datetime] = []

    async def turn(self) -> int:
        """Claim what is due, send it and settle it; return how many batches that were.

        What becomes due by it is for the next turn.

        Raises:
            DatabaseUnavailableError: if the database cannot claim or settle.
        """
        batches = await self._exchange([], {})
        finished = await asyncio.gather(*(self._attempt(batch) for batch in batches))
        await self._exchange(finished, None)
        return len(batches)

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until told to stop; then finish what is under way and give back the rest."""
        async with self._database.listen() as waiter:
            rousing = [
                asyncio.create_task(self._rouse_by_signal(waiter)),
                asyncio.create_task(self._rouse_at(stopping)),
            ]
            try:
                while not stopping.is_set():
                    await self._step()
                await self._wind_up()
            finally:
                for task in rousing:
                    task.cancel()
                await asyncio.wait(rousing)

    async def _step(self) -> None:
        self._wake.clear()
        finished, self._finished = self._finished, []
        held = Counter(batch.first.topic for batch in self._sending.values())
        try:
            batches = await self._exchange(finished, held)
        except DatabaseUnavailableError:
            _log.warning("database_unavailable")
            self._finished[:0] = finished
            await self._rest(self._terms.look_every)
            return
        for batch in batches:
            self._sending[asyncio.create_task(self._deliver(batch))] = batch
        await self._rest(self._until_due())

    async def _rest(self, at_most: timedelta) -> None:
        try:
            async with asyncio.timeout(at_most.total_seconds()):
                await self._wake.wait()
        except TimeoutError:
            return

    def _until_due(self) -> timedelta:
        """Return how long until something that we put off ourselves is due, at most a look."""
        now = self._clock.now()
        while self._due and self._due[0] <= now:
            heapq.heappop(self._due)
        if not self._due:
            return self._terms.look_every
        return min(self._terms.look_every, self._due[0] - now)
