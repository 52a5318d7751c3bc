"""Every statement on dossiers."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.codes import AgencyCode, DossierCode, ProcedureCode
from app.dossiers.domain.dossier import Dossier, Ends, National, NationalState, Step
from app.dossiers.domain.filing import Filing
from app.dossiers.domain.statuses import Status
from app.dossiers.tables import dossiers, progress, sequences

_NATIONAL = [column for column in dossiers.c if column.name.startswith("national_")]

_INSERTS: Final = (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
_ADD: Final = {name: insert(dossiers).on_conflict_do_nothing() for name, insert in _INSERTS}
_STEP: Final = tuple(field.name for field in fields(Step))
_ADD_STEP: Final = plain_insert(progress).returning(progress.c.number)
_TAKE_NUMBER: Final = {
    name: insert(sequences)
    .on_conflict_do_update(index_elements=["agency", "day"], set_={"last": sequences.c.last + 1})
    .returning(sequences.c.last)
    for name, insert in _INSERTS
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers a list asks for; `received_to` is the first moment no longer in it."""

    status: Status | None = None
    procedure: ProcedureCode | None = None
    agency: AgencyCode | None = None
    received_from: datetime | None = None
    received_to: datetime | None = None


def add(connection: Connection, dossier: Dossier) -> bool:
    """Add a dossier; False if its code is taken.

    On PostgreSQL this waits for another act that is just adding the same code.
    """
    values = {
        "code": dossier.code,
        "tracking_code": dossier.tracking_code,
        "agency": dossier.filing.agency.code,
        "procedure": dossier.filing.procedure.code,
        "received_at": dossier.filing.times.received_at,
        "filing": dossier.filing.facts(),
        "created_at": dossier.created_at,
        **_changing(dossier),
    }
    return connection.execute(_ADD[connection.dialect.name], values).rowcount == 1


def save(connection: Connection, dossier: Dossier) -> None:
    """Write what can change of a dossier."""
    connection.execute(
        update(dossiers).where(dossiers.c.code == dossier.code).values(**_changing(dossier))
    )


def find(connection: Connection, code: DossierCode) -> Dossier | None:
    """Return a dossier."""
    return _first(connection, select(dossiers).where(dossiers.c.code == code))


def lock(connection: Connection, code: DossierCode) -> Dossier | None:
    """Return a dossier and keep its row until the act ends.

    SQLite has one writer at a time, which comes to the same.
    """
    return _first(connection, select(dossiers).where(dossiers.c.code == code).with_for_update())


def lock_national(connection: Connection, code: DossierCode) -> National:
    """Return what the nation knows of a dossier and keep its row until the act ends."""
    statement = select(*_NATIONAL).where(dossiers.c.code == code).with_for_update()
    return _national_of(connection.execute(statement).one())


def save_national(connection: Connection, code: DossierCode, national: National) -> None:
    """Write what the nation knows of a dossier."""
    connection.execute(
        update(dossiers).where(dossiers.c.code == code).values(**_national(national))
    )


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
    return [(row.number, _dossier_of(row)) for row in connection.execute(statement)]


def add_step(connection: Connection, code: DossierCode, step: Step) -> int:
    """Add a row of progress and return its number."""
    values = {"dossier": code} | {name: getattr(step, name) for name in _STEP}
    number: int = connection.execute(_ADD_STEP, values).scalar_one()
    return number


def steps_of(connection: Connection, code: DossierCode) -> Sequence[tuple[int, Step]]:
    """Return the progress of a dossier, each row with its number, in order."""
    rows = connection.execute(
        select(progress).where(progress.c.dossier == code).order_by(progress.c.number)
    )
    return [(row.number, _step_of(row)) for row in rows]


def take_number(connection: Connection, agency: AgencyCode, day: str) -> int:
    """Take the next number of an agency and day.

    The row stays locked until the act ends, and an act that fails gives its number back: so the
    numbers have no gaps, and acts of one agency and day follow one another.
    """
    first = {"agency": agency, "day": day, "last": 1}
    number: int = connection.execute(_TAKE_NUMBER[connection.dialect.name], first).scalar_one()
    return number


def _changing(dossier: Dossier) -> dict[str, Any]:
    return {
        "status": dossier.status.value,
        "finished_at": dossier.ends.finished_at,
        "returned_at": dossier.ends.returned_at,
        "rejected_at": dossier.ends.rejected_at,
        "changed_at": dossier.changed_at,
        **_national(dossier.national),
    }


def _national(national: National) -> dict[str, Any]:
    return {
        "national_state": national.state.value,
        "national_reason": national.reason,
        "national_delivered_at": national.delivered_at,
        "national_owed_id": national.owed_id,
    }


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


def _first(connection: Connection, statement: Select[Any]) -> Dossier | None:
    row = connection.execute(statement).one_or_none()
    return None if row is None else _dossier_of(row)


def _dossier_of(row: Row[Any]) -> Dossier:
    return Dossier(
        code=DossierCode(row.code),
        tracking_code=row.tracking_code,
        status=Status(row.status),
        filing=Filing.of(row.filing),
        created_at=row.created_at,
        changed_at=row.changed_at,
        ends=Ends(row.finished_at, row.returned_at, row.rejected_at),
        national=_national_of(row),
    )


def _national_of(row: Row[Any]) -> National:
    return National(
        state=NationalState(row.national_state),
        owed_id=row.national_owed_id,
        reason=row.national_reason,
        delivered_at=row.national_delivered_at,
    )


def _step_of(row: Row[Any]) -> Step:
    return Step(
        status=Status(row.status),
        happened_at=row.happened_at,
        staff_name=row.staff_name,
        content=row.content,
        staff_title=row.staff_title,
        department=row.department,
        started_at=row.started_at,
        due_at=row.due_at,
    )
