"""What a caller is told of its quotas: the fields of the IETF's RateLimit draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.broker.domain.quotas import BLOCKED, Level


@dataclass(frozen=True, slots=True)
class Standing:
    """One quota as it stands for a call.

    `remaining` is what this process knows of: others may have taken more since.
    """

    name: str
    limit: int
    window_seconds: int
    remaining: int
    reset_seconds: int


@dataclass(frozen=True, slots=True)
class Taken:
    """The call counts, and may be made."""

    standings: tuple[Standing, ...] = ()

    @property
    def limit(self) -> int | None:
        """The limit that is nearest; None without any."""
        nearest = self._nearest()
        return None if nearest is None else nearest.limit

    @property
    def remaining(self) -> int | None:
        """How many calls are left under it."""
        nearest = self._nearest()
        return None if nearest is None else nearest.remaining

    @property
    def reset_seconds(self) -> int | None:
        """When its window ends."""
        nearest = self._nearest()
        return None if nearest is None else nearest.reset_seconds

    @property
    def headers(self) -> dict[str, str]:
        """What the answer tells of it; nothing where nothing is limited."""
        return _fields(self.standings)

    def _nearest(self) -> Standing | None:
        return min(self.standings, key=lambda one: one.remaining, default=None)


@dataclass(frozen=True, slots=True)
class Exhausted:
    """The window of one level is used up; the call may not be made."""

    level: Level
    code: int
    limit: int
    window_seconds: int
    reset_seconds: int
    standings: tuple[Standing, ...]

    @property
    def headers(self) -> dict[str, str]:
        """What the refusal tells: as for a call that counts, and when to come again, if ever."""
        again = {} if self.code == BLOCKED else {"Retry-After": str(max(1, self.reset_seconds))}
        return {**_fields(self.standings), **again}


UNLIMITED: Final = Taken()


def _fields(standings: Iterable[Standing]) -> dict[str, str]:
    """Return lists of strings with parameters (RFC 9651), one item for each quota."""
    told = tuple(standings)
    if not told:
        return {}
    policies = (f'"{one.name}";q={one.limit};w={one.window_seconds}' for one in told)
    states = (f'"{one.name}";r={one.remaining};t={one.reset_seconds}' for one in told)
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(states)}
