"""Waiting only so long, again and again, with one timer."""

import asyncio
from collections.abc import Callable
from typing import Final

_NEVER: Final = float("inf")


class Deadline:
    """`ring` is called when so many seconds went by after `begin` without `end`.

    A timer that was set goes on: an end that lies later needs no other.
    """

    def __init__(self, ring: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._ring = ring
        self._at = self._looks_at = _NEVER
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, seconds: float) -> None:
        """Wait from now on."""
        self._at = self._loop.time() + seconds
        if self._at < self._looks_at:
            self._look_at(self._at)

    def end(self) -> None:
        """Wait no more."""
        self._at = _NEVER

    def cancel(self) -> None:
        """Wait never again."""
        self._at = _NEVER
        if self._timer is not None:
            self._timer.cancel()

    def _look_at(self, at: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._looks_at = at
        self._timer = self._loop.call_at(at, self._look)

    def _look(self) -> None:
        self._timer, self._looks_at = None, _NEVER
        if self._loop.time() >= self._at:
            self._at = _NEVER
            self._ring()
        elif self._at < _NEVER:
            self._look_at(self._at)
