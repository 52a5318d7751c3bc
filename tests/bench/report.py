"""What a measurement came to."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """Ours and the floor in the same unit, their ratio, and how many were measured."""

    ours: float
    floor: float
    ratio: float
    n: int

    def as_dict(self) -> dict[str, float]:
        """Return it for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Turn:
    """What was done in one turn."""

    number: int
    seconds: float

    @property
    def rate(self) -> float:
        """So many per second."""
        return self.number / self.seconds


def in_turns(ours: Callable[[], Turn], floor: Callable[[], Turn], *, rounds: int) -> Figure:
    """Measure both so many times, one after the other, after one turn that does not count.

    What else the machine does meanwhile then slows both. The figure counts what was done in the
    turns of ours.
    """
    turns = [(ours(), floor()) for _ in range(rounds + 1)][1:]
    a, b = (statistics.median(turn.rate for turn in side) for side in zip(*turns, strict=True))
    number = sum(turn.number for turn, _ in turns)
    return Figure(round(a, 1), round(b, 1), round(a / b, 3), number)


def until(deadline: float, things: Iterable[T], done: list[T]) -> Iterator[T]:
    """Give things as long as `time.perf_counter` is before the deadline, noting them in `done`."""
    for thing in things:
        if time.perf_counter() >= deadline:
            return
        done.append(thing)
        yield thing
