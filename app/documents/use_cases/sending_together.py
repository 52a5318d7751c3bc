"""Sending several documents in one act, in as many statements as one of them takes.

So goes what nothing stands in the way of: new documents to members beyond us that answer nothing
and of which nothing is here. Whatever else is asked goes alone, by `sending.send`, which then
says what is wrong with it. Should two processes be about the same document at once, the act
fails, and each goes alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.access.domain import Caller
from app.calendars.use_cases import working_days
from app.catalogue.domain import Member
from app.catalogue.use_cases import find_near, resolve_member
from app.codes import AgencyCode
from app.documents.domain.documents import Business, Document, Recipient
from app.documents.store import dealings, documents, links
from app.documents.store.links import SymbolKey
from app.documents.use_cases.consigning import Sending, made, owed, year_of
from app.documents.use_cases.reaching import reach_all
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange import outbox
from app.platform.clock import Clock
from app.platform.database.later import waiting
from app.platform.errors import ProblemError
from app.platform.storage import blobs


@dataclass(frozen=True, slots=True)
class Asked:
    """What one caller asks to send; `speaking_for` is a member that it must be able to act for."""

    caller: Caller
    sending: Sending
    speaking_for: AgencyCode | None = None

    @property
    def codes(self) -> Sequence[AgencyCode]:
        """Every member that is named."""
        named = self.sending.codes
        return named if self.speaking_for is None else [*named, self.speaking_for]

    @property
    def is_plain(self) -> bool:
        """Whether the packet ties its document to no other."""
        packet = self.sending.consignment.packet
        return packet.business.kind == Business.NEW.value and not (
            packet.response_for or packet.business.replacements
        )


@dataclass(frozen=True, slots=True)
class _Made:
    asked: Asked
    document: Document
    reached: Sequence[Recipient]
    symbol: SymbolKey
    is_late: bool | None

    @property
    def family(self) -> tuple[str, str]:
        return self.document.sender.code, self.document.origin

    @property
    def name(self) -> tuple[str, str]:
        return self.document.sender.code, self.document.document_id


def send_together(
    connection: Connection, clock: Clock, several: Sequence[Asked]
) -> Sequence[Document | None]:
    """Take documents over, durably, each for all its recipients; None where one must go alone."""
    plain = {n: one for n, one in enumerate(several) if one.is_plain}
    near = find_near(connection, [code for one in plain.values() for code in one.codes])
    is_working = working_days(connection)
    made_of = {n: _made(connection, clock, one, near, is_working) for n, one in plain.items()}
    free = _unhindered(connection, {n: one for n, one in made_of.items() if one is not None})
    blobs.keep(connection, clock, *_contents(free.values()))
    with waiting(connection):
        for one in free.values():
            _send(connection, clock, one)
    return [free[n].document if n in free else None for n in range(len(several))]


def _made(
    connection: Connection,
    clock: Clock,
    asked: Asked,
    near: Sequence[Member],
    is_working: Callable[[date], bool],
) -> _Made | None:
    """Return what is to be sent; None if it is refused, or if a recipient is ours."""
    try:
        if asked.speaking_for is not None:
            member = resolve_member(connection, clock, asked.speaking_for, pointer="", near=near)
            asked.caller.act_for(member.code, pointer="")
        document, reached = made(connection, clock, asked.caller, asked.sending, near)
    except ProblemError:
        return None
    if any(one.is_here for one in reached):
        return None
    symbol = SymbolKey.of(document, year_of(document, clock))
    return _Made(asked, document, reached, symbol, dealings.is_late(document, is_working))


def _unhindered(connection: Connection, found: Mapping[int, _Made]) -> Mapping[int, _Made]:
    """Return those whose place, symbol and name are free, the first of each, in one order."""
    if not found:
        return {}
    several = [one.document for one in found.values()]
    families = documents.families_here(connection, several)
    symbols = links.taken(connection, [one.symbol for one in found.values()])
    names = links.named_before(connection, several)
    free: dict[int, _Made] = {}
    for n, one in sorted(found.items(), key=lambda item: item[1].name):
        if one.family in families or one.symbol in symbols or one.name in names:
            continue
        families.add(one.family)
        symbols.add(one.symbol)
        free[n] = one
    return free


def _contents(several: Iterable[_Made]) -> Sequence[blobs.Content]:
    return [content for one in several for content in one.asked.sending.consignment.contents]


def _send(connection: Connection, clock: Clock, one: _Made) -> None:
    document, sending = one.document, one.asked.sending
    links.take_new_symbol(connection, document, one.symbol)
    documents.add_new(connection, document, is_late=one.is_late)
    reach_all(connection, clock, document, one.reached)
    act = Act("document.send", document.subject_of_evidence, sending.digest)
    record(connection, clock, one.asked.caller, act)
    outbox.enqueue_first(connection, clock, *owed(document, one.reached))
