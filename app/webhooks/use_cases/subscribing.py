"""Subscribing, seeing subscriptions, closing and enabling them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from app.access.domain import Caller, MissingScopeError, Scope
from app.documents.store import happenings
from app.dossiers.store import changes
from app.evidence.domain import Act, Actor, SystemActor
from app.evidence.store import record
from app.exchange import outbox
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.platform.sealing import Sealer
from app.webhooks.domain.errors import (
    TooManyWebhooksError,
    UnknownEventTypeError,
    UnknownWebhookError,
    WebhookStateError,
)
from app.webhooks.domain.events import TEST, TYPES, Event, is_known, matches
from app.webhooks.domain.webhooks import State, Webhook
from app.webhooks.store import events
from app.webhooks.store import webhooks as store
from app.webhooks.use_cases.sealing import new_secret
from app.webhooks.use_cases.seeing import visible
from app.webhooks.use_cases.telling import owe

MOST: Final = 20
"""Webhooks of one member that are not closed."""

_READING: Final = {"dossier.": Scope.READ_DOSSIERS, "document.": Scope.READ_DOCUMENTS}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subscription as it is asked for; its address was judged before."""

    url: str
    types: tuple[str, ...]
    description: str
    digest: str


def subscribe(
    connection: Connection, clock: Clock, caller: Caller, sealer: Sealer, *, wanted: Wanted
) -> Webhook:
    """Add a webhook of the caller's member; it is told what happens from now on.

    Raises:
        UnknownEventTypeError: if a type means nothing.
        MissingScopeError: if the caller may not read what it wants to be told.
        TooManyWebhooksError: if the member has enough of them.
    """
    _check_types(caller, wanted.types)
    if store.count_open(connection, caller.member) >= MOST:
        raise TooManyWebhooksError(MOST)
    webhook = Webhook(
        webhook_id=new_id(),
        member=caller.member,
        url=wanted.url,
        types=wanted.types,
        description=wanted.description,
        state=State.ACTIVE,
        created_by=caller.client_id,
        created_at=clock.now(),
        after_step=changes.sight(connection).newest,
        after_event=happenings.newest(connection),
    )
    store.add(connection, webhook, sealer.seal(new_secret(), about=webhook.subject))
    record(connection, clock, caller, Act("webhook.subscribe", webhook.subject, wanted.digest))
    return webhook


def of_member(connection: Connection, caller: Caller) -> Sequence[Webhook]:
    """Return the webhooks of the caller's member and all below it."""
    return store.of_member(connection, caller.member)


def show(connection: Connection, caller: Caller, webhook_id: str) -> tuple[Webhook, int]:
    """Return a webhook, and how much is owed to it.

    Raises:
        UnknownWebhookError: if there is none of the caller's.
    """
    webhook = visible(store.find(connection, webhook_id), caller)
    return webhook, events.count_owed(connection, webhook)


def close(
    connection: Connection, clock: Clock, caller: Caller, digest: str, *, webhook_id: str
) -> Webhook:
    """Give a webhook up for good, and what is owed to it.

    Raises:
        UnknownWebhookError: if there is none of the caller's.
    """
    webhook = visible(store.find(connection, webhook_id, keep=True), caller)
    closed = replace(webhook, state=State.CLOSED, disabled_at=webhook.disabled_at or clock.now())
    store.save(connection, closed)
    give_up(connection, clock, closed)
    record(connection, clock, caller, Act("webhook.close", closed.subject, digest))
    return closed


def enable(
    connection: Connection, clock: Clock, caller: Caller, digest: str, *, webhook_id: str
) -> Webhook:
    """Have a disabled webhook told again, from now on; what it missed is asked for by a replay.

    Raises:
        UnknownWebhookError: if there is none of the caller's.
        WebhookStateError: if it was closed.
    """
    webhook = visible(store.find(connection, webhook_id, keep=True), caller)
    return _enabled(connection, clock, caller, digest, webhook)


def enable_by_hand(connection: Connection, clock: Clock, *, webhook_id: str) -> Webhook:
    """Enable a webhook as an administrator.

    Raises:
        UnknownWebhookError: if there is none.
        WebhookStateError: if it was closed.
    """
    webhook = store.find(connection, webhook_id, keep=True)
    if webhook is None:
        raise UnknownWebhookError
    actor = SystemActor("system:administrator", webhook.member)
    return _enabled(connection, clock, actor, None, webhook)


def test(
    connection: Connection, clock: Clock, caller: Caller, digest: str, *, webhook_id: str
) -> str:
    """Owe a test event to an active webhook, whatever types it wants; return the event's id.

    Raises:
        UnknownWebhookError: if there is none of the caller's.
        WebhookStateError: if it is not active.
    """
    webhook = visible(store.find(connection, webhook_id, keep=True), caller)
    if webhook.state is not State.ACTIVE:
        raise WebhookStateError(webhook.state)
    event_id = new_id()
    event = Event(
        event_id, TEST, webhook.subject, f"test:{event_id}", clock.now(), (webhook.member,),
        {"webhook": webhook.webhook_id},
    )  # fmt: skip
    number = events.add(connection, clock, event)
    if number is not None:
        owe(connection, clock, webhook, number, event)
    record(connection, clock, caller, Act("webhook.test", webhook.subject, digest))
    return event_id


def give_up(connection: Connection, clock: Clock, webhook: Webhook) -> None:
    """Give up what is owed to a webhook."""
    events.drop_owed(connection, clock, webhook)
    outbox.drop_all(connection, clock, webhook.lane)


def _enabled(
    connection: Connection, clock: Clock, actor: Actor, digest: str | None, webhook: Webhook
) -> Webhook:
    if webhook.state is State.CLOSED:
        raise WebhookStateError(webhook.state)
    enabled = webhook.enabled()
    store.save(connection, enabled)
    outbox.hasten(connection, clock, enabled.lane)
    record(connection, clock, actor, Act("webhook.enable", enabled.subject, digest))
    return enabled


def _check_types(caller: Caller, types: Sequence[str]) -> None:
    wrong = [place for place, pattern in enumerate(types) if not is_known(pattern)]
    if wrong:
        raise UnknownEventTypeError(wrong)
    for begins, scope in _READING.items():
        wanted = any(matches(types, kind) for kind in TYPES if kind.startswith(begins))
        if wanted and scope not in caller.scopes:
            raise MissingScopeError(scope)
