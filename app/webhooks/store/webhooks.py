"""Webhooks, and their secrets, sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from app.codes import AgencyCode
from app.webhooks.domain.webhooks import Health, State, Webhook
from app.webhooks.tables import webhooks

_HEALTH: Final = tuple(Health.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Sealed:
    """The secret of a webhook, and the one before it, which is good until a moment."""

    secret: bytes
    former: bytes | None = None
    former_until: datetime | None = None


def add(connection: Connection, webhook: Webhook, secret: bytes) -> None:
    """Add a webhook."""
    connection.execute(insert(webhooks).values(**_values(webhook), secret=secret))


def save(connection: Connection, webhook: Webhook) -> None:
    """Write what can change of a webhook."""
    mine = webhooks.c.webhook_id == webhook.webhook_id
    connection.execute(update(webhooks).where(mine).values(**_values(webhook)))


def find(connection: Connection, webhook_id: str, *, keep: bool = False) -> Webhook | None:
    """Return a webhook; with `keep` its row stays locked until the act ends."""
    wanted = select(webhooks).where(webhooks.c.webhook_id == webhook_id)
    row = connection.execute(wanted.with_for_update() if keep else wanted).one_or_none()
    return None if row is None else _webhook_of(row)


def of_member(connection: Connection, member: AgencyCode) -> Sequence[Webhook]:
    """Return the webhooks of a member and all below it, the oldest first."""
    below = webhooks.c.member.startswith(f"{member.canonical}.", autoescape=True)
    wanted = select(webhooks).where(or_(webhooks.c.member == member.canonical, below))
    rows = connection.execute(wanted.order_by(webhooks.c.created_at, webhooks.c.webhook_id))
    return [_webhook_of(row) for row in rows]


def every(connection: Connection) -> Sequence[Webhook]:
    """Return every webhook, the oldest first."""
    rows = connection.execute(select(webhooks).order_by(webhooks.c.created_at))
    return [_webhook_of(row) for row in rows]


def listening(connection: Connection) -> Sequence[Webhook]:
    """Return those that events are kept for, locked against others' changes until the act ends."""
    wanted = select(webhooks).where(webhooks.c.state != State.CLOSED.value)
    ordered = wanted.order_by(webhooks.c.webhook_id).with_for_update(read=True)
    return [_webhook_of(row) for row in connection.execute(ordered)]


def count_open(connection: Connection, member: AgencyCode) -> int:
    """Count the webhooks of one member that were not closed."""
    mine = webhooks.c.member == member.canonical, webhooks.c.state != State.CLOSED.value
    return connection.execute(select(func.count()).select_from(webhooks).where(*mine)).scalar_one()


def sealed(connection: Connection, webhook_id: str) -> Sealed:
    """Return the secrets of a webhook."""
    columns = (webhooks.c.secret, webhooks.c.former_secret, webhooks.c.former_until)
    row = connection.execute(select(*columns).where(webhooks.c.webhook_id == webhook_id)).one()
    former = None if row.former_secret is None else bytes(row.former_secret)
    return Sealed(bytes(row.secret), former, row.former_until)


def reseal(connection: Connection, webhook_id: str, kept: Sealed) -> None:
    """Replace the secrets of a webhook."""
    connection.execute(
        update(webhooks)
        .where(webhooks.c.webhook_id == webhook_id)
        .values(secret=kept.secret, former_secret=kept.former, former_until=kept.former_until)
    )


def _values(webhook: Webhook) -> dict[str, Any]:
    return {
        "webhook_id": webhook.webhook_id,
        "member": webhook.member.canonical,
        "url": webhook.url,
        "types": list(webhook.types),
        "description": webhook.description,
        "state": webhook.state.value,
        "created_by": webhook.created_by,
        "created_at": webhook.created_at,
        "after_step": webhook.after_step,
        "after_event": webhook.after_event,
        "disabled_at": webhook.disabled_at,
        **{name: getattr(webhook.health, name) for name in _HEALTH},
    }


def _webhook_of(row: Row[Any]) -> Webhook:
    return Webhook(
        webhook_id=row.webhook_id,
        member=AgencyCode(row.member),
        url=row.url,
        types=tuple(row.types),
        description=row.description,
        state=State(row.state),
        created_by=row.created_by,
        created_at=row.created_at,
        after_step=row.after_step,
        after_event=row.after_event,
        health=Health(**{name: getattr(row, name) for name in _HEALTH}),
        disabled_at=row.disabled_at,
    )
