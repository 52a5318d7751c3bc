"""Reading what is counted of opinions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from app.codes import AgencyCode
from app.dossiers.tables import dossiers
from app.public_services.domain.opinions import OpinionFact, OpinionKind
from app.public_services.tables import opinions


def facts(
    connection: Connection,
    agency: AgencyCode,
    between: tuple[datetime, datetime],
    *,
    after: int = 0,
    limit: int | None = None,
) -> Sequence[OpinionFact]:
    """Return what was received or answered in a time about an agency and all below it.

    In the order of reception, behind a number, so many at most.
    """
    statement = _within(agency, between).where(opinions.c.number > after)
    rows = connection.execute(statement.order_by(opinions.c.number).limit(limit))
    return [_fact(row) for row in rows]


def _within(agency: AgencyCode, between: tuple[datetime, datetime]) -> Select[Any]:
    first, last = between
    top, column = agency.canonical, opinions.c.agency
    moments = (
        and_(moment >= first, moment < last)
        for moment in (opinions.c.received_at, opinions.c.answered_at)
    )
    about = opinions.outerjoin(dossiers, dossiers.c.code == opinions.c.dossier)
    return (
        select(
            opinions.c.number, opinions.c.code, column, opinions.c.kind, opinions.c.received_at,
            opinions.c.due_at, opinions.c.answered_at, opinions.c.score,
            dossiers.c.counted_procedure, dossiers.c.sector, dossiers.c.channel,
        )
        .select_from(about)
        .where(or_(column == top, column.startswith(f"{top}.", autoescape=True)), or_(*moments))
    )  # fmt: skip


def _fact(row: Any) -> OpinionFact:
    number, code, agency, kind, *rest = row
    return OpinionFact(number, code, AgencyCode(agency), OpinionKind(kind), *rest)
