"""Ngày hẹn trả as a pure function: when a result is due, on a calendar, whatever came between.

Working hours and days are counted in working time, eight hours a day, so a deadline of days keeps
the time of day. Calendar days and months count every day and end at closing time of the last
one, moved on to a working day. Inferred: that closing time, and that a suspension is measured in
the measure of the deadline itself.
"""

import calendar as months
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, assert_never

from app.calendars.domain import VIETNAM, WORKING_DAY, Calendar, WorkingHours
from app.dossiers.domain.filing import Channel

_ONE_DAY: Final = timedelta(days=1)


class Unit(StrEnum):
    """What a time limit is counted in; `same_day` has no length."""

    SAME_DAY = "same_day"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]


_LABELS: Final = {
    Unit.SAME_DAY: "trong ngày",
    Unit.HOURS: "giờ làm việc",
    Unit.WORKING_DAYS: "ngày làm việc",
    Unit.CALENDAR_DAYS: "ngày",
    Unit.MONTHS: "tháng",
}


@dataclass(frozen=True, slots=True)
class Duration:
    """Thời hạn giải quyết."""

    length: int
    unit: Unit

    @property
    def label(self) -> str:
        """The Vietnamese words, e.g. `5 ngày làm việc`."""
        return self.unit.label if self.unit is Unit.SAME_DAY else f"{self.length} {self.unit.label}"


class AfterSupplement(StrEnum):
    """What the end of a wait for papers does to the due date.

    `recompute` is the decree's way: the whole period anew from then on, the dossier back at its
    acceptance. `shift` adds the time that was waited.
    """

    RECOMPUTE = "recompute"
    SHIFT = "shift"


class LateApology(StrEnum):
    """What becomes of an apology that comes on the due day or later.

    It should come at least a day before (NĐ 61/2018, background knowledge that nobody confirmed
    against NĐ 118/2025), so it is marked unless a province says otherwise.
    """

    WARN = "warn"
    REFUSE = "refuse"
    OFF = "off"


class Wait(StrEnum):
    """What a dossier waits for while its time does not count."""

    PAPERS = "papers"
    PAYMENT = "payment"
    STOP = "stop"

    @property
    def label(self) -> str:
        """The Vietnamese words behind “Lùi bằng thời gian”."""
        return _WAITS[self]


_WAITS: Final = {
    Wait.PAPERS: "chờ bổ sung",
    Wait.PAYMENT: "chờ nộp phí, lệ phí",
    Wait.STOP: "dừng xử lý",
}


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """What a province may set: its hours, and the rules that are not uniform.

    A same-day dossier received after `cut_off` is due the next working day. `also_suspended_by`
    are the waits beside that for papers in which the time does not count; none is publicly known.
    """

    hours: WorkingHours = field(default_factory=WorkingHours)
    cut_off: time = time(15)
    calendar_days_skip_holidays: bool = False
    after_supplement: AfterSupplement = AfterSupplement.RECOMPUTE
    supplement_days: int = 7
    also_suspended_by: frozenset[Wait] = frozenset()
    late_apology: LateApology = LateApology.WARN


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time that does not count, e.g. from the request of papers until they were there."""

    began_at: datetime
    ended_at: datetime
    cause: Wait = Wait.PAPERS

    @property
    def days(self) -> timedelta:
        """Its length in calendar days of Vietnam."""
        return _day_of(self.ended_at) - _day_of(self.began_at)


def deadline(
    calendar: Calendar,
    rules: DeadlineRules,
    counted_from: datetime,
    duration: Duration,
    suspensions: Sequence[Suspension] = (),
) -> datetime:
    """Return when a result is due that is counted from a moment, in Vietnam time.

    What begins outside working hours counts from their next beginning.
    """
    start = calendar.opening(counted_from)
    waited = worked_through(calendar, suspensions)
    match duration.unit:
        case Unit.SAME_DAY:
            due = calendar.closing(_last_same_day(calendar, rules, counted_from))
            return calendar.after(due, waited) if waited else due
        case Unit.HOURS:
            return calendar.after(start, timedelta(hours=duration.length) + waited)
        case Unit.WORKING_DAYS:
            return calendar.after(start, duration.length * WORKING_DAY + waited)
        case Unit.CALENDAR_DAYS | Unit.MONTHS:
            last = _last_calendar_day(calendar, rules, start.date(), duration)
            last += sum((one.days for one in suspensions), timedelta())
            return calendar.closing(calendar.working_from(last))
        case unreachable:
            assert_never(unreachable)


def moved_by(calendar: Calendar, due: datetime, suspensions: Sequence[Suspension]) -> datetime:
    """Return a due date that was set by hand, moved on by the working time that did not count."""
    waited = worked_through(calendar, suspensions)
    return calendar.after(due, waited) if waited else due


def worked_through(calendar: Calendar, suspensions: Sequence[Suspension]) -> timedelta:
    """Return the working time of suspensions."""
    parts = (calendar.between(one.began_at, one.ended_at) for one in suspensions)
    return sum(parts, timedelta())


def _last_same_day(calendar: Calendar, rules: DeadlineRules, counted_from: datetime) -> date:
    received = counted_from.astimezone(VIETNAM)
    day = calendar.opening(counted_from).date()
    is_late = day == received.date() and received.time() > rules.cut_off
    return calendar.working_from(day + _ONE_DAY) if is_late else day


def _last_calendar_day(
    calendar: Calendar, rules: DeadlineRules, first: date, duration: Duration
) -> date:
    if duration.unit is Unit.MONTHS:
        return _months_later(first, duration.length)
    if not rules.calendar_days_skip_holidays:
        return first + timedelta(days=duration.length)
    day, left = first, duration.length
    while left:
        day += _ONE_DAY
        left -= calendar.holiday(day) is None
    return day


def _months_later(first: date, length: int) -> date:
    """Return the day of that number so many months later, or the last of a shorter month."""
    year, month = divmod(first.month - 1 + length, 12)
    year, month = first.year + year, month + 1
    return date(year, month, min(first.day, months.monthrange(year, month)[1]))


def _day_of(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


_WAYS: Final = {
    Channel.COUNTER: "in_person",
    Channel.ONLINE: "online",
    Channel.POSTAL: "postal",
}
_UNITS: Final = {
    "giờ": Unit.HOURS,
    "giờ làm việc": Unit.HOURS,
    "ngày làm việc": Unit.WORKING_DAYS,
    "ngày": Unit.CALENDAR_DAYS,
    "tháng": Unit.MONTHS,
}
_SAME_DAY: Final = "trong ngày"


def duration_of(record: Mapping[str, Any], channel: Channel) -> Duration | None:
    """Return the time limit of a procedure's record for a channel; None when it names none.

    Without one for the channel the counter's counts, else the first. Nothing, or one day whose
    description says “trong ngày”, is the same day (inferred from the texts procedures carry).
    """
    ways = {
        way["channel"]: way.get("time_limits", ()) for way in record.get("submission_methods", ())
    }
    order = [_WAYS[channel], _WAYS[Channel.COUNTER], *ways]
    limits = (limit for way in order for limit in ways.get(way, ()))
    return next((found for limit in limits if (found := _duration(limit)) is not None), None)


def _duration(limit: Mapping[str, Any]) -> Duration | None:
    length, unit = limit.get("length"), _UNITS.get(str(limit.get("unit", "")).strip().lower())
    if length is None or unit is None:
        return None
    is_a_day = length == 1 and unit in {Unit.WORKING_DAYS, Unit.CALENDAR_DAYS}
    says_so = _SAME_DAY in str(limit.get("description", "")).lower()
    if length == 0 or (is_a_day and says_so):
        return Duration(0, Unit.SAME_DAY)
    return Duration(length, unit)
