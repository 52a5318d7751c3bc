"""Looking at calls of shared services, one by one: the whole gateway's."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from app.broker.domain.deciding import today
from app.broker.domain.watching import Days, Dimension, Period, Sought
from app.broker.store import watching
from app.broker.store.watching import Part
from app.console.domain.exchanges import Calls
from app.platform.clock import Clock

PAGE: Final = 50

REACH: Final = 100_000
"""Calls that a page looks through where no index leads to those that are sought."""

_GROUPS: Final = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls, those before which number (None for the newest), `reach` at most looked at."""

    sought: Sought
    before: int | None = None
    reach: int = REACH


def list_calls(connection: Connection, clock: Clock, wanted: Wanted) -> Calls:
    """Return a page of calls, the newest first, and today's totals, the population's above all.

    What no index leads to is looked for among `reach` calls only; the page behind goes on there.
    """
    sought, before = wanted.sought, wanted.before
    down_to = behind = None
    if any((sought.client_id, sought.purpose, sought.outcome)):
        oldest, newest = watching.ends(connection)
        top = newest + 1 if before is None else min(before, newest + 1)
        down_to = top - wanted.reach
        behind = down_to if down_to > oldest else None
    found = watching.page(
        connection, sought=sought, period=Period(), after=before, limit=PAGE + 1, down_to=down_to
    )
    shown = found[:PAGE]
    more = shown[-1].number if len(found) > PAGE else behind
    day = today(clock.now())
    by = (Dimension.SERVICE, Dimension.PURPOSE)
    totals = watching.tallies(
        connection, sought=sought, days=Days(day, day), by=by, part=Part(_GROUPS + 1)
    )
    return Calls(shown, more, totals[:_GROUPS], are_cut=len(totals) > _GROUPS)
