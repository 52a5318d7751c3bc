"""What the gateway counts itself of a form's fields."""

from sqlalchemy import Connection

from app.codes import AgencyCode
from app.dossiers.domain.measuring.figures import FIGURES, Months, Sought
from app.dossiers.store.figures import figures
from app.platform.clock import Clock
from app.reports.domain.checking import total_of
from app.reports.domain.forms import PENDING_LATE, Form
from app.reports.domain.periods import Period
from app.reports.store.pending import pending_late


def own_counts(
    connection: Connection, clock: Clock, form: Form, period: Period, agency: AgencyCode
) -> dict[str, int]:
    """Return our own figure of each field that our statistics have, for an agency and all below."""
    if not any(one.source for one in form.fields):
        return {}
    months = Months(*period.months)
    rows = figures(connection, clock, Sought(agency, months), ())
    counted = dict(rows[0].figures) if rows else dict.fromkeys(FIGURES, 0)
    counted[PENDING_LATE] = pending_late(connection, agency, min(clock.now(), months.ends_at))
    sums = {one.code: total_of(one.source, counted) for one in form.fields if one.source}
    return {code: max(0, total) for code, total in sums.items() if total is not None}
