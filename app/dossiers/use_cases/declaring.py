"""Applications that another portal of the nation hands to us, under codes that we gave it."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode, DossierCode
from app.dossiers import store
from app.dossiers.domain.actors import Actor, ActorKind
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.errors import DuplicateDossierError
from app.dossiers.domain.filing import Facts, Filing
from app.dossiers.domain.numbers import code_of, day_of
from app.dossiers.domain.received import ReceivedFile
from app.dossiers.domain.statuses import Status
from app.dossiers.domain.supplementing import Brought
from app.dossiers.store import received
from app.dossiers.use_cases.acting import Order
from app.dossiers.use_cases.arriving import arrive_elsewhere
from app.dossiers.use_cases.owing import Cause, subject_of
from app.dossiers.use_cases.receiving import lay
from app.dossiers.use_cases.submitting import Draft
from app.dossiers.use_cases.supplementing import receive_supplement
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Declaration:
    """An application: its code, what it comes to here, its own words, its files."""

    code: DossierCode
    filing: Filing
    content: Facts
    files: tuple[ReceivedFile, ...]


def give_code(
    connection: Connection, clock: Clock, sender: Caller, *, agency: AgencyCode
) -> DossierCode:
    """Give the next code of an agency and today; a code that is never used leaves a gap.

    Raises:
        UncodableAgencyError: if the agency's code does not fit the grammar of dossier codes.
    """
    day = day_of(clock.now())
    code = code_of(agency, day, store.take_number(connection, agency, day))
    record(connection, clock, sender, Act("dossier.code.give", subject_of(code)))
    return code


def declare(
    connection: Connection, clock: Clock, sender: Caller, *, told: Declaration, cause: Cause
) -> None:
    """Take an application in, or what it brings in answer to a request for papers.

    Raises:
        DuplicateDossierError: if it is there, and no papers are wanted.
        ProblemError: for an agency or procedure that cannot be; it may be sent again.
    """
    known, agency = store.lock(connection, told.code), told.filing.agency.code
    if known is not None:
        _supplement(connection, clock, sender, known, told, cause)
        return
    papers = lay(connection, clock, sender, agency=agency, came=told.files)
    draft = Draft(told.code, replace(told.filing, attachments=papers))
    arrive_elsewhere(connection, clock, sender, draft=draft, cause=cause)
    received.add_notice(
        connection, clock, reference=str(told.code), code=told.code, content=told.content
    )


def _supplement(
    connection: Connection,
    clock: Clock,
    sender: Caller,
    known: Dossier,
    told: Declaration,
    cause: Cause,
) -> None:
    asked, born = known.handling.open_supplement, received.noticed(connection, str(told.code))
    if known.status is not Status.SUPPLEMENT_REQUESTED or asked is None or born != known.code:
        raise DuplicateDossierError(told.code)
    first = len(received.files_of(connection, told.code)) + 1
    agency = known.filing.agency.code
    papers = lay(connection, clock, sender, agency=agency, came=told.files, first=first)
    order = Order(told.code, Actor(ActorKind.SYSTEM), cause)
    brought = Brought(asked.number, "Tờ khai gửi lại từ Cổng", papers)
    receive_supplement(connection, clock, sender, order, brought)
    received.replace_notice(connection, clock, reference=str(told.code), content=told.content)
