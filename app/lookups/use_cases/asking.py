"""What happens around every question."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers import store as dossiers
from app.dossiers.domain.actors import Actor, ActorKind
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.national_data import NationalUse
from app.dossiers.use_cases.acting import Order
from app.dossiers.use_cases.owing import Cause, visible
from app.dossiers.use_cases.using import use_national_data
from app.evidence.domain import Act
from app.evidence.store import record
from app.lookups import store
from app.lookups.domain.asking import LookUp, Outcome, Question, subject_of
from app.lookups.domain.verifying import Proof
from app.platform.clock import Clock
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a look-up, with what a dossier needs to know of it.

    `database_code` is the nation's name of the database; without one no dossier is told.
    `proof` is what the nation found together.
    """

    look_up: LookUp
    outcome: Outcome
    cause: Cause
    database_code: str | None = None
    proof: Proof | None = None


def begin(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    question: Question,
    grant: str | None = None,
) -> LookUp:
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
        grant=grant,
    )
    store.add(connection, look_up)
    act = Act(question.act, subject_of(look_up.id), question.about)
    record(connection, clock, caller, act)
    return look_up


def find_look_up(connection: Connection, look_up_id: str) -> LookUp:
    """Return a look-up that was written down."""
    return store.find(connection, look_up_id)


def settle(connection: Connection, clock: Clock, caller: Caller, answer: Answer) -> None:
    """Write down what came of it, into the dossier too if it was for one and found something."""
    look_up = answer.look_up
    store.settle(connection, look_up.id, answer.outcome, clock.now())
    reason, code = look_up.question.reason, answer.database_code
    is_used = answer.outcome is Outcome.FOUND and reason is not None and code is not None
    if not is_used or reason is None or reason.dossier is None:
        return
    actor = Actor(ActorKind.OFFICER, reason.officer and reason.officer[:50])
    order = Order(reason.dossier, actor, answer.cause)
    service = look_up.question.service

    def told(dossier: Dossier) -> tuple[NationalUse, str]:
        proof = answer.proof
        use = NationalUse(
            number=0,
            look_up_id=look_up.id,
            service=service.value,
            database_code=code or "",
            used_at=clock.now(),
            used_by="",
            verified=() if proof is None else proof.of(dossier.filing.applicant),
        )
        return use, service.label

    use_national_data(connection, clock, caller, order, told)


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
