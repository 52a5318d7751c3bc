"""Watching documents: the feed of what happens to them, and the timeline of one."""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.documents.domain.events import Strand, Timeline
from app.documents.store import events
from app.documents.store.events import Look
from app.documents.use_cases import reading


def look(
    connection: Connection, caller: Caller, *, member: AgencyCode | None, after: int, limit: int
) -> Look:
    """Return events behind a place in the feed that concern the caller's units, or `member`'s."""
    whose = reading.narrowed(caller, member)
    if whose is None:
        return Look((), after, is_at_end=True, is_behind=False)
    return events.look(connection, whose, after=after, limit=limit)


def place(connection: Connection) -> int:
    """Give what was committed its place in the feed; return how many events got one."""
    return events.place(connection)


def timeline(connection: Connection, caller: Caller, number: str) -> Timeline:
    """Return what happened to a document, recipient by recipient.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
    """
    document = reading.find_document(connection, caller, number)
    happened = events.timeline(connection, document.id)
    strands = [
        Strand(one, [event for event in happened if event.recipient == one.party.code])
        for one in reading.view(caller, document).recipients
    ]
    return Timeline(document, strands)
