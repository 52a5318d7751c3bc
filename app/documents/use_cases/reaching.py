"""A document reaches one recipient, after whatever was said about it already."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.documents.domain.documents import Document, Recipient, Role
from app.documents.domain.families import OWN, Family, is_first_copy, lost_before, original_of
from app.documents.store import dealings, documents, statuses, waiting
from app.documents.use_cases import following, noting, telling
from app.platform.clock import Clock


def reach(connection: Connection, clock: Clock, document: Document, recipient: Recipient) -> None:
    """Add a recipient; one of ours has the document at once.

    What had overtaken it takes effect now: a take-back that was agreed, an update that dropped
    the recipient, statuses that waited for it.
    """
    if documents.add_recipient(connection, document.id, recipient):
        _begin(connection, clock, document, recipient)


def reach_all(
    connection: Connection, clock: Clock, document: Document, reached: Sequence[Recipient]
) -> None:
    """Add recipients that a document has not yet, as `reach` does."""
    documents.add_recipients(connection, document.id, reached)
    dealings.begin_all(connection, document, [one for one in reached if _is_first(document, one)])
    for recipient in reached:
        if not _is_first(document, recipient):
            _begin(connection, clock, document, recipient)


def _is_first(document: Document, recipient: Recipient) -> bool:
    """Tell without looking that a recipient elsewhere has nothing else of a document."""
    return not recipient.is_here and document.business in OWN


def _begin(connection: Connection, clock: Clock, document: Document, recipient: Recipient) -> None:
    if _is_first(document, recipient):
        dealings.begin(connection, document, recipient)
        return
    code = recipient.party.code
    family = documents.find_family(connection, document.sender.code, document.document_id)
    document = next((one for one in family if one.id == document.id), document)
    is_first = recipient.role is not Role.DROPPED and is_first_copy(family, document, code)
    if is_first:
        dealings.begin(connection, document, recipient, original_of(family, document))
    if recipient.is_here:
        _arrive(connection, clock, family, (document, recipient), is_first=is_first)


def _arrive(
    connection: Connection,
    clock: Clock,
    family: Family,
    arrived: tuple[Document, Recipient],
    *,
    is_first: bool,
) -> None:
    """Let a recipient of ours have the document, or lose it to an update that drops it."""
    document, recipient = arrived
    code = recipient.party.code
    if recipient.role is Role.DROPPED:
        following.drop(connection, clock, family, document, recipient)
        return
    telling.arrive(connection, clock, document, recipient, is_told=is_first)
    lost = lost_before(family, document, code)
    if lost is not None:
        statuses.withdraw(connection, document.id, code, lost)
        recipient = replace(recipient, standing=recipient.standing.ended())
    for early in waiting.take(connection, document, code):
        if not noting.is_known(connection, document, recipient, early.report):
            noting.note(connection, clock, family, (document, recipient), early.report)
