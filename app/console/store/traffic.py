"""Reading the traffic from the tables of the exchange and of the log."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from app.console.domain.traffic import Deed, Topic, Worker
from app.evidence.tables import evidence, unauthenticated_refusals
from app.exchange.messages import State
from app.exchange.tables import outbox, workers

MOST: Final = 20_000
"""Entries of the log looked at; what is older than the oldest of them is left out."""

_OPEN: Final = (
    select(outbox.c.topic, outbox.c.state, func.count(), func.min(outbox.c.owed_since))
    .where(outbox.c.settled_at.is_(None))
    .group_by(outbox.c.topic, outbox.c.state)
)


def topics(connection: Connection, since: datetime) -> list[Topic]:
    """Return every topic that owes something, or delivered something since then, by name."""
    waiting: Counter[str] = Counter()
    parked: Counter[str] = Counter()
    oldest: dict[str, datetime] = {}
    for topic, state, number, first in connection.execute(_OPEN):
        (parked if state == State.PARKED else waiting)[topic] += number
        oldest[topic] = min(first, oldest.get(topic, first))
    delivered = _delivered(connection, since)
    return [
        Topic(name, waiting[name], parked[name], oldest.get(name), delivered.get(name, 0))
        for name in sorted(oldest.keys() | delivered.keys())
    ]


def _delivered(connection: Connection, since: datetime) -> dict[str, int]:
    rows = connection.execute(
        select(outbox.c.topic, func.count())
        .where(outbox.c.settled_at >= since, outbox.c.state == State.DELIVERED)
        .group_by(outbox.c.topic)
    )
    return {topic: number for topic, number in rows}  # noqa: C416 -- rows are no pairs to mypy


def all_workers(connection: Connection) -> list[Worker]:
    """Return the workers that tell that they live, the newest sign of life first."""
    wanted = select(workers.c.worker_id, workers.c.started_at, workers.c.beat_at)
    return [Worker(*row) for row in connection.execute(wanted.order_by(workers.c.beat_at.desc()))]


def deeds(connection: Connection, since: datetime) -> tuple[Sequence[Deed], bool]:
    """Return the acts since then, the newest first, and whether there were too many to read."""
    newest = (
        select(evidence.c.at, evidence.c.act, evidence.c.outcome)
        .order_by(evidence.c.number.desc())
        .limit(MOST)
    )
    rows = connection.execute(newest).all()
    found = [Deed(*row) for row in rows if row.at >= since]
    return found, len(found) == MOST


def strangers(connection: Connection, since: datetime) -> list[tuple[str, int]]:
    """Count refusals of callers nobody knows since then, by reason."""
    number = func.sum(unauthenticated_refusals.c.number)
    rows = connection.execute(
        select(unauthenticated_refusals.c.reason, number)
        .where(unauthenticated_refusals.c.minute >= since)
        .group_by(unauthenticated_refusals.c.reason)
        .order_by(number.desc(), unauthenticated_refusals.c.reason)
    )
    return [(reason, int(counted)) for reason, counted in rows]
