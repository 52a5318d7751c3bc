"""When to try again, and when to stop: pure functions of what is known about a message."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How the wait grows: `first`, times `factor` after each failure, never above `cap`.

    `jitter` is the share of a wait that chance may take away, so that messages that failed
    together do not come back together. A Retry-After is honoured up to `asked_cap`: beyond it
    the other side is asked again sooner than it wished.

    Raises:
        ValueError: if the figures do not describe a growing, positive wait.
    """

    first: timedelta
    cap: timedelta
    factor: float = 2.0
    jitter: float = 0.5
    asked_cap: timedelta = timedelta(hours=1)

    def __post_init__(self) -> None:
        if not timedelta(0) < self.first <= self.cap:
            raise ValueError("the first wait is positive and not above the cap")
        if self.factor < 1:
            raise ValueError("a wait never shrinks")
        if not 0 <= self.jitter <= 1:
            raise ValueError("jitter is a share between 0 and 1")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait between attempts, and for how long to go on."""

    retry: RetryPolicy
    dead_letter_after: timedelta


def delay_after(
    attempts: int, *, policy: RetryPolicy, asked: timedelta | None, random: float
) -> timedelta:
    """Return how long to wait after `attempts` failures, counted from the last one.

    Between `(1 - jitter)` of the grown wait and all of it, by `random` in [0, 1); longer if
    the other side `asked` for longer.
    """
    grown = _grown(attempts, policy)
    drawn = grown * (1 - policy.jitter * random)
    if asked is None:
        return drawn
    return max(drawn, min(asked, policy.asked_cap))


def is_over(created_at: datetime, now: datetime, *, horizon: timedelta) -> bool:
    """Tell whether a message has been undelivered for so long that it must be parked."""
    return now - created_at >= horizon


def _grown(attempts: int, policy: RetryPolicy) -> timedelta:
    try:
        return min(policy.first * policy.factor ** (max(attempts, 1) - 1), policy.cap)
    except OverflowError:
        return policy.cap
