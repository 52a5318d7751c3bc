"""Sending events as Standard Webhooks has it, and noting what came of each."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, assert_never

import httpx
from sqlalchemy import Connection
from standardwebhooks import Webhook as Signer

from app.exchange.messages import Handler, Message
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.retry import Patience, RetryPolicy
from app.exchange.targets import TargetRefusedError, check_target
from app.exchange.transport import exchange
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.sealing import Sealer, UnopenableError
from app.platform.settings import Settings
from app.webhooks.domain.webhooks import LONGEST_ASKED, Terms
from app.webhooks.use_cases import delivering
from app.webhooks.use_cases.delivering import WAITS, Order
from app.webhooks.use_cases.scheduling import terms_of
from app.webhooks.use_cases.telling import TOPIC

USER_AGENT: Final = "LGSP-Webhooks/1"
_MAX_ANSWER: Final = 64 * 2**10
_DROPPED: Final = "nobody-wants-it"
_PROBING: Final = timedelta(seconds=5)
"""While one message tries a receiver that failed, the others look again after this."""


def handlers(
    http: httpx.AsyncClient, database: Database, clock: Clock, sealer: Sealer, settings: Settings
) -> dict[str, Handler]:
    """Return who delivers and settles our topic.

    The receiver's health decides when a message is due again; the relay's own patience is longer
    than the time after which a receiver is disabled, so that none is parked before.
    """
    terms = terms_of(settings)
    sender = _Sender(http, database, clock, sealer, settings)

    def settle(
        connection: Connection, clock: Clock, messages: Sequence[Message], outcome: Outcome
    ) -> None:
        (message,) = messages
        asked = sender.asked.pop(message.message_id, None)
        _settle(connection, clock, (terms, asked), message, outcome)

    second = timedelta(seconds=1)
    policy = RetryPolicy(second, second, jitter=0, asked_cap=LONGEST_ASKED)
    patience = Patience(policy, terms.disable_after + 10 * LONGEST_ASKED)
    return {TOPIC: Handler(send=sender.send, settle=settle, patience=patience)}


class _Sender:
    """Sends one message at a time to a receiver that failed, any number to one that does well."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        database: Database,
        clock: Clock,
        sealer: Sealer,
        settings: Settings,
    ) -> None:
        self._http = http
        self._database = database
        self._clock = clock
        self._sealer = sealer
        self._terms = terms_of(settings)
        self._deadline = timedelta(seconds=settings.webhook_timeout_seconds)
        self._allow_private = settings.webhook_private_targets
        self._probed: set[str] = set()
        self._until: dict[str, datetime] = {}
        self.asked: dict[str, timedelta] = {}
        """What receivers asked for, by the message that they were sent."""

    async def send(self, messages: Sequence[Message]) -> Outcome:
        (message,) = messages
        try:
            order = await self._database.read(
                delivering.load, self._clock, self._sealer, message=message
            )
        except UnopenableError:
            return Deferred("secret-unopenable", retry_after=LONGEST_ASKED / 24, alarm=True)
        if order is None or self._is_given_up(order):
            return Delivered(_DROPPED)
        webhook_id = order.webhook.webhook_id
        if not order.webhook.health.failures:
            return await self._post(order, message.message_id)
        wait = self._wait(order)
        if wait is not None or webhook_id in self._probed:
            return Deferred(WAITS, retry_after=wait or _PROBING)
        self._probed.add(webhook_id)
        try:
            return await self._post(order, message.message_id)
        finally:
            self._probed.discard(webhook_id)

    def _is_given_up(self, order: Order) -> bool:
        """Tell whether one event failed for as long as a receiver may that takes others."""
        is_old = self._clock.now() - order.owed_at >= self._terms.disable_after
        taken_at = order.webhook.health.delivered_at
        takes_others = taken_at is not None and taken_at > order.owed_at
        return order.attempts > 0 and is_old and takes_others

    def _wait(self, order: Order) -> timedelta | None:
        """Return how long nobody calls a receiver; a failure counts before it is settled."""
        now, health = self._clock.now(), order.webhook.health
        until = self._until.get(order.webhook.webhook_id, now)
        return health.wait(now) or (until - now if until > now else None)

    async def _post(self, order: Order, message_id: str) -> Outcome:
        try:
            check_target(order.webhook.url, allow_private=self._allow_private)
        except TargetRefusedError:
            return self._failure(order, Deferred("target-refused"))
        answer = await exchange(
            self._http, self._request(order), max_bytes=_MAX_ANSWER, deadline=self._deadline
        )
        if isinstance(answer, Deferred):
            if answer.retry_after is not None:
                self.asked[message_id] = answer.retry_after
            return self._failure(order, answer)
        if not answer.is_success:
            return self._failure(order, Deferred(f"http-{answer.status}"))
        self._until.pop(order.webhook.webhook_id, None)
        return Delivered(f"http-{answer.status}")

    def _request(self, order: Order) -> httpx.Request:
        now, event = self._clock.now(), order.event
        content = json.dumps(event.payload(), ensure_ascii=False, separators=(",", ":"))
        signatures = [
            Signer(secret.get_secret_value()).sign(event.event_id, now, content)
            for secret in order.secrets
        ]
        headers = {
            "Content-Type": "application/json",
            "User-Agent": USER_AGENT,
            "webhook-id": event.event_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(signatures),
        }
        url = order.webhook.url
        return self._http.build_request("POST", url, content=content.encode(), headers=headers)

    def _failure(self, order: Order, failure: Deferred) -> Deferred:
        """Put a message off by the schedule: its own, and its receiver's where that is down."""
        now, terms = self._clock.now(), self._terms
        own = terms.wait_after(order.attempts + 1)
        if delivering.is_no(failure.reason):
            return Deferred(failure.reason, retry_after=own)
        health = order.webhook.health.failed(
            failure.reason, now=now, terms=terms, asked=failure.retry_after
        )
        wait = health.wait(now) or _PROBING
        self._until[order.webhook.webhook_id] = now + wait
        return Deferred(failure.reason, retry_after=max(wait, own))


def _settle(
    connection: Connection,
    clock: Clock,
    how: tuple[Terms, timedelta | None],
    message: Message,
    outcome: Outcome,
) -> None:
    terms, asked = how
    webhook_id, message_id = message.body["webhook"], message.message_id
    match outcome:
        case Delivered(reference) if reference == _DROPPED:
            delivering.dropped(connection, clock, message_id=message_id)
        case Delivered(reference):
            delivering.succeeded(
                connection,
                clock,
                webhook_id=webhook_id,
                message_id=message_id,
                answer=reference or "",
            )
        case Deferred(reason) if reason in _OURS:
            return
        case Deferred(reason):
            delivering.failed(
                connection,
                clock,
                terms,
                webhook_id=webhook_id,
                message_id=message_id,
                why=(reason, asked),
            )
        case Refused():
            delivering.dropped(connection, clock, message_id=message_id)
        case unreachable:
            assert_never(unreachable)


_OURS: Final = frozenset(
    {WAITS, "secret-unopenable", "relay-busy", "lease-over", "handler-error",
     "database-unavailable", "settle-error"}
)  # fmt: skip
"""Reasons that say nothing of the receiver."""
