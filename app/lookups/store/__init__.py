"""Every statement on look-ups."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from app.codes import AgencyCode, DossierCode
from app.lookups.domain.asking import LookUp, Outcome, Question, Reason, Service
from app.lookups.tables import lookups


def add(connection: Connection, look_up: LookUp) -> None:
    """Add a question that is about to be asked."""
    reason = look_up.question.reason
    connection.execute(
        insert(lookups).values(
            id=look_up.id,
            service=look_up.question.service.value,
            operation=look_up.question.operation,
            client_id=look_up.client_id,
            member=look_up.member,
            unit=look_up.unit.canonical,
            officer=reason and reason.officer,
            purpose=reason and reason.purpose,
            dossier=reason and reason.dossier,
            stated_reason=reason and reason.stated,
            about=look_up.question.about,
            grant_id=look_up.grant,
            outcome=look_up.outcome.value,
            asked_at=look_up.asked_at,
        )
    )


def settle(connection: Connection, look_up_id: str, outcome: Outcome, at: datetime) -> None:
    """Write what came of a question."""
    statement = update(lookups).where(lookups.c.id == look_up_id)
    connection.execute(statement.values(outcome=outcome.value, answered_at=at))


def find(connection: Connection, look_up_id: str) -> LookUp:
    """Return a look-up that is there."""
    return _look_up_of(connection.execute(select(lookups).where(lookups.c.id == look_up_id)).one())


def page(
    connection: Connection, member: AgencyCode, *, before: str | None, limit: int
) -> Sequence[LookUp]:
    """Return look-ups of a unit and all below it, the newest first, older than `before`."""
    unit = member.canonical
    wanted = select(lookups).where(or_(lookups.c.unit == unit, lookups.c.unit.like(f"{unit}.%")))
    if before is not None:
        wanted = wanted.where(lookups.c.id < before)
    rows = connection.execute(wanted.order_by(lookups.c.id.desc()).limit(limit))
    return [_look_up_of(row) for row in rows]


def _look_up_of(row: Row[Any]) -> LookUp:
    return LookUp(
        id=row.id,
        question=Question(Service(row.service), row.operation, row.about, _reason_of(row)),
        client_id=row.client_id,
        member=AgencyCode(row.member),
        unit=AgencyCode(row.unit),
        asked_at=row.asked_at,
        outcome=Outcome(row.outcome),
        answered_at=row.answered_at,
        grant=row.grant_id,
    )


def _reason_of(row: Row[Any]) -> Reason | None:
    if row.purpose is None:
        return None
    return Reason(
        purpose=row.purpose,
        dossier=row.dossier and DossierCode(row.dossier),
        stated=row.stated_reason,
        agency=AgencyCode(row.unit),
        officer=row.officer,
    )
