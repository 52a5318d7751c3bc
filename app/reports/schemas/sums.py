"""Sums, duties, punctuality and handovers as JSON; a sum as CSV."""

import csv
import io
from datetime import datetime
from typing import Any, Final, Self

from pydantic import Field

from app import codes
from app.fields import AgencyCode, Line, Moment
from app.platform.wire import ApiModel
from app.reports.domain.checking import Value
from app.reports.domain.handing import Handover, HandoverState, Wish
from app.reports.domain.reports import Key
from app.reports.domain.summing import Duty, Punctuality, Standing, Sum
from app.reports.schemas.forms import Out
from app.reports.schemas.reports import Period

_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
HAND_ON: Final[dict[str, Any]] = {
    "period": "2026-10",
    "agency_code": "H38",
    "missing_reason": "Các đơn vị khác chưa kết nối.",
}


class HandoverIn(ApiModel):
    """Gửi tổng hợp lên. / Hand a sum on."""

    period: Period = Field(description="Kỳ báo cáo. / Period.")
    agency_code: AgencyCode = Field(description="Tổng hợp của cơ quan. / Whose sum.")
    missing_reason: Line | None = Field(
        None,
        max_length=500,
        description="Lý do gửi khi còn thiếu đơn vị. / Why it goes without some units.",
    )

    def wish(self, form: str) -> Wish:
        """Return what shall be handed on."""
        key = Key(form, self.period, codes.AgencyCode(self.agency_code))
        return Wish(key, self.missing_reason)


class DutyOut(Out):
    """Một báo cáo phải nộp. / A report that a unit owes."""

    form: str
    form_title: str
    period: str
    period_name: str
    agency: str
    agency_name: str
    standing: Standing
    due_at: Moment
    is_late: bool
    report: str | None = Field(description="Mã báo cáo, nếu đã lập. / Its id, if it was begun.")

    @classmethod
    def of(cls, duty: Duty, now: datetime) -> Self:
        """Show a duty."""
        return cls(
            form=duty.form.code,
            form_title=duty.form.title.vi,
            period=duty.period.label,
            period_name=duty.period.name,
            agency=str(duty.unit.code),
            agency_name=duty.unit.name,
            standing=duty.standing,
            due_at=duty.due_at,
            is_late=duty.is_late(now),
            report=None if duty.report is None else duty.report.id,
        )


class CountedReportOut(Out):
    """Một báo cáo trong tổng hợp. / A report that a sum has."""

    agency: str
    agency_name: str
    report: str
    revision: int
    values: dict[str, Value]


class SumOut(Out):
    """Tổng hợp của một cây đơn vị. / The accepted reports of a tree of members as one."""

    form: str
    form_version: int
    form_title: str
    period: str
    period_name: str
    agency: str
    values: dict[str, Value]
    counted: list[CountedReportOut]
    missing: list[DutyOut] = Field(description="Đơn vị còn thiếu. / Units it has nothing of.")

    @classmethod
    def of(cls, found: Sum, now: datetime) -> Self:
        """Show a sum."""
        return cls(
            form=found.form.code,
            form_version=found.form.version,
            form_title=found.form.title.vi,
            period=found.period.label,
            period_name=found.period.name,
            agency=str(found.agency),
            values=dict(found.values),
            counted=[
                CountedReportOut(
                    agency=str(unit.code),
                    agency_name=unit.name,
                    report=report.id,
                    revision=report.accepted or 0,
                    values=dict(values),
                )
                for unit, report, values in found.counted
            ],
            missing=[DutyOut.of(one, now) for one in found.missing],
        )


class PunctualityOut(Out):
    """Tỷ lệ nộp đúng hạn của một đơn vị. / How punctual a unit was."""

    agency: str
    agency_name: str
    due: int = Field(description="Số báo cáo đã đến hạn. / Reports due by now.")
    on_time: int
    late: int = Field(description="Nộp lần đầu sau hạn. / First submitted behind the due date.")
    missing: int
    rate: float | None = Field(description="% đúng hạn; null nếu chưa có. / In time, in percent.")

    @classmethod
    def of(cls, one: Punctuality) -> Self:
        """Show how punctual a unit was."""
        return cls(
            agency=str(one.unit.code),
            agency_name=one.unit.name,
            due=one.due,
            on_time=one.on_time,
            late=one.late,
            missing=one.missing,
            rate=one.rate,
        )


class HandoverOut(Out):
    """Một lần gửi lên. / A sum as it was handed on."""

    id: str
    form: str
    period: str
    agency: str
    values: dict[str, Value]
    units: int = Field(description="Số đơn vị đã cộng. / How many units it is of.")
    missing: list[str]
    missing_reason: str | None
    state: HandoverState
    state_label: str
    reason: str | None
    handed_at: Moment
    delivered_at: Moment | None

    @classmethod
    def of(cls, one: Handover) -> Self:
        """Show a handover."""
        return cls(
            id=one.id,
            form=one.form,
            period=one.period,
            agency=str(one.agency),
            values=dict(one.values),
            units=one.units,
            missing=list(one.missing),
            missing_reason=one.missing_reason,
            state=one.state,
            state_label=one.state.label,
            reason=one.reason,
            handed_at=one.handed_at,
            delivered_at=one.delivered_at,
        )


def csv_of(found: Sum) -> str:
    """Return a sum as CSV that spreadsheets open: a row for each unit, the sum last.

    Missing units have a row without values. A text that a spreadsheet would take for a formula
    has an apostrophe before it.
    """
    file = io.StringIO()
    file.write(_MARK)
    writer = csv.writer(file)
    codes_of = [one.code for one in found.form.fields]
    writer.writerow(["agency", "agency_name", "standing", *codes_of])
    for unit, _, values in found.counted:
        row = [_plain(values.get(code)) for code in codes_of]
        writer.writerow([unit.code, _plain(unit.name), Standing.ACCEPTED, *row])
    for duty in found.missing:
        unit = duty.unit
        writer.writerow([unit.code, _plain(unit.name), duty.standing, *("" for _ in codes_of)])
    total = [_plain(found.values.get(code)) for code in codes_of]
    writer.writerow([found.agency, "Tổng cộng", "", *total])
    return file.getvalue()


def _plain(value: Value | None) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
