"""Reporting a status on a document, by its recipient or its sender."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.documents.domain.documents import (
    Document,
    Recipient,
    Source,
    StatusEntry,
    StatusReport,
)
from app.documents.domain.errors import (
    ReasonNeededError,
    RecipientNeededError,
    StatusNotYoursError,
    WrongRecipientError,
)
from app.documents.domain.families import Family, pick
from app.documents.store import documents, statuses
from app.documents.use_cases import reading, telling
from app.documents.use_cases.following import follow
from app.documents.use_cases.naming import known_as
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Reporting:
    """A request to report: on which document, what, and at which recipient if it says so.

    Where the table is not strict, a status against it is noted and marked.
    """

    document: str
    report: StatusReport
    recipient: AgencyCode | None
    digest: str
    is_strict: bool = True


@dataclass(frozen=True, slots=True)
class Reported:
    """A status as it stands; `is_new` if it did not before."""

    entry: StatusEntry
    is_new: bool


def report(connection: Connection, clock: Clock, caller: Caller, asked: Reporting) -> Reported:
    """Write a status down and owe it to the other party if it is beyond us.

    It is written with the packet that it speaks of: an answer with the latest that asks, anything
    else with the document itself, whichever packet about it was named. The status the document
    has already is answered with its first entry; so is one that can be no other than what was
    said at that time, as clients send again what they heard no answer to.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
        ReasonNeededError: if the status must say why.
        StatusNotYoursError: if it is the other party's to report.
        RecipientNeededError: if several recipients are possible.
        WrongRecipientError: if the one named is not one of them.
        ForbiddenStatusError: if the present status does not allow it.
    """
    named, family = _locked(connection, caller, asked.document)
    code = asked.report.code
    if asked.report.lacks_reason:
        raise ReasonNeededError(code)
    recipient = _recipient(connection, caller, named, asked)
    document = pick(family, recipient.party.code, code) or named
    recipient = document.at(recipient.party.code) or recipient
    if recipient.standing.is_repeat(code):
        known = statuses.latest(connection, document, recipient, code)
        if known is not None:
            return Reported(known, is_new=False)
    standing = recipient.standing
    if code not in standing.allowed:
        known = statuses.said_at(connection, document, recipient, asked.report)
        if known is not None:
            return Reported(known, is_new=False)
    after = standing.move(code) if asked.is_strict else standing.drift(code)
    said = _in_turn(connection, document, recipient, asked.report)
    entry = telling.tell(connection, clock, document, recipient, said, Source.MEMBER)
    statuses.stand(connection, document, recipient.party.code, after, said.at)
    follow(connection, clock, family, (document, recipient), entry)
    act = Act("document.status", document.subject_of_evidence, asked.digest)
    record(connection, clock, caller, act)
    return Reported(entry, is_new=True)


def _in_turn(
    connection: Connection, document: Document, recipient: Recipient, said: StatusReport
) -> StatusReport:
    """Return the report at a second of its own: packets know no less, and order must be seen."""
    last = statuses.last_own(connection, document, recipient)
    if last is None or last < said.at:
        return said
    return replace(said, at=last.replace(microsecond=0) + timedelta(seconds=1))


def _locked(connection: Connection, caller: Caller, number: str) -> tuple[Document, Family]:
    """Return the document, and all that is about it, as they stand until the act ends."""
    document = reading.find_document(connection, caller, number)
    documents.lock_family(connection, document.sender.code, document.origin)
    family = documents.find_family(connection, document.sender.code, document.origin)
    return next((one for one in family if one.id == number), document), family


def _recipient(
    connection: Connection, caller: Caller, document: Document, asked: Reporting
) -> Recipient:
    possible = _possible(caller, document, asked.report)
    if asked.recipient is None:
        if len(possible) > 1:
            raise RecipientNeededError([one.party.spelling for one in possible])
        return possible[0]
    named = known_as(connection, asked.recipient)
    found = next((one for one in possible if one.party.code == named), None)
    if found is None:
        raise WrongRecipientError(asked.recipient)
    return found


def _possible(caller: Caller, document: Document, said: StatusReport) -> Sequence[Recipient]:
    if said.code.is_senders:
        found = document.recipients if caller.may_see(document.sender.code) else ()
    else:
        found = tuple(
            one for one in document.recipients if one.is_here and caller.may_see(one.party.code)
        )
    if not found:
        raise StatusNotYoursError(said.code, is_senders=said.code.is_senders)
    return found
