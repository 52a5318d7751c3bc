"""Accepting and returning reports, by a member above the unit; and showing them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.access.domain import Caller
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.errors import Invalid
from app.reports.domain.checking import WrongValuesError
from app.reports.domain.errors import OwnDecisionError
from app.reports.domain.forms import Form
from app.reports.domain.reports import Reason, Report, ReportState
from app.reports.domain.showing import Shown
from app.reports.store import reports as store
from app.reports.use_cases.causing import Cause, visible
from app.reports.use_cases.filling import checked
from app.reports.use_cases.forms import period_of, show_form


def decide(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    cause: Cause,
    *,
    report_id: str,
    reasons: Sequence[Reason],
) -> Report:
    """Accept a report, or return it where there are reasons.

    Raises:
        UnknownReportError: if it does not exist or is not the caller's.
        OwnDecisionError: if the caller is the unit itself.
        WrongValuesError: if a reason names a field that the form has not.
        NothingToDecideError: if nothing waits for a decision.
    """
    before = visible(store.lock(connection, report_id), caller)
    if caller.member.canonical == before.key.agency.canonical:
        raise OwnDecisionError
    _fit(show_form(connection, before.key.form, before.form_version), reasons)
    state = ReportState.RETURNED if reasons else ReportState.ACCEPTED
    after = before.decided(state, now=clock.now())
    store.save(connection, after)
    store.decide(connection, after, caller.client_id, reasons)
    name = "report.return" if reasons else "report.accept"
    record(connection, clock, caller, Act(name, after.subject, cause.digest))
    return after


def show(connection: Connection, clock: Clock, caller: Caller, report_id: str) -> Shown:
    """Return a report with what is found in its working copy.

    Raises:
        UnknownReportError: if it does not exist or is not the caller's.
    """
    report = visible(store.find(connection, report_id), caller)
    form = show_form(connection, report.key.form, report.form_version)
    period = period_of(form, report.key.period, pointer="")
    found = checked(connection, clock, form, period, report)
    return Shown(report, form, found, store.revisions_of(connection, report))


def list_reports(
    connection: Connection,
    caller: Caller,
    wanted: store.Wanted,
    *,
    before: int | None,
    limit: int,
) -> Sequence[tuple[int, Report]]:
    """Return a page of reports of an agency and all below it, those begun last first.

    Raises:
        AgencyNotYoursError: if the agency is neither the caller's member nor below it.
    """
    caller.act_for(wanted.agency, pointer="query/agency")
    return store.page(connection, wanted, before=before, limit=limit)


def _fit(form: Form, reasons: Sequence[Reason]) -> None:
    wrong = [
        Invalid(f"/reasons/{place}/field", "không có chỉ tiêu này", "no such field")
        for place, one in enumerate(reasons)
        if one.field is not None and form.field(one.field) is None
    ]
    if wrong:
        raise WrongValuesError(wrong)
