"""The course of a dossier: its statuses with their moments, as the nation is told them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from operator import attrgetter
from typing import Final

from app.dossiers.domain.dossier import Ends, Step
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.measure import Course, EndKind, Turn
from app.dossiers.domain.statuses import Status

_STAYING: Final = frozenset({ActName.EXTEND, ActName.RATE, ActName.OPEN_PARTS, ActName.FOLLOW_PART})
"""Acts that leave a dossier where it stands; the nation gets no row of them."""

_ENDS: Final = {
    Status.FINISHED: EndKind.FINISHED,
    Status.RETURNED: EndKind.RETURNED,
    Status.REJECTED: EndKind.REJECTED,
    Status.STOPPED: EndKind.STOPPED,
    Status.WITHDRAWN: EndKind.WITHDRAWN,
}
_AT: Final = attrgetter("at")
_PRIORITY: Final = (
    frozenset({Status.FINISHED}),
    frozenset({Status.RETURNED}),
    frozenset({Status.STOPPED, Status.REJECTED}),
    frozenset({Status.WITHDRAWN}),
)
"""Which end counts when a dossier has several: 9 before 10 before 8 or 3 before 7."""

_TAKEN_IN: Final = frozenset(
    {Status.ACCEPTED, Status.PROCESSING, Status.STOPPED, Status.FINISHED, Status.RETURNED}
)
"""Statuses that only a dossier has which was accepted."""


@dataclass(frozen=True, slots=True)
class End:
    """How a dossier ended, and when."""

    kind: EndKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """A time that an owner was waited for: from the request of papers to whatever came next."""

    began_at: datetime
    ended_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasted, by the clock on the wall."""
        return self.ended_at - self.began_at


def grown(course: Course, steps: Iterable[Step]) -> Course:
    """Return the course with the turns that more rows of progress are, in the order written.

    A row of an act that moves nothing is no turn: otherwise an apology while papers are awaited
    would be a second request of papers. Of payments only those that move the dossier on are.
    """
    for step in steps:
        is_idle_payment = (
            step.act is ActName.RECORD_PAYMENT and bool(course) and course[-1].status is step.status
        )
        if step.act not in _STAYING and not is_idle_payment:
            course = (*course, Turn(step.status, step.happened_at))
    return course


def in_order(course: Course) -> Course:
    """Return the turns in the order in which they happened; those told late take their place."""
    return tuple(sorted(course, key=_AT))


def end_of(status: Status, course: Course, ends: Ends) -> End | None:
    """Return the end that counts; None while the dossier is open.

    The end is the moment of a terminal status, by priority 9 > 10 > 8 or 3 > 7 (dvcqg §3.7). Where
    work was taken up again only the ends after that count, and of several rows of one status the
    first. Inferred: a record whose rows tell of no end has the dates that it names itself.
    """
    if status not in _ENDS:
        return None
    turns = in_order(course)
    found = _last_run(turns) or [turn for turn in turns if turn.status in _ENDS] or _said(ends)
    for statuses in _PRIORITY:
        for turn in found:
            if turn.status in statuses:
                return End(_ENDS[turn.status], turn.at)
    return None


def waits_of(course: Course, *, until: datetime | None) -> tuple[Wait, ...]:
    """Return the times that papers were waited for, and that are over.

    `until` is the end of the dossier: what comes after it is cut off, and a wait that is still
    open ends there.
    """
    if not any(turn.status is Status.SUPPLEMENT_REQUESTED for turn in course):
        return ()
    waits: list[Wait] = []
    began: datetime | None = None
    for turn in in_order(course):
        if turn.status is Status.SUPPLEMENT_REQUESTED:
            began = turn.at if began is None else began
        elif began is not None:
            waits.append(Wait(began, turn.at))
            began = None
    if until is None:
        return tuple(waits)
    if began is not None:
        waits.append(Wait(began, until))
    return tuple(
        Wait(one.began_at, min(one.ended_at, until)) for one in waits if one.began_at < until
    )


def requests_of(course: Course) -> Sequence[datetime]:
    """Return when papers were asked for, each time, in order."""
    return [turn.at for turn in in_order(course) if turn.status is Status.SUPPLEMENT_REQUESTED]


def was_accepted(course: Course) -> bool:
    """Tell whether a dossier was ever accepted; one without rows was, as its record is here."""
    return not course or any(turn.status in _TAKEN_IN for turn in course)


def _last_run(turns: Course) -> list[Turn]:
    """Return the terminal turns behind the last one that was none."""
    run = list(takewhile(lambda turn: turn.status in _ENDS, reversed(turns)))
    return run[::-1]


def _said(ends: Ends) -> list[Turn]:
    said = (
        (Status.FINISHED, ends.finished_at),
        (Status.RETURNED, ends.returned_at),
        (Status.REJECTED, ends.rejected_at),
    )
    return [Turn(status, at) for status, at in said if at is not None]
