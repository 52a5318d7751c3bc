"""Gửi lên: a sum as it was handed on, and whether a receiver has it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from app.codes import AgencyCode
from app.platform.errors import NotFoundError
from app.reports.domain.checking import Value
from app.reports.domain.reports import Key


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be handed on, and why units that are missing in it do not matter."""

    key: Key
    missing_reason: str | None


class HandoverState(StrEnum):
    """Whether a receiver has it; `recorded` where none is connected or the form has no wire."""

    RECORDED = "recorded"
    OWED = "owed"
    DEFERRED = "deferred"
    DELIVERED = "delivered"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]


_LABELS: Final = {
    HandoverState.RECORDED: "Đã lập, xuất tệp để gửi",
    HandoverState.OWED: "Chờ gửi",
    HandoverState.DEFERRED: "Chưa gửi được, sẽ gửi lại",
    HandoverState.DELIVERED: "Nơi nhận đã nhận",
    HandoverState.REFUSED: "Nơi nhận từ chối",
}


@dataclass(frozen=True, slots=True)
class Handover:
    """A sum that was handed on; `missing` are the codes of units that it has nothing of."""

    id: str
    form: str
    period: str
    agency: AgencyCode
    values: Mapping[str, Value]
    units: int
    missing: tuple[str, ...]
    missing_reason: str | None
    state: HandoverState
    handed_by: str
    handed_at: datetime
    reason: str | None = None
    delivered_at: datetime | None = None

    @property
    def subject(self) -> str:
        """How the evidence log names it."""
        return f"report-handover:{self.id}"

    def delivered(self, at: datetime) -> Self:
        """Return it as one that the receiver has."""
        return replace(self, state=HandoverState.DELIVERED, reason=None, delivered_at=at)

    def held_up(self, state: HandoverState, reason: str) -> Self:
        """Return it as one that could not be delivered, or is refused for good."""
        return replace(self, state=state, reason=reason)


class UnknownHandoverError(NotFoundError):
    """There is no such handover, or it is not the caller's."""

    slug = "unknown-report-handover"
    title = "Không có lần gửi này"
    title_en = "Unknown handover"

    def __init__(self) -> None:
        super().__init__(
            "Không có lần gửi báo cáo mang mã này.", "No handover that is yours has this id."
        )
