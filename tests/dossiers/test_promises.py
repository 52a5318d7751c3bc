"""What the owner was promised, and how it changes."""

from datetime import date, datetime, timedelta

import pytest

from app.calendars.domain import VIETNAM, Calendar, NamedDay
from app.dossiers.domain.deadlines import (
    AfterSupplement,
    DeadlineRules,
    Duration,
    Suspension,
    Unit,
)
from app.dossiers.domain.facts import facts_of, from_facts
from app.dossiers.domain.promise_errors import (
    AlreadyExtendedError,
    DueOnDayOffError,
    NothingPromisedError,
    NotLaterError,
)
from app.dossiers.domain.promises import DueReason, Ground, Promise

CULTURE_DAY = date(2026, 11, 24)
CALENDAR = Calendar(
    swapped={CULTURE_DAY: NamedDay(CULTURE_DAY, is_working=False, note="Ngày Văn hóa Việt Nam")}
)
DECREE = Ground(CALENDAR, DeadlineRules())
LEGACY = Ground(CALENDAR, DeadlineRules(after_supplement=AfterSupplement.SHIFT))
FIVE_DAYS = Duration(5, Unit.WORKING_DAYS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=VIETNAM)


RECEIVED = at("02 09:00")
WAITED = Suspension(at("03 09:00"), at("05 09:00"))


def computed(ground: Ground = DECREE) -> Promise:
    return Promise().computed(ground, FIVE_DAYS, counted_from=RECEIVED, now=RECEIVED)


def given(due: datetime) -> Promise:
    return Promise.given(due, counted_from=RECEIVED, now=RECEIVED)


def test_what_was_given_is_not_computed_anew() -> None:
    promise = given(at("20 17:00"))
    again = promise.computed(DECREE, FIVE_DAYS, counted_from=RECEIVED, now=RECEIVED)
    assert again == promise
    assert promise.last is not None
    assert promise.last.reason is DueReason.GIVEN


def test_a_procedure_without_a_limit_promises_nothing() -> None:
    promise = Promise().computed(DECREE, None, counted_from=RECEIVED, now=RECEIVED)
    assert promise.due_at is None
    assert promise.after_wait(DECREE, WAITED, now=WAITED.ended_at).due_at is None


def test_by_decree_the_whole_period_begins_anew() -> None:
    promise = computed().after_wait(DECREE, WAITED, now=WAITED.ended_at)
    assert promise.due_at == at("12 09:00")
    assert [one.reason for one in promise.decisions] == [DueReason.COMPUTED, DueReason.RECOMPUTED]


def test_by_decree_a_given_period_keeps_its_working_time() -> None:
    promise = given(at("04 11:00")).after_wait(DECREE, WAITED, now=WAITED.ended_at)
    assert promise.due_at == at("09 11:00")


def test_shifted_the_wait_is_added() -> None:
    promise = computed(LEGACY).after_wait(LEGACY, WAITED, now=WAITED.ended_at)
    assert promise.due_at == at("11 09:00")


def test_shifted_twice_both_waits_are_added() -> None:
    again = Suspension(at("06 09:00"), at("06 10:00"))
    promise = computed(LEGACY).after_wait(LEGACY, WAITED, now=WAITED.ended_at)
    promise = promise.after_wait(LEGACY, again, now=again.ended_at)
    assert promise.due_at == at("11 10:00")


def test_a_given_date_is_shifted_by_working_time() -> None:
    promise = given(at("06 16:00")).after_wait(LEGACY, WAITED, now=WAITED.ended_at)
    assert promise.due_at == at("10 16:00")


def test_it_is_put_off_once_and_to_a_later_working_day() -> None:
    promise = computed()
    with pytest.raises(NothingPromisedError):
        Promise().extended(DECREE, at("20 17:00"), now=RECEIVED)
    for early in (at("09 09:00"), at("05 17:00")):
        with pytest.raises(NotLaterError):
            promise.extended(DECREE, early, now=RECEIVED)
    with pytest.raises(NotLaterError):
        promise.extended(DECREE, at("10 17:00"), now=at("11 08:00"))
    with pytest.raises(DueOnDayOffError) as refusal:
        promise.extended(DECREE, at("24 09:00"), now=RECEIVED)
    assert "Ngày Văn hóa" in refusal.value.detail
    extended = promise.extended(DECREE, at("16 17:00"), now=RECEIVED)
    assert extended.due_at == at("16 17:00")
    with pytest.raises(AlreadyExtendedError):
        extended.extended(DECREE, at("18 17:00"), now=RECEIVED)


def test_after_an_extension_a_shift_counts_from_it() -> None:
    extended = computed(LEGACY).extended(LEGACY, at("16 15:00"), now=RECEIVED)
    promise = extended.after_wait(LEGACY, WAITED, now=WAITED.ended_at)
    assert promise.due_at == at("18 15:00")


def test_every_setting_is_explained_in_words() -> None:
    long = Promise().computed(
        DECREE, Duration(20, Unit.WORKING_DAYS), counted_from=RECEIVED, now=RECEIVED
    )
    assert long.last is not None
    assert long.last.explanation == (
        "Tính từ 09:00 ngày 02/11/2026, thời hạn 20 ngày làm việc. "
        "Ngày nghỉ không tính: 24/11 (Ngày Văn hóa Việt Nam)."
    )
    shifted = computed(LEGACY).after_wait(LEGACY, WAITED, now=WAITED.ended_at)
    anew = computed().after_wait(DECREE, WAITED, now=WAITED.ended_at)
    put_off = computed().extended(DECREE, at("16 17:00"), now=RECEIVED)
    texts = [promise.last and promise.last.explanation for promise in (shifted, anew, put_off)]
    assert texts == [
        "Lùi bằng thời gian chờ bổ sung từ 09:00 ngày 03/11/2026 đến 09:00 ngày 05/11/2026.",
        "Tính lại toàn bộ từ khi bổ sung xong, 09:00 ngày 05/11/2026, thời hạn 5 ngày làm việc.",
        "Đã xin lỗi và hẹn lại ngày trả kết quả.",
    ]


def test_a_promise_survives_being_written_down() -> None:
    promise = computed(LEGACY).after_wait(LEGACY, WAITED, now=WAITED.ended_at)
    promise = promise.extended(LEGACY, at("25 17:00"), now=RECEIVED + timedelta(days=1))
    assert from_facts(Promise, facts_of(promise)) == promise
    assert promise.is_extended
