"""By what documents are found: the lists they are on, and their words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, exists, false, or_, select

from app.catalogue.domain import fold
from app.codes import AgencyCode
from app.documents.domain.documents import Document, Recipient, Route
from app.documents.domain.statuses import Recall, Status
from app.documents.tables import documents, recipients, shelves, words
from app.platform.inserting import insert_all_new, insert_rows

_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 60
_MOST: Final = 200
"""Words kept of one document, and asked for at once."""


class Direction(StrEnum):
    """Whether a member sent a document or received it."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a document must be like to be found; what is None does not matter.

    Every word of `text` must begin one of the document's words, without case and accents.
    """

    text: str | None = None
    type_name: str | None = None
    promulgated_from: date | None = None
    promulgated_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    status: Status | None = None


def index(connection: Connection, document: Document) -> None:
    """Make a new document findable by its words and put it on the lists of its sender."""
    found = [("text", one) for one in _text_of(document)]
    if document.type_name:
        found.append(("type", fold(document.type_name)[:_LONGEST]))
    rows = [{"document": document.id, "field": field, "word": word} for field, word in found]
    insert_rows(connection, words, rows)
    insert_rows(connection, shelves, _shelf(document.id, Direction.SENT, document.sender.code))


def receive(connection: Connection, document: str, recipient: Recipient) -> None:
    """Put a document on the lists of a recipient of ours."""
    if recipient.is_here:
        code = recipient.party.code
        insert_all_new(connection, shelves, _shelf(document, Direction.RECEIVED, code))


def _shelf(document: str, direction: Direction, member: AgencyCode) -> list[dict[str, str]]:
    """Return the rows that put a document on the lists of a member and of all above it."""
    return [
        {"direction": direction.value, "member": code, "document": document}
        for code in (member.canonical, *member.ancestors)
    ]


def _text_of(document: Document) -> Sequence[str]:
    said = (document.subject, document.number, document.notation, document.document_id)
    return words_of(" ".join(part for part in said if part))


def words_of(text: str) -> Sequence[str]:
    """Return the folded words of a text, each once: runs of letters and figures."""
    found = _WORD.findall(fold(text))
    return list(dict.fromkeys(word[:_LONGEST] for word in found))[:_MOST]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents that `member`, or one below it, sent or received."""

    direction: Direction
    member: AgencyCode

    def ids(
        self, connection: Connection, sought: Sought, *, before: str | None, limit: int
    ) -> Sequence[str]:
        """Return the ids of what is found there, the newest first; walks an index in its order.

        A status counts at any recipient of what was sent, and at the member's own of what came.
        """
        statement = (
            select(shelves.c.document)
            .where(
                shelves.c.direction == self.direction.value,
                shelves.c.member == self.member.canonical,
                *_has_words(sought),
                *self._stands(sought),
            )
            .order_by(shelves.c.document.desc())
            .limit(limit)
        )
        if before is not None:
            statement = statement.where(shelves.c.document < before)
        dates = _dated(sought)
        if dates:
            joined = documents.c.id == shelves.c.document
            statement = statement.join(documents, joined).where(*dates)
        return connection.scalars(statement).all()

    def _stands(self, sought: Sought) -> list[ColumnElement[bool]]:
        if sought.status is None:
            return []
        at = [recipients.c.document == shelves.c.document, _stands(sought.status)]
        if self.direction is Direction.RECEIVED:
            at += [recipients.c.route != Route.AXIS.value, _within(self.member)]
        return [exists().where(*at)]


def _within(member: AgencyCode) -> ColumnElement[bool]:
    code = recipients.c.code
    below = code.startswith(f"{member.canonical}.", autoescape=True)
    return or_(code == member.canonical, below)


def _stands(status: Status) -> ColumnElement[bool]:
    """Return the condition that `Standing.code` is this status; 16 is a recall declined."""
    recalls = {
        Status.TAKE_BACK: Recall.ASKED,
        Status.AGREED: Recall.AGREED,
        Status.DECLINED: Recall.DECLINED,
    }
    if status in recalls:
        return recipients.c.recall == recalls[status].value
    hidden = (Recall.ASKED.value, Recall.AGREED.value)
    return and_(recipients.c.progress == status.value, recipients.c.recall.not_in(hidden))


def _dated(sought: Sought) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    bounds: Iterable[tuple[Any, date | None, date | None]] = (
        (documents.c.promulgated_on, sought.promulgated_from, sought.promulgated_to),
        (documents.c.due_on, sought.due_from, sought.due_to),
    )
    for column, first, last in bounds:
        found += [] if first is None else [column >= first]
        found += [] if last is None else [column <= last]
    return found


def _has_words(sought: Sought) -> list[ColumnElement[bool]]:
    wanted = words_of(sought.text or "")
    found = [_has("text", *_begins(word)) for word in wanted]
    if sought.text and not wanted:
        found.append(false())  # Neither letters nor figures: no document has that.
    if sought.type_name is not None:
        found.append(_has("type", words.c.word == fold(sought.type_name)[:_LONGEST]))
    return found


def _begins(word: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return words.c.word >= word, words.c.word < word + "\U0010ffff"


def _has(field: str, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    inner = select(words.c.document).where(words.c.field == field, *conditions)
    return shelves.c.document.in_(inner)
