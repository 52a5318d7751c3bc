"""One errand: what was asked, what became of it, and that it becomes it once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Self

from app.codes import AgencyCode, DossierCode
from app.errands.domain.errors import EndedErrandError, NotCancellableError
from app.errands.domain.kinds import Kind, State
from app.errands.domain.texts import kept

Facts = dict[str, Any]
"""What is asked for, or what came back, as plain JSON values."""

_LONGEST_WAIT: Final = timedelta(days=1)
_LONGEST_REASON: Final = 300
_LONGEST_REFERENCE: Final = 200


@dataclass(frozen=True, slots=True)
class New:
    """An errand that is asked for: for a dossier, or by an agency without one.

    Without a `number` the dossier's code is what the nation will know it by; errands of one
    `group` leave in the order they were placed. `digest` is the SHA-256 of the body that asks,
    `pointer` the field of it that a taken number comes from.
    """

    kind: Kind
    facts: Facts
    digest: str
    number: str | None = None
    dossier: DossierCode | None = None
    agency: AgencyCode | None = None
    group: str | None = None
    pointer: str = "/number"


@dataclass(frozen=True, slots=True)
class Cancellation:
    """An errand that is to be cancelled, why, and the SHA-256 of the body that asks."""

    errand_id: str
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the nation says of an errand: its own code and words, and whether that is the end.

    `result` is what the errand brought, where it brings anything; `event` is the nation's own id
    of this word, `happened_at` its own time, as it writes it.
    """

    code: str
    name: str
    ends: bool
    result: Facts | None = None
    event: str | None = None
    happened_at: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """How soon an errand is asked about after it was accepted, and when no more."""

    first: timedelta
    give_up_after: timedelta


@dataclass(frozen=True, slots=True)
class Errand:
    """Một việc gửi dịch vụ quốc gia.

    `number` is what the nation knows it by: one errand of a kind has it. `look_at` is when it is
    asked about next; None: no more, or it is told without asking. `is_cancelling` marks that its
    cancellation is owed.
    """

    id: str
    kind: Kind
    number: str
    agency: AgencyCode
    dossier: DossierCode | None
    facts: Facts
    created_at: datetime
    state: State = State.OWED
    reason: str | None = None
    reference: str | None = None
    told_at: datetime | None = None
    status: str | None = None
    status_name: str | None = None
    status_at: datetime | None = None
    result: Facts | None = None
    is_cancelling: bool = False
    look_at: datetime | None = None
    looks: int = 0

    def accepted(
        self, reference: str | None, *, now: datetime, patience: Patience | None, ends: bool
    ) -> Self:
        """Return it as the service has it; one that ends there is over."""
        if self.state.is_over:
            return self
        return replace(
            self,
            state=State.ENDED if ends else State.ACCEPTED,
            reason=None,
            reference=None if reference is None else kept(reference, _LONGEST_REFERENCE),
            told_at=now,
            look_at=None if patience is None or ends else now + patience.first,
        )

    def held_up(self, state: State, reason: str) -> Self:
        """Return it after an attempt that did not succeed."""
        return self if self.state.is_over else replace(
            self, state=state, reason=kept(reason, _LONGEST_REASON)
        )  # fmt: skip

    def cancelling(self) -> Self:
        """Return it with its cancellation owed.

        Raises:
            EndedErrandError: if it is over.
            NotCancellableError: if it was refused, or is being cancelled.
        """
        if self.state.is_over:
            raise EndedErrandError(self.state)
        if self.is_cancelling or self.state is State.REFUSED:
            raise NotCancellableError
        return replace(self, is_cancelling=True)

    def cancelled(self, *, now: datetime) -> Self:
        """Return it as the service has cancelled it."""
        return replace(self, state=State.CANCELLED, is_cancelling=False, reason=None, status_at=now)

    def not_cancelled(self, state: State, reason: str) -> Self:
        """Return it after an attempt to cancel it that did not succeed; refused, it goes on."""
        going_on = self.is_cancelling and state is not State.REFUSED
        return replace(self, is_cancelling=going_on, reason=kept(reason, _LONGEST_REASON))

    def stands(self, told: Told, *, now: datetime) -> Self:
        """Return it as the nation says it stands; an end stays."""
        if self.state.is_over:
            return self
        changed = (self.status, self.status_name) != (told.code, told.name)
        return replace(
            self,
            state=State.ENDED if told.ends else State.ACCEPTED,
            reason=None,
            status=told.code,
            status_name=told.name,
            status_at=now if changed else self.status_at,
            result=told.result if told.result is not None else self.result,
            is_cancelling=False if told.ends else self.is_cancelling,
            look_at=None if told.ends else self.look_at,
        )

    def looked(self, patience: Patience, *, now: datetime) -> Self:
        """Return it after it was asked about and did not end: the waits double, to a day."""
        if self.look_at is None:
            return self
        wait = min(patience.first * 2 ** min(self.looks + 1, 16), _LONGEST_WAIT)
        is_given_up = now - self.created_at >= patience.give_up_after
        return replace(self, looks=self.looks + 1, look_at=None if is_given_up else now + wait)
