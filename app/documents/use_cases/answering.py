"""Taking a status packet from a unit of ours: the document is found by what the packet names."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.documents.domain.documents import Document, StatusEntry, StatusReport
from app.documents.domain.errors import UnknownDocumentError
from app.documents.domain.families import pick
from app.documents.domain.statuses import Status
from app.documents.store import documents
from app.documents.use_cases import reporting
from app.documents.use_cases.naming import known_as
from app.documents.use_cases.reporting import Reporting
from app.exchange.vxp.edxml.packet import StatusPacket
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Told:
    """How a packet came: `digest` is the SHA-256 of its bytes, `is_strict` as in `Reporting`."""

    digest: str
    is_strict: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A status as it stands, and the document that it speaks of."""

    document: str
    entry: StatusEntry


def answer(
    connection: Connection, clock: Clock, caller: Caller, packet: StatusPacket, told: Told
) -> Answered:
    """Report what a status packet says; the same again is answered with its first entry.

    Raises:
        AgencyNotYoursError: if its sender is not the caller's.
        UnknownDocumentError: if it speaks of no document of that unit's.
        ReasonNeededError, StatusNotYoursError, ForbiddenStatusError: as `reporting.report`.
    """
    by = known_as(connection, packet.sender.code)
    caller.act_for(by, pointer="From/OrganId")
    code = Status(packet.code.value)
    document, reader = _spoken_of(connection, packet, by, code)
    report = _report(packet, code)
    asked = Reporting(document.id, report, reader, told.digest, told.is_strict)
    return Answered(document.id, reporting.report(connection, clock, caller, asked).entry)


def _spoken_of(
    connection: Connection, packet: StatusPacket, by: AgencyCode, code: Status
) -> tuple[Document, AgencyCode]:
    agency, document_id = packet.response_for.agency, packet.response_for.document_id
    if agency is None or document_id is None:
        raise UnknownDocumentError
    to = known_as(connection, agency)
    sender, reader = (by, to) if code.is_senders else (to, by)
    found = pick(documents.find_family(connection, sender, document_id), reader, code)
    if found is None:
        raise UnknownDocumentError
    return found, reader


def _report(packet: StatusPacket, code: Status) -> StatusReport:
    staff = packet.staff
    return StatusReport(
        code=code,
        at=packet.at,
        reason=packet.description,
        staff=None if staff is None else staff.name,
        department=None if staff is None else staff.department,
    )
