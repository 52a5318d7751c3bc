"""What an attempt to deliver changes: the delivery, the receiver's health, in the end its state."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pydantic import SecretStr
from sqlalchemy import Connection

from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.exchange import outbox
from app.exchange.messages import Message
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.platform.sealing import Sealer
from app.webhooks.domain.events import DISABLED, Event
from app.webhooks.domain.webhooks import DeliveryState, State, Terms, Webhook
from app.webhooks.store import events, webhooks
from app.webhooks.use_cases.sealing import secrets_of
from app.webhooks.use_cases.subscribing import give_up
from app.webhooks.use_cases.telling import tell

WAITS: Final = "receiver-waits"
"""Why a message was put off that was not sent, because its receiver is down."""

GONE: Final = "http-410"
"""A receiver that says so is disabled at once, as Standard Webhooks has it."""

_LATER: Final = frozenset({"http-408", "http-425", "http-429"})

_SEEN_EVERY: Final = timedelta(minutes=1)
"""So often a receiver that does well has its row written."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent: which event, where, and signed with which secrets."""

    webhook: Webhook
    event: Event
    secrets: tuple[SecretStr, ...]
    attempts: int
    owed_at: datetime


def load(connection: Connection, clock: Clock, sealer: Sealer, *, message: Message) -> Order | None:
    """Return what a message asks for; None if nobody wants it any more.

    Raises:
        UnopenableError: if a secret was sealed under a key we do not have.
    """
    webhook = webhooks.find(connection, message.body["webhook"])
    event = events.find(connection, message.body["event"])
    progress = events.progress_of(connection, message.message_id)
    if webhook is None or event is None or progress is None:
        return None
    if webhook.state is not State.ACTIVE:
        return None
    secrets = tuple(secrets_of(connection, clock, sealer, webhook))
    return Order(webhook, event, secrets, *progress)


def succeeded(
    connection: Connection, clock: Clock, *, webhook_id: str, message_id: str, answer: str
) -> None:
    """Note a delivery; what waited for the receiver to come back goes at once."""
    events.note(connection, clock, message_id, DeliveryState.DELIVERED, answer)
    webhook, now = webhooks.find(connection, webhook_id), clock.now()
    if webhook is None:
        return
    was_failing, seen = webhook.health.failing_since is not None, webhook.health.delivered_at
    was_down = webhook.health.failures > 0
    if was_failing or seen is None or now - seen >= _SEEN_EVERY:
        webhook = webhooks.find(connection, webhook_id, keep=True) or webhook
        webhooks.save(connection, replace(webhook, health=webhook.health.delivered(now)))
    if was_down:
        outbox.hasten(connection, clock, webhook.lane, reason=WAITS)


def dropped(connection: Connection, clock: Clock, *, message_id: str) -> None:
    """Note that a message has no receiver any more."""
    events.note(connection, clock, message_id, DeliveryState.DROPPED, None)


def failed(
    connection: Connection,
    clock: Clock,
    terms: Terms,
    *,
    webhook_id: str,
    message_id: str,
    why: tuple[str, timedelta | None],
) -> None:
    """Note a failure; a receiver that fails for too long, or is gone, is disabled."""
    reason, asked = why
    events.note(connection, clock, message_id, DeliveryState.OWED, reason)
    webhook, now = webhooks.find(connection, webhook_id, keep=True), clock.now()
    if webhook is None or webhook.state is not State.ACTIVE:
        return
    if is_no(reason):
        health = webhook.health.refused(reason, now=now)
    else:
        health = webhook.health.failed(reason, now=now, terms=terms, asked=asked)
    webhook = replace(webhook, health=health)
    if health.is_hopeless(now, terms) or reason == GONE:
        _disable(connection, clock, webhook.disabled(now))
    else:
        webhooks.save(connection, webhook)


def is_no(reason: str) -> bool:
    """Tell whether a receiver is there and says no to one event: most of HTTP's 4xx."""
    return reason.startswith("http-4") and reason not in _LATER


def _disable(connection: Connection, clock: Clock, webhook: Webhook) -> None:
    """Tell a webhook nothing more, and tell the member's other webhooks so."""
    webhooks.save(connection, webhook)
    give_up(connection, clock, webhook)
    actor = SystemActor("system:webhooks", webhook.member)
    record(connection, clock, actor, Act("webhook.disable", webhook.subject))
    told = Event(
        event_id=new_id(),
        type=DISABLED,
        subject=webhook.subject,
        source=f"disabled:{new_id()}",
        happened_at=clock.now(),
        parties=(webhook.member,),
        data={"webhook": webhook.webhook_id, "reason": webhook.health.reason},
    )
    others = [one for one in webhooks.every(connection) if one.state is State.ACTIVE]
    tell(connection, clock, others, told)
