"""What the owner was promised: every setting of the due date, with what it rests on."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self

from app.calendars.domain import VIETNAM, Calendar, NamedDay
from app.dossiers.domain.deadlines import (
    AfterSupplement,
    DeadlineRules,
    Duration,
    Suspension,
    Wait,
    deadline,
    moved_by,
)
from app.dossiers.domain.promise_errors import (
    AlreadyExtendedError,
    DueOnDayOffError,
    NothingPromisedError,
    NotLaterError,
)

_SHOWN: Final = 60
"""At most so many days off are kept with a decision."""


class DueReason(StrEnum):
    """What set the due date."""

    GIVEN = "given"
    COMPUTED = "computed"
    SHIFTED = "shifted"
    RECOMPUTED = "recomputed"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Ground:
    """What deadlines are counted on."""

    calendar: Calendar
    rules: DeadlineRules


@dataclass(frozen=True, slots=True)
class Decision:
    """One setting of the due date.

    `days_off` are the holidays and swapped days between `counted_from` and `due_at`; `waited`
    is the time that a shift added.
    """

    reason: DueReason
    due_at: datetime
    decided_at: datetime
    counted_from: datetime
    duration: Duration | None = None
    waited: Suspension | None = None
    days_off: tuple[NamedDay, ...] = ()

    @property
    def explanation(self) -> str:
        """How it came about, in Vietnamese, for a person."""
        since = _moment(self.counted_from)
        match self.reason:
            case DueReason.GIVEN:
                return "Do hệ thống một cửa ấn định."
            case DueReason.EXTENDED:
                return "Đã xin lỗi và hẹn lại ngày trả kết quả."
            case DueReason.SHIFTED:
                why = Wait.PAPERS.label
                if self.waited is not None:
                    why = f"{self.waited.cause.label} {_span(self.waited)}"
                return f"Lùi bằng thời gian {why}.{self._leaving_out()}"
            case DueReason.RECOMPUTED:
                return f"Tính lại toàn bộ từ khi bổ sung xong, {since}{self._length()}"
            case DueReason.COMPUTED:
                return f"Tính từ {since}{self._length()}"

    def _length(self) -> str:
        limit = f", thời hạn {self.duration.label}." if self.duration else "."
        return f"{limit}{self._leaving_out()}"

    def _leaving_out(self) -> str:
        off = [f"{one.day:%d/%m} ({one.note})" for one in self.days_off if not one.is_working]
        return f" Ngày nghỉ không tính: {', '.join(off)}." if off else ""


@dataclass(frozen=True, slots=True)
class Promise:
    """Ngày hẹn trả: its settings, the last one in force; none for what has no due date."""

    decisions: tuple[Decision, ...] = ()

    @property
    def last(self) -> Decision | None:
        """The setting in force."""
        return self.decisions[-1] if self.decisions else None

    @property
    def due_at(self) -> datetime | None:
        """When the result is due."""
        return self.last.due_at if self.last else None

    @property
    def is_extended(self) -> bool:
        """Whether it was put off with an apology."""
        return any(one.reason is DueReason.EXTENDED for one in self.decisions)

    @classmethod
    def given(cls, due_at: datetime | None, *, counted_from: datetime, now: datetime) -> Self:
        """Return what the one-stop system promised."""
        if due_at is None:
            return cls()
        return cls((Decision(DueReason.GIVEN, due_at, now, counted_from),))

    def computed(
        self, ground: Ground, duration: Duration | None, *, counted_from: datetime, now: datetime
    ) -> Self:
        """Return it with a due date by the procedure's time limit, unless it has one."""
        if self.decisions or duration is None:
            return self
        due = deadline(ground.calendar, ground.rules, counted_from, duration)
        decision = Decision(DueReason.COMPUTED, due, now, counted_from, duration)
        return self._with(ground, decision)

    def after_wait(self, ground: Ground, waited: Suspension, *, now: datetime) -> Self:
        """Return it after a wait for papers, by the mode that is set."""
        if self.last is None:
            return self
        if ground.rules.after_supplement is AfterSupplement.SHIFT:
            return self.shifted(ground, waited, now=now)
        return self._recomputed(ground, waited, now)

    def extended(self, ground: Ground, due_at: datetime, *, now: datetime) -> Self:
        """Return it put off once, to a working day.

        Raises:
            NothingPromisedError: if there is no due date.
            AlreadyExtendedError: if it was put off before.
            NotLaterError: if the new due date is not later.
            DueOnDayOffError: if nobody works on that day.
        """
        if self.last is None:
            raise NothingPromisedError
        if self.is_extended:
            raise AlreadyExtendedError
        if due_at <= max(self.last.due_at, now):
            raise NotLaterError(self.last.due_at)
        if (why := ground.calendar.why_off(day_in_vietnam(due_at))) is not None:
            raise DueOnDayOffError(why)
        decision = Decision(DueReason.EXTENDED, due_at, now, self.last.counted_from)
        return self._with(ground, decision)

    def _recomputed(self, ground: Ground, waited: Suspension, now: datetime) -> Self:
        origin, calendar, start = self.decisions[0], ground.calendar, waited.ended_at
        if origin.duration is None:
            whole = calendar.between(origin.counted_from, origin.due_at)
            due = calendar.after(start, whole)
        else:
            due = deadline(calendar, ground.rules, start, origin.duration)
        decision = Decision(DueReason.RECOMPUTED, due, now, start, origin.duration)
        return self._with(ground, decision)

    def shifted(self, ground: Ground, waited: Suspension, *, now: datetime) -> Self:
        """Return it moved on by a time that did not count."""
        if self.last is None:
            return self
        base = next(one for one in reversed(self.decisions) if one.reason is not DueReason.SHIFTED)
        later = self.decisions[self.decisions.index(base) + 1 :]
        waits = [*(one.waited for one in later if one.waited), waited]
        if base.duration is None:
            due = moved_by(ground.calendar, base.due_at, waits)
        else:
            due = deadline(ground.calendar, ground.rules, base.counted_from, base.duration, waits)
        decision = Decision(DueReason.SHIFTED, due, now, base.counted_from, base.duration, waited)
        return self._with(ground, decision)

    def _with(self, ground: Ground, decision: Decision) -> Self:
        first, last = day_in_vietnam(decision.counted_from), day_in_vietnam(decision.due_at)
        named = tuple(ground.calendar.named_days(first, last))[:_SHOWN]
        return replace(self, decisions=(*self.decisions, replace(decision, days_off=named)))


def day_in_vietnam(moment: datetime) -> date:
    """Return the day of a moment in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def start_of_day(moment: datetime) -> datetime:
    """Return midnight in Vietnam before a moment."""
    return moment.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"


def _span(waited: Suspension) -> str:
    return f"từ {_moment(waited.began_at)} đến {_moment(waited.ended_at)}"
