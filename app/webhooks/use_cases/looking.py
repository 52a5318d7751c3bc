"""Seeing what became of events."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.access.domain import Caller
from app.webhooks.store import events, webhooks
from app.webhooks.store.events import Delivery
from app.webhooks.use_cases.seeing import visible


def deliveries(
    connection: Connection, caller: Caller, *, webhook_id: str, before: int | None, limit: int
) -> Sequence[Delivery]:
    """Return deliveries of a webhook, the newest first.

    Raises:
        UnknownWebhookError: if there is none of the caller's.
    """
    webhook = visible(webhooks.find(connection, webhook_id), caller)
    return events.page(connection, webhook, before=before, limit=limit)
