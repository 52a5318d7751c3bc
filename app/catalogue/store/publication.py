"""Which parts the records of published procedures have, looked up in the records themselves."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app.catalogue.domain.procedures import ProcedureState
from app.catalogue.domain.publication import Publication
from app.catalogue.tables import procedures
from app.codes import AgencyCode, ProcedureCode


def published(connection: Connection, parts: tuple[str, ...]) -> Sequence[Publication]:
    """Return every published procedure in the order of the codes.

    A record has no empty parts: what is not there is left out of it.
    """
    rows = connection.execute(_statement(connection.dialect.name, parts))
    return [_publication(row, parts) for row in rows]


@lru_cache(maxsize=8)
def _statement(dialect: str, parts: tuple[str, ...]) -> Select[Any]:
    head = (procedures.c.code, procedures.c.name, procedures.c.agency, procedures.c.sector_code)
    held = (_has(dialect, part).label(f"has_{place}") for place, part in enumerate(parts))
    return (
        select(*head, *held)
        .where(procedures.c.state == ProcedureState.PUBLISHED.value)
        .order_by(procedures.c.code)
    )


def _has(dialect: str, part: str) -> ColumnElement[Any]:
    if dialect == "sqlite":
        return func.json_type(procedures.c.record, f"$.{part}").is_not(None)
    return func.jsonb_exists(procedures.c.record, part)


def _publication(row: Any, parts: tuple[str, ...]) -> Publication:
    spelled, name, agency, sector, *held = row
    code = ProcedureCode(spelled)
    said = list(zip(parts, held, strict=True))
    return Publication(
        code=code,
        name=name,
        agency=code.agency if agency is None else AgencyCode(agency),
        sector=sector,
        has=tuple(part for part, is_there in said if is_there),
        lacks=tuple(part for part, is_there in said if not is_there),
    )
