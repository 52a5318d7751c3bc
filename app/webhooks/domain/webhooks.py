"""A subscription: where its events go, which those are, and how its receiver does."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from app.codes import AgencyCode
from app.webhooks.domain.events import Event, matches

LONGEST_ASKED = timedelta(days=1)
"""A receiver that asks for a longer wait is asked again after this."""


class State(StrEnum):
    """`active`: it is told; `disabled`: it failed for too long; `closed`: it was given up."""

    ACTIVE = "active"
    DISABLED = "disabled"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _STATES[self]


_STATES: Final[Mapping[State, str]] = {
    State.ACTIVE: "Đang hoạt động",
    State.DISABLED: "Tạm ngừng vì lỗi kéo dài",
    State.CLOSED: "Đã đóng",
}


class DeliveryState(StrEnum):
    """What became of one event for one webhook; `dropped` ones can be asked for again."""

    OWED = "owed"
    DELIVERED = "delivered"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Terms:
    """The published schedule: the wait after each failure in a row, the last one repeated.

    A receiver that has only failed for `disable_after` is told nothing more.
    """

    schedule: tuple[timedelta, ...]
    disable_after: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """Return the wait after so many failures in a row."""
        return self.schedule[min(failures, len(self.schedule)) - 1]


@dataclass(frozen=True, slots=True)
class Health:
    """How a receiver does: whatever waits for it waits for `next_attempt_at`.

    `failing_since` is when it last took nothing any more, be it down or only saying no.
    """

    failures: int = 0
    failing_since: datetime | None = None
    next_attempt_at: datetime | None = None
    reason: str | None = None
    delivered_at: datetime | None = None

    def wait(self, now: datetime) -> timedelta | None:
        """Return how long nobody calls it; None if one may."""
        if self.next_attempt_at is None or self.next_attempt_at <= now:
            return None
        return self.next_attempt_at - now

    def failed(
        self, reason: str, *, now: datetime, terms: Terms, asked: timedelta | None = None
    ) -> Self:
        """Return it after a failure; what fails beside another counts once."""
        if self.wait(now) is not None:
            return self
        failures = self.failures + 1
        wait = max(terms.wait_after(failures), min(asked or timedelta(0), LONGEST_ASKED))
        return replace(
            self,
            failures=failures,
            failing_since=self.failing_since or now,
            next_attempt_at=now + wait,
            reason=reason,
        )

    def refused(self, reason: str, *, now: datetime) -> Self:
        """Return it when it took one event not, and may take others."""
        return replace(self, failing_since=self.failing_since or now, reason=reason)

    def delivered(self, now: datetime) -> Self:
        """Return it after a success."""
        return type(self)(delivered_at=now)

    def is_hopeless(self, now: datetime, terms: Terms) -> bool:
        """Tell whether it has failed for too long."""
        return self.failing_since is not None and now - self.failing_since >= terms.disable_after


@dataclass(frozen=True, slots=True)
class Webhook:
    """One subscription of a member; it is told what comes behind both beginnings."""

    webhook_id: str
    member: AgencyCode
    url: str
    types: tuple[str, ...]
    description: str
    state: State
    created_by: str
    created_at: datetime
    after_step: int
    after_event: int
    health: Health = field(default_factory=Health)
    disabled_at: datetime | None = None

    @property
    def subject(self) -> str:
        """How the evidence log names it."""
        return f"webhook:{self.webhook_id}"

    @property
    def lane(self) -> str:
        """What the keys of its messages begin with."""
        return f"webhook:{self.webhook_id}:"

    def wants(self, event: Event) -> bool:
        """Tell whether an event is for it: of its types, and its member's or below."""
        is_theirs = any(party.within(self.member) for party in event.parties)
        return is_theirs and matches(self.types, event.type)

    def disabled(self, now: datetime) -> Self:
        """Return it when it is told nothing more."""
        return replace(self, state=State.DISABLED, disabled_at=now)

    def enabled(self) -> Self:
        """Return it with a fresh beginning."""
        fresh = Health(delivered_at=self.health.delivered_at)
        return replace(self, state=State.ACTIVE, disabled_at=None, health=fresh)


@dataclass(frozen=True, slots=True)
class From:
    """Where a replay begins: at a moment of recording, or at an event; one of them is set."""

    moment: datetime | None
    event_id: str | None
    digest: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many events are owed again, and which one is next; None at the end."""

    number: int
    next_event: str | None
