"""What was open and late at a past moment, as near as it can be known later.

Of a dossier that has ended since, the limit that it was judged by is not kept: its due date stands
for it. So a wait for papers that put the limit off, or an extension given since, may be missed.
"""

from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from app.codes import AgencyCode
from app.dossiers.domain.measure import Outcome
from app.dossiers.tables import dossiers


def pending_late(connection: Connection, agency: AgencyCode, moment: datetime) -> int:
    """Count dossiers of an agency and all below it that were open and past their limit then."""
    top = agency.canonical
    below = dossiers.c.agency.startswith(f"{top}.", autoescape=True)
    open_still = and_(dossiers.c.is_open.is_not(None), dossiers.c.past_from < moment)
    ended_since = and_(
        dossiers.c.ended_at >= moment,
        dossiers.c.outcome == Outcome.LATE.value,
        dossiers.c.due_at < moment,
    )
    statement = (
        select(func.count())
        .select_from(dossiers)
        .where(
            or_(dossiers.c.agency == top, below),
            dossiers.c.received_at < moment,
            or_(open_still, ended_since),
        )
    )
    return int(connection.execute(statement).scalar_one())
