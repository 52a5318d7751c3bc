"""Failures asked for in advance: the next calls of an operation go wrong as told."""

from collections import deque
from dataclasses import dataclass
from datetime import timedelta

from typing_extensions import override


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


class Faults:
    """Scripted faults, used up in the order they were asked for."""

    def __init__(self) -> None:
        self._scripts: dict[str, deque[Fault]] = {}

    def add(self, fault: Fault) -> None:
        """Script one more fault, behind those of the same operation."""
        self._scripts.setdefault(fault.operation, deque()).append(fault)

    def take(self, operation: str) -> Fault | None:
        """Use up one failure of the operation, when one is scripted."""
        waiting = self._scripts.get(operation)
        if not waiting:
            return None
        fault = waiting[0]
        fault.times -= 1
        if fault.times == 0:
            waiting.popleft()
        return fault

    def pending(self) -> int:
        """How many calls are still going to fail."""
        return sum(fault.times for waiting in self._scripts.values() for fault in waiting)

    def clear(self) -> None:
        """Forget every script."""
        self._scripts.clear()
