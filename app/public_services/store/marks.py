"""What tells one state of a dossier's public status from another, without reading it whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from app.catalogue.tables import procedures
from app.codes import DossierCode, ProcedureCode
from app.dossiers.tables import dossiers, progress


@dataclass(frozen=True, slots=True)
class Marked:
    """A dossier as far as it takes to know who may see it, and whether it has changed.

    `version` counts how often its row was written. `procedure_name` is None where the catalogue
    does not have the very code.
    """

    code: DossierCode
    tracking_code: str
    procedure: ProcedureCode
    version: int
    last_step: int | None
    procedure_name: str | None


_LAST_STEP: Final = (
    select(func.max(progress.c.number))
    .where(progress.c.dossier == dossiers.c.code)
    .scalar_subquery()
)
_MARKS: Final = (
    select(
        dossiers.c.code,
        dossiers.c.tracking_code,
        dossiers.c.procedure,
        dossiers.c.version,
        _LAST_STEP,
        procedures.c.name,
    )
    .outerjoin_from(dossiers, procedures, procedures.c.code == dossiers.c.counted_procedure)
    .where(dossiers.c.code.in_(bindparam("codes", expanding=True)))
)


def marked(connection: Connection, codes: Collection[DossierCode]) -> Mapping[str, Marked]:
    """Return what tells the state of those dossiers that there are, by their codes."""
    rows = connection.execute(_MARKS, {"codes": list(codes)})
    return {
        code: Marked(DossierCode(code), tracking_code, ProcedureCode(procedure), *rest)
        for code, tracking_code, procedure, *rest in rows
    }
