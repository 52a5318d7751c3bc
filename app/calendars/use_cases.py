"""Keeping the calendar that deadlines and duties are counted on, and reading it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection

from app.calendars import store
from app.calendars.domain import Calendar, CalendarError, NamedDay, WorkingHours
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Days:
    """What a calendar file says, and the SHA-256 of the file."""

    days: tuple[NamedDay, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How many days an import wrote anew, changed, and found as they were."""

    new: int
    changed: int
    unchanged: int


def import_calendar(connection: Connection, clock: Clock, actor: Actor, parsed: Days) -> Kept:
    """Write the days of a file over what is known of them; the others stay.

    Due dates that were promised before stay as they are.

    Raises:
        CalendarError: if a day is named twice.
    """
    named: set[date] = set()
    for one in parsed.days:
        if one.day in named:
            raise CalendarError(one.day)
        named.add(one.day)
    before = {one.day: one for one in store.imported_days(connection)}
    new = [one for one in parsed.days if one.day not in before]
    changed = [one for one in parsed.days if one != before.get(one.day, one)]
    store.import_days(connection, [*new, *changed])
    record(connection, clock, actor, Act("calendar.import", "calendar", parsed.digest))
    return Kept(len(new), len(changed), len(parsed.days) - len(new) - len(changed))


def working_calendar(connection: Connection, hours: WorkingHours) -> Calendar:
    """Return the calendar of offices with these hours."""
    return store.calendar(connection, hours)


def working_days(connection: Connection) -> Callable[[date], bool]:
    """Return whether offices work on a day; what was imported is read when that is first asked."""

    @cache
    def known() -> Calendar:
        return store.calendar(connection, WorkingHours())

    return lambda day: known().is_working(day)


def show_calendar(connection: Connection, year: int) -> Sequence[NamedDay]:
    """Return the days of a year that are not what their weekday says, in order."""
    calendar = store.calendar(connection, WorkingHours())
    return list(calendar.named_days(date(year, 1, 1), date(year, 12, 31)))
