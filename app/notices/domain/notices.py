"""One notice: for which act, to whom, and when it may go."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from app.codes import AgencyCode, DossierCode
from app.notices.domain.channels import Channel
from app.platform.clock import VIETNAM

OWNER: Final = "owner"
"""Whom a notice is for, if it is not a follower."""


class Kind(StrEnum):
    """The template of a notice."""

    PROGRESS = "progress"
    SUPPLEMENT = "supplement"
    RESULT = "result"
    APOLOGY = "apology"
    CONFIRM = "confirm"


class State(StrEnum):
    """`merged`: a later one says it too; `withheld`: there is no way to tell it."""

    OWED = "owed"
    SENT = "sent"
    MERGED = "merged"
    FAILED = "failed"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice; `facts` fill its template and name nobody.

    `step` is the row of progress of the act that triggered it; there is one notice of an act for
    each audience. The address is not kept here: it is read when the notice goes.
    """

    notice_id: str
    dossier: DossierCode
    agency: AgencyCode
    kind: Kind
    audience: str
    step: int
    facts: dict[str, Any]
    due_at: datetime
    created_at: datetime
    state: State = State.OWED
    reason: str | None = None
    channel: Channel | None = None
    recipient: str | None = None
    attempts: int = 0
    sent_at: datetime | None = None
    merged_into: str | None = None

    @property
    def lane(self) -> str:
        """The key of its message: what one audience is told of one dossier goes in order."""
        return f"notice:{self.dossier}:{self.audience}"


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who asked to be told of a dossier; told only once they confirmed."""

    follower_id: str
    dossier: DossierCode
    channel: Channel
    recipient: str
    created_at: datetime
    code_until: datetime
    tries: int = 0
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def audience(self) -> str:
        """How notices name them."""
        return f"follower:{self.follower_id}"


@dataclass(frozen=True, slots=True)
class Pace:
    """When notices go.

    Waiting ones wait `gathers` for others to join them and leave `spacing` to the one before;
    none goes in the quiet hours (Vietnam time, over midnight if they begin later than they end).
    What is older than `latest` is not told any more.
    """

    gathers: timedelta = timedelta(minutes=2)
    spacing: timedelta = timedelta(minutes=30)
    quiet: tuple[time, time] | None = (time(21), time(7))
    latest: timedelta = timedelta(hours=24)

    def due(self, now: datetime, *, waits: bool, last_sent: datetime | None) -> datetime:
        """Return when a notice may go."""
        moment = now
        if waits:
            moment += self.gathers
            if last_sent is not None:
                moment = max(moment, last_sent + self.spacing)
        return self.awake(moment)

    def awake(self, moment: datetime) -> datetime:
        """Return the moment, or the end of the quiet hours that it falls into."""
        if self.quiet is None:
            return moment
        begins, ends = self.quiet
        local = moment.astimezone(VIETNAM)
        at, over_midnight = local.time(), begins > ends
        is_quiet = at >= begins or at < ends if over_midnight else begins <= at < ends
        if not is_quiet:
            return moment
        day = local.date() + timedelta(days=1 if over_midnight and at >= begins else 0)
        return datetime.combine(day, ends, VIETNAM).astimezone(moment.tzinfo)


@dataclass(frozen=True, slots=True)
class Template:
    """What is read of the index of templates."""

    kind: Kind
    title: str
    waits: bool
    acts: frozenset[str] = field(default_factory=frozenset)
