"""When results are due: the hand-computed table, and what holds for every deadline."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.calendars.domain import VIETNAM, Calendar, NamedDay, Period, WorkingHours
from app.calendars.store import calendar_of
from app.dossiers.domain.deadlines import (
    DeadlineRules,
    Duration,
    Suspension,
    Unit,
    deadline,
    duration_of,
    moved_by,
    worked_through,
)
from app.dossiers.domain.filing import Channel

FILE = Path(__file__).parent / "deadlines.yaml"
RULES = DeadlineRules()


@lru_cache(maxsize=1)
def table() -> Any:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def fixed_calendar() -> Calendar:
    off = {day: NamedDay(day, is_working=False, note="nghỉ") for day in table()["days_off"]}
    on = {day: NamedDay(day, is_working=True, note="làm bù") for day in table()["days_worked"]}
    return Calendar(swapped=off | on)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def limit(text: str) -> Duration:
    length, _, unit = text.rpartition(" ")
    return Duration(int(length or 0), Unit(unit))


def waits(row: Any) -> list[Suspension]:
    return [Suspension(moment(since), moment(until)) for since, until in row.get("waited", [])]


@pytest.mark.parametrize(
    "row", table()["deadlines"], ids=lambda row: f"{row['received']} {row['because']}"
)
def test_a_deadline_is_what_was_computed_by_hand(row: Any) -> None:
    due = deadline(
        fixed_calendar(), RULES, moment(row["received"]), limit(row["limit"]), waits(row)
    )
    assert due == moment(row["due"]), row["because"]


def test_the_table_is_large_and_every_line_of_it_has_a_reason() -> None:
    rows = table()["deadlines"]
    assert len(rows) >= 60
    assert all(row["because"] for row in rows)
    assert len({(row["received"], row["limit"], str(row.get("waited"))) for row in rows}) == len(
        rows
    )


def test_the_shipped_calendar_is_the_fixed_one() -> None:
    shipped = calendar_of((), WorkingHours())
    named = list(shipped.named_days(date(2026, 1, 1), date(2027, 12, 31)))
    assert [one.day for one in named if not one.is_working] == table()["days_off"]
    assert [one.day for one in named if one.is_working] == table()["days_worked"]
    assert all(one.note for one in named)


def test_calendar_days_may_leave_holidays_out() -> None:
    rules = DeadlineRules(calendar_days_skip_holidays=True)
    tet = (date(2026, 2, day) for day in range(16, 21))
    names = dict.fromkeys(tet, "Tết")
    calendar = Calendar(holiday=names.get)
    received = moment("2026-02-13 09:00")
    due = deadline(calendar, rules, received, Duration(6, Unit.CALENDAR_DAYS))
    assert due == moment("2026-02-24 17:00")  # 14, 15, then 21, 22, 23, 24
    plain = deadline(calendar, RULES, received, Duration(6, Unit.CALENDAR_DAYS))
    assert plain == moment("2026-02-23 17:00")  # Thursday 19 moves on


def test_working_hours_are_eight_in_two_parts() -> None:
    with pytest.raises(ValueError, match="eight hours"):
        WorkingHours(morning=Period(time(8), time(11, 30)))
    with pytest.raises(ValueError, match="before the afternoon"):
        WorkingHours(Period(time(7), time(14)), Period(time(13), time(14)))
    later = WorkingHours(Period(time(7, 30), time(11, 30)), Period(time(13), time(17)))
    due = deadline(
        Calendar(hours=later), RULES, moment("2026-11-02 11:00"), Duration(1, Unit.HOURS)
    )
    assert due == moment("2026-11-02 13:30")


RECORD = {
    "submission_methods": [
        {
            "channel": "in_person",
            "time_limits": [
                {"description": "theo quy định"},
                {"length": 5, "unit": "Ngày làm việc"},
            ],
        },
        {"channel": "online", "time_limits": [{"length": 1, "unit": "Ngày"}]},
    ]
}


@pytest.mark.parametrize(
    ("channel", "found"),
    [
        (Channel.COUNTER, Duration(5, Unit.WORKING_DAYS)),
        (Channel.ONLINE, Duration(1, Unit.CALENDAR_DAYS)),
        (Channel.POSTAL, Duration(5, Unit.WORKING_DAYS)),
    ],
)
def test_each_channel_has_its_own_time_limit(channel: Channel, found: Duration) -> None:
    assert duration_of(RECORD, channel) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"length": 4, "unit": "Giờ"}, Duration(4, Unit.HOURS)),
        ({"length": 2, "unit": "tháng"}, Duration(2, Unit.MONTHS)),
        ({"length": 0, "unit": "ngày"}, Duration(0, Unit.SAME_DAY)),
        (
            {"length": 1, "unit": "ngày làm việc", "description": "Ngay trong ngày tiếp nhận"},
            Duration(0, Unit.SAME_DAY),
        ),
        ({"length": 3, "unit": "tuần trăng"}, None),
        ({"unit": "ngày"}, None),
    ],
)
def test_a_time_limit_is_read_from_the_words_of_the_record(
    said: dict[str, Any], found: Duration | None
) -> None:
    record = {"submission_methods": [{"channel": "online", "time_limits": [said]}]}
    assert duration_of(record, Channel.ONLINE) == found


def test_some_procedures_have_no_due_date() -> None:
    assert duration_of({}, Channel.ONLINE) is None


# What holds for every deadline, on the fixed calendar.

CALENDAR = fixed_calendar()
FIRST = datetime(2026, 1, 1, tzinfo=VIETNAM)
moments = st.integers(0, 500 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
durations = st.one_of(
    st.builds(Duration, st.integers(1, 200), st.just(Unit.HOURS)),
    st.builds(Duration, st.integers(1, 40), st.just(Unit.WORKING_DAYS)),
    st.builds(Duration, st.integers(1, 60), st.just(Unit.CALENDAR_DAYS)),
    st.builds(Duration, st.integers(1, 3), st.just(Unit.MONTHS)),
    st.just(Duration(0, Unit.SAME_DAY)),
)
gaps = st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=9)), min_size=4, max_size=4)


def due_of(received: datetime, duration: Duration, *waited: Suspension) -> datetime:
    return deadline(CALENDAR, RULES, received, duration, waited)


@given(received=moments, duration=durations, gap=gaps)
def test_a_result_is_due_while_offices_work(
    received: datetime, duration: Duration, gap: list[timedelta]
) -> None:
    waited = Suspension(received + gap[0], received + gap[0] + gap[1])
    for due in (due_of(received, duration), due_of(received, duration, waited)):
        hours = CALENDAR.hours
        assert CALENDAR.is_working(due.date())
        assert any(
            part.begins < due.time() <= part.ends or due == CALENDAR.opening(due)
            for part in (hours.morning, hours.afternoon)
        )
        assert due > received


@given(received=moments, later=st.timedeltas(timedelta(), timedelta(days=40)), duration=durations)
def test_who_comes_later_is_not_served_earlier(
    received: datetime, later: timedelta, duration: Duration
) -> None:
    assert due_of(received, duration) <= due_of(received + later, duration)


@given(received=moments, duration=durations, more=st.integers(0, 50))
def test_a_longer_time_limit_does_not_end_earlier(
    received: datetime, duration: Duration, more: int
) -> None:
    longer = Duration(duration.length + more, duration.unit)
    assert due_of(received, duration) <= due_of(received, longer)


@given(received=moments, duration=durations, gap=gaps)
def test_a_longer_wait_does_not_end_earlier(
    received: datetime, duration: Duration, gap: list[timedelta]
) -> None:
    began = received + gap[0]
    short = Suspension(began, began + gap[1])
    long = Suspension(began, began + gap[1] + gap[2])
    assert (
        due_of(received, duration)
        <= due_of(received, duration, short)
        <= due_of(received, duration, long)
    )


@given(received=moments, duration=durations, gap=gaps)
def test_two_waits_are_one_of_their_length(
    received: datetime, duration: Duration, gap: list[timedelta]
) -> None:
    began, paused, ended = received, received + gap[0], received + gap[0] + gap[1]
    whole = due_of(received, duration, Suspension(began, ended))
    parts = due_of(received, duration, Suspension(began, paused), Suspension(paused, ended))
    assert whole == parts


@given(received=moments, hours=st.integers(1, 200), gap=gaps)
def test_what_was_left_before_a_wait_is_left_after_it(
    received: datetime, hours: int, gap: list[timedelta]
) -> None:
    duration = Duration(hours, Unit.HOURS)
    before = due_of(received, duration)
    waited = Suspension(began := received + gap[0] / 9, began + gap[1])
    if began <= before:
        after = due_of(received, duration, waited)
        assert CALENDAR.between(waited.ended_at, after) == CALENDAR.between(began, before)
        assert moved_by(CALENDAR, before, [waited]) == after or not worked_through(
            CALENDAR, [waited]
        )


@given(start=moments, first=st.integers(1, 3000), second=st.integers(1, 3000))
def test_working_time_adds_up(start: datetime, first: int, second: int) -> None:
    one, other = timedelta(minutes=first), timedelta(minutes=second)
    end = CALENDAR.after(start, one + other)
    assert CALENDAR.after(CALENDAR.after(start, one), other) == end
    assert CALENDAR.between(start, end) == one + other


@given(start=moments, days=st.integers(0, 1200))
def test_working_time_over_years_is_that_of_its_days(start: datetime, days: int) -> None:
    end = start + timedelta(days=days)
    middles = [start + timedelta(days=number) for number in range(days + 1)]
    parts = pairwise(middles)
    assert CALENDAR.between(start, end) == sum(
        (CALENDAR.between(began, ended) for began, ended in parts), timedelta()
    )
    assert CALENDAR.between(end, start) == timedelta() or not days
