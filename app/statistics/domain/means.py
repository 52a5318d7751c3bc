"""The average time in a procedure's own unit (`DONVITINH`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_HOUR: Final = 3600
_WORKING_DAY: Final = 8 * _HOUR
_DAY: Final = 24 * _HOUR
_MONTH: Final = 30 * _DAY


@dataclass(frozen=True, slots=True)
class Mean:
    """An average time, to two places, in `unit`."""

    value: float
    unit: str


_UNITS: Final[Mapping[str, tuple[str, int, str]]] = {
    "same_day": ("worked", _HOUR, "giờ làm việc"),
    "hours": ("worked", _HOUR, "giờ làm việc"),
    "working_days": ("worked", _WORKING_DAY, "ngày làm việc"),
    "calendar_days": ("elapsed", _DAY, "ngày"),
    "months": ("elapsed", _MONTH, "tháng"),
}
"""Hours and working days by working time, eight hours a day; the others by the clock.

Inferred: a month is 30 days here, and what is to be done the same day is counted in hours.
"""


def mean_in(unit: str, figures: Mapping[str, int]) -> Mean | None:
    """Return the average time of those with a result; None without one (dvcqg §3.7)."""
    if not figures.get("finished"):
        return None
    name, length, label = _UNITS[unit]
    return Mean(round(figures[name] / figures["finished"] / length, 2), label)
