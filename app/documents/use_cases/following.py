"""What an answer to a take-back brings with it, for every packet about the document."""

from sqlalchemy import Connection

from app.documents.domain.documents import (
    Document,
    Recipient,
    Role,
    Source,
    StatusEntry,
    StatusReport,
)
from app.documents.domain.families import Family, copies_at, open_take_backs
from app.documents.domain.statuses import Status
from app.documents.domain.withdrawal import Cause, Withdrawal
from app.documents.store import statuses
from app.documents.use_cases import telling
from app.platform.clock import Clock


def follow(
    connection: Connection,
    clock: Clock,
    family: Family,
    answered: tuple[Document, Recipient],
    entry: StatusEntry,
) -> None:
    """Withdraw the recipient's copies on consent; on refusal close all that asked for them.

    `answered` is what the answer speaks of, as it stood before.
    """
    document, recipient = answered
    if not recipient.standing.recall.is_take_back:
        return
    code = recipient.party.code
    if entry.report.code is Status.AGREED:
        cause = Cause.DROPPED if recipient.role is Role.DROPPED else Cause.TAKEN_BACK
        withdrawal = Withdrawal(clock.now(), cause, document.id)
        for copy, _ in copies_at(family, code):
            statuses.withdraw(connection, copy.id, code, withdrawal)
    elif entry.report.code is Status.DECLINED:
        for other in open_take_backs(family, code):
            if other.id != document.id:
                _decline(connection, clock, other, entry)


def _decline(connection: Connection, clock: Clock, other: Document, entry: StatusEntry) -> None:
    place = other.at(entry.recipient.code)
    if place is not None:
        said = StatusEntry(0, place.party, entry.report, entry.source)
        statuses.add(connection, other, said, clock.now(), None)
        after = place.standing.drift(entry.report.code)
        statuses.stand(connection, other, place.party.code, after, entry.report.at)


def drop(
    connection: Connection, clock: Clock, family: Family, document: Document, recipient: Recipient
) -> None:
    """Withdraw what an update takes from a recipient of ours, and tell the sender.

    The law gives no choice: the copy is cancelled and that is reported (QĐ 28/2018, đ.9.2).
    """
    report = StatusReport(Status.AGREED, clock.now())
    entry = telling.tell(connection, clock, document, recipient, report, Source.AUTOMATIC)
    after = recipient.standing.move(report.code)
    statuses.stand(connection, document, recipient.party.code, after, report.at)
    follow(connection, clock, family, (document, recipient), entry)
