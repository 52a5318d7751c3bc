"""Reading documents: what the caller's member, or one below it, sent or received."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.documents.domain.documents import (
    Attachment,
    Document,
    Recipient,
    StatusEntry,
    is_number,
)
from app.documents.domain.errors import UnknownAttachmentError, UnknownDocumentError
from app.documents.domain.legal_value import Check
from app.documents.domain.refusals import WithdrawnError
from app.documents.domain.relations import Related
from app.documents.store import documents, lists, signatures, statuses
from app.documents.store.searching import Sought
from app.documents.use_cases import linking


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of a list: `member` narrows it, `before` is the last id of the page before."""

    member: AgencyCode | None
    before: str | None
    limit: int
    sought: Sought = field(default_factory=Sought)


@dataclass(frozen=True, slots=True)
class View:
    """A document as one caller may see it: to a recipient the others are no business."""

    document: Document
    recipients: tuple[Recipient, ...]
    history: Sequence[StatusEntry] = ()
    related: Sequence[Related] = ()
    check: Check | None = None


def may_see(caller: Caller, document: Document) -> bool:
    """Tell whether the caller's member, or one below it, sent or received the document."""
    return bool(_seen(caller, document)) or caller.may_see(document.sender.code)


def view(caller: Caller, document: Document, history: Sequence[StatusEntry] = ()) -> View:
    """Return what the caller may see of a document that it may see."""
    seen = _seen(caller, document)
    codes = {recipient.party.code for recipient in seen}
    return View(document, seen, [entry for entry in history if entry.recipient.code in codes])


def _seen(caller: Caller, document: Document) -> tuple[Recipient, ...]:
    if caller.may_see(document.sender.code):
        return document.recipients
    return tuple(
        one for one in document.recipients if one.is_here and caller.may_see(one.party.code)
    )


def inbox(connection: Connection, caller: Caller, wanted: Wanted) -> list[View]:
    """Return a page of what lies with the caller's units, the newest first.

    Each document is shown with those recipients only that the inbox is of.
    """
    member = narrowed(caller, wanted.member)
    if member is None:
        return []
    found = lists.inbox(connection, member, wanted.sought, before=wanted.before, limit=wanted.limit)
    return [View(document, _of(document, member)) for document in found]


def outbox(connection: Connection, caller: Caller, wanted: Wanted) -> list[View]:
    """Return a page of what the caller's units sent, the newest first."""
    member = narrowed(caller, wanted.member)
    if member is None:
        return []
    found = lists.outbox(
        connection, member, wanted.sought, before=wanted.before, limit=wanted.limit
    )
    return [View(document, document.recipients) for document in found]


def search(connection: Connection, caller: Caller, wanted: Wanted) -> list[View]:
    """Return a page of what the caller's units sent or received, the newest first."""
    member = narrowed(caller, wanted.member)
    if member is None:
        return []
    found = lists.both(connection, member, wanted.sought, before=wanted.before, limit=wanted.limit)
    return [_view_of(document, member) for document in found]


def narrowed(caller: Caller, member: AgencyCode | None) -> AgencyCode | None:
    """Return whose documents a list shows: the lower of the two; None if neither is below."""
    if member is None or caller.member.within(member):
        return caller.member
    return member if caller.may_see(member) else None


def _view_of(document: Document, member: AgencyCode) -> View:
    is_sent = document.sender.code.within(member)
    return View(document, document.recipients if is_sent else _of(document, member))


def _of(document: Document, member: AgencyCode) -> tuple[Recipient, ...]:
    return tuple(
        one for one in document.recipients if one.is_here and one.party.code.within(member)
    )


def show(connection: Connection, caller: Caller, number: str) -> View:
    """Return one document with its history.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
    """
    return whole(connection, caller, _found(connection, caller, number))


def whole(connection: Connection, caller: Caller, document: Document) -> View:
    """Return all that a caller may see of a document that it may see.

    Other documents are named only to those who may see them too.
    """
    seen = view(caller, document, statuses.history(connection, document))
    return replace(
        seen,
        related=list(_related(connection, caller, document, seen)),
        check=signatures.find(connection, document.id),
    )


def _related(
    connection: Connection, caller: Caller, document: Document, seen: View
) -> Iterator[Related]:
    codes = {recipient.party.code for recipient in seen.recipients}
    for tie, other in linking.related(connection, document):
        if tie.recipient is not None and tie.recipient not in codes:
            continue
        if other is not None and may_see(caller, other):
            yield tie
        elif tie.is_named_here:
            yield replace(tie, id=None)


def show_history(
    connection: Connection, caller: Caller, number: str, *, after: int, limit: int
) -> Sequence[StatusEntry]:
    """Return a page of a document's history, the first entry first.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
    """
    seen = show(connection, caller, number)
    return [entry for entry in seen.history if entry.number > after][:limit]


def find_document(connection: Connection, caller: Caller, number: str) -> Document:
    """Return one document without its history.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
    """
    return _found(connection, caller, number)


def find_content(connection: Connection, caller: Caller, number: str) -> Document:
    """Return one document whose content the caller may have.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
        WithdrawnError: if all that the caller had of it was withdrawn.
    """
    document = _found(connection, caller, number)
    if caller.may_see(document.sender.code):
        return document
    lost = [one.withdrawn for one in _seen(caller, document)]
    if all(lost) and lost[0] is not None:
        raise WithdrawnError(lost[0].cause, lost[0].by)
    return document


def find_attachment(connection: Connection, caller: Caller, number: str, n: int) -> Attachment:
    """Return one file of a document.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
        UnknownAttachmentError: if it has no such file.
        WithdrawnError: if all that the caller had of it was withdrawn.
    """
    document = find_content(connection, caller, number)
    found = next((file for file in document.attachments if file.n == n), None)
    if found is None:
        raise UnknownAttachmentError
    return found


def _found(connection: Connection, caller: Caller, number: str) -> Document:
    document = documents.find(connection, number) if is_number(number) else None
    if document is None or not may_see(caller, document):
        raise UnknownDocumentError
    return document
