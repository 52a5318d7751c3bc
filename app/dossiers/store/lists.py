"""Lists of dossiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from app.codes import AgencyCode, ProcedureCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.statuses import Status
from app.dossiers.store.rows import dossier_of
from app.dossiers.tables import dossiers


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers a list asks for; `received_to` is the first moment no longer in it."""

    status: Status | None = None
    procedure: ProcedureCode | None = None
    agency: AgencyCode | None = None
    received_from: datetime | None = None
    received_to: datetime | None = None


def listed(
    connection: Connection, member: AgencyCode, wanted: Wanted, *, after: int, limit: int
) -> Sequence[tuple[int, Dossier]]:
    """Return at most so many dossiers of a member's subtree, each with its number, in order."""
    statement = (
        select(dossiers)
        .where(dossiers.c.number > after, _within(member), *_conditions(wanted))
        .order_by(dossiers.c.number)
        .limit(limit)
    )
    return [(row.number, dossier_of(row)) for row in connection.execute(statement)]


def _within(agency: AgencyCode) -> ColumnElement[bool]:
    below = dossiers.c.agency.startswith(f"{agency.canonical}.", autoescape=True)
    return or_(dossiers.c.agency == agency.canonical, below)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = []
    if wanted.status is not None:
        found.append(dossiers.c.status == wanted.status.value)
    if wanted.procedure is not None:
        found.append(dossiers.c.procedure == wanted.procedure)
    if wanted.agency is not None:
        found.append(_within(wanted.agency))
    if wanted.received_from is not None:
        found.append(dossiers.c.received_at >= wanted.received_from)
    if wanted.received_to is not None:
        found.append(dossiers.c.received_at < wanted.received_to)
    return [and_(*found)] if found else []
