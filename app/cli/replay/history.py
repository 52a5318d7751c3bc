"""What is planned for one dossier: how it comes in, and every act on it at its moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.dossiers.domain.filing import Channel
from app.dossiers.domain.handling import ReturnWay
from app.dossiers.domain.statuses import Status

ENDS: Final = frozenset({Status.REJECTED, Status.WITHDRAWN, Status.FINISHED, Status.RETURNED})
"""Where a dossier has come to its end, for the owner's purposes."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: `act` is the end of its address, `part` 0 for the dossier or the number of a part.

    `body` names who acts and when, as any one-stop system would send it.
    """

    at: datetime
    act: str
    body: Mapping[str, Any]
    part: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """One dossier from its submission on, and where it and its parts stand in the end.

    A part that is never opened stands at None.
    """

    number: int
    at: datetime
    filing: Mapping[str, Any]
    deeds: tuple[Deed, ...]
    status: Status
    parts: tuple[Status | None, ...] = ()

    @property
    def is_finished(self) -> bool:
        """Whether it has come to its end."""
        return self.status in ENDS

    @property
    def postal_orders(self) -> int:
        """How often the post carries something for it: papers in, results out."""
        returns = (deed for deed in self.deeds if deed.act == "results")
        out = sum(1 for deed in returns if deed.body["way"] == ReturnWay.POST)
        return out + 1 if self.filing["channel"] == Channel.POSTAL else out

    @property
    def opened(self) -> int:
        """How many of its parts become dossiers of their own."""
        return sum(part is not None for part in self.parts)
