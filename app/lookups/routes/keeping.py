"""Answers that a grant lets us keep for a while: in memory, for one client and one question."""

from datetime import datetime, timedelta
from typing import Any, Final

from app.platform.clock import Clock

_MOST: Final = 10_000


class KeptAnswers:
    """What was found, by a keyed hash of who asked what; gone with the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._found: dict[str, tuple[datetime, Any]] = {}

    def find(self, key: str) -> Any | None:
        """Return what is kept under a key and still good."""
        until, found = self._found.get(key, (None, None))
        if until is None:
            return None
        if self._clock.now() < until:
            return found
        del self._found[key]
        return None

    def keep(self, key: str, found: Any, seconds: int) -> None:
        """Keep something for so many seconds; the oldest go when there is no room."""
        now = self._clock.now()
        while len(self._found) >= _MOST:
            del self._found[next(iter(self._found))]
        self._found.pop(key, None)
        self._found[key] = now + timedelta(seconds=seconds), found
