"""What happens around every question."""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers import store as dossiers
from app.dossiers.use_cases.owing import visible
from app.evidence.domain import Act
from app.evidence.store import record
from app.lookups import store
from app.lookups.domain.asking import LookUp, Outcome, Question, subject_of
from app.platform.clock import Clock
from app.platform.ids import new_id


def begin(connection: Connection, clock: Clock, caller: Caller, question: Question) -> LookUp:
    """Write down who is about to ask what and why; nothing is asked that does not stand here.

    Raises:
        UnknownDossierError: if the dossier it is for does not exist or is not the caller's.
        AgencyNotYoursError: if the unit that asks is not the caller's.
    """
    look_up = LookUp(
        id=new_id(),
        question=question,
        client_id=caller.client_id,
        member=caller.member,
        unit=_unit(connection, caller, question),
        asked_at=clock.now(),
    )
    store.add(connection, look_up)
    act = Act(question.act, subject_of(look_up.id), question.about)
    record(connection, clock, caller, act)
    return look_up


def settle(connection: Connection, clock: Clock, look_up: LookUp, outcome: Outcome) -> None:
    """Write down what came of it."""
    store.settle(connection, look_up.id, outcome, clock.now())


def _unit(connection: Connection, caller: Caller, question: Question) -> AgencyCode:
    """Return for which unit it is asked: the one named, the dossier's, or the caller's own."""
    reason = question.reason
    if reason is None:
        return caller.member
    dossier = None
    if reason.dossier is not None:
        dossier = visible(dossiers.find(connection, reason.dossier), caller)
    if reason.agency is not None:
        caller.act_for(reason.agency, pointer="/reason/agency_code")
        return reason.agency
    return caller.member if dossier is None else dossier.filing.agency.code
