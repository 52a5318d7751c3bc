"""Decisions on services, and the periods kept with them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.public_services.domain.offers import Decision, Offer, Paper, Service
from app.public_services.domain.periods import Period
from app.public_services.tables import decisions, periods, services

FACTS = [column for column in decisions.c if column.name != "service"]


def lock(connection: Connection, offer: Offer) -> int:
    """Return the number of a service, new or known, and keep its row until the act ends."""
    insert_into = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    values = {"procedure": str(offer.procedure), "agency": str(offer.agency)}
    connection.execute(insert_into(services).values(values).on_conflict_do_nothing())
    wanted = select(services.c.number).where(
        services.c.procedure == values["procedure"], services.c.agency == values["agency"]
    )
    number: int = connection.execute(wanted.with_for_update()).scalar_one()
    return number


def add(
    connection: Connection, service: int, *, paper: Paper, content: Service, at: datetime
) -> Decision:
    """Add a decision and return it with its number."""
    values = {
        "service": service,
        "paper_number": paper.number,
        "signed_on": paper.signed_on,
        "effective_from": paper.effective_from,
        "supersedes": paper.supersedes,
        "content": content.facts(),
        "recorded_at": at,
    }
    statement = insert(decisions).values(values).returning(decisions.c.number)
    return Decision(connection.execute(statement).scalar_one(), paper, content, at)


def of_service(connection: Connection, service: int) -> Sequence[Decision]:
    """Return every decision on a service, in the order of recording."""
    statement = select(*FACTS).where(decisions.c.service == service).order_by(decisions.c.number)
    return [decision_of(row) for row in connection.execute(statement)]


def of_procedure(
    connection: Connection, procedure: str, *, agency: str | None, after: int, limit: int
) -> Sequence[tuple[str, Decision]]:
    """Return decisions on a procedure with their agencies, in the order of recording."""
    statement = (
        select(*FACTS)
        .add_columns(services.c.agency)
        .join(services, services.c.number == decisions.c.service)
        .where(services.c.procedure == procedure, decisions.c.number > after)
        .order_by(decisions.c.number)
        .limit(limit)
    )
    if agency is not None:
        statement = statement.where(services.c.agency == agency)
    return [(row.agency, decision_of(row)) for row in connection.execute(statement)]


def keep_periods(connection: Connection, service: int, every: Sequence[Period]) -> None:
    """Write the periods of a service in place of those kept."""
    connection.execute(delete(periods).where(periods.c.service == service))
    if every:
        connection.execute(insert(periods), [_values(service, one) for one in every])


def kept_periods(connection: Connection, service: int) -> Sequence[tuple[date, date | None, int]]:
    """Return the periods kept of a service: from, until before, number of the decision."""
    wanted = select(periods.c.valid_from, periods.c.valid_to, periods.c.decision)
    rows = connection.execute(
        wanted.where(periods.c.service == service).order_by(periods.c.valid_from)
    )
    return [(row.valid_from, row.valid_to, row.decision) for row in rows]


def _values(service: int, period: Period) -> dict[str, Any]:
    content = period.decision.service
    return {
        "service": service,
        "valid_from": period.valid_from,
        "valid_to": period.valid_to,
        "decision": period.decision.number,
        "level": content.level.value,
        "kind": content.kind.value,
        "is_open": content.is_open,
        "on_national_portal": content.on_national_portal,
        "by_post": content.post.receives or content.post.returns,
        "online_payment": content.online_payment,
        "is_priority": content.is_priority,
        "is_chosen": content.is_chosen,
    }


def decision_of(row: Row[Any]) -> Decision:
    """Return the decision that a row with `FACTS` holds."""
    paper = Paper(row.paper_number, row.signed_on, row.effective_from, row.supersedes)
    return Decision(row.number, paper, Service.of(row.content), row.recorded_at)
