"""Taking over dossiers that another system of ours runs, as the nation's portal takes them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.carrying import (
    Carried,
    NotCarriedError,
    check_record,
    check_row,
    moves_on,
)
from app.dossiers.domain.dossier import Dossier, Ends, Step
from app.dossiers.domain.errors import DuplicateDossierError
from app.dossiers.domain.filing import Filing
from app.dossiers.domain.measuring.tallies import change_of
from app.dossiers.domain.promises import Promise
from app.dossiers.domain.quality import refuse_poor
from app.dossiers.store.filings import replace_filing
from app.dossiers.use_cases.following import follow
from app.dossiers.use_cases.measuring import remeasured, save
from app.dossiers.use_cases.owing import Cause, owe, subject_of
from app.dossiers.use_cases.submitting import completed, opened
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id


def carry_over(
    connection: Connection, clock: Clock, caller: Caller, *, carried: Carried, cause: Cause
) -> Dossier:
    """Take a dossier in as it stands elsewhere; the rows that led there come later.

    Raises:
        DuplicateDossierError: if its code is taken, whoever's the dossier is.
        ProblemError: for an agency or procedure that cannot be, as for any submission.
    """
    filing = completed(connection, clock, caller, carried.filing)
    began = opened(clock, carried.code, filing, cause)
    dossier = replace(began, status=carried.status, ends=carried.ends)
    dossier = remeasured(connection, cause.rules, dossier)
    if not store.add(connection, dossier, change_of(None, dossier)):
        raise DuplicateDossierError(carried.code)
    refuse_poor(dossier, blocking=cause.blocking)
    owe(connection, clock, dossier)
    record(connection, clock, caller, Act("dossier.carry", subject_of(dossier.code), cause.digest))
    return dossier


def carry_on(
    connection: Connection, clock: Clock, caller: Caller, *, carried: Carried, cause: Cause
) -> Dossier:
    """Replace the whole record of a dossier; one that says the same again changes nothing.

    Raises:
        NotCarriedError: if there is none, or it is not the caller's.
        CarriedMoveError: if no way leads to the status it says.
    """
    present = _locked(connection, caller, carried.code)
    check_record(carried.code, present.status, carried.status)
    filing = replace(carried.filing, agency=present.filing.agency)
    wanted = replace(
        present,
        filing=completed(connection, clock, caller, filing),
        status=carried.status,
        ends=_ends(present.ends, carried.ends),
        promise=_promise(clock, present, filing),
    )
    if wanted.facts() != present.facts():
        wanted = _changed(clock, wanted, cause)
        refuse_poor(wanted, blocking=cause.blocking)
        wanted = save(connection, cause.rules, present, wanted)
        replace_filing(connection, wanted)
        owe(connection, clock, wanted)
        follow(connection, clock, caller, wanted, cause, happened_at=clock.now())
    record(connection, clock, caller, Act("dossier.replace", subject_of(wanted.code), cause.digest))
    return wanted


def carry_rows(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    code: DossierCode,
    steps: Sequence[Step],
    cause: Cause,
) -> int:
    """Add rows to a dossier's progress, each once however often it is sent; return how many.

    Raises:
        NotCarriedError: if there is no such dossier, or it is not the caller's.
        CarriedMoveError: if a row does not follow the one before it.
    """
    dossier = _locked(connection, caller, code)
    known = [step for _, step in store.steps_of(connection, code)]
    fresh: list[Step] = []
    for step in steps:
        told = [*known, *fresh]
        if any(_is_same(step, other) for other in told):
            continue
        check_row(code, told[-1].status if told else None, step.status)
        fresh.append(step)
    if fresh:
        dossier = _add(connection, clock, dossier, fresh, cause)
        follow(connection, clock, caller, dossier, cause, happened_at=fresh[-1].happened_at)
    record(connection, clock, caller, Act("dossier.progress", subject_of(code), cause.digest))
    return len(fresh)


def _add(
    connection: Connection, clock: Clock, dossier: Dossier, fresh: Sequence[Step], cause: Cause
) -> Dossier:
    before, last = dossier, fresh[-1]
    if moves_on(dossier.status, last.status):
        dossier = dossier.move(last.status, None, happened_at=last.happened_at, now=clock.now())
    dossier = _changed(clock, dossier, cause)
    dossier = save(connection, cause.rules, before, dossier, *fresh)
    for step in fresh:
        store.add_step(connection, dossier.code, step)
    owe(connection, clock, dossier, *fresh)
    return dossier


def _locked(connection: Connection, caller: Caller, code: DossierCode) -> Dossier:
    dossier = store.lock(connection, code)
    if dossier is None or not caller.may_see(dossier.filing.agency.code):
        raise NotCarriedError(code)
    return dossier


def _changed(clock: Clock, dossier: Dossier, cause: Cause) -> Dossier:
    owed = dossier.national.owing(new_id(), is_connected=cause.is_connected)
    return replace(dossier, national=owed, changed_at=clock.now())


def _promise(clock: Clock, present: Dossier, filing: Filing) -> Promise:
    """Return the due date as told; the same one told again is no new decision."""
    if filing.times.due_at == present.due_at:
        return present.promise
    times = filing.times
    return Promise.given(times.due_at, counted_from=times.received_at, now=clock.now())


def _ends(present: Ends, told: Ends) -> Ends:
    """Return the ends as told; one that is not told again stays."""
    return Ends(
        told.finished_at or present.finished_at,
        told.returned_at or present.returned_at,
        told.rejected_at or present.rejected_at,
    )


def _is_same(one: Step, other: Step) -> bool:
    """Tell whether two rows are one, by what the nation tells rows apart by."""
    return (one.status, one.happened_at, one.staff_name, one.content) == (
        other.status, other.happened_at, other.staff_name, other.content,
    )  # fmt: skip
