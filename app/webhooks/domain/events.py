"""What is told: the types of events, how subscribers name them, and what an event holds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from app.codes import AgencyCode
from app.documents.domain.events import EventKind
from app.dossiers.domain.handling import ActName

TEST: Final = "webhook.test"
DISABLED: Final = "webhook.disabled"
PATTERN: Final = r"^(\*|[a-z_]+(\.[a-z_]+)*(\.\*)?)$"

TYPES: Final[dict[str, tuple[str, str]]] = {
    **{act.value: (act.label, "act on a dossier") for act in ActName if act is not ActName.RATE},
    **{
        f"document.{kind.value}": (kind.label, "happening to a document at a recipient")
        for kind in EventKind
    },
    TEST: ("Thử nghiệm theo yêu cầu", "a test that was asked for"),
    DISABLED: ("Một webhook khác của đơn vị bị ngắt", "another webhook of the member was disabled"),
}
"""Every type with what it means. A rating stays between the owner and the agency."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `parties` are the agencies that it concerns.

    `subject` names the record it happened to: what happened to one is told in order. `source` is
    where it was read, so that it becomes an event once.
    """

    event_id: str
    type: str
    subject: str
    source: str
    happened_at: datetime
    parties: tuple[AgencyCode, ...]
    data: dict[str, Any]

    def payload(self) -> dict[str, Any]:
        """Return what a receiver gets, as Standard Webhooks words it."""
        moment = self.happened_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return {"type": self.type, "timestamp": moment, "data": self.data}


def matches(patterns: Iterable[str], kind: str) -> bool:
    """Tell whether a type is meant: by its name, by `its.beginning.*`, or by `*`."""
    return any(_matches(pattern, kind) for pattern in patterns)


def is_known(pattern: str) -> bool:
    """Tell whether a pattern means any type there is."""
    is_formed = re.fullmatch(PATTERN, pattern) is not None
    return is_formed and any(_matches(pattern, kind) for kind in TYPES)


def _matches(pattern: str, kind: str) -> bool:
    if pattern == "*":
        return True
    return kind.startswith(pattern[:-1]) if pattern.endswith(".*") else kind == pattern
