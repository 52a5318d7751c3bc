"""The duties as rules, without a database."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendars.domain import NamedDay, WorkingHours
from app.calendars.store import calendar_of
from app.documents.domain.duties import (
    VIETNAM,
    Dealing,
    Duty,
    DutyState,
    Moment,
    at_recipient,
    end_of,
    is_sent_late,
    sending,
)

SHIPPED = calendar_of((), WorkingHours())
FRIDAY, MONDAY = date(2026, 10, 30), date(2026, 11, 2)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def sent(signed: date, moment: datetime, *, is_urgent: bool = False) -> Duty:
    return sending(signed, moment, is_urgent=is_urgent, is_working=SHIPPED.is_working)


@pytest.mark.parametrize(
    ("signed", "moment", "state"),
    [
        (MONDAY, at(MONDAY, 23, 59), DutyState.MET),
        (MONDAY, at(date(2026, 11, 3), 11, 59), DutyState.MET),
        (MONDAY, at(date(2026, 11, 3), 12), DutyState.LATE),
        (FRIDAY, at(MONDAY, 11, 59), DutyState.MET),
        (FRIDAY, at(MONDAY, 12), DutyState.LATE),
        (date(2026, 8, 31), at(date(2026, 9, 3), 11), DutyState.MET),
        (date(2026, 2, 13), at(date(2026, 2, 20), 11), DutyState.MET),
        (MONDAY, at(FRIDAY, 9), DutyState.MET),
    ],
)
def test_a_document_is_sent_by_the_next_working_morning(
    signed: date, moment: datetime, state: DutyState
) -> None:
    assert sent(signed, moment).state is state


def test_an_urgent_document_is_sent_the_day_it_is_signed() -> None:
    assert sent(MONDAY, at(MONDAY, 23, 59), is_urgent=True).state is DutyState.MET
    assert sent(MONDAY, at(date(2026, 11, 3), 0), is_urgent=True).state is DutyState.LATE


@pytest.mark.parametrize(
    ("swapped", "is_working", "late_from"),
    [
        (date(2026, 10, 31), True, at(date(2026, 10, 31), 12)),
        (MONDAY, False, at(date(2026, 11, 3), 12)),
        (date(2026, 11, 1), True, at(date(2026, 11, 1), 12)),
    ],
)
def test_a_swapped_day_moves_the_deadline(
    *, swapped: date, is_working: bool, late_from: datetime
) -> None:
    day = NamedDay(swapped, is_working=is_working, note="hoán đổi")
    calendar = calendar_of((day,), WorkingHours())
    for moment, is_late in ((late_from - timedelta(minutes=1), False), (late_from, True)):
        found = is_sent_late(FRIDAY, moment, is_urgent=False, is_working=calendar.is_working)
        assert found is is_late


@given(
    signed=st.dates(date(2025, 12, 20), date(2026, 12, 31)),
    hours=st.integers(0, 24 * 14),
    is_urgent=st.booleans(),
)
def test_what_is_late_is_what_the_duty_says(*, signed: date, hours: int, is_urgent: bool) -> None:
    moment = at(signed, 0) + timedelta(hours=hours)
    is_late = is_sent_late(signed, moment, is_urgent=is_urgent, is_working=SHIPPED.is_working)
    assert is_late is (sent(signed, moment, is_urgent=is_urgent).state is DutyState.LATE)


def test_what_is_sent_in_time_on_any_calendar_asks_none() -> None:
    def nobody_knows(day: date) -> bool:
        raise AssertionError(day)

    early = at(date(2026, 10, 31), 11, 59)
    assert not is_sent_late(FRIDAY, early, is_urgent=False, is_working=nobody_knows)
    assert is_sent_late(FRIDAY, at(MONDAY, 9), is_urgent=True, is_working=nobody_knows)


def states(dealing: Dealing, now: datetime, due_on: date | None = None) -> list[str]:
    moment = Moment(now, timedelta(days=2))
    return [duty.state.value for duty in at_recipient(dealing, due_on, moment, is_urgent=False)]


def test_receipt_is_confirmed_the_day_it_came() -> None:
    came = Dealing(arrived_at=at(MONDAY, 16))
    assert states(came, at(MONDAY, 17)) == ["due_soon"]
    assert states(came, at(date(2026, 11, 3), 0)) == ["overdue"]
    confirmed = Dealing(came.arrived_at, confirmed_at=at(MONDAY, 23, 59))
    assert states(confirmed, at(date(2026, 12, 1), 0)) == ["met"]
    late = Dealing(came.arrived_at, confirmed_at=at(date(2026, 11, 3), 0))
    assert states(late, at(date(2026, 12, 1), 0)) == ["late"]


def test_what_has_not_come_need_not_be_confirmed() -> None:
    assert states(Dealing(), at(MONDAY, 9)) == []


def test_the_due_date_is_near_past_or_met() -> None:
    due = date(2026, 11, 6)
    waiting = Dealing(at(MONDAY, 9), confirmed_at=at(MONDAY, 10))
    days = {3: "open", 4: "due_soon", 6: "due_soon", 7: "overdue"}
    found = {day: states(waiting, at(date(2026, 11, day), 23), due)[1] for day in days}
    assert found == days
    done = Dealing(at(MONDAY, 9), at(MONDAY, 10), finished_at=at(due, 23), closed_at=at(due, 23))
    assert states(done, at(date(2026, 12, 1), 0), due) == ["met", "met"]


def test_what_was_refused_or_taken_back_is_no_duty_any_more() -> None:
    gone = Dealing(at(MONDAY, 9), closed_at=at(MONDAY, 10))
    assert states(gone, at(date(2026, 12, 1), 0), MONDAY) == ["void", "void"]


def test_a_day_ends_at_midnight_in_vietnam() -> None:
    assert end_of(MONDAY).isoformat() == "2026-11-03T00:00:00+07:00"
