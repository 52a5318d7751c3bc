"""What is owed and does not move."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.broker.domain.requests import AccessRequest
from app.console.domain.traffic import Topic
from app.documents.domain.duties import Behind, OpenDuty
from app.documents.domain.waiting import WaitingStatus

DEAD_LETTER: Final = "dead-letter"
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}|-?[0-9]{1,8}")


def word_of(reason: str | None) -> str:
    """Return the words for machines in why a message does not move; "" if there is none.

    What the other side writes besides may name people, and is left out.
    """
    code, _, said = (reason or "").partition(": ")
    words = (code, said) if code == DEAD_LETTER else (code,)
    return ": ".join(one for one in words if _WORD.fullmatch(one))


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits for a person, and how many wait behind it."""

    message_id: str
    topic: str
    reason: str
    attempts: int
    owed_since: datetime
    holding: int


@dataclass(frozen=True, slots=True)
class Failing:
    """Messages that were tried in vain for one reason: how many, since when, when the next is."""

    topic: str
    reason: str
    number: int
    oldest: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standstill:
    """What does not move at `at`: lists are cut, counts are not."""

    at: datetime
    topics: Sequence[Topic]
    held: Sequence[Held]
    failing: Sequence[Failing]
    statuses: Sequence[WaitingStatus]
    statuses_waiting: int
    statuses_given_up: int
    behind: Sequence[Behind]
    duties: Sequence[OpenDuty]
    requests: Sequence[AccessRequest]
