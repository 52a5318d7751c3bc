from datetime import date

import pytest

from app.exchange.vxp.edxml.dates import read_day, read_moment, write_moment


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
    assert write_moment(read_moment(text)) == expected


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
    ["", "2026/03-02", "2026/02/30", "20260302", "02-03-2026", "2026/03/02 9h", "٢٠٢٦/03/02"],
)
def test_any_other_date_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_day(text)
