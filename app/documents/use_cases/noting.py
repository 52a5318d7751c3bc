"""Writing down what another party says of a document."""

from sqlalchemy import Connection

from app.documents.domain.documents import Document, Recipient, Source, StatusEntry, StatusReport
from app.documents.domain.families import Family
from app.documents.domain.history import replayed
from app.documents.domain.statuses import Recall
from app.documents.store import statuses
from app.documents.use_cases.following import follow
from app.platform.clock import Clock


def is_known(
    connection: Connection, document: Document, recipient: Recipient, report: StatusReport
) -> bool:
    """Tell whether the same status came before: the axis and its clients repeat themselves."""
    return any(
        (entry.report.code, entry.report.at) == (report.code, report.at)
        for entry in _entries(connection, document, recipient)
    )


def note(
    connection: Connection,
    clock: Clock,
    family: Family,
    spoken_of: tuple[Document, Recipient],
    report: StatusReport,
) -> None:
    """Write a status down and work out anew where the document stands at that recipient.

    One that overtook another finds its place by the time it happened; which entries are against
    the table is judged again with it.
    """
    document, recipient = spoken_of
    code = recipient.party.code
    entry = StatusEntry(0, recipient.party, report, Source.AXIS)
    entry = statuses.add(connection, document, entry, clock.now(), None)
    entries = _entries(connection, document, recipient)
    first = document.first_standing(recipient.role, is_here=recipient.is_here)
    found = replayed(first, entries)
    is_marked = {one.number for one in entries if one.is_unexpected}
    statuses.mark(connection, found.unexpected - is_marked, is_unexpected=True)
    statuses.mark(connection, is_marked - found.unexpected, is_unexpected=False)
    ends = recipient.standing.recall is Recall.AGREED
    after = found.standing.ended() if ends else found.standing
    at = max(report.at, recipient.status_at or report.at)
    statuses.stand(connection, document, code, after, at)
    follow(connection, clock, family, spoken_of, entry)


def _entries(connection: Connection, document: Document, recipient: Recipient) -> list[StatusEntry]:
    return [
        entry
        for entry in statuses.history(connection, document)
        if entry.recipient.code == recipient.party.code
    ]
