"""Minding duties: what our members have still to do, and what was done of a document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from app.access.domain import Caller
from app.calendars.use_cases import working_days
from app.codes import AgencyCode
from app.documents.domain.documents import Document, Recipient, Route
from app.documents.domain.duties import (
    Dealing,
    Duty,
    DutyKind,
    DutyState,
    Moment,
    OpenDuty,
    at_recipient,
    day_of,
    sending,
)
from app.documents.domain.families import OWN
from app.documents.store import dealings, documents
from app.documents.store.dealings import DutiesWanted
from app.documents.use_cases import reading
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Minded:
    """Which open duties are wanted: `state` is `due_soon`, `overdue`, or None for both."""

    member: AgencyCode | None
    kind: DutyKind | None
    state: DutyState | None
    soon: timedelta
    limit: int
    after: tuple[int, str, str, str, str] | None


@dataclass(frozen=True, slots=True)
class Owing:
    """An open duty with its document and the recipient that owes it."""

    duty: OpenDuty
    state: DutyState
    document: Document
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class Account:
    """The duties about one document: the sender's first, then those of each recipient shown."""

    document: Document
    sending: Duty | None
    recipients: Sequence[tuple[Recipient, Sequence[Duty]]]


def reminders(
    connection: Connection, clock: Clock, caller: Caller, minded: Minded
) -> Sequence[Owing]:
    """Return a page of what the caller's units have still to do, the urgent first."""
    member = reading.narrowed(caller, minded.member)
    if member is None:
        return []
    moment = Moment(clock.now(), minded.soon)
    first, last = _days(minded.state, moment)
    kinds = [DutyKind.CONFIRM, DutyKind.FINISH] if minded.kind is None else [minded.kind]
    wanted = DutiesWanted(member, kinds, first, last, minded.limit, minded.after)
    found = dealings.open_duties(connection, wanted)
    by_id = documents.find_several(connection, {duty.document for duty in found})
    return [one for duty in found if (one := _owing(duty, by_id[duty.document], moment))]


def _days(state: DutyState | None, moment: Moment) -> tuple[date | None, date]:
    today = day_of(moment.now)
    match state:
        case DutyState.OVERDUE:
            return None, today - timedelta(days=1)
        case DutyState.DUE_SOON:
            return today, today + moment.soon
        case _:
            return None, today + moment.soon


def _owing(duty: OpenDuty, document: Document, moment: Moment) -> Owing | None:
    recipient = document.at(AgencyCode(duty.recipient))
    return None if recipient is None else Owing(duty, duty.state(moment), document, recipient)


def account(
    connection: Connection, clock: Clock, caller: Caller, number: str, soon: timedelta
) -> Account:
    """Return the duties about one document, done or not.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
    """
    document = reading.find_document(connection, caller, number)
    dealt = dealings.of_document(connection, number)
    moment = Moment(clock.now(), soon)
    shown = reading.view(caller, document).recipients
    return Account(
        document,
        _sending(connection, document),
        [
            (one, _at(document, dealt[one.party.code], moment))
            for one in shown
            if one.party.code in dealt
        ],
    )


def _sending(connection: Connection, document: Document) -> Duty | None:
    is_ours = any(one.route is not Route.HERE for one in document.recipients)
    if not is_ours or document.promulgated_on is None or document.business not in OWN:
        return None
    return sending(
        document.promulgated_on,
        document.created_at,
        is_urgent=bool(document.priority),
        is_working=working_days(connection),
    )


def _at(document: Document, dealing: Dealing, moment: Moment) -> Sequence[Duty]:
    urgent = bool(document.priority)
    return at_recipient(dealing, document.due_on, moment, is_urgent=urgent)
