"""Procedures: what lists need in columns, the full record as JSON."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Text, bindparam, cast, select

from app.catalogue.domain import Counts, FullProcedure, Procedure, ProcedureState, fold
from app.catalogue.store import rows
from app.catalogue.tables import procedures
from app.codes import AgencyCode, ProcedureCode
from app.platform.prepared import Prepared

_HEAD = [procedures.c[name] for name in (
    "code", "name", "sector_code", "sector_name", "agency", "state",
)]  # fmt: skip
_BY_CODE = select(*_HEAD).where(procedures.c.code == bindparam("code"))
_FULL_BY_CODE = _BY_CODE.add_columns(procedures.c.record)
_RECORD = select(cast(procedures.c.record, Text))
_RECORD_BY_CODE = Prepared(_RECORD.where(procedures.c.code == bindparam("code")))


@dataclass(frozen=True, slots=True)
class ProceduresWanted:
    """Which procedures a list shall show."""

    text: str | None = None
    sector: str | None = None


def find(connection: Connection, code: ProcedureCode) -> Procedure | None:
    """Return the procedure with this code, however its agency is spelled in it."""
    row = connection.execute(_BY_CODE, {"code": code.canonical}).one_or_none()
    return None if row is None else Procedure(*_head(*row))


def find_full(connection: Connection, code: ProcedureCode) -> FullProcedure | None:
    """Return the procedure with its full record."""
    row = connection.execute(_FULL_BY_CODE, {"code": code.canonical}).one_or_none()
    return None if row is None else FullProcedure(*_head(*row[:-1]), record=row.record)


def record_of(connection: Connection, code: ProcedureCode) -> str | None:
    """Return the record of the procedure with this code as JSON text, and nothing else of it."""
    rows = _RECORD_BY_CODE.rows(connection, {"code": code.canonical})
    return str(rows[0][0]) if rows else None


def full_of(connection: Connection, codes: Collection[str]) -> Sequence[FullProcedure]:
    """Return the procedures with these canonical codes, each with its full record."""
    statement = select(*_HEAD, procedures.c.record).where(procedures.c.code.in_(codes))
    return [
        FullProcedure(*_head(*row[:-1]), record=row.record) for row in connection.execute(statement)
    ]


def of_national(connection: Connection, national_code: str) -> Sequence[Procedure]:
    """Return the procedures with one national code, whoever publishes them."""
    statement = select(*_HEAD).where(procedures.c.national_code == national_code)
    return [
        Procedure(*_head(*row)) for row in connection.execute(statement.order_by(procedures.c.code))
    ]


def every_full(connection: Connection) -> Sequence[FullProcedure]:
    """Return every procedure with its full record, in the order of their codes."""
    statement = select(*_HEAD, procedures.c.record).order_by(procedures.c.code)
    return [
        FullProcedure(*_head(*row[:-1]), record=row.record) for row in connection.execute(statement)
    ]


def page(
    connection: Connection, wanted: ProceduresWanted, *, after: str | None, limit: int
) -> Sequence[Procedure]:
    """Return at most `limit` procedures in the order of their codes, behind the code `after`."""
    statement = select(*_HEAD).order_by(procedures.c.code).limit(limit)
    if wanted.text is not None:
        text = fold(wanted.text)
        statement = statement.where(procedures.c.folded.contains(text, autoescape=True))
    if wanted.sector is not None:
        statement = statement.where(procedures.c.sector_code == wanted.sector)
    if after is not None:
        statement = statement.where(procedures.c.code > after)
    return [Procedure(*_head(*row)) for row in connection.execute(statement)]


def replace(connection: Connection, every: Sequence[FullProcedure]) -> Counts:
    """Write new and changed procedures; those that `every` does not name stay as they are."""
    return rows.replace(connection, procedures, [_values(procedure) for procedure in every])


def _values(procedure: FullProcedure) -> rows.Values:
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


def _head(
    code: str, name: str, sector_code: str, sector_name: str, agency: str | None, state: str
) -> tuple[ProcedureCode, str, str, str, AgencyCode | None, ProcedureState]:
    publisher = None if agency is None else AgencyCode(agency)
    return ProcedureCode(code), name, sector_code, sector_name, publisher, ProcedureState(state)
