"""Making events of what happened, and owing each to the webhooks that want it."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from app.documents.store import happenings
from app.documents.store.happenings import Happening
from app.dossiers.store import changes
from app.dossiers.store.changes import Change
from app.exchange import cursors
from app.exchange.messages import Owed
from app.exchange.outbox import enqueue
from app.platform.clock import Clock
from app.platform.fencing import Sight
from app.platform.ids import new_id
from app.webhooks.domain.events import TYPES, Event
from app.webhooks.domain.webhooks import State, Webhook
from app.webhooks.store import events, webhooks

TOPIC: Final = "webhooks.deliver"
DOSSIERS: Final = "webhooks.dossiers"
DOCUMENTS: Final = "webhooks.documents"


def seen(connection: Connection) -> tuple[Sight, bool]:
    """Look at how far the rows of progress go, and whether anything is behind a cursor."""
    sight = changes.sight(connection)
    is_behind = sight.newest > cursors.read(connection, DOSSIERS)
    if not is_behind:
        told = cursors.read(connection, DOCUMENTS)
        is_behind = happenings.is_unplaced(connection) or happenings.newest(connection) > told
    return sight, is_behind


def tell_dossiers(connection: Connection, clock: Clock, *, up_to: int, at_most: int) -> int:
    """Tell what happened to dossiers up to a fence; return at how many rows was looked."""
    after = cursors.read(connection, DOSSIERS)
    hooks = webhooks.listening(connection)
    after = max(after, min((hook.after_step for hook in hooks), default=up_to))
    found = changes.since(connection, after, up_to=up_to, at_most=at_most)
    for change in found:
        listening = [hook for hook in hooks if hook.after_step < change.number]
        if change.act.value in TYPES:
            tell(connection, clock, listening, _of_change(change))
    cursors.move(connection, DOSSIERS, found[-1].number if len(found) == at_most else up_to)
    return len(found)


def tell_documents(connection: Connection, clock: Clock, *, at_most: int) -> int:
    """Tell what happened to documents; return at how many events of the feed was looked."""
    after = cursors.read(connection, DOCUMENTS)
    hooks = webhooks.listening(connection)
    newest = happenings.newest(connection)
    after = max(after, min((hook.after_event for hook in hooks), default=newest))
    found = happenings.behind(connection, after, at_most=at_most)
    for one in found:
        listening = [hook for hook in hooks if hook.after_event < one.position]
        tell(connection, clock, listening, _of_happening(one))
    cursors.move(connection, DOCUMENTS, found[-1].position if found else after)
    return len(found)


def tell(connection: Connection, clock: Clock, hooks: Sequence[Webhook], event: Event) -> None:
    """Keep an event that somebody wants, and owe it to whoever is active."""
    wanting = [hook for hook in hooks if hook.wants(event)]
    number = events.add(connection, clock, event) if wanting else None
    if number is None:
        return
    for hook in wanting:
        if hook.state is State.ACTIVE:
            owe(connection, clock, hook, number, event)


def owe(connection: Connection, clock: Clock, hook: Webhook, number: int, event: Event) -> None:
    """Owe an event to a webhook; those about one subject go in order."""
    message_id = events.owe(connection, clock, hook, number)
    body = {"webhook": hook.webhook_id, "event": number}
    enqueue(connection, clock, Owed(message_id, TOPIC, f"{hook.lane}{event.subject}", body))


def _of_change(change: Change) -> Event:
    return Event(
        event_id=new_id(),
        type=change.act.value,
        subject=f"dossier:{change.dossier}",
        source=f"step:{change.number}",
        happened_at=change.happened_at,
        parties=(change.agency,),
        data={
            "dossier": change.dossier,
            "agency": change.agency,
            "status": change.status.value,
            "number": change.number,
        },
    )


def _of_happening(one: Happening) -> Event:
    return Event(
        event_id=new_id(),
        type=f"document.{one.kind.value}",
        subject=f"document:{one.document}",
        source=f"happening:{one.position}",
        happened_at=one.at,
        parties=one.parties,
        data={
            "document": one.document,
            "document_id": one.document_id,
            "from": one.sender,
            "recipient": one.recipient,
            "status": one.status,
        },
    )
