"""Sums that were handed on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from app.codes import AgencyCode
from app.reports.domain.handing import Handover, HandoverState
from app.reports.tables import handovers


def add(connection: Connection, handover: Handover) -> None:
    """Add a handover."""
    values = {
        "id": handover.id,
        "form": handover.form,
        "period": handover.period,
        "agency": handover.agency.canonical,
        "content": dict(handover.values),
        "units": handover.units,
        "missing": list(handover.missing),
        "missing_reason": handover.missing_reason,
        "state": handover.state.value,
        "handed_by": handover.handed_by,
        "handed_at": handover.handed_at,
    }
    connection.execute(insert(handovers).values(**values))


def find(connection: Connection, handover_id: str) -> Handover | None:
    """Return a handover."""
    wanted = select(handovers).where(handovers.c.id == handover_id)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _handover(row)


def lock(connection: Connection, handover_id: str) -> Handover:
    """Return a handover and keep its row until the act ends."""
    wanted = select(handovers).where(handovers.c.id == handover_id).with_for_update()
    return _handover(connection.execute(wanted).one())


def save(connection: Connection, handover: Handover) -> None:
    """Write what can change of a handover."""
    values = {
        "state": handover.state.value,
        "reason": handover.reason,
        "delivered_at": handover.delivered_at,
    }
    connection.execute(update(handovers).where(handovers.c.id == handover.id).values(**values))


def page(
    connection: Connection, agency: AgencyCode, form: str, *, before: int | None, limit: int
) -> Sequence[tuple[int, Handover]]:
    """Return handovers of a form by an agency and all below it, the newest first."""
    top = agency.canonical
    below = handovers.c.agency.startswith(f"{top}.", autoescape=True)
    statement = (
        select(handovers)
        .where(handovers.c.form == form, or_(handovers.c.agency == top, below))
        .order_by(handovers.c.number.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(handovers.c.number < before)
    return [(row.number, _handover(row)) for row in connection.execute(statement)]


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        id=row.id,
        form=row.form,
        period=row.period,
        agency=AgencyCode(row.agency),
        values=row.content,
        units=row.units,
        missing=tuple(row.missing),
        missing_reason=row.missing_reason,
        state=HandoverState(row.state),
        handed_by=row.handed_by,
        handed_at=row.handed_at,
        reason=row.reason,
        delivered_at=row.delivered_at,
    )
