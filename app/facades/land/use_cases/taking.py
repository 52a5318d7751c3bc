"""What a land system says of a dossier takes effect once, by the dossiers' own acts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers.domain.actors import Actor, ActorKind
from app.dossiers.domain.dossier import Step
from app.dossiers.domain.filing import Filing
from app.dossiers.domain.statuses import Status
from app.dossiers.domain.supplementing import Brought, Missing
from app.dossiers.use_cases import Cause, Draft, arriving, report, show
from app.dossiers.use_cases.acting import Order
from app.dossiers.use_cases.ending import finish
from app.dossiers.use_cases.noting import note
from app.dossiers.use_cases.supplementing import ask_supplement, receive_supplement
from app.errands import use_cases as errands
from app.errands.domain import Told
from app.errands.domain.land import IN_HAND, Receipt
from app.errands.domain.tax import TaxNotice
from app.exchange import inbox
from app.facades.land.domain import LandCaller, NotHeldError, Operation, Word
from app.platform.clock import Clock

_LONGEST_NAME: Final = 50
_DEPARTMENT: Final = "Hệ thống đất đai"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is set here: why an act happens, and whether tax notices make a dossier wait."""

    cause: Cause
    tax_asks_payment: bool


@dataclass(frozen=True, slots=True)
class _Taking:
    """A word on its way into a dossier."""

    connection: Connection
    clock: Clock
    caller: Caller
    code: DossierCode
    word: Word
    terms: Terms

    def order(self) -> Order:
        """Return the act as the dossiers' use cases take it, in the land system's words."""
        actor = Actor(ActorKind.OFFICER, self.word.by[:_LONGEST_NAME], department=_DEPARTMENT)
        return Order(
            self.code, actor, self.terms.cause, self.word.happened_at, content=self.word.text
        )

    def move(self, status: Status) -> None:
        """Move the dossier on by a row of progress."""
        step = Step(
            status=status,
            happened_at=self.word.happened_at,
            staff_name=self.word.by[:_LONGEST_NAME],
            content=self.word.text,
            department=_DEPARTMENT,
            actor=ActorKind.OFFICER,
        )
        report(
            self.connection,
            self.clock,
            self.caller,
            code=self.code,
            step=step,
            cause=self.terms.cause,
        )


def take(
    connection: Connection, clock: Clock, caller: LandCaller, word: Word, terms: Terms
) -> bool:
    """Do what a land system says of a dossier that it has; False if it said the same before.

    Raises:
        NotHeldError: if it has no dossier under this number.
        ProblemError: if the dossier's own rules do not allow it.
    """
    if not inbox.accept(connection, clock, sender=caller.client_id, message_id=word.identity):
        return False
    code = _held(connection, caller, word.number)
    if code is None:
        raise NotHeldError
    _ACTS[word.operation](_Taking(connection, clock, caller, code, word, terms))
    told = Told(
        code=word.operation.value,
        name=word.text,
        ends=word.operation is Operation.FINISH,
        event=word.identity,
        happened_at=word.happened_at.isoformat(timespec="seconds"),
    )
    errands.note_word(connection, clock, code, told)
    return True


def take_dossier(
    connection: Connection,
    clock: Clock,
    caller: LandCaller,
    number: str,
    filing: Filing,
    cause: Cause,
) -> DossierCode:
    """Take a dossier in that the land system received itself, once for its number.

    Raises:
        ProblemError: for an agency or procedure that cannot be, as for any submission.
    """
    is_new = inbox.accept(
        connection, clock, sender=caller.client_id, message_id=f"dossier:{number}"
    )
    known = None if is_new else _held(connection, caller, number)
    if known is not None:
        return known
    dossier = arriving.arrive_elsewhere(
        connection, clock, caller, draft=Draft(None, filing), cause=cause
    )
    receipt = Receipt(caller.system.name, number, dossier.code)
    errands.note_receipt(connection, clock, caller, receipt)
    return dossier.code


def _held(connection: Connection, caller: LandCaller, number: str) -> DossierCode | None:
    name = caller.system.name
    return errands.find_held(connection, caller, system=name, number=number)


def _forward(taking: _Taking) -> None:
    taking.move(Status.PROCESSING)


def _ask_supplement(taking: _Taking) -> None:
    word = taking.word
    missing = Missing(word.note or word.operation.label, word.papers)
    ask_supplement(taking.connection, taking.clock, taking.caller, taking.order(), missing)


def _take_supplement(taking: _Taking) -> None:
    """Receive the papers where the dossier still waits for them, else only note it."""
    dossier = show(taking.connection, taking.caller, taking.code)
    asked = dossier.handling.open_supplement
    if dossier.status is Status.SUPPLEMENT_REQUESTED and asked is not None:
        brought = Brought(asked.number, taking.word.note)
        receive_supplement(taking.connection, taking.clock, taking.caller, taking.order(), brought)
    else:
        _note(taking)


def _tell_tax(taking: _Taking) -> None:
    word = taking.word
    notices = [
        TaxNotice(
            number=one.number,
            kind=one.kind,
            owner_name=one.owner_name,
            url=one.url,
            resulted_at=word.happened_at,
            handled_by=word.by,
            note=word.note,
            noted_at=taking.clock.now(),
        )
        for one in word.notices
    ]
    digest = taking.terms.cause.digest
    new = errands.keep_tax_notices(
        taking.connection, taking.clock, taking.caller, taking.code, notices, digest
    )
    dossier = show(taking.connection, taking.caller, taking.code)
    if new and taking.terms.tax_asks_payment and dossier.status in IN_HAND:
        taking.move(Status.PAYMENT_REQUESTED)
    elif new:
        _note(taking)


def _finish(taking: _Taking) -> None:
    finish(taking.connection, taking.clock, taking.caller, taking.order(), ())


def _note(taking: _Taking) -> None:
    note(taking.connection, taking.clock, taking.caller, taking.order())


_ACTS: Final[Mapping[Operation, Callable[[_Taking], None]]] = {
    Operation.FORWARD: _forward,
    Operation.ASK_SUPPLEMENT: _ask_supplement,
    Operation.TAKE_SUPPLEMENT: _take_supplement,
    Operation.TELL_TAX: _tell_tax,
    Operation.FINISH: _finish,
    Operation.ASK_UPDATE: _note,
}
