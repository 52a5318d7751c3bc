"""What is shown of a form filled in by us, and of a report with its history."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.domain.checking import Finding, Value
from app.reports.domain.forms import Field, Form
from app.reports.domain.periods import Period
from app.reports.domain.reports import Report, Revision


@dataclass(frozen=True, slots=True)
class Filled:
    """What one field would be filled with: our own figure, and that of the period before."""

    field: Field
    value: Value | None
    before: Value | None


@dataclass(frozen=True, slots=True)
class Prefill:
    """A form filled in by our own statistics, as far as they go."""

    form: Form
    period: Period
    agency: str
    fields: Sequence[Filled]


@dataclass(frozen=True, slots=True)
class Shown:
    """A report with its form, what is found in it now, and every revision."""

    report: Report
    form: Form
    findings: Sequence[Finding]
    revisions: Sequence[Revision]
