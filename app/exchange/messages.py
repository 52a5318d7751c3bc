"""What is owed to others, and who delivers it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from app.exchange.outcomes import Outcome
from app.exchange.retry import Patience
from app.platform.clock import Clock


class State(StrEnum):
    """Where a message stands; `owed` and `parked` ones hold the later ones of their key."""

    OWED = "owed"
    PARKED = "parked"
    DELIVERED = "delivered"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to be owed. Messages of one `key` leave in the order they were owed."""

    message_id: str
    topic: str
    key: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """A message on its way out; `attempts` counts the present one."""

    message_id: str
    topic: str
    key: str
    body: dict[str, Any]
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages of one topic that go together and that one worker holds until its lease ends.

    They are consecutive ones of one key, or the first of several keys. `claim` names the
    holding: whoever settles must still have it. `owed_since` is that of the first, which decides
    for all.
    """

    messages: tuple[Message, ...]
    sequences: tuple[int, ...]
    claim: str
    owed_since: datetime

    @property
    def first(self) -> Message:
        """The message whose turn it is."""
        return self.messages[0]

    @property
    def heads(self) -> Sequence[Message]:
        """The messages whose turn it is: the first of each key."""
        by_key: dict[str, Message] = {}
        for message in self.messages:
            by_key.setdefault(message.key, message)
        return list(by_key.values())


@dataclass(frozen=True, slots=True)
class Handler:
    """How one topic is delivered, and what an outcome changes.

    `send` gets at most `batch` messages of one key, in order, with no transaction open. It must
    bear repetition. Where `together` names a fact of the bodies, it gets messages of several
    keys at once that have the same there. `settle` runs in the transaction that settles the
    messages: it must be as quick as any act, and is told of parking as a `Refused`. `patience`
    is the topic's own, if it has one.
    """

    send: Callable[[Sequence[Message]], Awaitable[Outcome]]
    settle: Callable[[Connection, Clock, Sequence[Message], Outcome], None]
    batch: int = 1
    together: str | None = None
    patience: Patience | None = None
