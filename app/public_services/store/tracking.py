"""What may be seen of one dossier, and the lists of all of them that name nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Row, and_, func, or_, select, text

from app.catalogue.tables import members, procedures
from app.codes import AgencyCode
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.statuses import Status
from app.dossiers.tables import IN_HAND, dossiers


@dataclass(frozen=True, slots=True)
class Looked:
    """A dossier, its steps, and the name its procedure has in the catalogue."""

    dossier: Dossier
    steps: Sequence[Step]
    procedure_name: str


class ListName(StrEnum):
    """Lists that are published."""

    RECEIVED = "received"
    FINISHED = "finished"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Day:
    """From one midnight until before the next, and now, by which is late what is late."""

    begins: datetime
    ends: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A dossier in a public list: codes, names of the catalogue, and times."""

    number: int
    code: str
    procedure_code: str
    procedure_name: str
    agency_code: str
    agency_name: str
    status: Status
    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many dossiers of an agency came and went on a day, and are late now."""

    agency_code: str
    agency_name: str
    received: int
    finished: int
    late: int


_PLACES: Final[dict[ListName, Column[Any]]] = {
    ListName.RECEIVED: dossiers.c.received_at,
    ListName.FINISHED: dossiers.c.finished_at,
    ListName.LATE: dossiers.c.due_at,
}
_NAMED: Final = dossiers.outerjoin(procedures, procedures.c.code == dossiers.c.procedure).outerjoin(
    members, members.c.code == dossiers.c.agency
)

_LISTED: Final[Sequence[ColumnElement[Any]]] = (
    *(
        dossiers.c[name]
        for name in (
            "number", "code", "procedure", "agency", "status", "received_at", "due_at",
            "finished_at",
        )
    ),
    procedures.c.name.label("procedure_name"),
    members.c.name.label("agency_name"),
)  # fmt: skip


def listed(
    connection: Connection,
    name: ListName,
    day: Day,
    agency: AgencyCode | None,
    *,
    after: tuple[datetime, int] | None,
    limit: int,
) -> Sequence[Listed]:
    """Return at most so many dossiers of a list in the order of what puts them there."""
    place = _PLACES[name]
    statement = (
        select(*_LISTED)
        .select_from(_NAMED)
        .where(_on(name, day), *_of(agency))
        .order_by(place, dossiers.c.number)
        .limit(limit)
    )
    if after is not None:
        moment, number = after
        later = and_(place == moment, dossiers.c.number > number)
        statement = statement.where(or_(place > moment, later))
    return [_listed(row) for row in connection.execute(statement)]


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        row.number,
        row.code,
        row.procedure,
        row.procedure_name or row.procedure,
        row.agency,
        row.agency_name or row.agency,
        Status(row.status),
        row.received_at,
        row.due_at,
        row.finished_at,
    )


def tallies(connection: Connection, day: Day, agency: AgencyCode | None) -> Sequence[Tally]:
    """Count each list by agency, in the order of their codes."""
    counted: dict[ListName, dict[str, int]] = {}
    for name in ListName:
        statement = (
            select(dossiers.c.agency, func.count())
            .where(_on(name, day), *_of(agency))
            .group_by(dossiers.c.agency)
        )
        counted[name] = {row[0]: row[1] for row in connection.execute(statement)}
    codes = sorted({code for found in counted.values() for code in found})
    wanted = select(members.c.code, members.c.name).where(members.c.code.in_(codes))
    names = {row.code: row.name for row in connection.execute(wanted)}
    return [
        Tally(
            code,
            names.get(code, code),
            *(counted[name].get(code, 0) for name in ListName),
        )
        for code in codes
    ]


def _on(name: ListName, day: Day) -> ColumnElement[bool]:
    place = _PLACES[name]
    if name is ListName.LATE:
        return and_(text(IN_HAND), place < day.now)
    return and_(place >= day.begins, place < day.ends)


def _of(agency: AgencyCode | None) -> list[ColumnElement[bool]]:
    if agency is None:
        return []
    top = agency.canonical
    return [
        or_(
            dossiers.c.agency == top,
            dossiers.c.agency.startswith(f"{top}.", autoescape=True),
        )
    ]
