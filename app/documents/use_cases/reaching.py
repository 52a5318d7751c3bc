"""A document reaches one recipient, after whatever was said about it already."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.documents.domain.documents import Document, Recipient, Role
from app.documents.domain.families import is_first_copy, lost_before
from app.documents.store import documents, statuses, waiting
from app.documents.use_cases import following, noting, telling
from app.platform.clock import Clock


def reach(connection: Connection, clock: Clock, document: Document, recipient: Recipient) -> None:
    """Add a recipient; one of ours has the document at once.

    What had overtaken it takes effect now: a take-back that was agreed, an update that dropped
    the recipient, statuses that waited for it.
    """
    if documents.add_recipient(connection, document.id, recipient):
        _arrive(connection, clock, document, recipient)


def reach_all(
    connection: Connection, clock: Clock, document: Document, reached: Sequence[Recipient]
) -> None:
    """Add all recipients of a document that has none yet, as `reach` does."""
    documents.add_recipients(connection, document.id, reached)
    for recipient in reached:
        _arrive(connection, clock, document, recipient)


def _arrive(connection: Connection, clock: Clock, document: Document, recipient: Recipient) -> None:
    if not recipient.is_here:
        return
    code = recipient.party.code
    family = documents.find_family(connection, document.sender.code, document.document_id)
    document = next((one for one in family if one.id == document.id), document)
    if recipient.role is Role.DROPPED:
        following.drop(connection, clock, family, document, recipient)
        return
    is_first = is_first_copy(family, document, code)
    telling.arrive(connection, clock, document, recipient, is_told=is_first)
    lost = lost_before(family, document, code)
    if lost is not None:
        statuses.withdraw(connection, document.id, code, lost)
        recipient = replace(recipient, standing=recipient.standing.ended())
    for early in waiting.take(connection, document, code):
        if not noting.is_known(connection, document, recipient, early.report):
            noting.note(connection, clock, family, (document, recipient), early.report)
