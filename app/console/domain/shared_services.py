"""Shared services as whoever runs the gateway looks at them: which there are, and how they do."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Final

from app.broker.domain.deciding import View
from app.broker.domain.grants import Grant, GrantState
from app.broker.domain.quotas import Quota
from app.broker.domain.requests import AccessRequest
from app.broker.domain.service import Service, ServiceState
from app.broker.domain.watching import Exchange, Glimpse, Outcome
from app.catalogue.domain.searching import fold

BLOCKED: Final = "blocked"
"""As a state to look for: what is served and nobody may call for the time being."""

STATES: Final = (*(state.value for state in ServiceState), BLOCKED)

FAILED: Final = frozenset(
    {
        Outcome.FAULTED,
        Outcome.TIMED_OUT,
        Outcome.UNREACHABLE,
        Outcome.BROKEN_OFF,
        Outcome.BREAKER_OPEN,
    }
)
"""What comes of a call by the service's own fault."""

TURNED_AWAY: Final = frozenset(
    {Outcome.REFUSED, Outcome.EXHAUSTED, Outcome.TOO_LARGE, Outcome.UNAUTHENTICATED}
)
"""What comes of a call that we do not let through."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A service with its versions, the first registered first."""

    code: str
    versions: Sequence[Service]

    @property
    def lead(self) -> Service:
        """The version that speaks for all: the default one, else the last registered."""
        return next((one for one in self.versions if one.is_default), self.versions[-1])


@dataclass(frozen=True, slots=True)
class Choice:
    """Which services: in a state (one of `STATES`, "" for any), with a text in code or name."""

    state: str = ""
    text: str = ""

    def has(self, service: Service, day: date) -> bool:
        """Tell whether a version is among them."""
        words = (service.code, service.context, service.owner.canonical, service.title)
        is_named = fold(self.text) in fold(" ".join(words))
        return is_named and self.state in {"", *states_of(service, day)}


def states_of(service: Service, day: date) -> Sequence[str]:
    """Return the states by which a version is found on a day."""
    state = service.state_on(day).value
    is_blocked = service.block is not None and service.is_callable_on(day)
    return (state, BLOCKED) if is_blocked else (state,)


def chosen(view: View, choice: Choice, day: date) -> Sequence[Listed]:
    """Return the services of which a version is wanted, by code."""
    every = (Listed(code, tuple(line.versions.values())) for code, line in view.codes.items())
    found = [one for one in every if any(choice.has(each, day) for each in one.versions)]
    return sorted(found, key=lambda one: one.code)


@dataclass(frozen=True, slots=True)
class Count:
    """How often a service was called in a while, and what came of it."""

    calls: int = 0
    answered: int = 0
    failed: int = 0
    turned_away: int = 0

    @property
    def failed_share(self) -> float | None:
        """Of a hundred calls that were let through and ended, how many the service failed."""
        tried = self.answered + self.failed
        return round(100 * self.failed / tried, 2) if tried else None


def count_of(outcomes: Iterable[tuple[Outcome, int]]) -> Count:
    """Add up how often each outcome came."""
    summed: Counter[Outcome] = Counter()
    for outcome, number in outcomes:
        summed[outcome] += number
    return Count(
        calls=summed.total(),
        answered=summed[Outcome.ANSWERED],
        failed=sum(summed[one] for one in FAILED),
        turned_away=sum(summed[one] for one in TURNED_AWAY),
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """How long calls took that the service got: of `number` calls half and 95 %, milliseconds."""

    number: int
    half: int
    most: int


def pace_of(glimpses: Iterable[Glimpse]) -> Pace | None:
    """Return how long calls took; None if the service got none of them."""
    times = sorted(one.milliseconds for one in glimpses if one.is_carried)
    if not times:
        return None
    return Pace(len(times), _rank(times, 50), _rank(times, 95))


def _rank(times: Sequence[int], percent: int) -> int:
    return times[ceil(len(times) * percent / 100) - 1]


@dataclass(frozen=True, slots=True)
class Figures:
    """How a service does: what came of today's calls, and how long the last ones took."""

    today: Count
    pace: Pace | None


@dataclass(frozen=True, slots=True)
class Mishap:
    """Why calls did not get an answer: how often, of how many clients, and when the last time."""

    outcome: Outcome
    reason: str
    number: int
    clients: int
    last_at: datetime


def mishaps_of(exchanges: Iterable[Exchange]) -> Sequence[Mishap]:
    """Return by reason the calls without an answer; exchanges come the newest first."""
    kinds: dict[tuple[Outcome, str], list[Exchange]] = {}
    for one in exchanges:
        if one.outcome is not Outcome.ANSWERED:
            kinds.setdefault((one.outcome, one.reason), []).append(one)
    return [
        Mishap(outcome, reason, len(every), len({one.client_id for one in every}), every[0].at)
        for (outcome, reason), every in kinds.items()
    ]


@dataclass(frozen=True, slots=True)
class Limited:
    """A quota and what is taken of it now; by one of `subjects` callers the most."""

    quota: Quota
    subjects: int
    taken: int


@dataclass(frozen=True, slots=True)
class Given:
    """Who may call a version: grants in force, those that end first first, and how many else."""

    in_force: Sequence[Grant]
    others: Sequence[tuple[GrantState, int]]


def given(view: View, key: str, now: datetime) -> Given:
    """Return the grants of a version."""
    every = [one for (_, of), some in view.grants.items() if of == key for one in some]
    states = Counter(one.state_at(now) for one in every)
    good = [one for one in every if one.state_at(now) is GrantState.GOOD]
    return Given(
        sorted(good, key=lambda one: (one.expires_at, one.id)),
        [(one, states[one]) for one in GrantState if one is not GrantState.GOOD and states[one]],
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """What the database knows of a version: figures are of the whole service."""

    figures: Figures
    mishaps: Sequence[Mishap]
    quotas: Sequence[Limited]
    requests: Sequence[AccessRequest]
