"""What happens around every question."""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers import store as dossiers
from app.dossiers.domain.dossier import Dossier
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
    dossier = _dossier(connection, caller, question)
    look_up = LookUp(
        id=new_id(),
        question=question,
        client_id=caller.client_id,
        member=caller.member,
        unit=_unit(caller, question, dossier),
        asked_at=clock.now(),
        procedure=None if dossier is None else dossier.filing.procedure.code,
    )
    store.add(connection, look_up)
    act = Act(question.act, subject_of(look_up.id), question.about)
    record(connection, clock, caller, act)
    return look_up


def settle(connection: Connection, clock: Clock, look_up_id: str, outcome: Outcome) -> None:
    """Write down what came of it."""
    store.settle(connection, look_up_id, outcome, clock.now())


def _dossier(connection: Connection, caller: Caller, question: Question) -> Dossier | None:
    reason = question.reason
    if reason is None or reason.dossier is None:
        return None
    return visible(dossiers.find(connection, reason.dossier), caller)


def _unit(caller: Caller, question: Question, dossier: Dossier | None) -> AgencyCode:
    """Return for which unit it is asked: the one named, the dossier's, or the caller's own."""
    named = None if question.reason is None else question.reason.agency
    if named is not None:
        caller.act_for(named, pointer="/reason/agency_code")
        return named
    return caller.member if dossier is None else dossier.filing.agency.code
