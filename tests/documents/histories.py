"""Random histories of documents, put into a database, and the list of what was put in."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import (
    Business,
    Delivery,
    Document,
    Packet,
    Party,
    Recipient,
    Route,
    Source,
    StatusEntry,
    StatusReport,
)
from app.documents.domain.legal_value import (
    Check,
    PacketSignature,
    Seal,
    SealState,
    Signatory,
)
from app.documents.domain.statuses import Status
from app.documents.domain.withdrawal import Cause, Withdrawal
from app.documents.store import dealings, documents, signatures, statuses
from app.platform.clock import VIETNAM, Clock
from app.platform.contents import Content
from app.platform.ids import new_id
from app.platform.storage import blobs

HERE = ("", ".12", ".61", ".61.02")
"""Our members below the root of an example."""

BEYOND = ("G22", "H99.07")
OWN, UPDATE = (0, 3), 2
BEGIN = datetime(2026, 10, 28, tzinfo=VIETNAM)


@dataclass(frozen=True, slots=True)
class Reported:
    """A status: of which of the recipients, and how many minutes after the document."""

    recipient: int
    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A document as an example has it; members of ours are named by what follows the root.

    An update gives the document to those of its recipients that are in `gained`; `original` is
    the place in the history of what it is about, if that is here.
    """

    sender: str
    recipients: tuple[str, ...]
    at: datetime
    business: int = 0
    priority: int | None = None
    type_name: str | None = None
    promulgated_on: date | None = None
    has_paper: bool = False
    signed: tuple[bool, bool] | None = None
    statuses: tuple[Reported, ...] = field(default=())
    gained: tuple[int, ...] = ()
    original: int | None = None

    @property
    def is_ours(self) -> bool:
        return self.sender in HERE

    @property
    def begins_at(self) -> Sequence[int]:
        """The places of those recipients that begin to work on it with this packet."""
        if self.business in OWN:
            return range(len(self.recipients))
        return self.gained if self.business == UPDATE else ()


def _reports(recipients: int) -> st.SearchStrategy[tuple[Reported, ...]]:
    one = st.builds(
        Reported,
        recipient=st.integers(0, recipients - 1),
        code=st.sampled_from([status.value for status in Status]),
        minutes=st.integers(0, 60 * 24 * 4),
    )
    return st.lists(one, max_size=5).map(tuple)


@st.composite
def a_document(draw: st.DrawFn, sender: str | None = None) -> Sent:
    sender = draw(st.sampled_from([*HERE, *BEYOND])) if sender is None else sender
    possible = [one for one in (*HERE, *BEYOND) if sender in HERE or one in HERE]
    reached = draw(st.lists(st.sampled_from(possible), min_size=1, max_size=3, unique=True))
    at = BEGIN + timedelta(minutes=draw(st.integers(0, 60 * 24 * 36)))
    ago = draw(st.one_of(st.none(), st.integers(0, 5)))
    return Sent(
        sender=sender,
        recipients=tuple(reached),
        at=at,
        business=draw(st.sampled_from([0, 0, 0, 3, 1, 2])),
        priority=draw(st.sampled_from([None, 0, 1, 3])),
        type_name=draw(st.sampled_from([None, "Công văn", "Quyết định"])),
        promulgated_on=None if ago is None else at.date() - timedelta(days=ago),
        has_paper=draw(st.booleans()),
        signed=draw(st.one_of(st.none(), st.tuples(st.booleans(), st.booleans()))),
        statuses=draw(_reports(len(reached))),
    )


@st.composite
def _histories(draw: st.DrawFn) -> list[Sent]:
    """Return documents, and behind them updates that give them to others; some of strangers."""
    history = draw(st.lists(a_document(), max_size=6))
    own = [n for n, one in enumerate(history) if one.business in OWN]
    for original in draw(st.lists(st.sampled_from([None, *own]), max_size=3)):
        sender = None if original is None else history[original].sender
        update = draw(a_document(sender))
        everybody = st.sampled_from(range(len(update.recipients)))
        gained = draw(st.lists(everybody, unique=True).map(sorted))
        update = replace(update, business=UPDATE, original=original, gained=tuple(gained))
        history.append(update)
    return history


histories: st.SearchStrategy[list[Sent]] = _histories()


def put(connection: Connection, clock: Clock, root: str, history: list[Sent]) -> None:
    """Write a history down as the acts of the gateway do."""
    content = Content.of(b"packet")
    blobs.keep(connection, clock, content)
    numbers: list[str] = []
    for one in history:
        original = None if one.original is None else numbers[one.original]
        numbers.append(_put(connection, root, one, content, original))


def _party(root: str, name: str) -> Party:
    code = AgencyCode(f"{root}{name}" if name in HERE else name)
    return Party(code, code)


def _put(
    connection: Connection, root: str, one: Sent, content: Content, original: str | None
) -> str:
    number = new_id()
    document = Document(
        id=number,
        sender=_party(root, one.sender),
        document_id=DocumentId(number),
        business=Business(one.business),
        number="1",
        notation="VD",
        subject=None,
        promulgated_on=one.promulgated_on,
        due_on=None,
        type_code=None,
        type_name=one.type_name,
        priority=one.priority,
        header={"business": {"has_paper": one.has_paper}},
        packet=Packet(content.sha256, 6),
        content_sha256=content.sha256,
        created_at=one.at,
        recipients=tuple(_recipient(root, one, name) for name in one.recipients),
    )
    assert documents.add(connection, document)
    for place, recipient in enumerate(document.recipients):
        documents.add_recipient(connection, number, recipient)
        if place in one.begins_at:
            dealings.begin(connection, document, recipient, original)
    if one.signed is not None:
        signatures.keep(connection, number, _check(one.signed, one.at))
    for said in one.statuses:
        entry = _entry(document, one, said)
        statuses.add(connection, document, entry, entry.report.at, None)
        if said.code == Status.AGREED.value:
            lost = Withdrawal(entry.report.at, Cause.TAKEN_BACK, number)
            statuses.withdraw(connection, number, entry.recipient.code, lost)
    return number


def _recipient(root: str, one: Sent, name: str) -> Recipient:
    route = Route.AXIS if name in BEYOND else Route.LOCAL if one.is_ours else Route.HERE
    return Recipient(
        party=_party(root, name),
        route=route,
        delivery=Delivery.DELIVERED,
        status_at=None if route is Route.AXIS else one.at,
    )


def _check(signed: tuple[bool, bool], at: datetime) -> Check:
    found: list[Any] = [
        Seal(1, SealState.VALID, who)
        for who, is_there in zip(Signatory, signed, strict=True)
        if is_there
    ]
    return Check(PacketSignature.ABSENT, [*found, Seal(1, SealState.INVALID)], at)


def _entry(document: Document, one: Sent, said: Reported) -> StatusEntry:
    at = one.at + timedelta(minutes=said.minutes)
    return StatusEntry(
        number=0,
        recipient=document.recipients[said.recipient].party,
        report=StatusReport(Status(said.code), at, reason="vì"),
        source=Source.MEMBER,
    )
