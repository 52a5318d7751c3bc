"""Procedures: what lists need in columns, the full record as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from app.catalogue.domain import Counts, Procedure, ProcedureState, fold
from app.catalogue.store import rows
from app.catalogue.tables import procedures
from app.codes import AgencyCode, ProcedureCode


@dataclass(frozen=True, slots=True)
class ProceduresWanted:
    """Which procedures a list shall show."""

    text: str | None = None
    sector: str | None = None


def find(connection: Connection, code: ProcedureCode) -> Procedure | None:
    """Return the procedure with this code, however its agency is spelled in it."""
    row = connection.execute(
        select(procedures).where(procedures.c.code == code.canonical)
    ).one_or_none()
    return None if row is None else _procedure(row)


def page(
    connection: Connection, wanted: ProceduresWanted, *, after: str | None, limit: int
) -> Sequence[Procedure]:
    """Return at most `limit` procedures in the order of their codes, behind the code `after`."""
    statement = select(procedures).order_by(procedures.c.code).limit(limit)
    if wanted.text is not None:
        text = fold(wanted.text)
        statement = statement.where(procedures.c.folded.contains(text, autoescape=True))
    if wanted.sector is not None:
        statement = statement.where(procedures.c.sector_code == wanted.sector)
    if after is not None:
        statement = statement.where(procedures.c.code > after)
    return [_procedure(row) for row in connection.execute(statement)]


def replace(connection: Connection, every: Sequence[Procedure]) -> Counts:
    """Write new and changed procedures; those that `every` does not name stay as they are."""
    return rows.replace(connection, procedures, [_values(procedure) for procedure in every])


def _values(procedure: Procedure) -> rows.Values:
    return {
        "code": str(procedure.code),
        "national_code": procedure.national_code,
        "name": procedure.name,
        "sector_code": procedure.sector_code,
        "sector_name": procedure.sector_name,
        "agency": procedure.agency and str(procedure.agency),
        "state": procedure.state.value,
        "record": dict(procedure.record),
        "folded": fold(f"{procedure.code} {procedure.name}"),
    }


def _procedure(row: Row[Any]) -> Procedure:
    return Procedure(
        code=ProcedureCode(row.code),
        name=row.name,
        sector_code=row.sector_code,
        sector_name=row.sector_name,
        agency=row.agency and AgencyCode(row.agency),
        state=ProcedureState(row.state),
        record=row.record,
    )
