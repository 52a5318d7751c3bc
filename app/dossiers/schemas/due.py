"""Ngày hẹn trả with how it came about."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.deadlines import Unit
from app.dossiers.domain.promises import Decision, DueReason, Promise
from app.fields import Moment


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class DurationOut(_Out):
    """Thời hạn giải quyết. / A time limit."""

    length: int = Field(description="Độ dài; 0 khi trong ngày. / Length; 0 for the same day.")
    unit: Unit = Field(description="Đơn vị. / What it is counted in.")


class NamedDayOut(_Out):
    """Ngày nghỉ lễ hoặc làm bù. / A holiday, or a swapped day."""

    day: date
    is_working: bool = Field(description="Làm bù. / Worked for another day.")
    note: str


class DecisionOut(_Out):
    """Một lần định ngày hẹn trả. / One setting of the due date."""

    reason: DueReason = Field(
        description="given: hệ thống một cửa hẹn, computed: tính theo thủ tục, shifted: lùi theo "
        "thời gian chờ bổ sung, recomputed: tính lại sau bổ sung, extended: xin lỗi và hẹn lại."
    )
    due_at: Moment
    decided_at: Moment
    counted_from: Moment = Field(description="Tính từ. / The moment it is counted from.")
    duration: DurationOut | None
    waited_from: Moment | None = Field(description="Bắt đầu chờ bổ sung. / A wait for papers.")
    waited_until: Moment | None
    days_off: list[NamedDayOut] = Field(
        description="Ngày lễ, ngày hoán đổi ở giữa. / Holidays and swapped days in between."
    )
    explanation: str = Field(description="Giải thích cho người dân. / In words, for people.")

    @classmethod
    def of(cls, decision: Decision) -> Self:
        """Show a setting."""
        limit, waited = decision.duration, decision.waited
        return cls(
            reason=decision.reason,
            due_at=decision.due_at,
            decided_at=decision.decided_at,
            counted_from=decision.counted_from,
            duration=None if limit is None else DurationOut(length=limit.length, unit=limit.unit),
            waited_from=None if waited is None else waited.began_at,
            waited_until=None if waited is None else waited.ended_at,
            days_off=[
                NamedDayOut(day=one.day, is_working=one.is_working, note=one.note)
                for one in decision.days_off
            ],
            explanation=decision.explanation,
        )


def decisions_of(promise: Promise) -> list[DecisionOut]:
    """Show how a due date came about, the last setting last."""
    return [DecisionOut.of(decision) for decision in promise.decisions]
