"""Một báo cáo: from a draft to its acceptance, with every revision that was submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from app.codes import AgencyCode
from app.reports.domain.checking import Finding, Value
from app.reports.domain.errors import (
    NothingToCorrectError,
    NothingToDecideError,
    UnderReviewError,
    UnreasonedCorrectionError,
)


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]


_LABELS: Final = {
    ReportState.DRAFT: "Đang soạn",
    ReportState.SUBMITTED: "Đã nộp, chờ kiểm tra",
    ReportState.RETURNED: "Bị trả lại",
    ReportState.ACCEPTED: "Đã chấp nhận",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a report says: values by the codes of the fields, and why some are unusual."""

    values: Mapping[str, Value]
    explanations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Key:
    """Whose report it is, on which form and for which period."""

    form: str
    period: str
    agency: AgencyCode


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a report is returned: of one field, or of all where none is named."""

    field: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A report as it was submitted once, and what was decided on it."""

    number: int
    content: Content
    findings: Sequence[Finding]
    reason: str | None
    submitted_by: str
    submitted_at: datetime
    decision: ReportState | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Một báo cáo.

    `content` is the working copy; `revision` the last one submitted, 0 before the first;
    `accepted` the one that counts. `due_at` is as it was promised when the report was begun.
    """

    id: str
    key: Key
    form_version: int
    state: ReportState
    content: Content
    due_at: datetime
    created_at: datetime
    changed_at: datetime
    revision: int = 0
    accepted: int | None = None
    first_submitted_at: datetime | None = None
    submitted_at: datetime | None = None
    decided_at: datetime | None = None

    @property
    def subject(self) -> str:
        """How the evidence log names it."""
        return f"report:{self.id}"

    def is_late(self, now: datetime) -> bool:
        """Tell whether it was first submitted, or still is not, behind its due date."""
        return (self.first_submitted_at or now) > self.due_at

    def filled(self, content: Content, *, now: datetime) -> Self:
        """Return it with another working copy.

        Raises:
            UnderReviewError: while it is looked at.
        """
        if self.state is ReportState.SUBMITTED:
            raise UnderReviewError
        return replace(self, content=content, changed_at=now)

    def submitted(self, content: Content, reason: str | None, *, now: datetime) -> Self:
        """Return it submitted; after it was accepted that is a correction, which has a reason.

        Raises:
            UnderReviewError: while it is looked at.
            UnreasonedCorrectionError: if it corrects an accepted one without a reason.
        """
        if self.state is ReportState.SUBMITTED:
            raise UnderReviewError
        if self.accepted is not None and not reason:
            raise UnreasonedCorrectionError
        return replace(
            self,
            state=ReportState.SUBMITTED,
            content=content,
            revision=self.revision + 1,
            first_submitted_at=self.first_submitted_at or now,
            submitted_at=now,
            changed_at=now,
        )

    def decided(self, state: ReportState, *, now: datetime) -> Self:
        """Return it accepted or returned.

        Raises:
            NothingToDecideError: if nothing waits for a decision.
        """
        if self.state is not ReportState.SUBMITTED:
            raise NothingToDecideError(self.state.label, self.state.value)
        accepted = self.revision if state is ReportState.ACCEPTED else self.accepted
        return replace(self, state=state, accepted=accepted, decided_at=now, changed_at=now)


def differing(report: Report, accepted: Content | None) -> None:
    """Demand that a correction says something else than what was accepted.

    Raises:
        NothingToCorrectError: if it does not.
    """
    if accepted is not None and dict(accepted.values) == dict(report.content.values):
        raise NothingToCorrectError
