"""What a measurement came to."""

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass


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


def in_turns(
    ours: Callable[[], float], floor: Callable[[], float], *, rounds: int, each: int
) -> Figure:
    """Measure both so many times, one after the other, after one turn that does not count.

    What else the machine does meanwhile then slows both. `each` is how many things one turn of
    ours measures.
    """
    turns = [(ours(), floor()) for _ in range(rounds + 1)][1:]
    a, b = (statistics.median(side) for side in zip(*turns, strict=True))
    return Figure(round(a, 1), round(b, 1), round(a / b, 3), each * rounds)
