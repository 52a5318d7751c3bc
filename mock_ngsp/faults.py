"""Failures asked for in advance: the next calls of an operation, or a share of all calls."""

import random
from collections import deque
from dataclasses import dataclass
from datetime import timedelta

from typing_extensions import override

from mock_ngsp.wire import Axis

_HALF = 0.5


@dataclass(slots=True)
class Fault:
    """One way to fail, for so many calls; exactly one of the three kinds is set."""

    operation: str
    times: int
    status: int | None = None
    reset: bool = False
    delay: timedelta | None = None
    after: bool = False

    @override
    def __str__(self) -> str:
        """The words the record shows for it."""
        if self.delay is not None:
            kind = f"delay {self.delay.total_seconds() * 1000:.0f} ms"
        else:
            kind = "reset" if self.reset else f"status {self.status}"
        return f"{kind} after the effect" if self.after else kind

    @property
    def replaces_effect(self) -> bool:
        """Whether the call has no effect; a late answer always has one."""
        return self.delay is None and not self.after


class RoughSea:
    """A share of all calls of one axis fails, each in one of four ways; the draws go by the seed.

    The n-th call since it was asked for has the same fate in every run; which call is the n-th
    is the callers' matter.
    """

    def __init__(self, share: float, seed: int) -> None:
        self.calls = 0
        self.failed = 0
        self._share = share
        self._chance = random.Random(seed)  # noqa: S311 - weather, not a secret

    def take(self, operation: str) -> Fault | None:
        """Draw the fate of one call."""
        self.calls += 1
        drawn, kind, after = (self._chance.random() for _ in range(3))
        if drawn >= self._share:
            return None
        self.failed += 1
        cut = kind < _HALF
        return Fault(operation, 1, None if cut else 503, reset=cut, after=after < _HALF)


class Faults:
    """Scripted faults, used up in the order they were asked for; then what the sea does."""

    def __init__(self) -> None:
        self._scripts: dict[str, deque[Fault]] = {}
        self._seas: dict[Axis, RoughSea] = {}

    def stir(self, axis: Axis, sea: RoughSea) -> None:
        """Have an axis's calls go through this sea from now on."""
        self._seas[axis] = sea

    def sea(self, axis: Axis) -> RoughSea | None:
        """What an axis's calls go through now; None where nobody asked for weather."""
        return self._seas.get(axis)

    def add(self, fault: Fault) -> None:
        """Script one more fault, behind those of the same operation."""
        self._scripts.setdefault(fault.operation, deque()).append(fault)

    def take(self, axis: Axis, operation: str) -> Fault | None:
        """Use up one failure of the operation, when one is scripted; else draw, on a rough sea."""
        waiting = self._scripts.get(operation)
        if not waiting:
            sea = self._seas.get(axis)
            return None if sea is None else sea.take(operation)
        fault = waiting[0]
        fault.times -= 1
        if fault.times == 0:
            waiting.popleft()
        return fault

    def pending(self) -> int:
        """How many calls are still going to fail."""
        return sum(fault.times for waiting in self._scripts.values() for fault in waiting)

    def clear(self) -> None:
        """Forget every script, and calm the sea."""
        self._scripts.clear()
        self._seas.clear()
