"""A status that came before the document it speaks of."""

from dataclasses import dataclass
from datetime import datetime

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import StatusReport


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery of the axis: to which of our systems, its id there, the packet's SHA-256."""

    axis: str
    doc_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class WaitingStatus:
    """What waits: `until` is the horizon, `gave_up_at` when it was passed."""

    delivery: Delivery
    sender: AgencyCode
    document_id: DocumentId
    recipient: AgencyCode
    report: StatusReport
    arrived_at: datetime
    until: datetime
    gave_up_at: datetime | None = None

    @property
    def state(self) -> str:
        """The word that people and gauges know it by."""
        return "waiting" if self.gave_up_at is None else "given-up"
