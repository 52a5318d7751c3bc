"""From a figure to the dossiers it counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.measure import EndKind, Mark, Outcome
from app.dossiers.domain.measuring.figures import Sought
from app.dossiers.domain.measuring.tallies import GOOD, POOR
from app.dossiers.domain.statuses import Status
from app.dossiers.tables import dossiers
from app.platform.clock import Clock

_D: Final = dossiers.c

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier that a figure counts: nothing of its owner. `number` is its place in lists."""

    number: int
    code: DossierCode
    agency: AgencyCode
    procedure: str
    channel: Channel
    status: Status
    received_at: datetime
    due_at: datetime | None
    past_from: datetime | None
    ended_at: datetime | None


def _marked(mark: Mark) -> Condition:
    return _D.marks.bitwise_and(mark.value) != 0


_WITH_RESULT: Final = _D.ending.in_([EndKind.FINISHED.value, EndKind.RETURNED.value])
_RECEIVED: Final[Mapping[str, Condition | None]] = {
    "received": None,
    "received_online": _D.channel == Channel.ONLINE.value,
    "synced": _D.national_delivered_at.is_not(None),
    "population": _marked(Mark.POPULATION),
    "business": _marked(Mark.BUSINESS),
    "personal_store": _marked(Mark.PERSONAL_STORE),
    "reused": _marked(Mark.REUSED),
}
_ENDED: Final[Mapping[str, Condition | None]] = {
    "ended": None,
    "early": _D.outcome == Outcome.EARLY.value,
    "on_time": _D.outcome == Outcome.ON_TIME.value,
    "late": _D.outcome == Outcome.LATE.value,
    "finished": _WITH_RESULT,
    "rejected": _D.ending == EndKind.REJECTED.value,
    "stopped": _D.ending == EndKind.STOPPED.value,
    "withdrawn": _D.ending == EndKind.WITHDRAWN.value,
    "extended": _marked(Mark.EXTENDED),
    "digitised": _marked(Mark.DIGITISED),
    "electronic": _marked(Mark.ELECTRONIC),
    "online_full": _marked(Mark.ONLINE_FULL),
    "payable": _marked(Mark.PAYABLE),
    "paid_online": _marked(Mark.PAID_ONLINE),
}
_RATED: Final[Mapping[str, Condition | None]] = {
    "rated": None,
    "satisfied": _D.score >= GOOD,
    "dissatisfied": _D.score <= POOR,
}
Moment = ColumnElement[datetime]
_WHEN: Final[Sequence[tuple[Mapping[str, Condition | None], Any]]] = (
    (_RECEIVED, _D.received_at),
    (_ENDED, _D.ended_at),
    (_RATED, _D.rated_at),
)


def counted(
    connection: Connection,
    clock: Clock,
    sought: Sought,
    figures: Sequence[str],
    *,
    after: int,
    limit: int,
) -> Sequence[Found]:
    """Return dossiers that any of these figures counts, behind a number, so many at most."""
    conditions = [condition_of(one, sought, clock) for one in figures]
    return _found(connection, sought, [or_(*conditions)], after=after, limit=limit)


def due_between(
    connection: Connection, sought: Sought, since: datetime, until: datetime, *, limit: int
) -> Sequence[Found]:
    """Return open dossiers whose limit falls into a time, the next one first."""
    statement = (
        _select()
        .where(
            _D.is_open.is_not(None), _D.past_from >= since, _D.past_from <= until, *_within(sought)
        )
        .order_by(_D.past_from, _D.number)
        .limit(limit)
    )
    return [_read(row) for row in connection.execute(statement)]


def condition_of(figure: str, sought: Sought, clock: Clock) -> Condition:
    """Return when a dossier is counted in a figure.

    Raises:
        LookupError: if no dossier is counted in a figure of this name.
    """
    first, last = sought.months.begins_at, sought.months.ends_at
    for conditions, moment in _WHEN:
        if figure in conditions:
            only = conditions[figure]
            between = and_(_D.marks.is_not(None), moment >= first, moment < last)
            return between if only is None else and_(between, only)
    now = clock.now()
    standing: Mapping[str, Callable[[], Condition]] = {
        "in_progress": lambda: _D.is_open.is_not(None),
        "in_progress_past": lambda: and_(_D.is_open.is_not(None), _D.past_from < now),
        "in_progress_within": lambda: and_(
            _D.is_open.is_not(None), or_(_D.past_from.is_(None), _D.past_from >= now)
        ),
        "carried_over": lambda: and_(
            _D.marks.is_not(None),
            _D.received_at < first,
            or_(_D.ended_at.is_(None), _D.ended_at >= first),
        ),
    }
    return standing[figure]()


def _found(
    connection: Connection, sought: Sought, where: Sequence[Condition], *, after: int, limit: int
) -> Sequence[Found]:
    statement = (
        _select()
        .where(_D.number > after, *where, *_within(sought))
        .order_by(_D.number)
        .limit(limit)
    )
    return [_read(row) for row in connection.execute(statement)]


def _select() -> Select[Any]:
    return select(
        _D.number, _D.code, _D.agency, _D.counted_procedure, _D.channel, _D.status,
        _D.received_at, _D.due_at, _D.past_from, _D.ended_at,
    )  # fmt: skip


def _read(row: Any) -> Found:
    return Found(
        row.number,
        DossierCode(row.code),
        AgencyCode(row.agency),
        row.counted_procedure,
        Channel(row.channel),
        Status(row.status),
        row.received_at,
        row.due_at,
        row.past_from,
        row.ended_at,
    )


def _within(sought: Sought) -> list[Condition]:
    code = sought.agency.canonical
    found: list[Condition] = [
        or_(_D.agency == code, _D.agency.startswith(f"{code}.", autoescape=True))
    ]
    if sought.procedure is not None:
        found.append(_D.counted_procedure == sought.procedure.canonical)
    if sought.sector is not None:
        found.append(_D.sector == sought.sector)
    if sought.channel is not None:
        found.append(_D.channel == sought.channel.value)
    return found
