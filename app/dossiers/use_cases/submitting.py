"""Taking a dossier in."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.use_cases import find_procedure, resolve_member
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import (
    Dossier,
    National,
    NationalState,
    first_status,
    first_step,
)
from app.dossiers.domain.errors import DuplicateDossierError
from app.dossiers.domain.filing import Agency, Filing
from app.dossiers.domain.handling import Handling
from app.dossiers.domain.measuring.tallies import change_of
from app.dossiers.domain.numbers import code_of, day_of, new_tracking_code
from app.dossiers.domain.parts import PartOf
from app.dossiers.domain.promises import Promise
from app.dossiers.domain.quality import refuse_poor
from app.dossiers.domain.statuses import Status
from app.dossiers.use_cases.measuring import remeasured
from app.dossiers.use_cases.owing import Cause, owe, subject_of
from app.dossiers.use_cases.promising import promised
from app.dossiers.use_cases.readying import Bringing, own, ready, shared
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id

_NEW = Handling()


@dataclass(frozen=True, slots=True)
class Draft:
    """A dossier as submitted: names may be empty, codes spelled either way, its own code absent."""

    code: DossierCode | None
    filing: Filing


def submit(
    connection: Connection, clock: Clock, caller: Caller, *, draft: Draft, cause: Cause
) -> Dossier:
    """Take a dossier in, give it a code if it has none, and owe it to the nation.

    One that is accepted at once and has no due date gets one by its procedure's time limit.

    Raises:
        UnknownMemberError: if the agency does not exist.
        ClosedMemberError: if it has been closed.
        AgencyNotYoursError: if it is outside the caller's member.
        UnknownProcedureError: if the procedure does not exist.
        DuplicateDossierError: if the supplied code is taken.
        UncodableAgencyError: if no code can be made for the agency.
        PoorDossierError: if its data has faults that are set to block.
        UnusableFileError: if it names a file that is not the caller's to name.
        NotReusableError: if an earlier paper cannot stand in.
    """
    filing = completed(connection, clock, caller, draft.filing)
    bringing = Bringing(filing.applicant, None, cause.reuse_days)
    attachments = ready(connection, clock, caller, bringing, filing.attachments, at="/attachments")
    filing = replace(filing, attachments=attachments)
    dossier = _added(connection, clock, draft.code, filing, cause)
    return _begun(connection, clock, caller, dossier, cause)


def submit_part(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    filing: Filing,
    whole: PartOf,
    cause: Cause,
) -> Dossier:
    """Take a part of another dossier in, for whichever agency it is.

    Raises:
        UnknownMemberError: if the agency does not exist.
        ClosedMemberError: if it has been closed.
        UnknownProcedureError: if the procedure does not exist.
        UncodableAgencyError: if no code can be made for the agency.
    """
    filing = judged(connection, clock, filing)
    attachments = shared(connection, clock, caller, filing.attachments)
    filing = replace(filing, attachments=attachments)
    dossier = _added(connection, clock, None, filing, cause, Handling(part_of=whole))
    return _begun(connection, clock, caller, dossier, cause)


def _begun(
    connection: Connection, clock: Clock, caller: Caller, dossier: Dossier, cause: Cause
) -> Dossier:
    refuse_poor(dossier, blocking=cause.blocking)
    own(connection, dossier.code, dossier.filing.attachments)
    step = first_step(dossier.filing)
    store.add_step(connection, dossier.code, step)
    owe(connection, clock, dossier, step)
    act = Act("dossier.submit", subject_of(dossier.code), cause.digest)
    record(connection, clock, caller, act)
    return dossier


def completed(connection: Connection, clock: Clock, caller: Caller, filing: Filing) -> Filing:
    """Return what was filed with the names it left out, after judging agency and procedure."""
    known = judged(connection, clock, filing)
    caller.act_for(known.agency.code, pointer="/agency_code")
    return known


def judged(connection: Connection, clock: Clock, filing: Filing, *, within: str = "") -> Filing:
    """Return what was filed with the names it left out; `within` is where it stood in the body.

    Raises:
        UnknownMemberError: if the agency does not exist.
        ClosedMemberError: if it has been closed.
        UnknownProcedureError: if the procedure does not exist.
    """
    place = f"{within}/agency_code"
    member = resolve_member(connection, clock, filing.agency.code, pointer=place)
    procedure = find_procedure(
        connection, filing.procedure.code, pointer=f"{within}/procedure_code"
    )
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
    connection: Connection,
    clock: Clock,
    code: DossierCode | None,
    filing: Filing,
    cause: Cause,
    handling: Handling = _NEW,
) -> Dossier:
    """Store a new dossier under its own code or the next free one of its agency and day."""
    wanted = code or next_code(connection, filing)
    dossier = replace(opened(clock, wanted, filing, cause), handling=handling)
    if dossier.status is Status.ACCEPTED:
        accepted_at = filing.times.received_at
        dossier = promised(connection, cause.rules, dossier, accepted_at=accepted_at)
    dossier = remeasured(connection, cause.rules, dossier, first_step(filing))
    while not store.add(connection, dossier, change_of(None, dossier)):
        if code is not None:
            raise DuplicateDossierError(code)
        dossier = replace(dossier, code=next_code(connection, filing))
    return dossier


def opened(clock: Clock, code: DossierCode, filing: Filing, cause: Cause) -> Dossier:
    """Return a new dossier where every dossier begins."""
    now = clock.now()
    state = NationalState.WAITING if cause.is_connected else NationalState.NOT_CONNECTED
    return Dossier(
        code=code,
        tracking_code=new_tracking_code(),
        status=first_status(filing.channel),
        filing=filing,
        created_at=now,
        changed_at=now,
        promise=Promise.given(filing.times.due_at, counted_from=filing.times.received_at, now=now),
        national=National(state, owed_id=new_id()),
    )


def next_code(connection: Connection, filing: Filing) -> DossierCode:
    """Take the next code of an agency and day."""
    agency, day = filing.agency.code, day_of(filing.times.received_at)
    return code_of(agency, day, store.take_number(connection, agency, day))
