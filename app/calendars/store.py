"""The calendar: public holidays of the library, swapped days that we ship, and imported ones."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import holidays
from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.calendars.domain import Calendar, NamedDay, WorkingHours
from app.calendars.tables import calendar_days
from app.platform.prepared import Prepared

_ALL: Final = select(calendar_days).order_by(calendar_days.c.day)
_PLAIN: Final = Prepared(
    select(calendar_days.c.day, calendar_days.c.is_working, calendar_days.c.note)
)


def calendar(connection: Connection, hours: WorkingHours) -> Calendar:
    """Return the calendar with everything that was imported."""
    return _calendar(tuple(_PLAIN.rows(connection, {})), hours)


@lru_cache(maxsize=8)
def _calendar(rows: tuple[tuple[Any, ...], ...], hours: WorkingHours) -> Calendar:
    """Return the calendar of such rows: one, so that it need not count a year's days again."""
    named = (NamedDay(day, is_working=works, note=note) for day, works, note in rows)
    return calendar_of(named, hours)


def calendar_of(imported: Iterable[NamedDay], hours: WorkingHours) -> Calendar:
    """Return the calendar with these days lying over the ones we ship."""
    return Calendar(_holiday, _swapped(tuple(imported)), hours)


def imported_days(connection: Connection) -> Sequence[NamedDay]:
    """Return the imported days, in order."""
    rows = connection.execute(_ALL)
    return [NamedDay(row.day, is_working=row.is_working, note=row.note) for row in rows]


def import_days(connection: Connection, days: Iterable[NamedDay]) -> None:
    """Write days, each in place of what was known of it."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    for one in days:
        row = insert(calendar_days).values(day=one.day, is_working=one.is_working, note=one.note)
        written = {"is_working": row.excluded.is_working, "note": row.excluded.note}
        connection.execute(row.on_conflict_do_update(index_elements=["day"], set_=written))


@lru_cache(maxsize=8)
def _swapped(imported: tuple[NamedDay, ...]) -> Mapping[date, NamedDay]:
    return {one.day: one for one in (*shipped_days(), *imported)}


@cache
def shipped_days() -> tuple[NamedDay, ...]:
    """Return the swapped days of `calendar.json`, which the library lacks in part."""
    raw = files("app.calendars").joinpath("calendar.json").read_bytes()
    return tuple(
        NamedDay(date.fromisoformat(one["day"]), is_working=one["is_working"], note=one["note"])
        for one in json.loads(raw)["days"]
    )


@cache
def _holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("VN", years=year, expand=False, language="vi"))


def _holiday(day: date) -> str | None:
    return _holidays(day.year).get(day)
