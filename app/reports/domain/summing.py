"""Tổng hợp: the reports of a tree of members as one, who is missing, who was on time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.codes import AgencyCode
from app.reports.domain.checking import Value, Values, completed
from app.reports.domain.forms import FieldType, Form
from app.reports.domain.periods import Period
from app.reports.domain.reports import Report, ReportState

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """A member that owes a report."""

    code: AgencyCode
    name: str


class Standing(StrEnum):
    """How a unit stands to a report that it owes."""

    MISSING = "missing"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return "Chưa lập" if self is Standing.MISSING else ReportState(self.value).label

    @property
    def is_handed_in(self) -> bool:
        """Whether the unit has done its part."""
        return self in {Standing.SUBMITTED, Standing.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Duty:
    """A report that a unit owes; `report` is None where it has not begun."""

    form: Form
    period: Period
    unit: Unit
    due_at: datetime
    report: Report | None = None

    @property
    def standing(self) -> Standing:
        """How the unit stands to it."""
        return Standing.MISSING if self.report is None else Standing(self.report.state.value)

    def is_late(self, now: datetime) -> bool:
        """Tell whether it was first submitted, or still is not, behind its due date."""
        return now > self.due_at if self.report is None else self.report.is_late(now)


@dataclass(frozen=True, slots=True)
class Sum:
    """The accepted reports of some units as one; `missing` have none, and are named."""

    form: Form
    period: Period
    agency: AgencyCode
    values: Mapping[str, Value]
    counted: Sequence[tuple[Unit, Report, Values]]
    missing: Sequence[Duty]


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How many reports of a unit were due, and how many came in time or late."""

    unit: Unit
    due: int
    on_time: int
    late: int
    missing: int

    @property
    def rate(self) -> float | None:
        """The share in time, in percent; None where nothing was due yet."""
        return round(_WHOLE * self.on_time / self.due, 2) if self.due else None


@dataclass(frozen=True, slots=True)
class Overview:
    """A form's period at a glance: what each unit owes, the sum, and how punctual units were.

    `forms` are all forms, each with how punctual the units were with it; `periods` those of the
    shown form that have ended, the last one first.
    """

    forms: Sequence[tuple[Form, Punctuality]]
    periods: Sequence[Period]
    whole: Unit
    duties: Sequence[Duty]
    total: Sum

    @property
    def due_at(self) -> datetime | None:
        """The latest of their due dates; None where nobody owes anything."""
        return max((one.due_at for one in self.duties), default=None)

    @property
    def handed_in(self) -> int:
        """How many units have done their part."""
        return sum(one.standing.is_handed_in for one in self.duties)


def summed(form: Form, every: Iterable[Values]) -> dict[str, Value]:
    """Return the sum of each number, and each percentage by the sums; texts are left out."""
    given = list(every)
    numbers = [one.code for one in form.fields if one.type is FieldType.INTEGER]
    sums: dict[str, Value] = {
        code: sum(value for one in given if isinstance(value := one.get(code), int))
        for code in numbers
        if given
    }
    return completed(form, sums)


def punctuality(duties: Iterable[Duty], *, now: datetime) -> Sequence[Punctuality]:
    """Return how punctual each unit was with what was due by now, in the order of their codes."""
    of_unit: dict[Unit, list[Duty]] = {}
    for one in duties:
        of_unit.setdefault(one.unit, [])
        if one.due_at <= now:
            of_unit[one.unit].append(one)
    return [_punctual(unit, of_unit[unit], now) for unit in sorted(of_unit, key=_code)]


def together(whole: Unit, every: Sequence[Punctuality]) -> Punctuality:
    """Return how punctual units were, as if they were one."""
    return Punctuality(
        whole,
        due=sum(one.due for one in every),
        on_time=sum(one.on_time for one in every),
        late=sum(one.late for one in every),
        missing=sum(one.missing for one in every),
    )


def _code(unit: Unit) -> str:
    return str(unit.code)


def _punctual(unit: Unit, due: Sequence[Duty], now: datetime) -> Punctuality:
    submitted = [one.report for one in due if one.report and one.report.first_submitted_at]
    late = sum(one.is_late(now) for one in submitted)
    return Punctuality(unit, len(due), len(submitted) - late, late, len(due) - len(submitted))
