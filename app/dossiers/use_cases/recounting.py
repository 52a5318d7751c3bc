"""Counting everything anew from its history, and holding the summaries against it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from app.dossiers.domain.deadlines import DeadlineRules
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.measure import Measure
from app.dossiers.domain.measuring.tallies import Counted, tally
from app.dossiers.store import recounting
from app.dossiers.store.tallies import count_change, replace_totals, summed, totals
from app.dossiers.use_cases.measuring import remeasured
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock

BATCH: Final = 200

Told = Callable[[int], None]
"""Is told how many more dossiers have been looked at."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some dossiers looked at: the number of the last one, how many, and how many were wrong."""

    last: int
    looked_at: int
    wrong: int


def recount_some(
    connection: Connection, rules: DeadlineRules, *, after: int, is_check: bool
) -> Batch:
    """Count some dossiers anew from their rows of progress; unless it is a check, mend them."""
    if is_check:
        recounting.take_snapshot(connection)
    found = recounting.histories(connection, after=after, limit=BATCH, is_locked=not is_check)
    wrong = 0
    for _, dossier, steps in found:
        fresh = _from_history(connection, rules, dossier, *steps)
        if fresh.measure == dossier.measure:
            continue
        wrong += 1
        if not is_check:
            recounting.save_measure(connection, fresh)
            count_change(connection, dossier, fresh)
    return Batch(found[-1][0] if found else after, len(found), wrong)


def compare_totals(connection: Connection, tell: Told) -> int:
    """Return how many totals differ from the sum of all dossiers, seen at one moment."""
    recounting.take_snapshot(connection)
    expected = summed(tally(one) for one in _telling(recounting.every_counted(connection), tell))
    kept = totals(connection)
    return sum(expected.get(key) != kept.get(key) for key in {*expected, *kept})


def mend_totals(connection: Connection, clock: Clock, actor: Actor, tell: Told) -> int:
    """Write the totals anew if they differ from the sum of all dossiers; acts wait meanwhile."""
    recounting.halt_acts(connection)
    expected = summed(tally(one) for one in _telling(recounting.every_counted(connection), tell))
    kept = totals(connection)
    wrong = sum(expected.get(key) != kept.get(key) for key in {*expected, *kept})
    if wrong:
        replace_totals(connection, expected)
    record(connection, clock, actor, Act("statistics.rebuild", "statistics", ""))
    return wrong


def _from_history(
    connection: Connection, rules: DeadlineRules, dossier: Dossier, *steps: Step
) -> Dossier:
    """Return a dossier counted from nothing but its record, its rows, and its procedure's facts."""
    bare = replace(dossier, measure=Measure(known=dossier.measure.known))
    return remeasured(connection, rules, bare, *steps)


def _telling(every: Iterator[Counted], tell: Told) -> Iterator[Counted]:
    for seen, one in enumerate(every, 1):
        yield one
        if seen % BATCH == 0:
            tell(BATCH)
