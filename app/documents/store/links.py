"""How documents hang together, and the symbols that are taken."""

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, bindparam, or_, select, update

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import Business, Document, spellings
from app.documents.domain.relations import Link, Relation
from app.documents.tables import document_links, document_symbols, documents, recipients
from app.platform.inserting import insert_new, insert_rows
from app.platform.prepared import Prepared, PreparedLists


@dataclass(frozen=True, slots=True)
class SymbolKey:
    """Number and notation of a sender in a year; `symbol` is their SHA-256."""

    member: str
    year: int
    symbol: str

    @classmethod
    def of(cls, document: Document, year: int) -> "SymbolKey":
        """Return the key of a document's own."""
        symbol = unicodedata.normalize("NFC", document.symbol)
        return cls(document.sender.code, year, hashlib.sha256(symbol.encode()).hexdigest())

    @property
    def columns(self) -> dict[str, Any]:
        """The key as columns."""
        return {"member": self.member, "year": self.year, "symbol": self.symbol}


def add(connection: Connection, link: Link) -> None:
    """Write down that a document names another; once."""
    row = {
        "document": link.document,
        "relation": link.relation.value,
        "document_id": link.document_id,
        "agency": link.agency,
        "recipient": link.recipient,
        "target": link.target,
    }
    insert_new(connection, document_links, row)


def find_target(connection: Connection, link: Link, agencies: Iterable[AgencyCode]) -> str | None:
    """Return our id of the document that a link names, if one of these agencies issued it.

    Where only updates of it are here, that is the first of them.
    """
    found: str | None = connection.execute(
        select(documents.c.id)
        .where(
            documents.c.from_code.in_(list(agencies)),
            documents.c.document_id.in_(spellings(link.document_id)),
            documents.c.business != Business.REVOKE.value,
            documents.c.id != link.document,
        )
        .order_by(documents.c.business == Business.UPDATE.value, documents.c.id)
        .limit(1)
    ).scalar_one_or_none()
    return found


def meet(connection: Connection, document: Document) -> bool:
    """Tie to a document that came now all that named it before; tell whether anything did.

    The document itself takes the place of updates that had overtaken it.
    """
    spelled = spellings(document.document_id)
    said = {
        "met": document.id,
        "sender": document.sender.code,
        "origin_of": document.origin,
        "spelled": spelled[0],
        "spelled_else": spelled[-1],
    }
    meeting = _MEET_UPDATE if document.business is Business.UPDATE else _MEET
    return meeting.run(connection, said) > 0


def _meeting(is_meant: ColumnElement[bool]) -> Prepared:
    return Prepared(
        update(document_links)
        .where(
            is_meant,
            document_links.c.document != bindparam("met"),
            document_links.c.agency == bindparam("sender"),
            or_(
                document_links.c.document_id == bindparam("spelled"),
                document_links.c.document_id == bindparam("spelled_else"),
            ),
        )
        .values(target=bindparam("met"))
    )


_is_open = document_links.c.target.is_(None)
_family = select(documents.c.id).where(
    documents.c.from_code == bindparam("sender"), documents.c.origin == bindparam("origin_of")
)
_MEET: Final = _meeting(or_(_is_open, document_links.c.target.in_(_family)))
_MEET_UPDATE: Final = _meeting(_is_open)
_TAKEN: Final = PreparedLists(
    lambda members, symbols: select(
        document_symbols.c.member, document_symbols.c.year, document_symbols.c.symbol
    ).where(document_symbols.c.member.in_(members), document_symbols.c.symbol.in_(symbols))
)
_NAMED: Final = PreparedLists(
    lambda senders, spelled: (
        select(document_links.c.agency, document_links.c.document_id)
        .where(document_links.c.agency.in_(senders), document_links.c.document_id.in_(spelled))
        .distinct()
    )
)
_ABOUT: Final = (
    select(document_links)
    .where(
        or_(
            document_links.c.document == bindparam("document"),
            document_links.c.target == bindparam("document"),
        )
    )
    .order_by(document_links.c.number)
)


def about(connection: Connection, document: str) -> Sequence[Link]:
    """Return what a document names, and what names it."""
    return [_link_of(row) for row in connection.execute(_ABOUT, {"document": document})]


def replace(connection: Connection, link: Link, codes: Sequence[AgencyCode]) -> None:
    """Mark the target of a replacement, with all that is about it, at these recipients."""
    target = documents.alias()
    family = (
        select(documents.c.id)
        .join(
            target,
            (documents.c.from_code == target.c.from_code) & (documents.c.origin == target.c.origin),
        )
        .where(target.c.id == link.target)
    )
    connection.execute(
        update(recipients)
        .where(recipients.c.document.in_(family), recipients.c.code.in_(list(codes)))
        .values(replaced_by=link.document)
    )


def take_symbol(connection: Connection, document: Document, year: int) -> str | None:
    """Take number and notation for a sender and year; return whose they are, if another's.

    On PostgreSQL this waits for another act that is just taking them.
    """
    key = SymbolKey.of(document, year)
    if insert_new(connection, document_symbols, {**key.columns, "document": document.id}):
        return None
    statement = select(document_symbols.c.document).filter_by(**key.columns)
    return str(connection.execute(statement).scalar_one())


def take_new_symbol(connection: Connection, document: Document, key: SymbolKey) -> None:
    """Take number and notation, which nobody has."""
    insert_rows(connection, document_symbols, [{**key.columns, "document": document.id}])


def taken(connection: Connection, keys: Collection[SymbolKey]) -> set[SymbolKey]:
    """Return which of these are taken."""
    members = sorted({key.member for key in keys})
    symbols = sorted({key.symbol for key in keys})
    return {SymbolKey(*row) for row in _TAKEN.rows(connection, members, symbols)}


def named_before(connection: Connection, several: Iterable[Document]) -> set[tuple[str, str]]:
    """Return the senders and ids by which other documents name some of these, if any do."""
    senders, spelled = set[str](), set[str]()
    for one in several:
        senders.add(one.sender.code)
        spelled.update(spellings(one.document_id))
    return {
        (agency, document_id)
        for agency, document_id in _NAMED.rows(connection, sorted(senders), sorted(spelled))
    }


def _link_of(row: Row[Any]) -> Link:
    return Link(
        document=row.document,
        relation=Relation(row.relation),
        document_id=DocumentId(row.document_id),
        agency=None if row.agency is None else AgencyCode(row.agency),
        recipient=row.recipient,
        target=row.target,
    )
