"""Which days are worked, and when on them: the ground that deadlines are counted on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from itertools import accumulate
from typing import Final

from app.platform.errors import Invalid, RefusedError

VIETNAM: Final = timezone(timedelta(hours=7))
WORKING_DAY: Final = timedelta(hours=8)
"""A working day counts eight hours, whatever the hours of the office."""

_SATURDAY: Final = 5
_ONE_DAY: Final = timedelta(days=1)
_WEEKEND: Final = {5: "Thứ Bảy", 6: "Chủ nhật"}


class CalendarError(RefusedError):
    """A calendar file names a day twice."""

    slug = "inconsistent-calendar"
    title = "Lịch làm việc không nhất quán"
    title_en = "The calendar is not consistent"

    def __init__(self, day: date) -> None:
        super().__init__(
            f"Chưa nhập ngày nào: ngày {day:%d/%m/%Y} có hai lần.",
            f"Nothing was imported: {day} is named twice.",
            errors=[Invalid("/days", f"{day} có hai lần", f"{day} twice")],
        )


@dataclass(frozen=True, slots=True)
class Period:
    """Part of a working day."""

    begins: time
    ends: time

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return _since_midnight(self.ends) - _since_midnight(self.begins)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Giờ làm việc, with the lunch break between its two parts.

    Raises:
        ValueError: if the parts overlap, or are not eight hours together.
    """

    morning: Period = Period(time(7), time(11, 30))
    afternoon: Period = Period(time(13, 30), time(17))

    def __post_init__(self) -> None:
        if self.morning.ends > self.afternoon.begins:
            raise ValueError("the morning must end before the afternoon begins")
        if self.morning.length + self.afternoon.length != WORKING_DAY:
            raise ValueError("morning and afternoon must be eight hours together")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that is not what its weekday says, and why.

    A working Saturday is worked for another day; a weekday off is a holiday or the day that is
    taken for such a Saturday.
    """

    day: date
    is_working: bool
    note: str


def _no_holiday(_day: date) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Lịch làm việc: weekends and holidays, with the swapped days lying over them.

    `holiday` names the public holiday of a day. All moments given out are in Vietnam time.
    """

    holiday: Callable[[date], str | None] = _no_holiday
    swapped: Mapping[date, NamedDay] = field(default_factory=dict)
    hours: WorkingHours = field(default_factory=WorkingHours)
    _years: dict[int, Sequence[int]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        return self.why_off(day) is None

    def why_off(self, day: date) -> str | None:
        """Return why a day is off, in Vietnamese; None for a working day."""
        if (swap := self.swapped.get(day)) is not None:
            return None if swap.is_working else swap.note
        return self.holiday(day) or _WEEKEND.get(day.weekday())

    def named_days(self, first: date, last: date) -> Iterator[NamedDay]:
        """Return the days of a time, both ends in it, that are not what their weekday says."""
        for day in _days(first, last):
            note = self.why_off(day)
            is_weekend = day.weekday() >= _SATURDAY
            if is_weekend and note is None:
                yield self.swapped[day]
            elif note is not None and not is_weekend:
                yield NamedDay(day, is_working=False, note=note)

    def working_from(self, day: date) -> date:
        """Return the first working day that is not before `day`."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def opening(self, moment: datetime) -> datetime:
        """Return the first working moment that is not before `moment`.

        Closing time and the beginning of lunch are no working moments.
        """
        local = moment.astimezone(VIETNAM)
        if self.is_working(local.date()):
            for begins, ends in self._periods(local.date()):
                if local < ends:
                    return max(local, begins)
        day = self.working_from(local.date() + _ONE_DAY)
        return next(self._periods(day))[0]

    def closing(self, day: date) -> datetime:
        """Return the end of work on a day."""
        return datetime.combine(day, self.hours.afternoon.ends, VIETNAM)

    def after(self, moment: datetime, work: timedelta) -> datetime:
        """Return when so much working time has passed since `moment`: the earliest such moment."""
        at = self.opening(moment)
        if not work:
            return at
        while True:
            for begins, ends in self._periods(at.date()):
                available = ends - max(at, begins)
                if work <= available:
                    return max(at, begins) + work
                work -= max(available, timedelta())
            at = self.opening(self.closing(at.date()))

    def between(self, earlier: datetime, later: datetime) -> timedelta:
        """Return the working time between two moments."""
        since, until = earlier.astimezone(VIETNAM), later.astimezone(VIETNAM)
        first, last = since.date(), until.date()
        whole = self._whole_days(first, last) if first < last else 0
        worked = (
            min(until, ends) - max(since, begins)
            for day in sorted({first, last})
            if self.is_working(day)
            for begins, ends in self._periods(day)
        )
        return sum((max(part, timedelta()) for part in worked), whole * WORKING_DAY)

    def _whole_days(self, first: date, last: date) -> int:
        """Return how many days are worked between two that are not counted themselves."""
        behind = first + _ONE_DAY
        years = sum(self._before(year)[-1] for year in range(behind.year, last.year))
        return (
            years
            + self._before(last.year)[_place(last)]
            - self._before(behind.year)[_place(behind)]
        )

    def _before(self, year: int) -> Sequence[int]:
        """Return by day of a year how many before it are worked, and behind them all of them."""
        known = self._years.get(year)
        if known is None:
            days = _days(date(year, 1, 1), date(year, 12, 31))
            known = self._years[year] = tuple(accumulate(map(self.is_working, days), initial=0))
        return known

    def _periods(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for part in (self.hours.morning, self.hours.afternoon):
            yield (
                datetime.combine(day, part.begins, VIETNAM),
                datetime.combine(day, part.ends, VIETNAM),
            )


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * _ONE_DAY


def _place(day: date) -> int:
    """Return which day of its year it is, from 0 on."""
    return day.toordinal() - date(day.year, 1, 1).toordinal()


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
