"""Promotion notices (thông báo thực hiện khuyến mại) that the national portal sends down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.actors import Actor, ActorKind
from app.dossiers.domain.carrying import NotCarriedError
from app.dossiers.domain.dossier import Dossier, National, NationalState, Step, staff_of
from app.dossiers.domain.file_errors import UnknownFileError
from app.dossiers.domain.files import HeldFile
from app.dossiers.domain.filing import Attachment, Facts, Filing
from app.dossiers.domain.intake import Entry
from app.dossiers.domain.received import (
    Came,
    EndedNoticeError,
    KnownNoticeError,
    ReceivedFile,
    Told,
    UnknownNoticeError,
)
from app.dossiers.domain.statuses import Status
from app.dossiers.domain.supplementing import Brought
from app.dossiers.store import received
from app.dossiers.use_cases.acting import Order
from app.dossiers.use_cases.arriving import NATION, take_in
from app.dossiers.use_cases.carrying import carry_rows
from app.dossiers.use_cases.measuring import save
from app.dossiers.use_cases.owing import Cause, subject_of
from app.dossiers.use_cases.reading import show
from app.dossiers.use_cases.receiving import hold, papers_of
from app.dossiers.use_cases.submitting import completed, next_code, opened
from app.dossiers.use_cases.supplementing import receive_supplement
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange import inbox
from app.platform.clock import Clock
from app.platform.ids import new_id

_OPEN: Final = frozenset(
    {
        Status.REGISTERED,
        Status.ACCEPTED,
        Status.PROCESSING,
        Status.SUPPLEMENT_REQUESTED,
        Status.PAYMENT_REQUESTED,
    }
)


@dataclass(frozen=True, slots=True)
class Notice:
    """A promotion notice: its national code, what it comes to here, its own words, its files."""

    reference: str
    filing: Filing
    content: Facts
    files: tuple[ReceivedFile, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an owner changes of a notice that came before, whose code is `former`."""

    reference: str
    former: str
    reason: str
    content: Facts
    papers: tuple[Attachment, ...]
    is_updating: bool


def announce(
    connection: Connection, clock: Clock, nation: Caller, *, notice: Notice, cause: Cause
) -> Dossier:
    """Take a notice over as a dossier, once however often it is sent.

    It keeps the nation's code as its own where that is a dossier's code, else it gets one of its
    agency and day.

    Raises:
        KnownNoticeError: if it came before, in this form or another.
        ProblemError: for an agency or procedure that cannot be; it may be sent again.
    """
    if not inbox.accept(connection, clock, sender=NATION, message_id=notice.reference):
        raise KnownNoticeError(notice.reference)
    filing = completed(connection, clock, nation, notice.filing)
    code = _code(notice.reference) or next_code(connection, filing)
    filing = replace(filing, attachments=papers_of(notice.files))
    known = National(NationalState.DELIVERED, new_id(), delivered_at=clock.now())
    dossier = replace(opened(clock, code, filing, cause), national=known)
    take_in(connection, clock, nation, dossier, cause)
    hold(connection, clock, nation, dossier=dossier, came=notice.files)
    received.add_notice(
        connection, clock, reference=notice.reference, code=code, content=notice.content
    )
    return dossier


def amend(
    connection: Connection, clock: Clock, nation: Caller, *, change: Change, cause: Cause
) -> None:
    """Take over what an owner changes of a notice, once.

    Papers that were asked for count as brought; without a request it is a row of progress. One
    that says so (`is_updating`) replaces what it said before.

    Raises:
        KnownNoticeError: if it came before, and does not say that it replaces that.
        UnknownNoticeError: if what it changes never came.
        EndedNoticeError: if that has ended.
    """
    reference, content = change.reference, change.content
    if not inbox.accept(connection, clock, sender=NATION, message_id=reference):
        code = None
        if change.is_updating:
            code = received.replace_notice(connection, clock, reference=reference, content=content)
        if code is None:
            raise KnownNoticeError(reference)
        record(connection, clock, nation, Act("dossier.amend", subject_of(code), cause.digest))
        return
    code = received.noticed(connection, change.former)
    dossier = None if code is None else store.lock(connection, code)
    if dossier is None or not _is_notice(dossier):
        raise UnknownNoticeError(change.former)
    if dossier.status not in _OPEN:
        raise EndedNoticeError(change.former, dossier.status.label)
    received.add_notice(connection, clock, reference=reference, code=dossier.code, content=content)
    _note(connection, clock, nation, dossier, change, cause)


def find_notice(connection: Connection, references: Sequence[str]) -> DossierCode | None:
    """Return which promotion notice is meant by the nation's code of it, or by ours."""
    for reference in references:
        code = received.noticed(connection, reference) or _code(reference)
        dossier = None if code is None else store.find(connection, code)
        if dossier is not None and _is_notice(dossier):
            return dossier.code
    return None


def carry_status(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    code: DossierCode,
    told: Told,
    cause: Cause,
) -> None:
    """Take a status over that the system which runs a notice tells, once; with it the result.

    Raises:
        NotCarriedError: if it is not the caller's.
        CarriedMoveError: if the status does not follow the one before it.
    """
    dossier = store.lock(connection, code)
    if dossier is None or not caller.may_see(dossier.filing.agency.code):
        raise NotCarriedError(code)
    known = dossier.handling.results
    fresh = tuple(paper for paper in told.results if paper not in known)
    if fresh:
        handling = replace(dossier.handling, results=(*known, *fresh))
        save(connection, cause.rules, dossier, replace(dossier, handling=handling))
    named = replace(told.step, staff_name=staff_of(dossier.filing, None))
    carry_rows(connection, clock, caller, code=code, steps=[named], cause=cause)


def show_received(connection: Connection, caller: Caller, code: DossierCode) -> Came:
    """Return what came with a dossier.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    dossier = show(connection, caller, code)
    return Came(
        received.notices_of(connection, dossier.code), received.files_of(connection, dossier.code)
    )


def find_file(connection: Connection, caller: Caller, path: str) -> HeldFile | None:
    """Return a file by the address its sender has it at; None if it is not held, but named.

    Raises:
        UnknownFileError: if nothing that is the caller's names it.
    """
    for file in received.holding(connection, path) if path else ():
        if file.dossier is not None and _is_theirs(connection, caller, file.dossier):
            return file
    if not any(_is_theirs(connection, caller, code) for code in received.naming(connection, path)):
        raise UnknownFileError
    return None


def _note(
    connection: Connection,
    clock: Clock,
    nation: Caller,
    dossier: Dossier,
    change: Change,
    cause: Cause,
) -> None:
    """Write a change into the progress of its dossier, as papers brought if any were asked for."""
    words = f"Điều chỉnh thông báo ({change.reference}): {change.reason}"
    asked = dossier.handling.open_supplement
    if dossier.status is Status.SUPPLEMENT_REQUESTED and asked is not None:
        order = Order(dossier.code, Actor(ActorKind.SYSTEM), cause)
        brought = Brought(asked.number, words, change.papers)
        receive_supplement(connection, clock, nation, order, brought)
        return
    step = Step(
        status=dossier.status,
        happened_at=clock.now(),
        staff_name=staff_of(dossier.filing, ActorKind.CITIZEN),
        content=words,
        actor=ActorKind.CITIZEN,
    )
    save(connection, cause.rules, dossier, replace(dossier, changed_at=clock.now()), step)
    store.add_step(connection, dossier.code, step)
    record(connection, clock, nation, Act("dossier.amend", subject_of(dossier.code), cause.digest))


def _is_theirs(connection: Connection, caller: Caller, code: DossierCode) -> bool:
    dossier = store.find(connection, code)
    return dossier is not None and caller.may_see(dossier.filing.agency.code)


def _is_notice(dossier: Dossier) -> bool:
    return dossier.filing.came_in.entry is Entry.PROMOTION


def _code(reference: str) -> DossierCode | None:
    try:
        return DossierCode(reference)
    except ValueError:
        return None
