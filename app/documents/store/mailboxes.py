"""Lists for the software of our units: what waits in its inbox, and what it sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    func,
    not_,
    or_,
    select,
)

from app.access.domain import Reach
from app.codes import AgencyCode
from app.documents.domain.documents import Delivery, Role, Route, Source
from app.documents.domain.mail import MailKind, MailState, ids_of
from app.documents.domain.statuses import Status
from app.documents.tables import deliveries, documents, recipients, statuses

_SENT: tuple[ColumnElement[Any], ...] = (
    documents.c.id, documents.c.from_spelling, documents.c.subject, documents.c.number,
    documents.c.notation, recipients.c.spelling, deliveries.c.id.label("mail"),
    deliveries.c.state, deliveries.c.received_at,
)  # fmt: skip
_SENT_DOCUMENT: tuple[ColumnElement[Any], ...] = (
    documents.c.created_at, recipients.c.delivery, recipients.c.reason, recipients.c.transport_id,
)  # fmt: skip
_SENT_STATUS: tuple[ColumnElement[Any], ...] = (
    statuses.c.recorded_at, statuses.c.number.label("status"),
    statuses.c.code.label("status_code"), statuses.c.delivery,
    statuses.c.delivery_reason.label("reason"), statuses.c.transport_id,
)  # fmt: skip
_IS_LEFT: ColumnElement[bool] = or_(
    recipients.c.withdrawn_at.is_(None), recipients.c.role == Role.DROPPED.value
)
"""Whether a unit can still fetch a document: whom an update drops learns that it does."""


@dataclass(frozen=True, slots=True)
class MailWanted:
    """Which rows of a list: of one kind or both, from a moment on, until another."""

    kind: MailKind | None
    first: datetime | None
    last: datetime | None
    limit: int
    offset: int = 0
    doc_id: str | None = None
    """Of what was sent, the document that is known by this id only; statuses are not looked up."""


@dataclass(frozen=True, slots=True)
class MailLine:
    """One delivery as the inbox lists it: `sender` and `to` as their packet spells them."""

    id: str
    kind: MailKind
    sender: str
    to: str
    state: MailState
    description: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class SentLine:
    """One thing sent to one party: a document, or the status of one.

    `mail` is the id of its delivery here, `transport_id` that of the national axis.
    """

    document: str
    status: int | None
    kind: MailKind
    sender: str
    to: str
    title: str | None
    symbol: str
    sent_at: datetime
    delivery: Delivery | None
    reason: str | None
    mail: str | None
    transport_id: str | None
    received_at: datetime | None
    state: MailState | None


def waiting(connection: Connection, reach: Reach, wanted: MailWanted) -> list[MailLine]:
    """Return what waits in an inbox, the oldest first.

    A document that was withdrawn before it was fetched waits no more; what tells of that does.
    """
    statement = (
        select(
            deliveries,
            documents.c.from_spelling,
            recipients.c.spelling,
            statuses.c.code.label("status_code"),
        )
        .join(documents, documents.c.id == deliveries.c.document)
        .outerjoin(statuses, statuses.c.number == deliveries.c.status)
        .join(
            recipients,
            and_(
                recipients.c.document == deliveries.c.document,
                recipients.c.code == func.coalesce(statuses.c.recipient, deliveries.c.unit),
            ),
        )
        .where(*_waiting(reach), *_chosen(wanted, deliveries.c.kind, deliveries.c.created_at))
        .where(or_(deliveries.c.status.is_not(None), _IS_LEFT))
        .order_by(deliveries.c.id)
        .limit(wanted.limit)
        .offset(wanted.offset)
    )
    return [_line(row) for row in connection.execute(statement)]


def count(connection: Connection, reach: Reach, kind: MailKind) -> int:
    """Return how much of one kind waits in an inbox."""
    statement = select(func.count()).select_from(deliveries)
    if kind is MailKind.DOCUMENT:
        is_its_own = and_(
            recipients.c.document == deliveries.c.document, recipients.c.code == deliveries.c.unit
        )
        statement = statement.join(recipients, is_its_own).where(_IS_LEFT)
    statement = statement.where(*_waiting(reach), deliveries.c.kind == kind.value)
    return connection.execute(statement).scalar_one()


def sent_documents(connection: Connection, reach: Reach, wanted: MailWanted) -> list[SentLine]:
    """Return the documents sent by the units of a system, a row for each recipient."""
    statement = (
        _sent(recipients.c.code)
        .where(
            _speaks(documents.c.from_code, reach),
            recipients.c.route != Route.HERE.value,
            *_between(wanted, documents.c.created_at),
            *([] if wanted.doc_id is None else [_is_known_by(wanted.doc_id)]),
        )
        .order_by(documents.c.id.desc(), recipients.c.number.desc())
        .limit(wanted.limit)
        .offset(wanted.offset)
    )
    return [_sent_document(row) for row in connection.execute(statement)][::-1]


def _is_known_by(number: str) -> ColumnElement[bool]:
    """Return whether a document is known by an id: its own, a delivery's or the axis's."""
    first, last = ids_of(number)
    return or_(
        documents.c.id.between(first, last),
        deliveries.c.id.between(first, last),
        recipients.c.transport_id == number,
    )


def sent_statuses(connection: Connection, reach: Reach, wanted: MailWanted) -> list[SentLine]:
    """Return the statuses that the units of a system reported."""
    is_senders = statuses.c.code == Status.TAKE_BACK.value
    teller = or_(
        and_(is_senders, _speaks(documents.c.from_code, reach)),
        and_(not_(is_senders), _speaks(statuses.c.recipient, reach)),
    )
    statement = (
        select(*_SENT, *_SENT_STATUS)
        .select_from(statuses)
        .join(documents, documents.c.id == statuses.c.document)
        .join(
            recipients,
            and_(
                recipients.c.document == documents.c.id,
                recipients.c.code == statuses.c.recipient,
            ),
        )
        .outerjoin(deliveries, deliveries.c.status == statuses.c.number)
        .where(
            teller,
            statuses.c.source != Source.AXIS.value,
            *_between(wanted, statuses.c.recorded_at),
        )
        .order_by(statuses.c.number.desc())
        .limit(wanted.limit)
        .offset(wanted.offset)
    )
    return [_sent_status(row) for row in connection.execute(statement)][::-1]


def _sent(unit: Column[str]) -> Select[Any]:
    return (
        select(*_SENT, *_SENT_DOCUMENT)
        .select_from(documents)
        .join(recipients, recipients.c.document == documents.c.id)
        .outerjoin(
            deliveries,
            and_(
                deliveries.c.document == documents.c.id,
                deliveries.c.unit == unit,
                deliveries.c.kind == MailKind.DOCUMENT.value,
            ),
        )
    )


def _waiting(reach: Reach) -> tuple[ColumnElement[bool], ...]:
    return (
        deliveries.c.is_waiting.is_(True),
        deliveries.c.created_at >= reach.since,
        _served(deliveries.c.unit, reach),
    )


def _served(unit: Column[str], reach: Reach) -> ColumnElement[bool]:
    """Return whether a unit's inbox is this system's and no nearer one's."""
    own = unit == reach.member.canonical
    if reach.root is None:
        return own
    elsewhere: list[ColumnElement[bool]] = [unit.in_(sorted(reach.served))] if reach.served else []
    elsewhere += [_within(unit, root) for root in sorted(reach.roots)]
    below = _within(unit, reach.root)
    return or_(own, and_(below, not_(or_(*elsewhere))) if elsewhere else below)


def _speaks(unit: Column[str], reach: Reach) -> ColumnElement[bool]:
    own = unit == reach.member.canonical
    return own if reach.root is None else or_(own, _within(unit, reach.root))


def _within(unit: Column[str], root: AgencyCode) -> ColumnElement[bool]:
    code = root.canonical
    return or_(unit == code, unit.startswith(f"{code}.", autoescape=True))


def _chosen(
    wanted: MailWanted, kind: Column[str], at: Column[datetime]
) -> Sequence[ColumnElement[bool]]:
    chosen = _between(wanted, at)
    return chosen if wanted.kind is None else [*chosen, kind == wanted.kind.value]


def _between(wanted: MailWanted, at: Column[datetime]) -> list[ColumnElement[bool]]:
    first = [] if wanted.first is None else [at >= wanted.first]
    return first if wanted.last is None else [*first, at <= wanted.last]


def _line(row: Row[Any]) -> MailLine:
    is_from_sender = row.status_code in {None, Status.TAKE_BACK.value}
    ends = (row.from_spelling, row.spelling)
    sender, to = ends if is_from_sender else ends[::-1]
    return MailLine(
        id=row.id,
        kind=MailKind(row.kind),
        sender=sender,
        to=to,
        state=MailState(row.state),
        description=row.description,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _sent_document(row: Row[Any]) -> SentLine:
    ends = (row.from_spelling, row.spelling)
    return _sent_line(row, ends, None, MailKind.DOCUMENT, row.created_at)


def _sent_status(row: Row[Any]) -> SentLine:
    ends = (row.from_spelling, row.spelling)
    ends = ends if row.status_code == Status.TAKE_BACK.value else ends[::-1]
    return _sent_line(row, ends, row.status, MailKind.STATUS, row.recorded_at)


def _sent_line(
    row: Row[Any], ends: tuple[str, str], status: int | None, kind: MailKind, at: datetime
) -> SentLine:
    return SentLine(
        document=row.id,
        status=status,
        kind=kind,
        sender=ends[0],
        to=ends[1],
        title=row.subject,
        symbol=f"{row.number}/{row.notation}",
        sent_at=at,
        delivery=None if row.delivery is None else Delivery(row.delivery),
        reason=row.reason,
        mail=row.mail,
        transport_id=row.transport_id,
        received_at=row.received_at,
        state=None if row.state is None else MailState(row.state),
    )
