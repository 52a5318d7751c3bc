"""What every act on a dossier shares: whose it is, what it is called, and what it owes."""

from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, Self

from sqlalchemy import Connection

from app.access.domain import Caller
from app.calendars.domain import Period, WorkingHours
from app.codes import DossierCode
from app.dossiers.domain.deadlines import AfterSupplement, DeadlineRules, LateApology, Wait
from app.dossiers.domain.dossier import Dossier, NationalState, Step
from app.dossiers.domain.errors import UnknownDossierError
from app.dossiers.domain.quality import Blocking
from app.exchange.messages import Owed
from app.exchange.outbox import enqueue
from app.platform.clock import Clock
from app.platform.settings import Settings

TOPIC = "dossiers.sync"


@dataclass(frozen=True, slots=True)
class Cause:
    """What causes an act: the hash of its body, and what is set here.

    `is_connected` tells whether a national portal is; `rules` are those of deadlines;
    `blocking` says which faults of the data are not taken in, `reuse_days` how long a search for
    earlier results may be followed by their reuse.
    """

    digest: str
    is_connected: bool
    rules: DeadlineRules = field(default_factory=DeadlineRules)
    blocking: Blocking = Blocking.NONE
    reuse_days: int = 30

    @classmethod
    def of(cls, settings: Settings, digest: str) -> Self:
        """Return the cause of an act in a process with these settings."""
        return cls(
            digest,
            settings.dvcqg_url is not None,
            rules_of(settings),
            Blocking(settings.quality_blocks),
            settings.reuse_days,
        )


_SET: Final = attrgetter(
    "working_morning",
    "working_afternoon",
    "same_day_cut_off",
    "calendar_days_skip_holidays",
    "after_supplement",
    "supplement_days",
    "also_suspended_by",
    "apology_rule",
)


def rules_of(settings: Settings) -> DeadlineRules:
    """Return the rules of deadlines that are set."""
    return _rules(_SET(settings))


@lru_cache(maxsize=8)
def _rules(facts: tuple[Any, ...]) -> DeadlineRules:
    morning, afternoon, cut_off, skip_holidays, after, days, also_suspended_by, apology = facts
    return DeadlineRules(
        hours=WorkingHours(_period(morning), _period(afternoon)),
        cut_off=time.fromisoformat(cut_off),
        calendar_days_skip_holidays=skip_holidays,
        after_supplement=AfterSupplement(after),
        supplement_days=days,
        also_suspended_by=frozenset(Wait(wait) for wait in also_suspended_by),
        late_apology=LateApology(apology),
    )


def _period(text: str) -> Period:
    begins, ends = text.split("-")
    return Period(time.fromisoformat(begins), time.fromisoformat(ends))


def owe(connection: Connection, clock: Clock, dossier: Dossier, *steps: Step) -> None:
    """Owe one act to the nation with its rows; the caller holds the dossier's row.

    Nothing is owed where another system tells the nation.
    """
    if dossier.national.state is NationalState.BY_OTHERS:
        return
    message = Owed(
        message_id=dossier.national.owed_id,
        topic=TOPIC,
        key=f"dossier:{dossier.code}",
        body={"record": dossier.facts(), "progress": [step.facts() for step in steps]},
    )
    enqueue(connection, clock, message)


def visible(dossier: Dossier | None, caller: Caller) -> Dossier:
    """Return the dossier.

    Raises:
        UnknownDossierError: if there is none, or it is not the caller's.
    """
    if dossier is None or not caller.may_see(dossier.filing.agency.code):
        raise UnknownDossierError
    return dossier


def subject_of(code: DossierCode) -> str:
    """Return how the evidence log and kept answers name a dossier."""
    return f"dossier:{code}"
