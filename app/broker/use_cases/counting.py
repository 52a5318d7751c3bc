"""One process's part of a quota: slices taken of the present window, used call by call."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from app.broker.domain.allowances import Standing
from app.broker.domain.quotas import Quota, Window, wanted, window_at
from app.broker.store import quotas as store
from app.broker.store.quotas import Slice, Wish
from app.platform.clock import Clock
from app.platform.database import Database, DatabaseUnavailableError

_log = structlog.get_logger("lgsp.quotas")

QUICK: Final = 0.25
"""Seconds: a slice used up in less is followed by a larger one; one kept longer is given back."""

_LOOK_AGAIN: Final = 0.1
"""Seconds after which a window that was used up is looked at again: others may give back."""


@dataclass(slots=True)
class Held:
    """What a process holds of one window."""

    window: Window
    left: int = 0
    taken: int = 0
    size: int = 1
    touched: float = 0.0
    refilled: float = 0.0
    dry_until: float = 0.0


class Counter:
    """Counts the calls of one subject under one quota; for one event loop.

    Calls that find no slice wait together for one transaction, which takes for all of them.
    """

    def __init__(self, database: Database, clock: Clock, quota: Quota, subject: str) -> None:
        self._follow(quota)
        self.subject = subject
        self._database = database
        self._clock = clock
        self._held = Held(window_at(quota.window, clock.now()))
        self._waiting: deque[asyncio.Future[Held | None]] = deque()
        self._filling: asyncio.Task[None] | None = None

    @property
    def held(self) -> int:
        """How many calls to come are held."""
        return self._held.left

    def is_over(self, now: datetime) -> bool:
        """Tell whether the window has gone by and nobody waits, so that it may be forgotten."""
        return not self._waiting and self._filling is None and now >= self._held.window.ends_at

    def change(self, quota: Quota) -> None:
        """Follow a quota that was changed; what was taken of the window stays taken."""
        self._follow(quota)
        self._held.dry_until = 0.0

    def _follow(self, quota: Quota) -> None:
        """Keep what every call is told."""
        self.quota = quota
        self._name = quota.name
        self._window_seconds = int(quota.window.total_seconds())

    def is_dry(self, now: datetime) -> bool:
        """Tell whether the window is known to be used up; one of no calls always is."""
        held = self._of(now)
        return not held.left and (not self.quota.limit or _ticks() < held.dry_until)

    def take_at_once(self, now: datetime) -> Held | None:
        """Take one call of the slice that is held; None if there is none."""
        held = self._of(now)
        if not held.left:
            return None
        held.left -= 1
        held.touched = _ticks()
        return held

    async def take(self, now: datetime) -> Held | None:
        """Take one call, of a new slice if need be; None if the window is used up.

        Raises:
            DatabaseUnavailableError: if it cannot be known.
        """
        at_once = self.take_at_once(now)
        if at_once is not None or self.is_dry(now):
            return at_once
        place: asyncio.Future[Held | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        if self._filling is None:
            self._filling = asyncio.create_task(self._fill())
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                put_back(place.result())
            raise

    def standing(self, now: datetime) -> Standing:
        """Tell how the quota stands, as far as this process knows."""
        held = self._of(now)
        return Standing(
            name=self._name,
            limit=self.quota.limit,
            window_seconds=self._window_seconds,
            remaining=max(0, self.quota.limit - held.taken + held.left),
            reset_seconds=held.window.seconds_left(now),
        )

    async def give_back(self, *, at_once: bool = False) -> None:
        """Give back what was held too long for calls that did not come."""
        held = self._held
        if not held.left or (not at_once and _ticks() - held.touched < QUICK):
            return
        unused, held.left, held.size = held.left, 0, 1
        if held.window.has(self._clock.now()):
            args = self.quota.id, self.subject, held.window
            await self._database.transact(store.give_back, *args, unused=unused)
            held.taken -= unused
            held.dry_until = 0.0

    def _of(self, now: datetime) -> Held:
        """Return what is held of the window of this moment; what was left of another is lost.

        Who asked just before a window ended and is counted after that counts in the next one:
        its moment must not bring the former window back.
        """
        held = self._held
        if held.window.has(now):
            return held
        is_late = timedelta() < held.window.starts_at - now <= self.quota.window
        if not is_late:
            held = self._held = Held(window_at(self.quota.window, now))
        return held

    async def _fill(self) -> None:
        """Take slices until nobody waits any more."""
        try:
            while self._waiting:
                held = self._of(self._clock.now())
                waiting = len(self._waiting)
                self._hand_out(held, await self._slice(held, waiting), waiting)
        except DatabaseUnavailableError:
            _log.warning("quota-not-known", quota=self.quota.id)
        finally:
            self._filling = None
            self._turn_away()

    async def _slice(self, held: Held, waiting: int) -> Slice:
        was_quick = _ticks() - held.refilled < QUICK
        limit = self.quota.limit
        most = wanted(limit, waiting=waiting, former=held.size, was_quick=was_quick)
        wish = Wish(waiting, most)
        args = self.quota, self.subject, held.window
        got = await self._database.transact(store.take, *args, wish=wish)
        held.size, held.refilled = most, _ticks()
        return got

    def _hand_out(self, held: Held, got: Slice, waiting: int) -> None:
        """Serve those for whom the slice was taken, and whoever came since and can be served."""
        held.taken, held.touched = got.taken, _ticks()
        held.left += got.size
        served = 0
        while self._waiting and (held.left or served < waiting):
            place = self._waiting.popleft()
            served += 1
            if place.done():
                continue
            if held.left:
                held.left -= 1
                place.set_result(held)
            else:
                place.set_result(None)
        if got.size < waiting:
            held.dry_until = _ticks() + _LOOK_AGAIN

    def _turn_away(self) -> None:
        """Tell those who wait still that it cannot be known."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_exception(DatabaseUnavailableError())


def put_back(held: Held | None) -> None:
    """Undo a call that was counted and is not made after all; of a window gone by it is lost."""
    if held is not None:
        held.left += 1


_ticks: Final = time.monotonic
"""For pace only, never for what is counted in which window."""
