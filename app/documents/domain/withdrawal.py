"""A recipient's copy that is gone: its content is not read any more, its record stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Cause(StrEnum):
    """Why a copy is gone: the recipient agreed to a take-back, or an update dropped it."""

    TAKEN_BACK = "taken_back"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The Vietnamese words that people read."""
        return _LABELS[self][0]

    @property
    def label_en(self) -> str:
        """The same in English."""
        return _LABELS[self][1]


_LABELS: Final[Mapping[Cause, tuple[str, str]]] = {
    Cause.TAKEN_BACK: ("đã được thu hồi", "was taken back"),
    Cause.DROPPED: (
        "không còn gửi tới đơn vị này",
        "is no longer addressed to this agency",
    ),
}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When and why a copy was withdrawn, and which document of ours did it."""

    at: datetime
    cause: Cause
    by: str
