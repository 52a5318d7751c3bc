"""What we owe the axis: packets of documents and of statuses, and what its answer changes."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from app.documents.domain.documents import Delivery, Portion
from app.documents.store import events, statuses
from app.documents.use_cases import consigning, telling
from app.exchange.messages import Handler, Message
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.vxp.axes import Axes
from app.exchange.vxp.calls import Parcel
from app.exchange.vxp.client import MessageType
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.storage import blobs, streams
from app.platform.storage.blobs import Kept

_LONGEST_ID: Final = 100
_LONGEST_REASON: Final = 300
_DAMAGED: Final = Refused("content-damaged", "what is kept is not the packet that is owed")


def handlers(axes: Axes, database: Database) -> Mapping[str, Handler]:
    """Return how each topic of this slice is delivered."""
    return {
        consigning.TOPIC: Handler(
            Carrier(axes, database, "edoc").send, settle_packet, together="packet"
        ),
        telling.TOPIC: Handler(Carrier(axes, database, "status").send, settle_status),
    }


@dataclass(frozen=True, slots=True)
class Carrier:
    """Sends packets of one kind; every attempt sends the bytes that were kept.

    The system of the sender does, since the axis takes nothing of others from it.
    """

    axes: Axes
    database: Database
    kind: MessageType

    async def send(self, messages: Sequence[Message]) -> Outcome:
        """Send one packet to everybody it is owed to.

        A large one is read while it is sent; if it turns out damaged, its end is never sent.
        """
        body = messages[0].body
        recipients = [code for message in messages for code in message.body["to"]]
        kept = await self.database.read(blobs.find, body["packet"])
        if kept is None:
            return Refused("content-gone", "the packet is not kept any more")
        reading = _Reading(self.database, kept)
        try:
            small = await reading.whole() if kept.size <= blobs.PART else None
            outcome = await self.axes.of(body["from"]).send_edoc(
                small or Parcel(kept.sha256, kept.size, reading.pieces),
                sender=body["from"],
                message_type=self.kind,
                recipients=recipients,
            )
        except streams.DamagedContentError:
            return _DAMAGED
        return _DAMAGED if reading.is_damaged else outcome


class _Reading:
    """A packet read for one attempt."""

    def __init__(self, database: Database, kept: Kept) -> None:
        self._database = database
        self._kept = kept
        self.is_damaged = False

    async def pieces(self) -> AsyncIterator[bytes]:
        try:
            async for piece in streams.stream(self._database, self._kept):
                yield piece
        except streams.DamagedContentError:
            self.is_damaged = True
            raise

    async def whole(self) -> bytes:
        return b"".join([piece async for piece in self.pieces()])


def settle_packet(
    connection: Connection, clock: Clock, messages: Sequence[Message], outcome: Outcome
) -> None:
    """Note what became of a document on its way to the axis."""
    delivery, said, why = _noted(outcome)
    for message in messages:
        document = message.body.get("document", message.message_id)
        portion = Portion(document, tuple(message.body["to"]))
        statuses.settle_packet(connection, portion, delivery, said=said, why=why)
        events.settle(connection, clock, portion, delivery)


def settle_status(
    connection: Connection, _clock: Clock, messages: Sequence[Message], outcome: Outcome
) -> None:
    """Note what became of a status on its way to the axis."""
    delivery, said, why = _noted(outcome)
    for message in messages:
        statuses.settle_status(connection, message.message_id, delivery, said=said, why=why)


def _noted(outcome: Outcome) -> tuple[Delivery, str | None, str | None]:
    match outcome:
        case Delivered(reference):
            return Delivery.SENT, _bounded(reference or "", _LONGEST_ID) or None, None
        case Deferred(reason):
            return Delivery.QUEUED, None, _bounded(reason, _LONGEST_REASON)
        case Refused(code, reason):
            return Delivery.REFUSED, None, _bounded(f"{code}: {reason}", _LONGEST_REASON)


def _bounded(text: str, longest: int) -> str:
    """Return text of the other side as a database can keep it."""
    return "".join(sign for sign in text if sign.isprintable())[:longest]
