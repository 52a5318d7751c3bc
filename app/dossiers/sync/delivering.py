"""Delivering what is owed for a dossier, and noting what the nation's answer changes."""

from collections.abc import Sequence
from typing import Final, assert_never

from sqlalchemy import Connection

from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import NationalState
from app.dossiers.domain.files import ids_in
from app.dossiers.store import files
from app.dossiers.store.tallies import count_delivery
from app.dossiers.sync.acts import Link
from app.dossiers.sync.notices import is_notice, tell_statuses
from app.dossiers.sync.records import nowhere, record_of, row_of
from app.dossiers.use_cases import TOPIC
from app.exchange.dvcqg.client import DvcqgClient
from app.exchange.dvcqg.wire import MAX_ROWS, ProgressRow
from app.exchange.messages import Handler, Message
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.platform.clock import Clock

_LONGEST_REASON: Final = 300
_NO_LINKS: Final = "file-links-not-set-up: LGSP_SIGNING_KEY_FILE"


def handlers(client: DvcqgClient, link: Link | None = None) -> dict[str, Handler]:
    """Return who delivers and settles our topic: one call script for a batch of acts.

    `link` gives the address of a file held here, made anew for each push; without it a dossier
    that names one waits.
    """

    async def send(messages: Sequence[Message]) -> Outcome:
        facts = messages[-1].body["record"]
        if is_notice(facts):
            return await tell_statuses(client, messages)
        if link is None and ids_in(facts):
            return Deferred(_NO_LINKS)
        return await client.sync_dossier(record_of(facts, link or nowhere), _rows(messages))

    return {TOPIC: Handler(send=send, settle=settle, batch=MAX_ROWS)}


def settle(
    connection: Connection, clock: Clock, messages: Sequence[Message], outcome: Outcome
) -> None:
    """Note on the dossier what became of its messages, which are all of one dossier."""
    code = DossierCode(messages[-1].body["record"]["code"])
    before = national = store.lock_national(connection, code)
    match outcome:
        case Delivered():
            national = national.delivered(messages[-1].message_id, at=clock.now())
            files.offer(connection, ids_in(messages[-1].body["record"]), clock.now())
        case Deferred(reason):
            national = national.held_up(NationalState.DEFERRED, reason[:_LONGEST_REASON])
        case Refused(refusal, reason):
            why = f"{refusal}: {reason}"[:_LONGEST_REASON]
            national = national.held_up(NationalState.REFUSED, why)
        case unreachable:
            assert_never(unreachable)
    store.save_national(connection, code, national)
    if before.delivered_at is None and national.delivered_at is not None:
        count_delivery(connection, code)


def _rows(messages: Sequence[Message]) -> list[ProgressRow]:
    return [
        row_of(message.body["record"]["code"], facts)
        for message in messages
        for facts in message.body["progress"]
    ]
