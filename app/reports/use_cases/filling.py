"""Beginning a report, filling it in, and submitting it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.calendars.use_cases import working_calendar
from app.catalogue.domain import Member
from app.catalogue.use_cases import today
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.reports.domain.checking import (
    FaultyReportError,
    Finding,
    UnexplainedError,
    Values,
    completed,
    findings,
    fitting,
    share_of,
)
from app.reports.domain.errors import NotOwedError, ReportExistsError
from app.reports.domain.forms import Form
from app.reports.domain.periods import Period, due_at
from app.reports.domain.reports import Content, Key, Report, ReportState, Revision, differing
from app.reports.domain.showing import Filled, Prefill
from app.reports.store import reports as store
from app.reports.use_cases.causing import Cause, member_of, visible
from app.reports.use_cases.counting import own_counts
from app.reports.use_cases.forms import owes, period_of, period_or_last, show_form


def prefill(connection: Connection, clock: Clock, caller: Caller, wanted: Key) -> Prefill:
    """Return what our statistics say of a form's fields; nothing is written.

    Raises:
        UnknownFormError, UnknownPeriodError: if there is no such form or period.
        UnknownMemberError, AgencyNotYoursError: by the unit.
    """
    form = show_form(connection, wanted.form)
    period = period_or_last(form, clock, wanted.period, pointer="query/period")
    member = member_of(connection, caller, wanted.agency, "query/agency")
    own = own_counts(connection, clock, form, period, member.code)
    said = values_before(connection, form, replace(wanted, agency=member.code), period) or {}
    fields = [
        Filled(one, own.get(one.code, share_of(one, own)), said.get(one.code))
        for one in form.fields
    ]
    return Prefill(form, period, str(member.code), fields)


def begin(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    cause: Cause,
    *,
    draft: tuple[Key, Content],
) -> Report:
    """Begin a report of a unit, with whatever is known of it.

    Raises:
        UnknownFormError, UnknownPeriodError: if there is no such form or period.
        UnknownMemberError, AgencyNotYoursError, NotOwedError: by the unit.
        WrongValuesError: if values are not of the form.
        ReportExistsError: if the unit has begun it before.
    """
    wanted, content = draft
    form = show_form(connection, wanted.form)
    period = period_of(form, wanted.period, pointer="/period")
    member = member_of(connection, caller, wanted.agency, "/agency_code")
    _owed(form, period, member, clock)
    fitting(form, content.values, content.explanations)
    calendar, now = working_calendar(connection, cause.hours), clock.now()
    report = Report(
        id=new_id(),
        key=Key(form.code, period.label, member.code),
        form_version=form.version,
        state=ReportState.DRAFT,
        content=content,
        due_at=due_at(calendar, period, form.due_working_day),
        created_at=now,
        changed_at=now,
    )
    if not store.add(connection, report):
        known = store.of_key(connection, report.key)
        raise ReportExistsError("" if known is None else known.id)
    record(connection, clock, caller, Act("report.begin", report.subject, cause.digest))
    return report


def fill_in(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    cause: Cause,
    *,
    report_id: str,
    content: Content,
) -> Report:
    """Put other values in place of the working copy; what was submitted stays.

    Raises:
        UnknownReportError: if it does not exist or is not the caller's.
        WrongValuesError: if values are not of the form.
        UnderReviewError: while it is looked at.
    """
    before = visible(store.lock(connection, report_id), caller)
    form = show_form(connection, before.key.form, before.form_version)
    fitting(form, content.values, content.explanations)
    after = before.filled(content, now=clock.now())
    store.save(connection, after)
    record(connection, clock, caller, Act("report.fill", after.subject, cause.digest))
    return after


def submit(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    cause: Cause,
    *,
    report_id: str,
    reason: str | None,
) -> Report:
    """Submit the working copy; of an accepted report that is a correction, with its reason.

    Raises:
        UnknownReportError: if it does not exist or is not the caller's.
        NotOwedError: if its period has not ended.
        FaultyReportError, UnexplainedError: by what is found.
        UnderReviewError, UnreasonedCorrectionError, NothingToCorrectError: by its state.
    """
    before = visible(store.lock(connection, report_id), caller)
    form = show_form(connection, before.key.form, before.form_version)
    period = period_of(form, before.key.period, pointer="/period")
    if today(clock) <= period.ends_on:
        raise NotOwedError("/period", "kỳ báo cáo chưa kết thúc", "the period has not ended")
    content = replace(before.content, values=completed(form, before.content.values))
    after = before.submitted(content, reason, now=clock.now())
    if before.accepted is not None:
        differing(after, store.content_of(connection, before, before.accepted))
    found = checked(connection, clock, form, period, after)
    demand(found, content)
    store.save(connection, after)
    revision = Revision(after.revision, content, found, reason, caller.client_id, clock.now())
    store.add_revision(connection, after, revision)
    record(connection, clock, caller, Act("report.submit", after.subject, cause.digest))
    return after


def checked(
    connection: Connection, clock: Clock, form: Form, period: Period, report: Report
) -> Sequence[Finding]:
    """Return what is found in the working copy of a report."""
    before = values_before(connection, form, report.key, period)
    own = own_counts(connection, clock, form, period, report.key.agency)
    return findings(form, completed(form, report.content.values), before=before, own=own)


def demand(found: Sequence[Finding], content: Content) -> None:
    """Demand that a report adds up, and that what is unusual is explained.

    Raises:
        FaultyReportError, UnexplainedError: with every field.
    """
    faults = [one for one in found if not one.is_warning]
    if faults:
        raise FaultyReportError(faults)
    unexplained = [one for one in found if not content.explanations.get(one.field)]
    if unexplained:
        raise UnexplainedError(unexplained)


def values_before(connection: Connection, form: Form, key: Key, period: Period) -> Values | None:
    """Return what counts, or else was submitted last, of the period before; None if nothing."""
    if period <= form.first:
        return None
    former = store.of_key(connection, replace(key, period=period.previous.label))
    if former is None or not former.revision:
        return None
    said = store.content_of(connection, former, former.accepted or former.revision)
    return None if said is None else said.values


def _owed(form: Form, period: Period, member: Member, clock: Clock) -> None:
    if not owes(form, member, period.ends_on):
        why = f"biểu dành cho cấp {form.level}", f"the form is for level {form.level}"
        raise NotOwedError("/agency_code", *why)
    if period < form.first or period.begins_on > today(clock):
        why = f"biểu có từ kỳ {form.since}, đến kỳ này", f"from {form.since} until now"
        raise NotOwedError("/period", *why)
