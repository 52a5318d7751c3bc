"""Rows of progress of all dossiers, in the order of their numbers, for those who tell others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.statuses import Status
from app.dossiers.tables import dossiers, progress
from app.platform.fencing import Sight, look

_SINCE: Final = (
    select(
        progress.c.number,
        progress.c.dossier,
        progress.c.status,
        progress.c.happened_at,
        progress.c.act,
        dossiers.c.agency,
    )
    .join(dossiers, dossiers.c.code == progress.c.dossier)
    .where(progress.c.number > bindparam("after"), progress.c.number <= bindparam("up_to"))
    .order_by(progress.c.number)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Change:
    """A row of progress without what anybody wrote."""

    number: int
    dossier: DossierCode
    agency: AgencyCode
    act: ActName
    status: Status
    happened_at: datetime


def sight(connection: Connection) -> Sight:
    """Look at how far the rows go."""
    return look(connection, progress)


def since(connection: Connection, after: int, *, up_to: int, at_most: int) -> Sequence[Change]:
    """Return rows behind a number, up to a fence."""
    rows = connection.execute(_SINCE, {"after": after, "up_to": up_to, "most": at_most})
    return [
        Change(
            row.number,
            DossierCode(row.dossier),
            AgencyCode(row.agency),
            ActName(row.act or ActName.PROGRESS),
            Status(row.status),
            row.happened_at,
        )
        for row in rows
    ]
