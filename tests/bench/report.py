"""What a measurement came to."""

import statistics
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


def figure(ours: list[float], floor: list[float], n: int) -> Figure:
    """Return the figure of the medians."""
    a, b = statistics.median(ours), statistics.median(floor)
    return Figure(round(a, 1), round(b, 1), round(a / b, 3), n)
