"""The rules by themselves: against the slow judge, and one by one where they surprise."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings

from app.calendars.store import calendar_of
from app.dossiers.domain.deadlines import Duration, Unit
from app.dossiers.domain.measure import Known, Measure
from app.dossiers.domain.measuring.course import end_of, grown
from app.dossiers.domain.measuring.figures import Months
from app.dossiers.domain.measuring.judging import measured
from app.dossiers.domain.promises import Ground
from tests.statistics.oracle import judge
from tests.statistics.stories import (
    PROCEDURES,
    RULES,
    Due,
    Row,
    Story,
    held,
    steps_of,
)
from tests.statistics.telling import stories

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
GROUND = Ground(calendar_of([], RULES.hours), RULES)


def known_of(story: Story) -> Known:
    kind = story.procedure
    limit = Duration(kind.limit, Unit.WORKING_DAYS) if kind.limit and kind.is_known else None
    return Known(is_asked=True, limit=limit, yields_paper=kind.yields_paper or not kind.is_known)


def measure_of(story: Story) -> Measure:
    course = grown((), steps_of(story))
    dossier = held(story)
    end = end_of(dossier.status, course, dossier.ends)
    return measured(dossier, course, known_of(story), end, lambda: GROUND)


@settings(max_examples=400, deadline=None, database=None)
@given(stories)
def test_a_dossier_is_judged_as_the_slow_judge_does(story: Story) -> None:
    measure, verdict = measure_of(story), judge(story, NOW)
    assert measure.is_counted == verdict.is_counted
    assert measure.ended_at == verdict.ended_at
    assert (measure.outcome or "") == verdict.outcome
    assert measure.worked == verdict.worked.total_seconds()
    assert measure.elapsed == verdict.elapsed.total_seconds()
    is_past = measure.past_from is not None and measure.past_from < NOW
    assert is_past == verdict.is_past


def a_story(*rows: tuple[int, int], due: int | None = None, status: int | None = None) -> Story:
    """A dossier received on a Monday at 08:00; moments in half hours from then."""
    return Story(
        agency="",
        procedure=PROCEDURES[0],
        channel="1",
        received=16,
        rows=tuple(Row(*row) for row in rows),
        dues=() if due is None else (Due(due, 0),),
        status=status,
    )


def test_nine_goes_before_ten_and_ten_before_eight() -> None:
    assert measure_of(a_story((2, 0), (9, 10), (10, 90))).ended_at == a_story().moment(10)
    assert measure_of(a_story((2, 0), (8, 10), (10, 90))).ended_at == a_story().moment(90)


def test_work_taken_up_again_ends_anew() -> None:
    story = a_story((2, 0), (9, 10), (4, 20), (9, 50))
    assert measure_of(story).ended_at == story.moment(50)


def test_a_row_told_late_takes_its_place() -> None:
    story = a_story((2, 0), (9, 50), (4, 20))
    assert measure_of(story).is_open
    told = a_story((2, 0), (9, 50), (4, 20), status=9)
    assert measure_of(told).ended_at == story.moment(50)


def test_a_withdrawal_counts_only_of_what_was_accepted() -> None:
    assert not measure_of(a_story((1, 0), (7, 10))).is_counted
    assert measure_of(a_story((1, 0), (2, 5), (7, 10))).ended_at == a_story().moment(10)


def test_a_day_before_is_early_the_day_itself_on_time_and_behind_it_late() -> None:
    outcomes = [measure_of(a_story((2, 0), (9, end), due=60)).outcome for end in (8, 59, 60, 61)]
    assert outcomes == ["early", "on_time", "on_time", "late"]


def test_a_wait_that_the_due_date_does_not_hold_puts_it_off() -> None:
    waited = a_story((2, 0), (5, 10), (4, 30), (9, 80), due=60)
    assert measure_of(waited).outcome == "on_time"
    told = (*waited.dues, Due(60, 40))
    set_since = replace(waited, dues=told)
    assert measure_of(set_since).outcome == "late"


def test_one_request_with_nothing_after_it_is_judged_by_its_own_moment() -> None:
    assert measure_of(a_story((2, 0), (5, 10), due=60)).past_from is None
    late = a_story((2, 0), (5, 70), due=60)
    assert measure_of(late).past_from == late.moment(60)


def test_more_than_one_request_and_no_end_is_overdue() -> None:
    story = a_story((2, 0), (5, 10), (4, 20), (5, 30), (4, 40), due=2000)
    assert measure_of(story).past_from == story.moment(30)


def test_an_apology_during_a_wait_is_no_second_request() -> None:
    story = a_story((2, 0), (5, 10), due=60)
    rows = (*story.rows, Row(5, 20, "extend"), Row(5, 25, "payment"))
    assert measure_of(replace(story, rows=rows)).past_from is None


def test_without_a_due_date_the_longest_time_of_the_procedure_limits() -> None:
    # Three working days from Monday 08:00 end on Thursday at 08:00.
    outcomes = [measure_of(a_story((2, 0), (9, end))).outcome for end in (144, 145)]
    assert outcomes == ["on_time", "late"]


def test_what_nothing_limits_is_on_time() -> None:
    story = a_story((2, 0), (9, 2000))
    endless = replace(story, procedure=PROCEDURES[2])
    assert measure_of(endless).outcome == "on_time"


def test_a_period_is_as_few_totals_as_it_can_be() -> None:
    months = Months("2025-11", "2027-02")
    assert months.labels == ("2025-11", "2025-12", "2026", "2027-01", "2027-02")
    assert len(months.singly) == 16
    assert months.before == Months("2024-07", "2025-10")
