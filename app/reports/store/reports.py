"""Reports and their revisions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, insert, or_, select, update

from app.codes import AgencyCode
from app.platform.inserting import insert_new
from app.reports.domain.checking import Finding, Values
from app.reports.domain.forms import Text
from app.reports.domain.reports import Content, Key, Reason, Report, ReportState, Revision
from app.reports.tables import reports, revisions


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports: of an agency and all below it."""

    agency: AgencyCode
    form: str | None = None
    period: str | None = None
    state: ReportState | None = None


def add(connection: Connection, report: Report) -> bool:
    """Add a report; False if the unit has one on this form and period."""
    return insert_new(connection, reports, _values(report))


def find(connection: Connection, report_id: str) -> Report | None:
    """Return a report."""
    return _first(connection, select(reports).where(reports.c.id == report_id))


def lock(connection: Connection, report_id: str) -> Report | None:
    """Return a report and keep its row until the act ends."""
    wanted = select(reports).where(reports.c.id == report_id)
    return _first(connection, wanted.with_for_update())


def of_key(connection: Connection, key: Key) -> Report | None:
    """Return the report of a unit on a form and period."""
    wanted = select(reports).where(
        reports.c.form == key.form,
        reports.c.period == key.period,
        reports.c.agency == key.agency.canonical,
    )
    return _first(connection, wanted)


def save(connection: Connection, report: Report) -> None:
    """Write what can change of a report."""
    connection.execute(update(reports).where(reports.c.id == report.id).values(**_values(report)))


def page(
    connection: Connection, wanted: Wanted, *, before: int | None, limit: int
) -> Sequence[tuple[int, Report]]:
    """Return reports with their numbers, those begun last first."""
    statement = _within(wanted).order_by(reports.c.number.desc()).limit(limit)
    if before is not None:
        statement = statement.where(reports.c.number < before)
    return [(row.number, _report(row)) for row in connection.execute(statement)]


def of_periods(
    connection: Connection, wanted: Wanted, periods: Sequence[str]
) -> Mapping[tuple[str, str], Report]:
    """Return the reports of some periods, by period and agency."""
    statement = _within(wanted).where(reports.c.period.in_(periods))
    found = map(_report, connection.execute(statement))
    return {(one.key.period, str(one.key.agency)): one for one in found}


def accepted(connection: Connection, wanted: Wanted) -> Mapping[str, tuple[Report, Values]]:
    """Return by agency the reports that count, with the values that were accepted."""
    counted = and_(
        revisions.c.report == reports.c.number, revisions.c.revision == reports.c.accepted
    )
    statement = _within(wanted).add_columns(revisions.c.content.label("said"))
    rows = connection.execute(statement.join(revisions, counted))
    return {row.agency: (_report(row), row.said["values"]) for row in rows}


def hold_accepted(connection: Connection, wanted: Wanted) -> None:
    """Keep the rows of the reports that count until the act ends: one sum of them at a time."""
    held = _within(wanted).where(reports.c.accepted.is_not(None)).order_by(reports.c.number)
    connection.execute(held.with_for_update()).all()


def content_of(connection: Connection, report: Report, number: int | None) -> Content | None:
    """Return what a report said in one of its revisions; None if it has no such."""
    statement = (
        select(revisions.c.content)
        .join(reports, reports.c.number == revisions.c.report)
        .where(reports.c.id == report.id, revisions.c.revision == number)
    )
    found = connection.execute(statement).scalar_one_or_none()
    return None if found is None else Content(**found)


def add_revision(connection: Connection, report: Report, revision: Revision) -> None:
    """Add a revision of a report whose row is held."""
    number = select(reports.c.number).where(reports.c.id == report.id).scalar_subquery()
    values = {
        "report": number,
        "revision": revision.number,
        "content": asdict(revision.content),
        "findings": [asdict(one) for one in revision.findings],
        "reason": revision.reason,
        "submitted_by": revision.submitted_by,
        "submitted_at": revision.submitted_at,
        "reasons": [],
    }
    connection.execute(insert(revisions).values(**values))


def decide(connection: Connection, report: Report, by: str, reasons: Sequence[Reason]) -> None:
    """Write what was decided on the last revision of a report whose row is held."""
    number = select(reports.c.number).where(reports.c.id == report.id).scalar_subquery()
    decided = {
        "decision": report.state.value,
        "decided_by": by,
        "decided_at": report.decided_at,
        "reasons": [asdict(one) for one in reasons],
    }
    last = revisions.c.report == number, revisions.c.revision == report.revision
    connection.execute(update(revisions).where(*last).values(**decided))


def revisions_of(connection: Connection, report: Report) -> Sequence[Revision]:
    """Return every revision of a report, in order."""
    statement = (
        select(revisions)
        .join(reports, reports.c.number == revisions.c.report)
        .where(reports.c.id == report.id)
        .order_by(revisions.c.revision)
    )
    return [_revision(row) for row in connection.execute(statement)]


def _within(wanted: Wanted) -> Select[Any]:
    top = wanted.agency.canonical
    below = reports.c.agency.startswith(f"{top}.", autoescape=True)
    statement = select(reports).where(or_(reports.c.agency == top, below))
    if wanted.form is not None:
        statement = statement.where(reports.c.form == wanted.form)
    if wanted.period is not None:
        statement = statement.where(reports.c.period == wanted.period)
    if wanted.state is not None:
        statement = statement.where(reports.c.state == wanted.state.value)
    return statement


def _first(connection: Connection, statement: Select[Any]) -> Report | None:
    row = connection.execute(statement).one_or_none()
    return None if row is None else _report(row)


def _values(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "form": report.key.form,
        "form_version": report.form_version,
        "period": report.key.period,
        "agency": report.key.agency.canonical,
        "state": report.state.value,
        "content": asdict(report.content),
        "due_at": report.due_at,
        "revision": report.revision,
        "accepted": report.accepted,
        "first_submitted_at": report.first_submitted_at,
        "submitted_at": report.submitted_at,
        "decided_at": report.decided_at,
        "created_at": report.created_at,
        "changed_at": report.changed_at,
    }


def _report(row: Row[Any]) -> Report:
    return Report(
        id=row.id,
        key=Key(row.form, row.period, AgencyCode(row.agency)),
        form_version=row.form_version,
        state=ReportState(row.state),
        content=Content(**row.content),
        due_at=row.due_at,
        created_at=row.created_at,
        changed_at=row.changed_at,
        revision=row.revision,
        accepted=row.accepted,
        first_submitted_at=row.first_submitted_at,
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
    )


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        number=row.revision,
        content=Content(**row.content),
        findings=[Finding(**one | {"said": Text(**one["said"])}) for one in row.findings],
        reason=row.reason,
        submitted_by=row.submitted_by,
        submitted_at=row.submitted_at,
        decision=row.decision and ReportState(row.decision),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reasons=tuple(Reason(**one) for one in row.reasons),
    )
