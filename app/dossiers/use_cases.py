"""Submitting a dossier, reporting its progress, and reading both."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.domain import MemberNotFoundError
from app.catalogue.use_cases import find_procedure, resolve_member, show_member
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import (
    Dossier,
    National,
    NationalState,
    Step,
    first_status,
    first_step,
    staff_of,
)
from app.dossiers.domain.errors import (
    DuplicateDossierError,
    UnknownDossierError,
)
from app.dossiers.domain.filing import Agency, Filing
from app.dossiers.domain.numbers import code_of, day_of, new_tracking_code
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange.messages import Owed
from app.exchange.outbox import enqueue
from app.platform.clock import Clock
from app.platform.ids import new_id

TOPIC = "dossiers.sync"


@dataclass(frozen=True, slots=True)
class Draft:
    """A dossier as submitted: names may be empty, codes spelled either way, its own code absent."""

    code: DossierCode | None
    filing: Filing


@dataclass(frozen=True, slots=True)
class Cause:
    """What causes an act: the hash of its body, and whether the nation is connected here."""

    digest: str
    is_connected: bool


def submit(
    connection: Connection, clock: Clock, caller: Caller, *, draft: Draft, cause: Cause
) -> Dossier:
    """Take a dossier in, give it a code if it has none, and owe it to the nation.

    Raises:
        UnknownMemberError: if the agency does not exist.
        ClosedMemberError: if it has been closed.
        AgencyNotYoursError: if it is outside the caller's member.
        UnknownProcedureError: if the procedure does not exist.
        DuplicateDossierError: if the supplied code is taken.
        UncodableAgencyError: if no code can be made for the agency.
    """
    filing = _completed(connection, clock, caller, draft.filing)
    dossier = _added(connection, clock, draft.code, filing, cause)
    step = first_step(filing)
    store.add_step(connection, dossier.code, step)
    _owe(connection, clock, dossier, step)
    act = Act("dossier.submit", _subject(dossier.code), cause.digest)
    record(connection, clock, caller, act)
    return dossier


def report(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    code: DossierCode,
    step: Step,
    cause: Cause,
) -> tuple[int, Step]:
    """Move a dossier on and return the row of progress with its number.

    Who acted may be left empty: then it is the agency. So may what was done: then it is the
    status' name.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
        ForbiddenTransitionError: if the status table does not allow it.
    """
    dossier = _visible(store.lock(connection, code), caller)
    step = replace(
        step,
        staff_name=step.staff_name or staff_of(dossier.filing),
        content=step.content or step.status.label,
    )
    moved = dossier.move(step.status, happened_at=step.happened_at, now=clock.now())
    owed = moved.national.owing(new_id(), is_connected=cause.is_connected)
    moved = replace(moved, national=owed)
    store.save(connection, moved)
    number = store.add_step(connection, code, step)
    _owe(connection, clock, moved, step)
    record(connection, clock, caller, Act("dossier.progress", _subject(code), cause.digest))
    return number, step


def show(connection: Connection, caller: Caller, code: DossierCode) -> Dossier:
    """Return a dossier.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    return _visible(store.find(connection, code), caller)


def list_dossiers(
    connection: Connection, caller: Caller, wanted: store.Wanted, *, after: int, limit: int
) -> Sequence[tuple[int, Dossier]]:
    """Return at most so many dossiers that are the caller's, each with its number, in order."""
    if wanted.agency is not None:
        with suppress(MemberNotFoundError):
            member = show_member(connection, code=wanted.agency)
            wanted = replace(wanted, agency=member.code)
    return store.listed(connection, caller.member, wanted, after=after, limit=limit)


def show_progress(
    connection: Connection, caller: Caller, code: DossierCode
) -> Sequence[tuple[int, Step]]:
    """Return the progress of a dossier, each row with its number, in order.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    show(connection, caller, code)
    return store.steps_of(connection, code)


def _completed(connection: Connection, clock: Clock, caller: Caller, filing: Filing) -> Filing:
    member = resolve_member(connection, clock, filing.agency.code, pointer="/agency_code")
    caller.act_for(member.code, pointer="/agency_code")
    procedure = find_procedure(connection, filing.procedure.code, pointer="/procedure_code")
    return replace(
        filing,
        agency=Agency(member.code, member.name),
        procedure=filing.procedure.completed(
            name=procedure.name,
            sector_code=procedure.sector_code,
            sector_name=procedure.sector_name,
        ),
    )


def _added(
    connection: Connection, clock: Clock, code: DossierCode | None, filing: Filing, cause: Cause
) -> Dossier:
    """Store a new dossier under its own code or the next free one of its agency and day."""
    wanted = code or _next_code(connection, filing)
    dossier = _new(clock, wanted, filing, cause)
    while not store.add(connection, dossier):
        if code is not None:
            raise DuplicateDossierError(code)
        dossier = replace(dossier, code=_next_code(connection, filing))
    return dossier


def _new(clock: Clock, code: DossierCode, filing: Filing, cause: Cause) -> Dossier:
    now = clock.now()
    state = NationalState.WAITING if cause.is_connected else NationalState.NOT_CONNECTED
    return Dossier(
        code=code,
        tracking_code=new_tracking_code(),
        status=first_status(filing.channel),
        filing=filing,
        created_at=now,
        changed_at=now,
        national=National(state, owed_id=new_id()),
    )


def _next_code(connection: Connection, filing: Filing) -> DossierCode:
    agency, day = filing.agency.code, day_of(filing.times.received_at)
    return code_of(agency, day, store.take_number(connection, agency, day))


def _owe(connection: Connection, clock: Clock, dossier: Dossier, step: Step) -> None:
    """Owe one act to the nation; the caller holds the dossier's row."""
    message = Owed(
        message_id=dossier.national.owed_id,
        topic=TOPIC,
        key=f"dossier:{dossier.code}",
        body={"record": dossier.facts(), "progress": [step.facts()]},
    )
    enqueue(connection, clock, message)


def _visible(dossier: Dossier | None, caller: Caller) -> Dossier:
    if dossier is None or not caller.may_see(dossier.filing.agency.code):
        raise UnknownDossierError
    return dossier


def _subject(code: DossierCode) -> str:
    return f"dossier:{code}"
