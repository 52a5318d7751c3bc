"""The places where a service can be reached: which is asked next, and how each one does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Final, Protocol

from app.broker.carrying.breaker import Breaker, BreakerState, BreakerTerms
from app.broker.domain.carrying import UPSTREAM_FAULTS, CarryingError, Failing
from app.platform.clock import Clock

_SMOOTHING: Final = 0.2
"""How much one more answer counts in the mean of the time to the answer."""


class Place(Protocol):
    """Where a service can be reached; of those of the lowest `order` each by its `weight`."""

    @property
    def url(self) -> str:
        """The address; what is asked for is put behind it."""
        ...

    @property
    def weight(self) -> int:
        """Its share beside others of the same order."""
        ...

    @property
    def order(self) -> int:
        """Which is asked first."""
        ...

    @property
    def credential(self) -> str | None:
        """What it is shown, and no other place with it; None for nothing."""
        ...


@dataclass(slots=True)
class Standing:
    """How one upstream does, as this process has seen it. Times to the answer in seconds."""

    url: str
    breaker: Breaker
    answers: int = 0
    failures: int = 0
    last_answer_at: datetime | None = None
    last_failure_at: datetime | None = None
    last_failure: Failing | None = None
    seconds: float | None = None
    turn: float = field(default=0.0, repr=False)


class Upstreams:
    """Every upstream that one process has asked, by its URL."""

    def __init__(self, clock: Clock, terms: BreakerTerms) -> None:
        self._clock = clock
        self._terms = terms
        self._known: dict[str, Standing] = {}

    def of(self, url: str) -> Standing:
        """Return how an upstream stands; one that was never asked has a clean slate."""
        found = self._known.get(url)
        if found is None:
            found = self._known[url] = Standing(url, Breaker(self._clock, self._terms))
        return found

    def choose(
        self, places: Sequence[Place], *, but: Place | None = None
    ) -> tuple[Place, Standing]:
        """Return the place to ask; another than `but` if there is one that may be asked.

        Whoever is given one says what became of it: `answered`, `failed` or `let_go`.

        Raises:
            CarryingError: if none may be asked now.
        """
        if len(places) == 1:
            only = self.of(places[0].url)
            if only.breaker.passes():
                return places[0], only
        else:
            for place in self._in_order(places, but):
                found = self.of(place.url)
                if found.breaker.passes():
                    return place, found
        waits = [self.of(place.url).breaker.seconds_left for place in places]
        raise CarryingError(Failing.CIRCUIT_OPEN, retry_after=max(1, ceil(min(waits, default=1))))

    def _in_order(self, places: Sequence[Place], but: Place | None) -> Iterator[Place]:
        for order in sorted({place.order for place in places}):
            group = [place for place in places if place.order == order]
            ready = [one for one in group if self.of(one.url).breaker.would_pass()]
            fresh = [one for one in ready if but is None or one.url != but.url]
            if fresh:
                yield self._by_weight(fresh)
        if but is not None and but in places:
            yield but

    def _by_weight(self, places: Sequence[Place]) -> Place:
        """Take turns smoothly: each gains its weight, who has most is asked and pays for all."""
        for place in places:
            self.of(place.url).turn += place.weight
        found = max(places, key=lambda place: self.of(place.url).turn)
        self.of(found.url).turn -= sum(place.weight for place in places)
        return found

    def answered(self, one: Standing, *, seconds: float) -> None:
        """Note an answer that came to its end."""
        one.answers += 1
        one.last_answer_at = self._clock.now()
        one.seconds = (
            seconds if one.seconds is None else one.seconds + _SMOOTHING * (seconds - one.seconds)
        )
        one.breaker.succeeded()

    def failed(self, one: Standing, why: Failing) -> None:
        """Note that there was no answer, or only a part of one."""
        one.failures += 1
        one.last_failure_at, one.last_failure = self._clock.now(), why
        if why in UPSTREAM_FAULTS:
            one.breaker.failed()
        else:
            one.breaker.let_go()

    def let_go(self, one: Standing) -> None:
        """Note that a call ended for reasons of its caller's."""
        one.breaker.let_go()


def state_of(standings: Sequence[Standing]) -> BreakerState:
    """Return the best state among the upstreams of a service."""
    states = {one.breaker.state for one in standings}
    order = (BreakerState.CLOSED, BreakerState.HALF_OPEN, BreakerState.OPEN)
    return next((state for state in order if state in states), BreakerState.CLOSED)
