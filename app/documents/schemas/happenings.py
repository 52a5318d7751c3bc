"""JSON of the feed and of timelines."""

from typing import Self

from pydantic import Field

from app.documents.domain.events import Event, EventKind, Strand, Timeline, Told
from app.documents.domain.statuses import Status
from app.documents.schemas.business import BusinessName
from app.documents.schemas.outgoing import AnswerModel, PartyOut
from app.fields import Moment


class HappeningOut(AnswerModel):
    """Something that happened to a document at a recipient."""

    kind: EventKind = Field(description="Việc gì. / What happened.")
    label: str = Field(description="Diễn giải. / What it means.")
    at: Moment = Field(description="Ghi nhận lúc. / When it was written down.")
    status: Status | None = Field(description="Mã trạng thái, nếu là trạng thái. / Status code.")
    reason: str | None = Field(description="Lý do, ghi chú. / Reason or note.")

    @classmethod
    def of(cls, event: Event) -> Self:
        """Return a happening."""
        is_said = event.kind is EventKind.STATUS and event.code is not None
        return cls(
            kind=event.kind,
            label=event.code.label if is_said and event.code else event.kind.label,
            at=event.at,
            status=event.code,
            reason=event.reason,
        )


class StrandOut(PartyOut):
    """A document's timeline at one recipient."""

    timeline: list[HappeningOut] = Field(description="Diễn biến, theo thứ tự. / In order.")

    @classmethod
    def strand(cls, strand: Strand) -> Self:
        """Return a recipient with what happened there."""
        party = PartyOut.of(strand.recipient.party)
        happened = [HappeningOut.of(event) for event in strand.happened]
        return cls(**party.model_dump(), timeline=happened)


class TimelineOut(AnswerModel):
    """A document's timeline."""

    id: str = Field(description="Mã của hệ thống này. / Our own id.")
    created_at: Moment = Field(description="Ghi nhận lúc. / Taken in at.")
    recipients: list[StrandOut] = Field(description="Từng nơi nhận. / Recipient by recipient.")

    @classmethod
    def of(cls, timeline: Timeline) -> Self:
        """Return a timeline."""
        return cls(
            id=timeline.document.id,
            created_at=timeline.document.created_at,
            recipients=[StrandOut.strand(strand) for strand in timeline.strands],
        )


class EventOut(HappeningOut):
    """A happening in the feed."""

    document: str = Field(description="Mã văn bản ở hệ thống này. / Our id of the document.")
    document_id: str = Field(description="Mã định danh văn bản. / Document id.")
    business: BusinessName = Field(description="Loại nghiệp vụ. / What it does.")
    symbol: str = Field(description="Số và ký hiệu. / Number and notation.")
    subject: str | None = Field(description="Trích yếu. / Subject.")
    sender: str = Field(alias="from", description="Đơn vị gửi. / Sender.")
    recipient: str = Field(description="Ở đơn vị nhận nào. / At which recipient.")

    @classmethod
    def told(cls, told: Told) -> Self:
        """Return an event with what must be known of its document."""
        return cls(
            **HappeningOut.of(told.event).model_dump(),
            document=told.event.document,
            document_id=told.document_id,
            business=list(BusinessName)[told.business],
            symbol=told.symbol,
            subject=told.subject,
            sender=told.sender,
            recipient=told.event.recipient,
        )


class FeedOut(AnswerModel):
    """A part of the feed; it never ends, so `next` is always there."""

    items: list[EventOut]
    next: str = Field(
        description="Gửi lại ở `after`, kể cả khi items rỗng. / Send as `after`, also when items "
        "is empty."
    )
