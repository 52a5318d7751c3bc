"""Events that some webhook wanted, and their deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.codes import AgencyCode
from app.platform.clock import Clock
from app.webhooks.domain.events import Event
from app.webhooks.domain.webhooks import DeliveryState, Webhook
from app.webhooks.tables import deliveries, events


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one webhook: the last answer, after so many attempts."""

    number: int
    event_id: str
    type: str
    subject: str
    state: DeliveryState
    attempts: int
    answer: str | None
    owed_at: datetime
    settled_at: datetime | None


def add(connection: Connection, clock: Clock, event: Event) -> int | None:
    """Add an event and return its number; None if its source gave one before."""
    insert_into = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    statement = insert_into(events).values(
        event_id=event.event_id,
        type=event.type,
        subject=event.subject,
        source=event.source,
        happened_at=event.happened_at,
        parties=list(event.parties),
        data=event.data,
        recorded_at=clock.now(),
    )
    added = statement.on_conflict_do_nothing(index_elements=["source"]).returning(events.c.number)
    return connection.execute(added).scalar_one_or_none()


def find(connection: Connection, number: int) -> Event | None:
    """Return an event."""
    row = connection.execute(select(events).where(events.c.number == number)).one_or_none()
    return None if row is None else _event_of(row)


def number_of(connection: Connection, event_id: str) -> int | None:
    """Return the number of an event."""
    return connection.scalar(select(events.c.number).where(events.c.event_id == event_id))


def recorded_since(
    connection: Connection, after: int, moment: datetime | None, *, at_most: int
) -> Sequence[tuple[int, Event]]:
    """Return events behind a number, recorded at or after a moment, in order."""
    wanted = select(events).where(events.c.number > after)
    if moment is not None:
        wanted = wanted.where(events.c.recorded_at >= moment)
    rows = connection.execute(wanted.order_by(events.c.number).limit(at_most))
    return [(row.number, _event_of(row)) for row in rows]


def owe(connection: Connection, clock: Clock, webhook: Webhook, number: int) -> str:
    """Note one more delivery of an event and return the id of its message."""
    same = deliveries.c.webhook == webhook.webhook_id, deliveries.c.event == number
    before = connection.scalar(select(func.count()).select_from(deliveries).where(*same))
    message_id = f"{webhook.lane}{number}:{(before or 0) + 1}"
    connection.execute(
        insert(deliveries).values(
            webhook=webhook.webhook_id,
            event=number,
            message_id=message_id,
            state=DeliveryState.OWED.value,
            attempts=0,
            owed_at=clock.now(),
        )
    )
    return message_id


def progress_of(connection: Connection, message_id: str) -> tuple[int, datetime] | None:
    """Return how often a message was sent, and since when it is owed."""
    columns = deliveries.c.attempts, deliveries.c.owed_at
    wanted = select(*columns).where(deliveries.c.message_id == message_id)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else (row.attempts, row.owed_at)


def note(
    connection: Connection,
    clock: Clock,
    message_id: str,
    state: DeliveryState,
    answer: str | None,
) -> None:
    """Note an attempt, and what it came to."""
    is_over = state is not DeliveryState.OWED
    connection.execute(
        update(deliveries)
        .where(
            deliveries.c.message_id == message_id,
            deliveries.c.state == DeliveryState.OWED.value,
        )
        .values(
            state=state.value,
            attempts=deliveries.c.attempts + 1,
            answer=answer,
            settled_at=clock.now() if is_over else None,
        )
    )


def drop_owed(connection: Connection, clock: Clock, webhook: Webhook) -> None:
    """Note that what is owed to a webhook is given up."""
    connection.execute(
        update(deliveries)
        .where(
            deliveries.c.webhook == webhook.webhook_id,
            deliveries.c.state == DeliveryState.OWED.value,
        )
        .values(state=DeliveryState.DROPPED.value, settled_at=clock.now())
    )


def count_owed(connection: Connection, webhook: Webhook) -> int:
    """Count what is owed to a webhook."""
    mine = deliveries.c.webhook == webhook.webhook_id, deliveries.c.state == DeliveryState.OWED
    return connection.execute(
        select(func.count()).select_from(deliveries).where(*mine)
    ).scalar_one()


def page(
    connection: Connection, webhook: Webhook, *, before: int | None, limit: int
) -> Sequence[Delivery]:
    """Return deliveries of a webhook, the newest first."""
    columns = [deliveries.c[name] for name in ("number", "state", "attempts", "answer")]
    columns += [deliveries.c.owed_at, deliveries.c.settled_at]
    wanted = (
        select(*columns, events.c.event_id, events.c.type, events.c.subject)
        .join(events, events.c.number == deliveries.c.event)
        .where(deliveries.c.webhook == webhook.webhook_id)
    )
    if before is not None:
        wanted = wanted.where(deliveries.c.number < before)
    rows = connection.execute(wanted.order_by(deliveries.c.number.desc()).limit(limit))
    return [_delivery_of(row) for row in rows]


def purge(connection: Connection, moment: datetime, *, at_most: int) -> int:
    """Delete at most so many events recorded before a moment that nobody waits for any more."""
    is_owed = exists().where(
        deliveries.c.event == events.c.number, deliveries.c.state == DeliveryState.OWED.value
    )
    old = select(events.c.number).where(events.c.recorded_at < moment, ~is_owed).limit(at_most)
    numbers = connection.scalars(old).all()
    connection.execute(delete(deliveries).where(deliveries.c.event.in_(numbers)))
    connection.execute(delete(events).where(events.c.number.in_(numbers)))
    return len(numbers)


def _event_of(row: Row[Any]) -> Event:
    return Event(
        event_id=row.event_id,
        type=row.type,
        subject=row.subject,
        source=row.source,
        happened_at=row.happened_at,
        parties=tuple(AgencyCode(code) for code in row.parties),
        data=row.data,
    )


def _delivery_of(row: Row[*tuple[Any, ...]]) -> Delivery:
    return Delivery(
        number=row.number,
        event_id=row.event_id,
        type=row.type,
        subject=row.subject,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        answer=row.answer,
        owed_at=row.owed_at,
        settled_at=row.settled_at,
    )
