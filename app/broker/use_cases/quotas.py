"""Counting calls under quotas, exactly, in whatever number of processes."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Final

from app.broker.domain.allowances import UNLIMITED, Exhausted, Taken
from app.broker.domain.deciding import Allowed, Consumer
from app.broker.domain.quotas import Call, Quota, quotas_for
from app.broker.store import quotas as store
from app.broker.use_cases.counting import QUICK, Counter, Held, put_back
from app.platform.context import Context
from app.platform.database import DatabaseUnavailableError

_KNOWN: Final = 10_000
"""Calls whose counters are looked up once; then they are looked up anew."""


class Quotas:
    """One process's part in every quota.

    Exact: slices are taken of rows that all processes share, so never more calls are let through
    than a window has. What a process holds for calls to come is at most a thousandth of it, is
    used or given back within a quarter of a second, and is all that is lost when it dies.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._quotas: tuple[Quota, ...] = ()
        self._good_until = float("-inf")
        self._loading = asyncio.Lock()
        self._counters: dict[tuple[str, str], Counter] = {}
        self._known: dict[Call, tuple[Counter, ...]] = {}

    @property
    def held(self) -> int:
        """How many calls to come this process holds slices for."""
        return sum(counter.held for counter in self._counters.values())

    @property
    def counters(self) -> int:
        """How many counts of present windows this process takes part in."""
        return len(self._counters)

    async def take(self, allowed: Allowed, client: Consumer) -> Taken | Exhausted:
        """Count a call that was allowed, unless a quota that it counts in is used up.

        It counts in the window that is present when it is counted, by the one clock.

        Raises:
            DatabaseUnavailableError: if it cannot be known.
        """
        return await self.count(Call(client.client_id, allowed.service.code, allowed.operation.id))

    async def count(self, call: Call) -> Taken | Exhausted:
        """Count a call, as `take` does."""
        now = self._context.clock.now()
        if now.timestamp() >= self._good_until:
            await self._load(now)
        counters = self._known.get(call)
        if counters is None:
            counters = self._look_up(call)
        if not counters:
            return UNLIMITED
        for counter in counters:
            if counter.is_dry(now):
                return _told(counters, counter, now)
        return await self._count(counters, now)

    async def _count(self, counters: tuple[Counter, ...], now: datetime) -> Taken | Exhausted:
        taken: list[Held] = []
        for counter in counters:
            held = counter.take_at_once(now) or await self._wait(counter, taken, now)
            if held is None:
                return _told(counters, counter, now)
            taken.append(held)
        return Taken(tuple([counter.standing(now) for counter in counters]))

    async def _wait(self, counter: Counter, taken: list[Held], now: datetime) -> Held | None:
        """Take of a new slice; whatever comes of it but a call, the others get theirs back."""
        held = None
        try:
            held = await counter.take(now)
        finally:
            if held is None:
                for other in taken:
                    put_back(other)
        return held

    def _look_up(self, call: Call) -> tuple[Counter, ...]:
        if len(self._known) >= _KNOWN:
            self._known.clear()
        found = tuple(
            self._counter(quota, quota.subject_of(call)) for quota in quotas_for(self._quotas, call)
        )
        self._known[call] = found
        return found

    def _counter(self, quota: Quota, subject: str) -> Counter:
        place = quota.id, subject
        if place not in self._counters:
            context = self._context
            self._counters[place] = Counter(context.database, context.clock, quota, subject)
        return self._counters[place]

    async def _load(self, now: datetime) -> None:
        """Look for changed quotas, once for all calls that come meanwhile."""
        async with self._loading:
            if now.timestamp() < self._good_until:
                return
            quotas = tuple(await self._context.database.read(store.every))
            if quotas != self._quotas:
                self._quotas = quotas
                self._known.clear()
                self._follow()
            self._good_until = now.timestamp() + self._context.settings.quota_cache_seconds

    def _follow(self) -> None:
        present = {quota.id: quota for quota in self._quotas}
        for (quota_id, subject), counter in list(self._counters.items()):
            if quota_id in present:
                counter.change(present[quota_id])
            else:
                del self._counters[quota_id, subject]

    async def tend(self, *, at_once: bool = False) -> None:
        """Give back what is held too long, or everything; forget windows that are over."""
        for place, counter in list(self._counters.items()):
            await counter.give_back(at_once=at_once)
            if counter.is_over(self._context.clock.now()):
                self._counters.pop(place, None)
                self._known.clear()

    async def tend_until(self, stopping: asyncio.Event) -> None:
        """Tend until told to stop; then give everything back."""
        while not stopping.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(QUICK):
                    await stopping.wait()
            with suppress(DatabaseUnavailableError):
                await self.tend(at_once=stopping.is_set())


def _told(counters: tuple[Counter, ...], dry: Counter, now: datetime) -> Exhausted:
    standings = tuple(counter.standing(now) for counter in counters)
    standing = dry.standing(now)
    told = standing.limit, standing.window_seconds, standing.reset_seconds
    return Exhausted(dry.quota.level, dry.quota.fault_code, *told, standings)
