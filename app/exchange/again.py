"""When something of others is asked for again that could not be used."""

from collections.abc import Container
from datetime import datetime, timedelta
from typing import Final

from app.exchange.retry import RetryPolicy, delay_after
from app.platform.clock import Clock

_AT_ONCE: Final = 3
"""Failures after which the next look tries again: what was in the way may be gone by then."""

_POLICY: Final = RetryPolicy(timedelta(minutes=1), timedelta(hours=1), jitter=0)


class Again:
    """Remembers, for one process, what failed more than a few times and when it is due."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failed: dict[str, tuple[int, datetime]] = {}

    def is_due(self, key: str) -> bool:
        """Tell whether it never failed, or long enough ago."""
        known = self._failed.get(key)
        return known is None or known[1] <= self._clock.now()

    def failed(self, key: str) -> None:
        """Note that it failed now."""
        times = self._failed.get(key, (0, self._clock.now()))[0] + 1
        wait = timedelta(0)
        if times > _AT_ONCE:
            wait = delay_after(times - _AT_ONCE, policy=_POLICY, asked=None, random=0)
        self._failed[key] = times, self._clock.now() + wait

    def forget_all_but(self, keys: Container[str]) -> None:
        """Forget what is not asked for any more."""
        self._failed = {key: known for key, known in self._failed.items() if key in keys}
