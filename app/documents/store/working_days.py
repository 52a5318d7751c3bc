"""Which days offices work: no weekend, no public holiday of Vietnam."""

from datetime import date
from functools import cache
from typing import Final

import holidays

_SATURDAY: Final = 5


def is_working(day: date) -> bool:
    """Tell whether offices work on a day; days that the Government swaps are not known here."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year, expand=False))
