"""Looking at shared services: the whole gateway's, whoever has them."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from app.broker.domain.deciding import today
from app.broker.domain.quotas import Quota
from app.broker.domain.service import Service
from app.broker.domain.watching import Days, Dimension, Glimpse, Outcome, Period, Sought
from app.broker.store import quotas, requests, watching
from app.broker.store.quotas import Use
from app.broker.store.watching import Part
from app.console.domain.shared_services import (
    Count,
    Figures,
    Limited,
    Looked,
    count_of,
    mishaps_of,
    pace_of,
)
from app.platform.clock import Clock

LAST: Final = 200
"""Calls of each service by which a list tells how long they take."""

LATELY: Final = 500
"""Calls of a service among which a page looks for those without an answer."""

MOST: Final = 100
"""Grants, quotas and requests that a page shows."""

_GROUPS: Final = 10_000


def figures(connection: Connection, clock: Clock, services: Sequence[str]) -> Mapping[str, Figures]:
    """Return how each of these services does: two statements, however many they are."""
    counts = _today(connection, clock, Sought())
    seen: dict[str, list[Glimpse]] = {one: [] for one in services}
    for one in watching.glimpses(connection, services, limit=LAST):
        seen[one.service].append(one)
    return {
        one: Figures(counts.get(one, Count()), pace_of(glimpses)) for one, glimpses in seen.items()
    }


def look(connection: Connection, clock: Clock, service: Service) -> Looked:
    """Return what is known of a version beside the register."""
    code, version = service.code, service.version
    sought = Sought(service=code)
    lately = watching.page(connection, sought=sought, period=Period(), after=None, limit=LATELY)
    return Looked(
        Figures(
            _today(connection, clock, sought).get(code, Count()),
            pace_of(one.glimpse for one in lately if one.version == version),
        ),
        mishaps_of(one for one in lately if one.version in {version, ""}),
        _limited(connection, clock, code),
        requests.waiting(connection, code, version, limit=MOST),
    )


def _today(connection: Connection, clock: Clock, sought: Sought) -> Mapping[str, Count]:
    """Count today's calls by service: as many rows are read as kinds of calls came today."""
    day = today(clock.now())
    by = (Dimension.SERVICE, Dimension.OUTCOME)
    tallies = watching.tallies(
        connection, sought=sought, days=Days(day, day), by=by, part=Part(_GROUPS)
    )
    outcomes: dict[str, list[tuple[Outcome, int]]] = {}
    for one in tallies:
        service, outcome = one.group
        outcomes.setdefault(service, []).append((Outcome(outcome), one.calls))
    return {service: count_of(some) for service, some in outcomes.items()}


def _limited(connection: Connection, clock: Clock, code: str) -> Sequence[Limited]:
    found = quotas.of_service(connection, code, limit=MOST)
    uses = quotas.uses(connection, [one.id for one in found], clock.now())
    return [_of(one, uses.get(one.id)) for one in found]


def _of(quota: Quota, use: Use | None) -> Limited:
    return Limited(quota, 0, 0) if use is None else Limited(quota, use.subjects, use.most)
