"""What the law and a document itself ask of sender and recipient, and whether it was done.

Pure functions over facts: moments are aware, days are those of Vietnam.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Final

VIETNAM: Final = timezone(timedelta(hours=7))
_MORNING_ENDS: Final = time(12)
_ONE_DAY: Final = timedelta(days=1)

IsWorking = Callable[[date], bool]
"""Whether offices work on a day."""


class DutyKind(StrEnum):
    """`send`: in time after signing; `confirm`: say that it came; `finish`: by its due date."""

    SEND = "send"
    CONFIRM = "confirm"
    FINISH = "finish"

    @property
    def label(self) -> str:
        """The Vietnamese name that people read."""
        return _LABELS[self]

    @property
    def source(self) -> str | None:
        """The rule; None for a due date, which the document itself sets."""
        return _SOURCES.get(self)


_LABELS: Final = {
    DutyKind.SEND: "Gửi đúng thời hạn sau khi ký ban hành",
    DutyKind.CONFIRM: "Thông báo đã nhận trong ngày",
    DutyKind.FINISH: "Hoàn thành trước hạn xử lý",
}
_SOURCES: Final = {
    DutyKind.SEND: "QĐ 28/2018/QĐ-TTg, đ.6.2",
    DutyKind.CONFIRM: "NĐ 30/2020/NĐ-CP, đ.21.2",
}


class DutyState(StrEnum):
    """`met` in time, `late` afterwards; not yet: `open`, `due_soon`, `overdue`; `void`: no more."""

    MET = "met"
    LATE = "late"
    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Dealing:
    """How a document fared at one recipient.

    `confirmed_at`: the first of 02 to 06; `closed_at`: refused, finished or taken back.
    """

    arrived_at: datetime | None = None
    confirmed_at: datetime | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: until when, since when it is done, and how it stands."""

    kind: DutyKind
    deadline: datetime
    done_at: datetime | None
    state: DutyState
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """A duty in a list of those that are not done; the list is sorted by `key`."""

    urgency: int
    deadline: date
    document: str
    recipient: str
    kind: DutyKind

    @property
    def key(self) -> tuple[int, str, str, str, str]:
        """The urgent ones first, then those due first."""
        day = self.deadline.isoformat()
        return (-self.urgency, day, self.document, self.recipient, self.kind.value)

    def state(self, moment: "Moment") -> DutyState:
        """Return how it stands."""
        return _state(end_of(self.deadline), None, None, moment)


@dataclass(frozen=True, slots=True)
class Behind:
    """How many duties of a kind a unit has not done, and the first deadline of them."""

    unit: str
    kind: DutyKind
    number: int
    oldest: date


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, and how long after today a deadline still counts as soon."""

    now: datetime
    soon: timedelta


def send_by(promulgated_on: date, *, is_urgent: bool, is_working: IsWorking) -> datetime:
    """Return until when a document is to be sent (QĐ 28/2018, đ.6.2).

    The day it is signed, at the latest the morning of the next working day; an urgent one right
    after signing, of which the data say no more than the day.
    """
    if is_urgent:
        return end_of(promulgated_on)
    day = promulgated_on + _ONE_DAY
    while not is_working(day):
        day += _ONE_DAY
    return datetime.combine(day, _MORNING_ENDS, VIETNAM)


def is_sent_late(
    promulgated_on: date, sent_at: datetime, *, is_urgent: bool, is_working: IsWorking
) -> bool:
    """Tell whether a document is sent after `send_by`; days are only looked at where they count."""
    if sent_at < _earliest(promulgated_on, is_urgent=is_urgent):
        return False
    return sent_at >= send_by(promulgated_on, is_urgent=is_urgent, is_working=is_working)


def _earliest(promulgated_on: date, *, is_urgent: bool) -> datetime:
    """Return until when a document may be sent whatever days are worked."""
    if is_urgent:
        return end_of(promulgated_on)
    return datetime.combine(promulgated_on + _ONE_DAY, _MORNING_ENDS, VIETNAM)


def end_of(day: date) -> datetime:
    """Return the moment at which a day in Vietnam is over."""
    return datetime.combine(day + _ONE_DAY, time(), VIETNAM)


def day_of(moment: datetime) -> date:
    """Return the day it is in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def sending(
    promulgated_on: date, sent_at: datetime, *, is_urgent: bool, is_working: IsWorking
) -> Duty:
    """Return the sender's duty, which a document that is here has done."""
    deadline = send_by(promulgated_on, is_urgent=is_urgent, is_working=is_working)
    state = DutyState.LATE if sent_at >= deadline else DutyState.MET
    return Duty(DutyKind.SEND, deadline, sent_at, state, is_urgent)


def at_recipient(
    dealing: Dealing, due_on: date | None, moment: Moment, *, is_urgent: bool
) -> Sequence[Duty]:
    """Return what a recipient owes: to confirm the same day (NĐ 30/2020, đ.21.2), to finish."""
    found = []
    if dealing.arrived_at is not None:
        deadline = end_of(day_of(dealing.arrived_at))
        state = _state(deadline, dealing.confirmed_at, dealing.closed_at, moment)
        found.append(Duty(DutyKind.CONFIRM, deadline, dealing.confirmed_at, state, is_urgent))
    if due_on is not None:
        deadline = end_of(due_on)
        state = _state(deadline, dealing.finished_at, dealing.closed_at, moment)
        found.append(Duty(DutyKind.FINISH, deadline, dealing.finished_at, state, is_urgent))
    return found


def _state(
    deadline: datetime, done_at: datetime | None, closed_at: datetime | None, moment: Moment
) -> DutyState:
    if done_at is not None:
        return DutyState.MET if done_at < deadline else DutyState.LATE
    if closed_at is not None:
        return DutyState.VOID
    if moment.now >= deadline:
        return DutyState.OVERDUE
    is_soon = deadline - end_of(day_of(moment.now)) <= moment.soon
    return DutyState.DUE_SOON if is_soon else DutyState.OPEN
