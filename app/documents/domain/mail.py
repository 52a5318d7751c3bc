"""What lies in the inbox of one of our units for its own software to fetch and acknowledge."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

_SHORT: Final = re.compile(r"[0-9a-f]{24}", re.ASCII)
_TIME: Final = 12
"""Hex digits of a UUIDv7 that tell the time; the one behind them is its version."""


class MailKind(StrEnum):
    """A document, or a status that another party reports on one."""

    DOCUMENT = "edoc"
    STATUS = "status"


class MailState(StrEnum):
    """What the receiving software says of one delivery; the document's own status is another."""

    INITIAL = "initial"
    PROCESSING = "processing"
    DONE = "done"
    FAIL = "fail"


def short_id(number: str) -> str:
    """Return an id of ours as 24 hex digits, as the axis gives out in these years.

    The time of a UUIDv7 and 46 of its random bits.
    """
    digits = number.replace("-", "")
    return digits[:_TIME] + digits[_TIME + 1 :][:_TIME]


def ids_of(number: str) -> tuple[str, str]:
    """Return the first and the last id that a delivery may have that is known by this one."""
    if _SHORT.fullmatch(number) is None:
        return number, number
    known = f"{number[:_TIME]}7{number[_TIME:]}"
    return _spelled(known.ljust(32, "0")), _spelled(known.ljust(32, "f"))


def _spelled(digits: str) -> str:
    return "-".join(
        (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]),
    )


@dataclass(frozen=True, slots=True)
class Mail:
    """One delivery to one unit; `id` is the delivery's own, each recipient has another.

    `status` is the number of the status it tells; None for the document itself.
    """

    id: str
    document: str
    unit: str
    kind: MailKind
    status: int | None
    state: MailState
    fails: int
    description: str | None
    is_waiting: bool
    created_at: datetime
    updated_at: datetime
    received_at: datetime | None = None

    def after(
        self, state: MailState, description: str | None, at: datetime, *, relisted: int
    ) -> "Mail":
        """Return it in a new state: off the list once done, or failed more than so often.

        `initial` puts it back and begins anew.
        """
        fails = 0 if state is MailState.INITIAL else self.fails + (state is MailState.FAIL)
        is_done = state is MailState.DONE
        return replace(
            self,
            state=state,
            fails=fails,
            description=description,
            is_waiting=not is_done and fails <= relisted,
            updated_at=at,
            received_at=at if is_done and self.received_at is None else self.received_at,
        )
