"""Liên thông: what other agencies contribute to a dossier, each part a dossier of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.codes import AgencyCode, DossierCode, ProcedureCode
from app.dossiers.domain.statuses import Status


class PartState(StrEnum):
    """How a part stands: waiting for those before it, with its agency, done, or refused."""

    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]


_LABELS: Final = {
    PartState.WAITING: "chờ phần trước",
    PartState.OPEN: "đang giải quyết",
    PartState.DONE: "đã xong",
    PartState.REFUSED: "bị từ chối hoặc dừng",
}
_STATES: Final[Mapping[Status, PartState]] = {
    Status.FINISHED: PartState.DONE,
    Status.RETURNED: PartState.DONE,
    Status.REJECTED: PartState.REFUSED,
    Status.WITHDRAWN: PartState.REFUSED,
    Status.STOPPED: PartState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's part. It is opened when those in `after` are done; then it has a `code`.

    `agency_before` is whose it was, where that agency closed before the part was opened.
    """

    number: int
    name: str
    agency: AgencyCode
    procedure: ProcedureCode
    after: tuple[int, ...] = ()
    state: PartState = PartState.WAITING
    code: DossierCode | None = None
    due_at: datetime | None = None
    agency_before: AgencyCode | None = None


@dataclass(frozen=True, slots=True)
class PartOf:
    """The dossier that this one is a part of, and which."""

    code: DossierCode
    number: int


def state_of(status: Status) -> PartState:
    """Return how a part stands whose own dossier has a status."""
    return _STATES.get(status, PartState.OPEN)
