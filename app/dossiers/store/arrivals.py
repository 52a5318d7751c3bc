"""Dossiers born at the national portal, in the order they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, or_, select

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.store.numbers import take_number
from app.dossiers.store.rows import dossier_of
from app.dossiers.tables import arrivals, dossiers
from app.platform.clock import Clock

_LINE: Final = "feed"
"""Stands for the day where numbers of a day are kept: arrivals are numbered without end."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A dossier that came down, as it stands now."""

    number: int
    arrived_at: datetime
    dossier: Dossier


def add_arrival(
    connection: Connection, clock: Clock, *, province: AgencyCode, code: DossierCode
) -> None:
    """Number a dossier among the arrivals.

    The number's row stays locked until the act ends, so a smaller number is never seen later:
    who reads on behind the last one seen misses none.
    """
    number = take_number(connection, province, _LINE)
    connection.execute(insert(arrivals).values(number=number, dossier=code, arrived_at=clock.now()))


def arrived(
    connection: Connection, member: AgencyCode, *, after: int, limit: int
) -> Sequence[Arrival]:
    """Return at most so many arrivals of a member and all below it, behind a number."""
    below = dossiers.c.agency.startswith(f"{member.canonical}.", autoescape=True)
    statement = (
        select(arrivals.c.number.label("arrival"), arrivals.c.arrived_at, dossiers)
        .join(dossiers, dossiers.c.code == arrivals.c.dossier)
        .where(arrivals.c.number > after, or_(dossiers.c.agency == member.canonical, below))
        .order_by(arrivals.c.number)
        .limit(limit)
    )
    return [
        Arrival(row.arrival, row.arrived_at, dossier_of(row))
        for row in connection.execute(statement)
    ]
