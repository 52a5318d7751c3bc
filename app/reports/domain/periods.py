"""Kỳ báo cáo: what a form is filled in for, and when it is due."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from app.calendars.domain import Calendar

_LABEL: Final = re.compile(r"(?P<year>(?:19|20|21)\d{2})(?:-(?P<kind>[QH]?)(?P<number>\d{1,2}))?")
_MONTHS_OF_YEAR: Final = 12
_ONE_DAY: Final = timedelta(days=1)
_ROMAN: Final = ("I", "II", "III", "IV")


class Cycle(StrEnum):
    """How often a form is filled in."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months one period has."""
        return _MONTHS[self]

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _NAMES[self]


_MONTHS: Final = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6, Cycle.YEAR: 12}
_NAMES: Final = {
    Cycle.MONTH: "hằng tháng",
    Cycle.QUARTER: "hằng quý",
    Cycle.HALF_YEAR: "6 tháng",
    Cycle.YEAR: "hằng năm",
}
_KINDS: Final = {Cycle.MONTH: "", Cycle.QUARTER: "Q", Cycle.HALF_YEAR: "H", Cycle.YEAR: None}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period of a cycle: the `number`-th of a year, from 1."""

    year: int
    number: int
    cycle: Cycle

    @classmethod
    def of(cls, cycle: Cycle, label: str) -> Self:
        """Read `2026-11`, `2026-Q4`, `2026-H2` or `2026`, whichever the cycle has.

        Raises:
            ValueError: if it is none of the cycle's.
        """
        found = _LABEL.fullmatch(label)
        if found is None or found["kind"] != _KINDS[cycle]:
            raise ValueError("not a period of this cycle")
        period = cls(int(found["year"]), int(found["number"] or 1), cycle)
        if period.label != label or not 1 <= period.number <= _MONTHS_OF_YEAR // cycle.months:
            raise ValueError("not a period of this cycle")
        return period

    @classmethod
    def containing(cls, cycle: Cycle, day: date) -> Self:
        """Return the period that a day is in."""
        return cls(day.year, (day.month - 1) // cycle.months + 1, cycle)

    @property
    def label(self) -> str:
        """How it is written: `2026-11`, `2026-Q4`, `2026-H2`, `2026`."""
        match self.cycle:
            case Cycle.MONTH:
                return f"{self.year}-{self.number:02d}"
            case Cycle.QUARTER:
                return f"{self.year}-Q{self.number}"
            case Cycle.HALF_YEAR:
                return f"{self.year}-H{self.number}"
            case Cycle.YEAR:
                return f"{self.year}"

    @property
    def name(self) -> str:
        """The Vietnamese name, e.g. `tháng 11/2026`."""
        match self.cycle:
            case Cycle.MONTH:
                return f"tháng {self.number}/{self.year}"
            case Cycle.QUARTER:
                return f"quý {_ROMAN[self.number - 1]}/{self.year}"
            case Cycle.HALF_YEAR:
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
            case Cycle.YEAR:
                return f"năm {self.year}"

    @property
    def months(self) -> tuple[str, str]:
        """Its first and its last month, as `2026-11`."""
        last = self.number * self.cycle.months
        return f"{self.year}-{last - self.cycle.months + 1:02d}", f"{self.year}-{last:02d}"

    @property
    def begins_on(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * self.cycle.months + 1, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.following.begins_on - _ONE_DAY

    @property
    def previous(self) -> Self:
        """The period just before."""
        return type(self).containing(self.cycle, self.begins_on - _ONE_DAY)

    @property
    def following(self) -> Self:
        """The period just behind."""
        last = self.number * self.cycle.months == _MONTHS_OF_YEAR
        number = 1 if last else self.number + 1
        return type(self)(self.year + last, number, self.cycle)


def due_at(calendar: Calendar, period: Period, working_day: int) -> datetime:
    """Return when a report is due: closing time of so many working days behind its period."""
    day = period.ends_on
    for _ in range(working_day):
        day = calendar.working_from(day + _ONE_DAY)
    return calendar.closing(day)
