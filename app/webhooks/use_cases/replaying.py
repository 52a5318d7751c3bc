"""Telling a webhook again what it was told, or missed."""

from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.webhooks.domain.errors import UnknownWebhookEventError, WebhookStateError
from app.webhooks.domain.webhooks import From, Replayed, State
from app.webhooks.store import events, webhooks
from app.webhooks.use_cases.seeing import visible
from app.webhooks.use_cases.telling import owe

MOST: Final = 1000
"""Events of one replay; it says from which one to go on."""

_PAGE: Final = 500


def replay(
    connection: Connection, clock: Clock, caller: Caller, begin: From, *, webhook_id: str
) -> Replayed:
    """Owe a webhook the events it wants from a beginning on, each under its own id.

    They go behind what is still owed about the same subject, in the order they happened.

    Raises:
        UnknownWebhookError: if there is none of the caller's.
        WebhookStateError: if it is not active.
        UnknownWebhookEventError: if the event to begin with is unknown or not the webhook's.
    """
    webhook = visible(webhooks.find(connection, webhook_id, keep=True), caller)
    if webhook.state is not State.ACTIVE:
        raise WebhookStateError(webhook.state)
    after = 0
    if begin.event_id is not None:
        number = events.number_of(connection, begin.event_id)
        event = None if number is None else events.find(connection, number)
        if number is None or event is None or not webhook.wants(event):
            raise UnknownWebhookEventError
        after = number - 1
    record(connection, clock, caller, Act("webhook.replay", webhook.subject, begin.digest))
    owed = 0
    while found := events.recorded_since(connection, after, begin.moment, at_most=_PAGE):
        for number, event in found:
            if not webhook.wants(event):
                continue
            if owed == MOST:
                return Replayed(owed, event.event_id)
            owe(connection, clock, webhook, number, event)
            owed += 1
        after = found[-1][0]
    return Replayed(owed, None)
