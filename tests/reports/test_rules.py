"""Periods, due days, and what is found in the figures of a form."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendars.domain import NamedDay, WorkingHours
from app.calendars.store import calendar_of
from app.reports.domain.checking import (
    Finding,
    Values,
    WrongValuesError,
    completed,
    findings,
    fitting,
)
from app.reports.domain.forms import (
    Check,
    Field,
    FieldType,
    Form,
    Relation,
    Share,
    Text,
    UnsoundFormError,
    sound,
)
from app.reports.domain.periods import Cycle, Period, due_at
from app.reports.store.forms import shipped
from tests.reports.reporting import COUNTS

SAID = Text("sai", "wrong")
(MONTHLY,) = shipped()


def a_form(*checks: Check, **changes: object) -> Form:
    number = Field("a", SAID, FieldType.INTEGER, "hồ sơ", most_change=50)
    share = Field("p", SAID, FieldType.PERCENT, "%", is_required=False, share=Share("a", "b"))
    note = Field("note", SAID, FieldType.TEXT, "", is_required=False)
    fields = (number, replace(number, code="b", most_change=None), share, note)
    form = Form("mau", 1, SAID, Cycle.MONTH, 5, 2, "2026-01", fields, checks)
    return replace(form, **changes)  # type: ignore[arg-type]


def found(form: Form, values: Values, before: Values | None = None, **own: int) -> list[str]:
    every = findings(form, values, before=before, own=own)
    return [f"{one.field}:{one.code}{'?' if one.is_warning else ''}" for one in every]


@pytest.mark.parametrize(
    ("cycle", "label", "months", "name", "following"),
    [
        (Cycle.MONTH, "2026-12", ("2026-12", "2026-12"), "tháng 12/2026", "2027-01"),
        (Cycle.QUARTER, "2026-Q3", ("2026-07", "2026-09"), "quý III/2026", "2026-Q4"),
        (Cycle.HALF_YEAR, "2026-H2", ("2026-07", "2026-12"), "6 tháng cuối năm 2026", "2027-H1"),
        (Cycle.YEAR, "2026", ("2026-01", "2026-12"), "năm 2026", "2027"),
    ],
)
def test_a_period_is_read_and_named(
    cycle: Cycle, label: str, months: tuple[str, str], name: str, following: str
) -> None:
    period = Period.of(cycle, label)
    assert (period.label, period.months, period.name) == (label, months, name)
    assert period.following.label == following
    assert period.following.previous == period


@pytest.mark.parametrize(
    "label", ["2026-13", "2026-00", "2026-1", "2026-Q5", "2026-H3", "2026-W1", "x", ""]
)
@pytest.mark.parametrize("cycle", Cycle)
def test_what_is_no_period_is_refused(cycle: Cycle, label: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.of(cycle, label)


@given(st.sampled_from(Cycle), st.dates(date(1990, 1, 1), date(2150, 12, 31)))
def test_every_day_is_in_the_period_that_contains_it(cycle: Cycle, day: date) -> None:
    period = Period.containing(cycle, day)
    assert period.begins_on <= day <= period.ends_on
    assert Period.of(cycle, period.label) == period


def test_a_report_is_due_at_closing_time_of_the_working_day() -> None:
    calendar = calendar_of(
        [NamedDay(date(2026, 11, 4), is_working=False, note="x")], WorkingHours()
    )
    due = due_at(calendar, Period.of(Cycle.MONTH, "2026-10"), 5)
    assert due.isoformat() == "2026-11-09T17:00:00+07:00"


def test_figures_that_add_up_have_no_finding() -> None:
    values = completed(MONTHLY, COUNTS)
    assert values["solved_in_time_percent"] == 94.55
    assert found(MONTHLY, values) == []


@pytest.mark.parametrize("code", COUNTS)
def test_each_figure_that_is_changed_alone_breaks_a_check(code: str) -> None:
    values = completed(MONTHLY, COUNTS | {code: COUNTS[code] + 1})
    assert any(not one.is_warning for one in findings(MONTHLY, values, before=None, own={}))


@pytest.mark.parametrize("code", COUNTS)
def test_each_figure_must_be_there(code: str) -> None:
    values = {name: value for name, value in COUNTS.items() if name != code}
    assert f"{code}:missing" in found(MONTHLY, values)


def test_a_percentage_must_be_what_its_numbers_give() -> None:
    assert found(a_form(), {"a": 1, "b": 3, "p": 33.33}) == []
    assert found(a_form(), {"a": 1, "b": 3, "p": 33.3}) == ["p:share"]
    assert completed(a_form(), {"a": 1, "b": 0})["p"] == 0
    assert "p" not in completed(a_form(), {"a": 1})


def test_checks_compare_sums_and_the_period_before() -> None:
    most = Check(("a", "-b"), Relation.AT_MOST, ("b",), SAID)
    assert found(a_form(most), {"a": 4, "b": 2}) == []
    assert found(a_form(most), {"a": 5, "b": 2}) == ["a:check"]
    carried = Check(("b",), Relation.EQUAL, ("a",), SAID, is_before=True, is_warning=True)
    assert found(a_form(carried), {"a": 2, "b": 3}, {"a": 3}) == []
    assert found(a_form(carried), {"a": 3, "b": 2}, {"a": 3}) == ["b:check?"]
    assert found(a_form(carried), {"a": 3, "b": 2}) == []


def test_a_large_change_and_another_count_are_to_be_explained() -> None:
    assert found(a_form(), {"a": 15, "b": 1}, {"a": 10}) == []
    assert found(a_form(), {"a": 16, "b": 1}, {"a": 10}) == ["a:changed?"]
    assert found(a_form(), {"a": 4, "b": 1}, {"a": 10}) == ["a:changed?"]
    assert found(a_form(), {"a": 1, "b": 1}, {"a": 0}) == ["a:changed?"]
    assert found(a_form(), {"a": 1, "b": 1}, b=2) == ["b:differs?"]
    (one,) = findings(a_form(), {"a": 1, "b": 1}, before=None, own={"b": 2})
    assert one == Finding(
        "b",
        "differs",
        is_warning=True,
        said=Text("hệ thống đếm được 2", "we counted 2"),
        expected=2,
    )


def test_what_we_only_estimate_is_not_held_against_anybody() -> None:
    own = {"pending": 1, "pending_late": 39}
    assert found(MONTHLY, completed(MONTHLY, COUNTS), None, **own) == []


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"x": 1}, "/values/x"),
        ({"a": "1"}, "/values/a"),
        ({"a": 1.5}, "/values/a"),
        ({"p": "x"}, "/values/p"),
        ({"note": 1}, "/values/note"),
    ],
)
def test_values_of_another_kind_are_refused_by_name(values: Values, place: str) -> None:
    with pytest.raises(WrongValuesError) as refused:
        fitting(a_form(), values, {})
    assert [one.pointer for one in refused.value.errors] == [place]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"since": "2026-Q1"}, "/since"),
        ({"wire": "ministry_statistics"}, "/wire"),
        ({"checks": (Check(("a",), Relation.EQUAL, ("note",), SAID),)}, "/checks/0/right"),
        ({"checks": (Check((), Relation.EQUAL, ("a",), SAID),)}, "/checks/0/left"),
        ({"fields": a_form().fields + a_form().fields[:1]}, "/fields/4/code"),
        ({"fields": (Field("a", SAID, FieldType.PERCENT, "%"),)}, "/fields/0/share"),
        ({"fields": (Field("a", SAID, FieldType.TEXT, "", source=("late",)),)}, "/fields/0/type"),
        ({"fields": (Field("a", SAID, FieldType.INTEGER, "", source=("x",)),)}, "/fields/0/source"),
    ],
)
def test_a_form_that_contradicts_itself_is_refused(changes: dict[str, object], place: str) -> None:
    with pytest.raises(UnsoundFormError) as refused:
        sound(a_form(**changes))
    assert place in [one.pointer for one in refused.value.errors]


def test_the_forms_we_ship_are_sound() -> None:
    assert [sound(one) for one in shipped()] == list(shipped())
