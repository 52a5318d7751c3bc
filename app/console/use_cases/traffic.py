"""Looking at the traffic."""

from sqlalchemy import Connection

from app.console.domain.traffic import SPAN, Traffic, per_minute, tallies_of
from app.console.store import traffic as store
from app.operations.use_cases import readiness
from app.platform.clock import Clock
from app.platform.settings import Settings


def look(connection: Connection, clock: Clock, settings: Settings) -> Traffic:
    """Return the traffic of the last hour; whoever looks sees the whole gateway, but nobody's name.

    Entries of the log name records, never people, and no record is shown here.
    """
    now = clock.now()
    since = now - SPAN
    ready = readiness(connection, clock, settings)
    deeds, is_cut = store.deeds(connection, since)
    return Traffic(
        at=now,
        status=ready.status,
        hindrances=(*ready.blocking, *ready.degrading),
        topics=store.topics(connection, since),
        workers=store.all_workers(connection),
        acts=tallies_of(deeds),
        per_minute=per_minute(deeds, now),
        strangers=store.strangers(connection, since),
        is_cut=is_cut,
    )
