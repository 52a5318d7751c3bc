"""Every statement on payments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, select, update

from app.codes import DossierCode
from app.payments.domain import OrderState, PaymentOrder
from app.payments.tables import orders


def add(connection: Connection, order: PaymentOrder) -> None:
    """Add a payment."""
    connection.execute(insert(orders).values(**_values(order)))


def save(connection: Connection, order: PaymentOrder) -> None:
    """Write what can change of a payment."""
    connection.execute(
        update(orders).where(orders.c.reference == order.reference).values(**_values(order))
    )


def is_taken(connection: Connection, reference: str) -> bool:
    """Tell whether a payment has this reference."""
    return bool(connection.scalar(select(exists().where(orders.c.reference == reference))))


def find(connection: Connection, reference: str) -> PaymentOrder | None:
    """Return a payment."""
    row = connection.execute(select(orders).where(orders.c.reference == reference)).one_or_none()
    return None if row is None else _order_of(row)


def of_dossier(connection: Connection, code: DossierCode) -> Sequence[PaymentOrder]:
    """Return the payments of a dossier, the newest first."""
    statement = (
        select(orders)
        .where(orders.c.dossier == code)
        .order_by(orders.c.created_at.desc(), orders.c.reference.desc())
    )
    return [_order_of(row) for row in connection.execute(statement)]


def to_ask(connection: Connection, *, now: datetime, at_most: int) -> Sequence[PaymentOrder]:
    """Return payments that it is time to ask about, the longest due first."""
    statement = (
        select(orders)
        .where(orders.c.ask_at <= now, orders.c.state == OrderState.WAITING.value)
        .order_by(orders.c.ask_at)
        .limit(at_most)
    )
    return [_order_of(row) for row in connection.execute(statement)]


def _values(order: PaymentOrder) -> dict[str, Any]:
    plain = {name: getattr(order, name) for name in orders.c.keys()}  # noqa: SIM118 -- no mapping
    return plain | {"dossier": str(order.dossier), "state": order.state.value}


def _order_of(row: Row[Any]) -> PaymentOrder:
    known = {"dossier": DossierCode(row.dossier), "state": OrderState(row.state)}
    return PaymentOrder(**dict(row._mapping) | known)  # noqa: SLF001 -- SQLAlchemy's public name
