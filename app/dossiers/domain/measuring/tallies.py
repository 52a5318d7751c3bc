"""What a dossier adds to the summaries: up to three cells, of its reception, end and rating."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from app.calendars.domain import VIETNAM
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.measure import Bit, EndKind, Mark, Outcome

GOOD: Final = 4
POOR: Final = 2
"""A rating of 4 or 5 is satisfied, one of 1 or 2 is not."""


EVER: Final = ""
"""Stands for the month where everything that was ever received and ended is summed."""


class Cell(NamedTuple):
    """Where something is counted; `month` is a Vietnamese one, e.g. `2026-11`.

    In totals it may also be a whole year, e.g. `2026`, or `EVER`.
    """

    agency: str
    procedure: str
    sector: str
    channel: str
    month: str


class Counts(NamedTuple):
    """What is counted in a cell; a tuple, as every act makes a few and adds them up.

    Up to `reused` in the month of reception, from `ended` on in that of the end, from `rated` on
    in that of the rating. `worked` and `elapsed` are seconds of those in `finished`, which ended
    with a result; `score` is the sum of ratings.
    """

    received: int = 0
    synced: int = 0
    population: int = 0
    business: int = 0
    personal_store: int = 0
    reused: int = 0
    ended: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    finished: int = 0
    rejected: int = 0
    stopped: int = 0
    withdrawn: int = 0
    extended: int = 0
    digitised: int = 0
    electronic: int = 0
    online_full: int = 0
    payable: int = 0
    paid_online: int = 0
    worked: int = 0
    elapsed: int = 0
    rated: int = 0
    satisfied: int = 0
    dissatisfied: int = 0
    score: int = 0

    def plus(self, other: "Counts", times: int = 1) -> "Counts":
        """Return the sum of this and so many times the other."""
        return Counts(*[a + times * b for a, b in zip(self, other, strict=True)])


COUNTERS: Final = Counts._fields
NOTHING: Final = Counts()
Tally = Mapping[Cell, Counts]

Part = tuple[Cell, Counts]
"""Of the three that a dossier may have, no two are ever equal: each is the only one to count it."""

_WITH_RESULT: Final = frozenset({EndKind.FINISHED, EndKind.RETURNED})


class Counted(NamedTuple):
    """A dossier that is counted: only what the tally needs of it."""

    agency: str
    procedure: str
    sector: str
    channel: str
    received_at: datetime
    is_synced: bool
    marks: Mark
    end: EndKind | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    worked: int = 0
    elapsed: int = 0
    rated_at: datetime | None = None
    score: int = 0

    def cell(self, moment: datetime) -> Cell:
        """Return its cell in the month of a moment."""
        return Cell(self.agency, self.procedure, self.sector, self.channel, month_of(moment))


def change_of(before: Dossier | None, after: Dossier) -> Tally:
    """Return what an act changed of what a dossier is counted as; mostly that is nothing.

    Without `before` the dossier is new.
    """
    if before is None:
        return changes(None, counted_of(after))
    if is_counted_alike(before, after):
        return {}
    return changes(counted_of(before), counted_of(after))


def is_counted_alike(one: Dossier, other: Dossier) -> bool:
    """Tell at a glance that two states of a dossier are counted alike; False is no verdict."""
    a, b = one.measure, other.measure
    return (
        one.filing is other.filing
        and one.handling.rating is other.handling.rating
        and one.national.delivered_at == other.national.delivered_at
        and a.is_counted is b.is_counted
        and a.end is b.end
        and a.ended_at == b.ended_at
        and a.outcome is b.outcome
        and a.marks == b.marks
        and (a.worked, a.elapsed) == (b.worked, b.elapsed)
    )


_OF_RECEPTION: Final = Counted._fields.index("marks")
_RECEIVED_MARKS: Final = Bit.POPULATION | Bit.BUSINESS | Bit.PERSONAL_STORE | Bit.REUSED


def counted_of(dossier: Dossier) -> Counted | None:
    """Return what the tally needs of a dossier; None for one that is not counted."""
    measure, rating, filing = dossier.measure, dossier.handling.rating, dossier.filing
    if not measure.is_counted:
        return None
    return Counted(
        agency=filing.agency.code.canonical,
        procedure=filing.procedure.code.canonical,
        sector=filing.procedure.sector_code,
        channel=filing.channel.value,
        received_at=filing.times.received_at,
        is_synced=dossier.national.delivered_at is not None,
        marks=measure.marks,
        end=measure.end,
        ended_at=measure.ended_at,
        outcome=measure.outcome,
        worked=measure.worked,
        elapsed=measure.elapsed,
        rated_at=None if rating is None else rating.rated_at,
        score=0 if rating is None else rating.score,
    )


def tally(counted: Counted) -> Tally:
    """Return the cells of a dossier that is counted."""
    return _sum((part, 1) for part in _parts(counted))


def changes(before: Counted | None, after: Counted | None) -> Tally:
    """Return what an act changed of the cells of a dossier, without those where nothing changed.

    None is a dossier that is not counted. Of the three parts most acts change one at most.
    """
    has_stayed = before is not None and after is not None and _received_as(before, after)
    was = () if before is None else _parts(before, is_later=has_stayed)
    now = () if after is None else _parts(after, is_later=has_stayed)
    gone = [(part, -1) for part in was if part not in now]
    new = [(part, 1) for part in now if part not in was]
    if not gone and len(new) == 1:
        return dict([new[0][0]])
    changed = _sum([*gone, *new])
    return {cell: counts for cell, counts in changed.items() if counts != NOTHING}


def month_of(moment: datetime) -> str:
    """Return the Vietnamese month of a moment, e.g. `2026-11`."""
    local = moment.astimezone(VIETNAM)
    return f"{local.year:04d}-{local.month:02d}"


def _received_as(one: Counted, other: Counted) -> bool:
    """Tell whether the reception of one is counted as that of the other."""
    return one[:_OF_RECEPTION] == other[:_OF_RECEPTION] and not (
        (one.marks.value ^ other.marks.value) & _RECEIVED_MARKS
    )


def _parts(counted: Counted, *, is_later: bool = False) -> Sequence[Part]:
    """Return its reception, its end and its rating, as far as there are any.

    Where `is_later` only what came behind the reception.
    """
    parts = [] if is_later else [(counted.cell(counted.received_at), _reception(counted))]
    if counted.ended_at is not None:
        parts.append((counted.cell(counted.ended_at), _ending(counted)))
    if counted.rated_at is not None:
        parts.append((counted.cell(counted.rated_at), _rating(counted.score)))
    return parts


def _sum(parts: Iterable[tuple[Part, int]]) -> dict[Cell, Counts]:
    found: dict[Cell, Counts] = {}
    for (cell, counts), times in parts:
        if times == 1 and cell not in found:
            found[cell] = counts
        else:
            found[cell] = found.get(cell, NOTHING).plus(counts, times)
    return found


def _reception(counted: Counted) -> Counts:
    marks = counted.marks.value
    return Counts(
        received=1,
        synced=int(counted.is_synced),
        population=marks & Bit.POPULATION and 1,
        business=marks & Bit.BUSINESS and 1,
        personal_store=marks & Bit.PERSONAL_STORE and 1,
        reused=marks & Bit.REUSED and 1,
    )


def _rating(score: int) -> Counts:
    return Counts(
        rated=1, satisfied=int(score >= GOOD), dissatisfied=int(score <= POOR), score=score
    )


def _ending(counted: Counted) -> Counts:
    marks = counted.marks.value
    return Counts(
        ended=1,
        early=int(counted.outcome is Outcome.EARLY),
        on_time=int(counted.outcome is Outcome.ON_TIME),
        late=int(counted.outcome is Outcome.LATE),
        finished=int(counted.end in _WITH_RESULT),
        rejected=int(counted.end is EndKind.REJECTED),
        stopped=int(counted.end is EndKind.STOPPED),
        withdrawn=int(counted.end is EndKind.WITHDRAWN),
        extended=marks & Bit.EXTENDED and 1,
        digitised=marks & Bit.DIGITISED and 1,
        electronic=marks & Bit.ELECTRONIC and 1,
        online_full=marks & Bit.ONLINE_FULL and 1,
        payable=marks & Bit.PAYABLE and 1,
        paid_online=marks & Bit.PAID_ONLINE and 1,
        worked=counted.worked,
        elapsed=counted.elapsed,
    )
