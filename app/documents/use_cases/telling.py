"""Writing a status down, and owing it to the other party where that is beyond us."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from app.catalogue.domain import MemberNotFoundError
from app.catalogue.use_cases import show_member
from app.documents.domain.documents import (
    Delivery,
    Document,
    Party,
    Recipient,
    Route,
    Source,
    StatusEntry,
    StatusReport,
)
from app.documents.domain.statuses import Status
from app.documents.store import statuses
from app.documents.use_cases.packing import status_packet
from app.exchange import outbox
from app.exchange.outbox import Owed
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.platform.storage import blobs

TOPIC: Final = "documents.status"


@dataclass(frozen=True, slots=True)
class Way:
    """From whom a status goes to whom."""

    by: Party
    to: Party


def arrive(
    connection: Connection,
    clock: Clock,
    document: Document,
    recipient: Recipient,
    *,
    is_told: bool,
) -> StatusEntry:
    """Write down that a document has come to a recipient of ours (QĐ 28/2018, đ.9.2).

    Every packet's arrival is in its history; a sender beyond us is told the first only, since a
    revocation or an update says nothing new.
    """
    report = StatusReport(Status.ARRIVED, clock.now())
    if is_told:
        return tell(connection, clock, document, recipient, report, Source.AUTOMATIC)
    entry = StatusEntry(0, recipient.party, report, Source.AUTOMATIC)
    return statuses.add(connection, document, entry, clock.now(), None)


def tell(
    connection: Connection,
    clock: Clock,
    document: Document,
    recipient: Recipient,
    report: StatusReport,
    source: Source,
) -> StatusEntry:
    """Write down what a member of ours reports, and owe it to the other party if it is not ours.

    One that the table does not allow is marked.
    """
    way = _way(document, recipient, report.code)
    entry = StatusEntry(
        number=0,
        recipient=recipient.party,
        report=report,
        source=source,
        is_unexpected=source is Source.MEMBER and report.code not in recipient.standing.allowed,
        delivery=None if way is None else Delivery.QUEUED,
    )
    key = document.key_at(recipient.party.code)
    owed = None if way is None else _owe(connection, clock, document, report, way, key)
    return statuses.add(connection, document, entry, clock.now(), owed)


def _way(document: Document, recipient: Recipient, code: Status) -> Way | None:
    if code.is_senders:
        is_beyond = recipient.route is Route.AXIS
        return Way(document.sender, recipient.party) if is_beyond else None
    is_beyond = recipient.route is Route.HERE
    return Way(recipient.party, document.sender) if is_beyond else None


def _owe(
    connection: Connection,
    clock: Clock,
    document: Document,
    report: StatusReport,
    way: Way,
    key: str,
) -> statuses.Owed:
    content = status_packet(document, report, by=named_party(connection, way.by), to=way.to)
    blobs.keep(connection, clock, content)
    message_id = new_id()
    body = {"packet": content.sha256, "from": way.by.spelling, "to": [way.to.spelling]}
    outbox.enqueue(connection, clock, Owed(message_id, TOPIC, key, body))
    return statuses.Owed(message_id, content.sha256)


def named_party(connection: Connection, party: Party) -> Party:
    """Name a party as the catalogue does where its document only gave the code.

    One that no catalogue knows is named by its code.
    """
    if party.name:
        return party
    try:
        return replace(party, name=show_member(connection, code=party.code).name)
    except MemberNotFoundError:
        return replace(party, name=party.spelling)
