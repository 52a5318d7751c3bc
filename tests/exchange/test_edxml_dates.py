from datetime import UTC, date, datetime, time

import pytest

from app.exchange.vxp.edxml.dates import read_day, read_moment, write_day, write_moment
from app.exchange.vxp.edxml.errors import WrongDateError
from app.exchange.vxp.edxml.packet import DocumentReference, TraceHop


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026/03/02 09:15:00", "2026/03/02 09:15:00"),
        ("2026/3/2 9:15", "2026/03/02 09:15:00"),
        ("2026-03-02 09:15:00", "2026/03/02 09:15:00"),
        ("2026-03-02T09:15:00", "2026/03/02 09:15:00"),
        ("2026-03-02T09:15:00.123Z", "2026/03/02 16:15:00"),
        ("2026-03-02T09:15:00+07:00", "2026/03/02 09:15:00"),
        ("2026-03-02T09:15:00-0500", "2026/03/02 21:15:00"),
        ("02/03/2026 09:15:00", "2026/03/02 09:15:00"),
        ("02/03/2026", "2026/03/02 00:00:00"),
    ],
)
def test_a_moment_is_read_in_every_known_order(text: str, expected: str) -> None:
    found = read_moment(text)
    assert found is not None
    assert write_moment(found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026/03/02", date(2026, 3, 2)),
        ("2026-03-02", date(2026, 3, 2)),
        ("02/03/2026", date(2026, 3, 2)),
        ("2026-03-02T00:00:00", date(2026, 3, 2)),
        ("2026-03-01T17:00:00Z", date(2026, 3, 2)),
    ],
)
def test_a_day_is_read_in_every_known_order(text: str, expected: date) -> None:
    assert read_day(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026/03-02",
        "2026/02/30",
        "20260302",
        "02-03-2026",
        "2026/03/02 9h",
        "٢٠٢٦/03/02",
        "1900/12/31",
        "2199/01/01",
        "0001/01/02",
        "9999/12/30",
        "1901-01-01T00:00:00+14:00",
        "2198-12-31T23:00:00Z",
    ],
)
def test_any_other_date_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_day(text)


@pytest.mark.parametrize(
    "text", ["0001/01/01", "0001-01-01T00:00:00", "31/12/9999 23:59:59", "9999-12-31T23:59:59Z"]
)
def test_what_programs_write_that_have_no_date_says_nothing(text: str) -> None:
    assert (read_day(text), read_moment(text)) == (None, None)


@pytest.mark.parametrize("day", ["1901/01/01", "2198/12/31"])
def test_the_farthest_days_are_read(day: str) -> None:
    found = read_day(day)
    assert found is not None
    assert write_day(found) == day


@pytest.mark.parametrize("far", [date(1900, 12, 31), date(2199, 1, 1), date.min, date.max])
def test_no_packet_is_made_of_a_date_that_is_not_read(far: date) -> None:
    with pytest.raises(WrongDateError):
        DocumentReference(promulgated_on=far)
    with pytest.raises(WrongDateError):
        TraceHop(at=datetime.combine(far, time(12), UTC))
