"""What an attempt to deliver came to."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side has it. `reference` is its own id for it, where it gives one."""

    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not delivered, and worth another attempt.

    `reason` is a short machine word with no personal data; `retry_after` is what the other
    side asked for; `alarm` marks an answer that nobody foresaw and a person must look at.
    """

    reason: str
    retry_after: timedelta | None = None
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The other side will never take it as it is: `code` is its word for why."""

    code: str
    reason: str


Outcome = Delivered | Deferred | Refused
