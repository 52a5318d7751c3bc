"""What tells one state of a dossier's public status from another, without reading it whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Select, func, select

from app.catalogue.tables import procedures
from app.codes import DossierCode, ProcedureCode
from app.dossiers.tables import dossiers, progress
from app.platform.prepared import PreparedLists


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


def _marks(codes: Sequence[BindParameter[Any]]) -> Select[Any]:
    kept = (
        dossiers.c.code,
        dossiers.c.tracking_code,
        dossiers.c.procedure,
        dossiers.c.version,
        _LAST_STEP,
        procedures.c.name,
    )
    published = procedures.c.code == dossiers.c.counted_procedure
    return (
        select(*kept)
        .outerjoin_from(dossiers, procedures, published)
        .where(dossiers.c.code.in_(codes))
    )


_MARKS: Final = PreparedLists(_marks)


def marked(connection: Connection, codes: Collection[DossierCode]) -> Mapping[str, Marked]:
    """Return what tells the state of those dossiers that there are, by their codes."""
    return {
        code: Marked(DossierCode(code), tracking_code, ProcedureCode(procedure), *rest)
        for code, tracking_code, procedure, *rest in _MARKS.rows(connection, list(codes))
    }
