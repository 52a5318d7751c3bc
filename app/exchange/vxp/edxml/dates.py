"""Dates and moments of a packet.

Read in the orders seen in practice: `yyyy/MM/dd`, ISO 8601, `dd/MM/yyyy`, each with or without
a time. A time that names no zone is Vietnam's (QĐ 28/2018, đ.14.4). Written one way only.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from app.platform.clock import VIETNAM

_TIME = (
    r"(?:(?:T|\s+)(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})(?P<sep>[/-])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})" + _TIME, re.ASCII
)
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})" + _TIME, re.ASCII)


def read_moment(text: str) -> datetime:
    """Return the moment in UTC, to the second.

    Raises:
        ValueError: if it is in none of the orders, or no such moment exists.
    """
    found = _match(text)
    parts = [int(found[name] or 0) for name in "ymdHMS"]
    year, month, day, hour, minute, second = parts
    local = datetime(year, month, day, hour, minute, second, tzinfo=_zone(found["zone"]))
    try:
        return local.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside the calendar") from error


def read_day(text: str) -> date:
    """Return the day as written, or Vietnam's day of the moment where a zone is named.

    Raises:
        ValueError: if it is in none of the orders, or no such day exists.
    """
    found = _match(text)
    if found["zone"] is not None:
        return read_moment(text).astimezone(VIETNAM).date()
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
