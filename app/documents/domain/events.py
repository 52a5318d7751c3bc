"""What happens to a document at a recipient, as the feed and the timeline tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import Business, Document, Recipient
from app.documents.domain.statuses import Status


class EventKind(StrEnum):
    """`arrived`: it lies with a recipient of ours; `sent`: the document axis took it over.

    `undeliverable`: the axis refused it; `status`: a party reported one; `withdrawn`: the
    recipient agreed to a recall.
    """

    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    ARRIVED = "arrived"
    STATUS = "status"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Vietnamese name that people read."""
        return _LABELS[self]


_LABELS = {
    EventKind.SENT: "Đã gửi lên trục",
    EventKind.UNDELIVERABLE: "Trục từ chối chuyển",
    EventKind.ARRIVED: "Đã đến đơn vị nhận",
    EventKind.STATUS: "Cập nhật trạng thái",
    EventKind.WITHDRAWN: "Đã thu hồi",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `recipient` is where, in its canonical code."""

    kind: EventKind
    document: str
    recipient: AgencyCode
    at: datetime
    code: Status | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its place in the feed and what must be known of its document."""

    position: int
    event: Event
    sender: AgencyCode
    document_id: DocumentId
    business: Business
    symbol: str
    subject: str | None


@dataclass(frozen=True, slots=True)
class Strand:
    """What happened to a document at one recipient, in the order it was written down."""

    recipient: Recipient
    happened: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened to a document at those recipients that the caller may see."""

    document: Document
    strands: Sequence[Strand]
