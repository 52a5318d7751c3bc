"""How documents fare: facts from which duties and statistics are drawn, kept act by act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Row,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
    update,
)

from app.codes import AgencyCode
from app.documents.domain.documents import Business, Document, Recipient, Route, StatusEntry
from app.documents.domain.duties import (
    Behind,
    Dealing,
    DutyKind,
    OpenDuty,
    day_of,
    end_of,
    is_sent_late,
)
from app.documents.domain.families import OWN
from app.documents.domain.statuses import Status
from app.documents.tables import dealings, facts
from app.platform.inserting import insert_rows

_CONFIRMING: Final = {
    Status.REJECTED, Status.RECEIVED, Status.ASSIGNED, Status.PROCESSING, Status.FINISHED,
}  # fmt: skip


def describe(connection: Connection, document: Document, *, is_late: bool | None) -> None:
    """Keep what is counted of a new document, and of an update where it brings one."""
    if document.business is Business.REVOKE:
        return
    said = document.header.get("business") or {}
    row = {
        "document": document.id,
        "month": f"{day_of(document.created_at):%Y-%m}",
        "has_paper": bool(said.get("has_paper")),
        "is_late": is_late,
    }
    insert_rows(connection, facts, [row])


def is_late(document: Document, is_working: Callable[[date], bool]) -> bool | None:
    """Tell whether a document of its own was sent too late (QĐ 28/2018, đ.6.2).

    None without its date.
    """
    if document.promulgated_on is None or document.business not in OWN:
        return None
    return is_sent_late(
        document.promulgated_on,
        document.created_at,
        is_urgent=bool(document.priority),
        is_working=is_working,
    )


def begin(
    connection: Connection, document: Document, recipient: Recipient, original: str | None = None
) -> None:
    """Begin to follow a document at one recipient, who has nothing else of it to work on.

    `original` is the document of its own that an update is about.
    """
    insert_rows(connection, dealings, [_row_of(document, recipient, original)])


def begin_all(connection: Connection, document: Document, recipients: Sequence[Recipient]) -> None:
    """Begin to follow a document of its own at several recipients, as `begin` does."""
    insert_rows(connection, dealings, [_row_of(document, one) for one in recipients])


def _row_of(
    document: Document, recipient: Recipient, original: str | None = None
) -> dict[str, Any]:
    arrived = recipient.status_at if recipient.is_here else None
    return {
        "document": document.id,
        "recipient": recipient.party.code,
        "original": original,
        "route": recipient.route.value,
        "urgency": document.priority or 0,
        "due_on": document.due_on,
        "arrived_on": day_of(arrived) if arrived else None,
        "arrived_at": arrived,
        "confirm_by": end_of(day_of(arrived)) if arrived else None,
    }


def report(connection: Connection, document: Document, entry: StatusEntry) -> None:
    """Note what a status says of how a document fares; the earliest of each kind counts."""
    report, code = entry.report, entry.report.code
    said: dict[str, Any] = {}
    if code is Status.ARRIVED:
        day = day_of(report.at)
        said |= {"arrived_at": report.at, "arrived_on": day, "confirm_by": end_of(day)}
    if code in _CONFIRMING:
        said |= {"confirmed_at": report.at}
    if code is Status.REJECTED:
        said |= {"refused_at": report.at, "closed_at": report.at}
    if code is Status.FINISHED:
        said |= {"finished_at": report.at, "closed_at": report.at}
    for name, at in said.items():
        _earliest(connection, name, at, document.id, entry.recipient.code)


def close(connection: Connection, document: str, recipient: str, at: datetime) -> None:
    """Note that a recipient's copy is gone, and with it whatever was to be done."""
    _earliest(connection, "closed_at", at, document, recipient)


def _earliest(connection: Connection, name: str, at: Any, document: str, recipient: str) -> None:
    """Set a time unless an earlier one is known: the axis may bring later statuses first."""
    known = dealings.c[name]
    connection.execute(
        update(dealings)
        .where(dealings.c.document == document, dealings.c.recipient == recipient)
        .where(or_(known.is_(None), known > at))
        .values({name: at})
    )


def of_document(connection: Connection, document: str) -> dict[str, Dealing]:
    """Return by recipient how a document fares."""
    statement = select(dealings).where(dealings.c.document == document)
    return {row.recipient: dealing_of(row) for row in connection.execute(statement)}


def dealing_of(row: Row[Any]) -> Dealing:
    """Return a row's facts."""
    return Dealing(row.arrived_at, row.confirmed_at, row.finished_at, row.closed_at)


@dataclass(frozen=True, slots=True)
class DutiesWanted:
    """Which open duties a list shows: those with a deadline from `first` to `last`."""

    member: AgencyCode
    kinds: Sequence[DutyKind]
    first: date | None
    last: date
    limit: int
    after: tuple[int, str, str, str, str] | None = None


def open_duties(connection: Connection, wanted: DutiesWanted) -> Sequence[OpenDuty]:
    """Return a page of the duties that our members have not done, the urgent first."""
    both = union_all(*(_owed(kind, wanted) for kind in wanted.kinds)).subquery()
    columns = [both.c[name] for name in ("calm", "deadline", "document", "recipient", "kind")]
    statement = select(*columns).order_by(*columns).limit(wanted.limit)
    if wanted.after is not None:
        calm, day, *rest = wanted.after
        key = [literal(calm), literal(date.fromisoformat(day)), *map(literal, rest)]
        statement = statement.where(tuple_(*columns) > tuple_(*key))
    return [
        OpenDuty(-row.calm, row.deadline, row.document, row.recipient, DutyKind(row.kind))
        for row in connection.execute(statement)
    ]


def units_behind(connection: Connection, wanted: DutiesWanted) -> Sequence[Behind]:
    """Return who has not done what, by unit and duty, the unit with most of them first."""
    both = union_all(*(_owed(kind, wanted) for kind in wanted.kinds)).subquery()
    number, oldest = func.count(), func.min(both.c.deadline)
    rows = connection.execute(
        select(both.c.recipient, both.c.kind, number, oldest)
        .group_by(both.c.recipient, both.c.kind)
        .order_by(number.desc(), both.c.recipient, both.c.kind)
        .limit(wanted.limit)
    )
    return [Behind(unit, DutyKind(kind), int(many), first) for unit, kind, many, first in rows]


def _owed(kind: DutyKind, wanted: DutiesWanted) -> Any:
    is_confirming = kind is DutyKind.CONFIRM
    deadline = dealings.c.arrived_on if is_confirming else dealings.c.due_on
    below = dealings.c.recipient.startswith(f"{wanted.member.canonical}.", autoescape=True)
    statement = select(
        (-dealings.c.urgency).label("calm"),
        deadline.label("deadline"),
        dealings.c.document,
        dealings.c.recipient,
        literal(kind.value).label("kind"),
    ).where(
        dealings.c.closed_at.is_(None),
        dealings.c.route != Route.AXIS.value,
        or_(dealings.c.recipient == wanted.member.canonical, below),
        and_(deadline.is_not(None), deadline <= wanted.last),
    )
    if is_confirming:
        statement = statement.where(dealings.c.confirmed_at.is_(None))
    return statement if wanted.first is None else statement.where(deadline >= wanted.first)
