"""Reports as JSON: drafts and decisions in, reports with what is found in them out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import Field, StringConstraints
from typing_extensions import override

from app import codes
from app.fields import AgencyCode, Line, Moment, Text
from app.platform.wire import ApiModel
from app.reports.domain.checking import Finding, Value
from app.reports.domain.reports import Content, Key, Reason, Report, ReportState, Revision
from app.reports.domain.showing import Prefill, Shown
from app.reports.schemas.forms import Code, Out

PERIOD: Final = r"^(19|20|21)\d{2}(-(\d{2}|Q[1-4]|H[12]))?$"
_VALUES: Final[dict[str, Any]] = {
    "pre_existing": 0,
    "new_reception": 0,
    "total": 0,
    "solved_in_time": 0,
    "solved_late": 0,
    "total_solved": 0,
    "pending": 0,
    "pending_late": 0,
    "total_pending": 0,
}
CONTENT: Final[dict[str, Any]] = {"values": _VALUES, "explanations": {}}
EXAMPLE: Final[dict[str, Any]] = {
    "form": "tthc-thang",
    "period": "2026-10",
    "agency_code": "H38.11",
    **CONTENT,
}
RETURN: Final[dict[str, Any]] = {
    "reasons": [{"field": "new_reception", "text": "Thiếu hồ sơ nhận qua bưu chính."}]
}

Number = Annotated[int, Field(ge=0, lt=10**15)]
Share = Annotated[float, Field(ge=0, le=100)]
Words = Annotated[
    str, StringConstraints(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$", max_length=5000)
]
Period = Annotated[str, StringConstraints(pattern=PERIOD, max_length=8)]


class ContentIn(ApiModel):
    """Số liệu và giải trình. / Values, and why some are unusual."""

    values: dict[Code, Number | Share | Words] = Field(
        max_length=200, description="Theo mã chỉ tiêu. / By the codes of fields."
    )
    explanations: dict[Code, Text] = Field(
        default_factory=dict,
        max_length=200,
        description="Giải trình theo mã chỉ tiêu. / Explanations by the codes of fields.",
    )

    def content(self) -> Content:
        """Return what is said."""
        return Content(dict(self.values), dict(self.explanations))


class ReportIn(ContentIn):
    """Lập báo cáo. / Begin a report."""

    form: Code = Field(description="Mã biểu mẫu. / Form.")
    period: Period = Field(description="Kỳ: 2026-11, 2026-Q4, 2026-H2, 2026. / Period.")
    agency_code: AgencyCode = Field(description="Đơn vị báo cáo. / The unit.")

    def key(self) -> Key:
        """Return whose report it is."""
        return Key(self.form, self.period, codes.AgencyCode(self.agency_code))


class SubmissionIn(ApiModel):
    """Nộp báo cáo. / Submit the working copy."""

    reason: Line | None = Field(
        None, max_length=500, description="Lý do, khi đính chính. / Why, if it is a correction."
    )


class NothingIn(ApiModel):
    """Không có gì thêm. / Nothing more is said."""


class ReasonIn(ApiModel):
    """Một lý do trả lại. / One reason."""

    field: Code | None = Field(None, description="Chỉ tiêu, nếu có. / Field, if it is of one.")
    text: Line = Field(max_length=500)


class ReturnIn(ApiModel):
    """Trả lại báo cáo. / Return a report."""

    reasons: tuple[ReasonIn, ...] = Field(min_length=1, max_length=100)

    def said(self) -> Sequence[Reason]:
        """Return the reasons."""
        return [Reason(one.field, one.text) for one in self.reasons]


class FindingOut(Out):
    """Một điểm cần sửa hay giải trình. / Something to correct or to explain."""

    field: str
    code: str = Field(description="missing, share, check, changed, differs.")
    is_warning: bool = Field(description="Chỉ cần giải trình. / An explanation will do.")
    said: str
    said_en: str
    expected: Value | None

    @classmethod
    def of(cls, one: Finding) -> Self:
        """Show a finding."""
        return cls(
            field=one.field,
            code=one.code,
            is_warning=one.is_warning,
            said=one.said.vi,
            said_en=one.said.en,
            expected=one.expected,
        )


class ReportLineOut(Out):
    """Một báo cáo trong danh sách. / A report in a list."""

    id: str
    form: str
    form_version: int
    period: str
    agency: str
    state: ReportState
    state_label: str
    due_at: Moment
    is_late: bool = Field(description="Nộp lần đầu, hoặc chưa nộp, sau hạn. / Behind its due date.")
    revision: int = Field(description="Số lần nộp. / How often it was submitted.")
    accepted_revision: int | None
    first_submitted_at: Moment | None
    submitted_at: Moment | None
    decided_at: Moment | None

    @classmethod
    def of(cls, report: Report, now: datetime) -> Self:
        """Show a report."""
        return cls.model_validate(line_of(report, now))


class ReasonOut(Out):
    """Một lý do trả lại. / One reason."""

    field: str | None
    text: str


class RevisionOut(Out):
    """Một lần nộp. / A report as it was submitted once."""

    revision: int
    values: dict[str, Value]
    explanations: dict[str, str]
    findings: list[FindingOut]
    reason: str | None
    submitted_by: str
    submitted_at: Moment
    decision: ReportState | None
    decided_by: str | None
    decided_at: Moment | None
    reasons: list[ReasonOut]

    @classmethod
    def of(cls, one: Revision) -> Self:
        """Show a revision."""
        return cls(
            revision=one.number,
            values=dict(one.content.values),
            explanations=dict(one.content.explanations),
            findings=[FindingOut.of(found) for found in one.findings],
            reason=one.reason,
            submitted_by=one.submitted_by,
            submitted_at=one.submitted_at,
            decision=one.decision,
            decided_by=one.decided_by,
            decided_at=one.decided_at,
            reasons=[ReasonOut(field=why.field, text=why.text) for why in one.reasons],
        )


class ReportOut(ReportLineOut):
    """Một báo cáo. / A report: its working copy, and what is found in it."""

    values: dict[str, Value]
    explanations: dict[str, str]

    @classmethod
    @override
    def of(cls, report: Report, now: datetime) -> Self:
        said = report.content
        content = {"values": dict(said.values), "explanations": dict(said.explanations)}
        return cls.model_validate(line_of(report, now) | content)


class ShownReportOut(ReportOut):
    """Một báo cáo với các lần nộp. / A report with every time it was submitted."""

    findings: list[FindingOut]
    revisions: list[RevisionOut]

    @classmethod
    def of_shown(cls, shown: Shown, now: datetime) -> Self:
        """Show a report with its history."""
        report = ReportOut.of(shown.report, now)
        return cls(
            **report.model_dump(),
            findings=[FindingOut.of(one) for one in shown.findings],
            revisions=[RevisionOut.of(one) for one in shown.revisions],
        )


class FilledOut(Out):
    """Một chỉ tiêu điền sẵn. / One field, filled in as far as we can."""

    field: str
    name: str
    unit: str
    value: Value | None = Field(description="Hệ thống đếm được; null nếu không. / Our own count.")
    source: list[str]
    is_estimate: bool
    before: Value | None = Field(description="Kỳ trước. / As reported of the period before.")


class PrefillOut(Out):
    """Biểu điền sẵn từ thống kê. / A form filled in by our own statistics."""

    form: str
    form_version: int
    period: str
    period_name: str
    agency: str
    values: dict[str, Value] = Field(description="Dùng được ngay để lập. / Ready to begin with.")
    fields: list[FilledOut]

    @classmethod
    def of(cls, found: Prefill) -> Self:
        """Show what a form would be filled with."""
        return cls(
            form=found.form.code,
            form_version=found.form.version,
            period=found.period.label,
            period_name=found.period.name,
            agency=found.agency,
            values={one.field.code: one.value for one in found.fields if one.value is not None},
            fields=[
                FilledOut(
                    field=one.field.code,
                    name=one.field.name.vi,
                    unit=one.field.unit,
                    value=one.value,
                    source=list(one.field.source),
                    is_estimate=one.field.is_estimate,
                    before=one.before,
                )
                for one in found.fields
            ],
        )


def line_of(report: Report, now: datetime) -> dict[str, Any]:
    """Return what a list shows of a report."""
    return {
        "id": report.id,
        "form": report.key.form,
        "form_version": report.form_version,
        "period": report.key.period,
        "agency": str(report.key.agency),
        "state": report.state,
        "state_label": report.state.label,
        "due_at": report.due_at,
        "is_late": report.is_late(now),
        "revision": report.revision,
        "accepted_revision": report.accepted,
        "first_submitted_at": report.first_submitted_at,
        "submitted_at": report.submitted_at,
        "decided_at": report.decided_at,
    }
