"""A calendar file: swapped days and whatever else differs from the public holidays."""

from pydantic import Field

from app.calendars.domain import NamedDay
from app.fields import Day, Line
from app.platform.bodies import digest_of, parse_json
from app.platform.wire import ApiModel


class NamedDayIn(ApiModel):
    """Một ngày khác thường: nghỉ trong tuần, hoặc làm bù cuối tuần."""

    day: Day
    is_working: bool
    note: Line = Field(max_length=200)


class CalendarIn(ApiModel):
    """What a file may hold."""

    days: tuple[NamedDayIn, ...] = Field(max_length=10_000)


def read_calendar(raw: bytes) -> tuple[tuple[NamedDay, ...], str]:
    """Read a calendar file strictly; return its days and its SHA-256.

    Raises:
        InvalidInputError: if something does not fit the description; names every place.
        NotJsonError: if it is not JSON.
    """
    said = parse_json(raw, CalendarIn)
    days = tuple(NamedDay(one.day, is_working=one.is_working, note=one.note) for one in said.days)
    return days, digest_of(raw)
