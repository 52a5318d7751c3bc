"""One dossier: what was filed, where it stands, and what the nation knows of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from app.codes import DossierCode
from app.dossiers.domain.actors import ActorKind
from app.dossiers.domain.conditions import check_conditions
from app.dossiers.domain.facts import facts_of
from app.dossiers.domain.filing import Channel, Facts, Filing, from_text, in_text
from app.dossiers.domain.handling import ActName, Handling
from app.dossiers.domain.measure import UNMEASURED, Measure
from app.dossiers.domain.promises import Promise
from app.dossiers.domain.statuses import Status
from app.dossiers.domain.transitions import check_move


class NationalState(StrEnum):
    """How the dossier stands with the national portal."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    REFUSED = "refused"
    NOT_CONNECTED = "not_connected"
    BY_OTHERS = "by_others"


_LASTING = frozenset({NationalState.DEFERRED, NationalState.REFUSED, NationalState.BY_OTHERS})


@dataclass(frozen=True, slots=True)
class National:
    """What the national portal knows.

    `owed_id` is the last message owed; only its delivery makes the state `delivered`. A
    deferred or refused state outlives further acts, because the message that met it goes first.
    A dossier that another system tells the nation of is `by_others` for good: it counts once.
    """

    state: NationalState
    owed_id: str
    reason: str | None = None
    delivered_at: datetime | None = None

    def owing(self, owed_id: str, *, is_connected: bool) -> Self:
        """Return it after one more act."""
        if self.state in _LASTING:
            return replace(self, owed_id=owed_id)
        state = NationalState.WAITING if is_connected else NationalState.NOT_CONNECTED
        return replace(self, state=state, owed_id=owed_id)

    def delivered(self, message_id: str, *, at: datetime) -> Self:
        """Return it after the nation took the acts up to one message."""
        is_last = message_id == self.owed_id
        state = NationalState.DELIVERED if is_last else NationalState.WAITING
        return replace(self, state=state, reason=None, delivered_at=at)

    def held_up(self, state: NationalState, reason: str) -> Self:
        """Return it after an attempt that came to nothing."""
        return replace(self, state=state, reason=reason)


@dataclass(frozen=True, slots=True)
class Step:
    """Một dòng tiến độ: who did what, when, and the status since then.

    `actor` says in which part `staff_name` acted; None when the reporting system did not say.
    `act` is what was done; a report of a status alone is `dossier.progress`.
    """

    status: Status
    happened_at: datetime
    staff_name: str
    content: str
    staff_title: str | None = None
    department: str | None = None
    started_at: datetime | None = None
    due_at: datetime | None = None
    actor: ActorKind | None = None
    act: ActName = ActName.PROGRESS

    def facts(self) -> Facts:
        """Return it as JSON values."""
        return {
            "status": self.status.value,
            "actor": self.actor and self.actor.value,
            "act": self.act.value,
            "happened_at": in_text(self.happened_at),
            "staff_name": self.staff_name,
            "content": self.content,
            "staff_title": self.staff_title,
            "department": self.department,
            "started_at": in_text(self.started_at),
            "due_at": in_text(self.due_at),
        }

    @classmethod
    def of(cls, facts: Facts) -> Self:
        """Return the step that gave `facts`."""
        moments = {name: from_text(facts[name]) for name in ("happened_at", "started_at", "due_at")}
        actor = facts.get("actor") and ActorKind(facts["actor"])
        act = ActName(facts.get("act", ActName.PROGRESS))
        kinds = {"status": Status(facts["status"]), "actor": actor, "act": act}
        return cls(**facts | moments | kinds)


@dataclass(frozen=True, slots=True)
class Ends:
    """When the dossier reached the statuses that the nation counts by."""

    finished_at: datetime | None = None
    returned_at: datetime | None = None
    rejected_at: datetime | None = None

    def at(self, status: Status, moment: datetime) -> Self:
        """Return them after a move; work taken up again is no longer finished."""
        match status:
            case Status.FINISHED:
                return replace(self, finished_at=moment)
            case Status.RETURNED:
                return replace(self, returned_at=moment)
            case Status.REJECTED:
                return replace(self, rejected_at=moment)
            case Status.ACCEPTED | Status.PROCESSING:
                return replace(self, finished_at=None)
            case _:
                return self


@dataclass(frozen=True, slots=True)
class Dossier:
    """Hồ sơ một cửa."""

    code: DossierCode
    tracking_code: str
    status: Status
    filing: Filing
    created_at: datetime
    changed_at: datetime
    national: National
    ends: Ends = field(default_factory=Ends)
    promise: Promise = field(default_factory=Promise)
    handling: Handling = field(default_factory=Handling)
    measure: Measure = UNMEASURED

    @property
    def due_at(self) -> datetime | None:
        """When the result is due; None if it has no due date."""
        return self.promise.due_at

    def move(
        self, wanted: Status, actor: ActorKind | None, *, happened_at: datetime, now: datetime
    ) -> Self:
        """Return the dossier in its new status.

        Raises:
            ForbiddenTransitionError: if the table of moves does not allow it.
            ForbiddenActorError: if it allows it to others only.
            UnmetConditionError: if something known stands against it.
        """
        check_move(self.status, wanted, actor)
        check_conditions(self.handling, self.status, wanted, happened_at)
        ends = self.ends.at(wanted, happened_at)
        return replace(self, status=wanted, ends=ends, changed_at=now)

    def facts(self) -> Facts:
        """Return what the nation is told of it, as JSON values."""
        return {
            "code": self.code,
            "status": self.status.value,
            "filing": self.filing.facts(),
            "due_at": in_text(self.due_at),
            "handling": facts_of(replace(self.handling, rating=None)),
            "finished_at": in_text(self.ends.finished_at),
            "returned_at": in_text(self.ends.returned_at),
            "rejected_at": in_text(self.ends.rejected_at),
        }


def first_status(channel: Channel) -> Status:
    """Return where a new dossier begins.

    What comes online is registered until an officer accepts it; what comes over the counter or
    by post is accepted by whoever takes it.
    """
    return Status.REGISTERED if channel is Channel.ONLINE else Status.ACCEPTED


def first_step(filing: Filing) -> Step:
    """Return the progress row a new dossier begins with."""
    status = first_status(filing.channel)
    actor = ActorKind.CITIZEN if status is Status.REGISTERED else ActorKind.COUNTER
    return Step(
        status=status,
        happened_at=filing.times.received_at,
        staff_name=staff_of(filing, actor),
        content=status.label,
        actor=actor,
        act=ActName.SUBMIT,
    )


def staff_of(filing: Filing, actor: ActorKind | None) -> str:
    """Return who acts when nobody is named, in at most 50 characters.

    It is the agency itself; the owner is not named behind their back.
    """
    return actor.label if actor is ActorKind.CITIZEN else filing.agency.name[:50]
