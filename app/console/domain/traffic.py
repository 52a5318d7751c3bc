"""The traffic of one hour: what is owed, what arrived, what was done and what was refused."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SPAN: Final = timedelta(hours=1)
"""How far back the traffic is looked at."""

MINUTES: Final = int(SPAN.total_seconds()) // 60
DONE: Final = "done"


@dataclass(frozen=True, slots=True)
class Topic:
    """What is owed to one place: waiting, parked, since when; and delivered within the span."""

    name: str
    waiting: int
    parked: int
    oldest: datetime | None
    delivered: int


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker and its last sign of life."""

    worker_id: str
    started_at: datetime
    beat_at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the evidence log, as far as traffic goes."""

    at: datetime
    name: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an act came out so."""

    act: str
    outcome: str
    number: int


@dataclass(frozen=True, slots=True)
class Traffic:
    """What an administrator sees at `at`.

    `per_minute` counts acts, the oldest minute first; it and `acts` stand on the newest entries
    of the log only where `is_cut`. `strangers` counts refusals of callers nobody knows, by reason.
    """

    at: datetime
    status: str
    hindrances: tuple[str, ...]
    topics: Sequence[Topic]
    workers: Sequence[Worker]
    acts: Sequence[Tally]
    per_minute: Sequence[int]
    strangers: Sequence[tuple[str, int]]
    is_cut: bool

    @property
    def done(self) -> int:
        """How many acts were done."""
        return sum(one.number for one in self.acts if one.outcome == DONE)

    @property
    def refused(self) -> int:
        """How many acts of known callers were refused."""
        return sum(one.number for one in self.acts if one.outcome != DONE)


def tallies_of(deeds: Iterable[Deed]) -> list[Tally]:
    """Count acts by outcome, what happens most first."""
    counted = Counter((deed.name, deed.outcome) for deed in deeds)
    found = [Tally(act, outcome, number) for (act, outcome), number in counted.items()]
    return sorted(found, key=lambda one: (-one.number, one.act, one.outcome))


def per_minute(deeds: Iterable[Deed], now: datetime) -> list[int]:
    """Count acts by minute before `now`, the oldest first."""
    ages = Counter((now - deed.at) // timedelta(minutes=1) for deed in deeds)
    return [ages[age] for age in reversed(range(MINUTES))]
