"""The portal session of one process: kept in memory, renewed by one call however many wait."""

import asyncio
from collections.abc import Awaitable, Callable

from app.exchange.outcomes import Deferred


class SessionKeeper:
    """Holds the session that `log_in` gave last.

    Callers that wait while another logs in share what it got, a failure included: a portal
    that is down is asked once, not once per caller.
    """

    def __init__(self, log_in: Callable[[], Awaitable[str | Deferred]]) -> None:
        self._log_in = log_in
        self._lock = asyncio.Lock()
        self._last: str | Deferred = Deferred("not-logged-in")
        self._logins = 0

    async def obtain(self, *, instead_of: str | None = None) -> str | Deferred:
        """Return a session other than `instead_of`, logging in where there is none."""
        seen = self._logins
        if not self._is_good(instead_of):
            async with self._lock:
                if seen == self._logins:
                    self._last = await self._log_in()
                    self._logins += 1
        return self._last

    def _is_good(self, instead_of: str | None) -> bool:
        return isinstance(self._last, str) and self._last != instead_of
