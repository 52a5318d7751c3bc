"""Whether a dossier is counted, whether it was on time, and how long it took."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from app.dossiers.domain.deadlines import Suspension, deadline
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.measure import Course, Known, Measure, Outcome
from app.dossiers.domain.measuring.course import (
    End,
    Wait,
    requests_of,
    waits_of,
    was_accepted,
)
from app.dossiers.domain.measuring.uses import marks_of
from app.dossiers.domain.promises import Ground, day_in_vietnam
from app.dossiers.domain.statuses import Status

_SECOND: Final = timedelta(seconds=1)


def measured(
    dossier: Dossier,
    course: Course,
    known: Known,
    end: End | None,
    ground: Callable[[], Ground],
    before: Dossier | None = None,
) -> Measure:
    """Return what a dossier with this course and end is counted as (dvcqg §3.7).

    `ground` gives calendar and rules; it is asked only where working time is counted, and not for
    an end that the dossier was counted with `before`.
    """
    if not is_counted(dossier.status, course):
        return Measure(course, known)
    kind = None if end is None else end.kind
    marks = marks_of(dossier.filing, dossier.handling, kind, known)
    limit = limit_of(dossier, course, known, end, ground)
    if end is None:
        past_from = past_from_of(dossier.status, course, limit)
        return Measure(course, known, is_counted=True, past_from=past_from, marks=marks)
    if before is not None and _lasts_as_long(dossier, course, end, before):
        worked, elapsed = before.measure.worked, before.measure.elapsed
    else:
        worked, elapsed = (one // _SECOND for one in times_of(dossier, course, end, ground))
    return Measure(
        course,
        known,
        is_counted=True,
        end=end.kind,
        ended_at=end.at,
        outcome=outcome_of(end.at, limit),
        marks=marks,
        worked=worked,
        elapsed=elapsed,
    )


def _lasts_as_long(dossier: Dossier, course: Course, end: End, before: Dossier) -> bool:
    """Tell whether reception, end and waits are those that the time was counted of before."""
    was = before.measure
    return (
        was.is_counted
        and (was.end, was.ended_at) == (end.kind, end.at)
        and before.filing.times.received_at == dossier.filing.times.received_at
        and waits_of(was.course, until=end.at) == waits_of(course, until=end.at)
    )


def is_counted(status: Status, course: Course) -> bool:
    """Tell whether a dossier is counted: its date of reception is there.

    Every dossier here has that date. 7 is an end only of what had been accepted; what its owner
    withdrew before anybody accepted it is not in progress either, so it is not counted (inferred).
    """
    return status is not Status.WITHDRAWN or was_accepted(course)


def limit_of(
    dossier: Dossier,
    course: Course,
    known: Known,
    end: End | None,
    ground: Callable[[], Ground],
) -> datetime | None:
    """Return the moment up to which an end is on time; None if nothing limits it.

    With a due date it is that one, put off by the waits for papers that it does not hold yet:
    those that were over only after it was set. Our own acts set it anew after a wait; a system
    that reports statuses only does not. Without a due date it is the procedure's longest time from
    the reception on, waits left out.
    """
    waits = waits_of(course, until=None if end is None else end.at)
    decision = dossier.promise.last
    if decision is not None:
        after = [wait.length for wait in waits if wait.ended_at > decision.decided_at]
        return decision.due_at + _sum(after) if after else decision.due_at
    if known.limit is None:
        return None
    given = ground()
    spent = [Suspension(wait.began_at, wait.ended_at) for wait in waits]
    received_at = dossier.filing.times.received_at
    return deadline(given.calendar, given.rules, received_at, known.limit, spent)


def past_from_of(status: Status, course: Course, limit: datetime | None) -> datetime | None:
    """Return since when an open dossier is past its limit; None if it will not be.

    Papers asked for once and nothing after: that request is the end it is judged by. Asked for
    more than once and not ended: overdue, whatever the limit, from the second request on.
    """
    requests = requests_of(course)
    if len(requests) > 1:
        return requests[1] if limit is None else min(requests[1], limit)
    if limit is None:
        return None
    is_waiting = status is Status.SUPPLEMENT_REQUESTED and bool(requests)
    return None if is_waiting and requests[0] <= limit else limit


def outcome_of(ended_at: datetime, limit: datetime | None) -> Outcome:
    """Return how an end stands to its limit: late behind it, early on a day before its day.

    Inferred: the day as the border of early, and that what has no limit is on time.
    """
    if limit is None:
        return Outcome.ON_TIME
    if ended_at > limit:
        return Outcome.LATE
    is_early = day_in_vietnam(ended_at) < day_in_vietnam(limit)
    return Outcome.EARLY if is_early else Outcome.ON_TIME


def times_of(
    dossier: Dossier, course: Course, end: End, ground: Callable[[], Ground]
) -> tuple[timedelta, timedelta]:
    """Return working and clock time from reception to a result, waits for papers left out.

    Nothing for other ends: the average time is one of 9 and 10 only.
    """
    received_at = dossier.filing.times.received_at
    if not end.kind.has_result or end.at <= received_at:
        return timedelta(), timedelta()
    waits = [
        Wait(max(wait.began_at, received_at), wait.ended_at)
        for wait in waits_of(course, until=end.at)
        if wait.ended_at > received_at
    ]
    calendar = ground().calendar
    worked = calendar.between(received_at, end.at)
    worked -= _sum([calendar.between(wait.began_at, wait.ended_at) for wait in waits])
    elapsed = end.at - received_at - _sum([wait.length for wait in waits])
    return worked, elapsed


def _sum(parts: Sequence[timedelta]) -> timedelta:
    return sum(parts, timedelta())
