"""Dates and moments of a packet.

Read in the orders seen in practice: `yyyy/MM/dd`, ISO 8601, `dd/MM/yyyy`, each with or without
a time. A time that names no zone is Vietnam's (QĐ 28/2018, đ.14.4). Written one way only.
The years 1901 to 2198 are read: what is reckoned from a date must be one that can be told. The
first and the last day of the calendar are what programs write that have no date: they say nothing.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from app.platform.clock import VIETNAM

_TIME = (
    r"(?:(?:T|\s+)(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_FIRST: Final = datetime(1901, 1, 1, tzinfo=VIETNAM)
_END: Final = datetime(2199, 1, 1, tzinfo=VIETNAM)
_NO_DAY: Final = (date.min, date.max)
_YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})(?P<sep>[/-])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})" + _TIME, re.ASCII
)
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})" + _TIME, re.ASCII)


def read_moment(text: str) -> datetime | None:
    """Return the moment in UTC, to the second; None where it says nothing.

    Raises:
        ValueError: if it is in none of the orders, or no such moment exists or is read.
    """
    found = _match(text)
    day = _day(found)
    if day in _NO_DAY:
        return None
    hour, minute, second = (int(found[name] or 0) for name in "HMS")
    moment = datetime.combine(day, time(hour, minute, second), _zone(found["zone"]))
    if not is_near(moment):
        raise ValueError("too far away")
    return moment.astimezone(UTC)


def read_day(text: str) -> date | None:
    """Return the day as written, or Vietnam's day of the moment where a zone is named.

    None where it says nothing.

    Raises:
        ValueError: if it is in none of the orders, or no such day exists or is read.
    """
    found = _match(text)
    day = _day(found)
    if day in _NO_DAY:
        return None
    if found["zone"] is not None:
        moment = read_moment(text)
        return None if moment is None else moment.astimezone(VIETNAM).date()
    if not is_near(day):
        raise ValueError("too far away")
    return day


def is_near(when: date) -> bool:
    """Tell whether a day or a moment is one that packets may speak of."""
    moment = when if isinstance(when, datetime) else datetime.combine(when, time(), VIETNAM)
    return _FIRST <= moment < _END


def _day(found: re.Match[str]) -> date:
    return date(int(found["y"]), int(found["m"]), int(found["d"]))


def write_day(day: date) -> str:
    """Return `yyyy/MM/dd`."""
    return f"{day.year:04}/{day.month:02}/{day.day:02}"


def write_moment(moment: datetime) -> str:
    """Return `yyyy/MM/dd HH:mm:ss` in Vietnam time."""
    local = moment.astimezone(VIETNAM)
    return f"{write_day(local)} {local.hour:02}:{local.minute:02}:{local.second:02}"


def _match(text: str) -> re.Match[str]:
    found = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if found is None:
        raise ValueError("not a date")
    return found


def _zone(text: str | None) -> timezone:
    if text is None:
        return VIETNAM
    if text == "Z":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)
