"""Sending notices by the first channel that reaches, and noting what came of each."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final, assert_never

from sqlalchemy import Connection

from app.exchange.messages import Handler, Message
from app.exchange.messaging.letters import Messenger
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.retry import Patience, RetryPolicy
from app.notices.domain.channels import Channel, masked
from app.notices.sync.writing import Longest, letter_of
from app.notices.use_cases import delivering
from app.notices.use_cases.delivering import Order
from app.notices.use_cases.telling import TOPIC, Manner
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.sealing import Sealer, UnopenableError
from app.platform.settings import Settings

Messengers = Mapping[Channel, Messenger]

_WAITS: Final = "not-yet"
_DROPPED: Final = "owed-no-more"
_SENT: Final = "sent"
_FAILED: Final = "failed"
_OURS: Final = frozenset(
    {_WAITS, "relay-busy", "lease-over", "handler-error", "database-unavailable", "settle-error"}
)
"""Reasons that are no attempt of a channel."""


def handlers(
    messengers: Messengers,
    manner: Manner,
    database: Database,
    clock: Clock,
    settings: Settings,
    sealer: Sealer | None,
) -> dict[str, Handler]:
    """Return who sends and settles our topic.

    None is parked: a notice that cannot be sent fails when it is news no more.
    """
    sender = _Sender(messengers, manner, database, clock, sealer)
    sender.longest = Longest.of(settings)
    policy = RetryPolicy(
        timedelta(seconds=settings.retry_first_seconds),
        timedelta(seconds=settings.retry_cap_seconds),
        asked_cap=timedelta(days=2),
    )
    patience = Patience(policy, manner.pace.latest + timedelta(days=30))
    return {TOPIC: Handler(send=sender.send, settle=_settle, patience=patience)}


class _Sender:
    longest = Longest()

    def __init__(
        self,
        messengers: Messengers,
        manner: Manner,
        database: Database,
        clock: Clock,
        sealer: Sealer | None,
    ) -> None:
        self._messengers = messengers
        self._manner = manner
        self._database = database
        self._clock = clock
        self._sealer = sealer

    async def send(self, messages: Sequence[Message]) -> Outcome:
        """Send one notice, if it is time."""
        (message,) = messages
        notice_id = message.body["notice"]
        try:
            order = await self._database.read(
                delivering.load, self._manner, self._sealer, notice_id=notice_id
            )
        except UnopenableError:
            return Delivered(f"{_FAILED} secret-unopenable")
        if order is None:
            return Delivered(_DROPPED)
        now, notice, pace = self._clock.now(), order.notice, self._manner.pace
        if now - notice.due_at >= pace.latest:
            return Delivered(f"{_FAILED} {notice.reason or 'too-old'}")
        due = notice.due_at if order.secret else pace.awake(max(now, notice.due_at))
        if due > now:
            return Deferred(_WAITS, retry_after=due - now)
        return await self._by_some_channel(order)

    async def _by_some_channel(self, order: Order) -> Outcome:
        refused: list[str] = []
        for channel, address in order.addresses:
            messenger = self._messengers.get(channel)
            if messenger is None:
                continue
            letter = letter_of(order, channel, address, self.longest)
            match await messenger.send(letter):
                case Delivered():
                    sent = [_SENT, channel.value, masked(address), *refused]
                    return Delivered(" ".join(sent))
                case Deferred() as deferred:
                    return deferred
                case Refused(code, reason):
                    refused = [f"{channel.value}:{code}", reason]
                case unreachable:
                    assert_never(unreachable)
        return Delivered(" ".join([_FAILED, *(refused or ["no-address"])]))


def _settle(
    connection: Connection, clock: Clock, messages: Sequence[Message], outcome: Outcome
) -> None:
    (message,) = messages
    notice_id = message.body["notice"]
    match outcome:
        case Delivered(reference):
            _note_end(connection, clock, notice_id, (reference or "").split(" ", 3))
        case Deferred(reason) if reason in _OURS:
            return
        case Deferred(reason):
            delivering.deferred(connection, notice_id=notice_id, reason=reason)
        case Refused(code):
            delivering.failed(connection, clock, notice_id=notice_id, reason=code)
        case unreachable:
            assert_never(unreachable)


def _note_end(connection: Connection, clock: Clock, notice_id: str, said: list[str]) -> None:
    match said:
        case [word, channel, recipient, *refused] if word == _SENT:
            delivering.sent(
                connection,
                clock,
                notice_id=notice_id,
                reached=(Channel(channel), recipient),
                refused=" ".join(refused) or None,
            )
        case [word, *reason] if word == _FAILED:
            delivering.failed(connection, clock, notice_id=notice_id, reason=" ".join(reason))
        case _:
            return
