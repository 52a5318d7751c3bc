"""A circuit breaker: an upstream that keeps failing is left alone, then tried by one call."""

from dataclasses import dataclass
from enum import StrEnum

from app.platform.clock import Clock


class BreakerState(StrEnum):
    """Whether calls pass: all, none, or the one that tries."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


@dataclass(frozen=True, slots=True)
class BreakerTerms:
    """After how many failures in a row it opens, and for how many seconds it stays so."""

    failures: int
    seconds: float


class Breaker:
    """One upstream's; every call that was let pass ends in `succeeded`, `failed` or `let_go`."""

    def __init__(self, clock: Clock, terms: BreakerTerms) -> None:
        self._clock = clock
        self._terms = terms
        self._failures = 0
        self._opened_at: float | None = None
        self._is_probed = False

    @property
    def state(self) -> BreakerState:
        """How it stands now."""
        if self._opened_at is None:
            return BreakerState.CLOSED
        return BreakerState.OPEN if self.seconds_left > 0 else BreakerState.HALF_OPEN

    @property
    def seconds_left(self) -> float:
        """How long nothing passes; 0 unless it is open."""
        if self._opened_at is None:
            return 0.0
        return max(0.0, self._opened_at + self._terms.seconds - self._now())

    def would_pass(self) -> bool:
        """Tell whether a call would be let pass, and change nothing."""
        return self._opened_at is None or (self.seconds_left == 0 and not self._is_probed)

    def passes(self) -> bool:
        """Let a call pass, or not; half open lets one, and no other until that has ended."""
        if self._opened_at is None:
            return True
        if not self.would_pass():
            return False
        self._is_probed = True
        return True

    def succeeded(self) -> None:
        """Close it."""
        self._failures, self._opened_at, self._is_probed = 0, None, False

    def failed(self) -> None:
        """Count a failure; the last of those allowed in a row, or that of a probe, opens it."""
        self._failures += 1
        if self._is_probed or (self._opened_at is None and self._failures >= self._terms.failures):
            self._opened_at = self._now()
        self._is_probed = False

    def let_go(self) -> None:
        """End a call that says nothing about the upstream, e.g. because its caller hung up."""
        self._is_probed = False

    def _now(self) -> float:
        return self._clock.now().timestamp()
