"""What units owe: what is due soon or late, and how punctual they were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from app.access.domain import Caller
from app.calendars.use_cases import working_calendar
from app.catalogue.use_cases import today
from app.codes import AgencyCode
from app.platform.clock import Clock
from app.reports.domain.forms import Form
from app.reports.domain.periods import Period, due_at
from app.reports.domain.summing import Duty, Punctuality, punctuality
from app.reports.store import reports as store
from app.reports.use_cases.causing import Cause, member_of
from app.reports.use_cases.forms import list_forms, members_of, period_of, show_form, units

MOST_PERIODS = 24
"""So many periods are looked at in one question."""


@dataclass(frozen=True, slots=True)
class Span:
    """A form's periods from one to another, both in it; without them all up to the present."""

    form: str
    first: str | None
    last: str | None


def due(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    cause: Cause,
    *,
    agency: AgencyCode,
    within: timedelta,
) -> Sequence[Duty]:
    """Return what is not handed in and due within a time or late, the oldest first.

    Raises:
        UnknownMemberError, AgencyNotYoursError: by the agency.
    """
    member = member_of(connection, caller, agency, "query/agency")
    until = clock.now() + within
    every = [
        one
        for form in list_forms(connection)
        for one in duties(connection, cause, form, periods_of(form, clock), member.code)
        if not one.standing.is_handed_in and one.due_at <= until
    ]
    return sorted(every, key=lambda one: (one.due_at, one.form.code, one.unit.code))


def rates(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    cause: Cause,
    *,
    agency: AgencyCode,
    span: Span,
) -> Sequence[Punctuality]:
    """Return how punctual each unit was with a form, in what was due by now.

    Raises:
        UnknownFormError, UnknownPeriodError: if there is no such form or period.
        UnknownMemberError, AgencyNotYoursError: by the agency.
    """
    form = show_form(connection, span.form)
    every = periods_of(form, clock)
    if span.first is not None:
        first = period_of(form, span.first, pointer="query/from")
        every = [one for one in every if one >= first]
    if span.last is not None:
        last = period_of(form, span.last, pointer="query/to")
        every = [one for one in every if one <= last]
    member = member_of(connection, caller, agency, "query/agency")
    owed = duties(connection, cause, form, every, member.code)
    return punctuality(owed, now=clock.now())


def duties(
    connection: Connection,
    cause: Cause,
    form: Form,
    periods: Sequence[Period],
    top: AgencyCode,
) -> Iterator[Duty]:
    """Yield what each unit at or below a member owes of a form in some periods."""
    calendar = working_calendar(connection, cause.hours)
    wanted = store.Wanted(top, form=form.code)
    known = store.of_periods(connection, wanted, [one.label for one in periods])
    members = members_of(connection, top)
    for period in periods:
        due_then = due_at(calendar, period, form.due_working_day)
        for unit in units(form, period, members):
            report = known.get((period.label, str(unit.code)))
            promised = due_then if report is None else report.due_at
            yield Duty(form, period, unit, promised, report)


def periods_of(form: Form, clock: Clock) -> list[Period]:
    """Return the periods that a form is owed for, the present one included, the last ones."""
    period = Period.containing(form.cycle, today(clock))
    found: list[Period] = []
    while period >= form.first and len(found) < MOST_PERIODS:
        found.insert(0, period)
        period = period.previous
    return found
