"""The duties as rules, without a database."""

from datetime import date, datetime, timedelta

import pytest

from app.documents.domain.duties import (
    VIETNAM,
    Dealing,
    Duty,
    DutyState,
    Moment,
    at_recipient,
    end_of,
    sending,
)
from app.documents.store.working_days import is_working

FRIDAY, MONDAY = date(2026, 10, 30), date(2026, 11, 2)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def sent(signed: date, moment: datetime, *, is_urgent: bool = False) -> Duty:
    return sending(signed, moment, is_urgent=is_urgent, is_working=is_working)


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
