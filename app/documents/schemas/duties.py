"""JSON of duties."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field

from app.documents.domain.documents import Document, Recipient
from app.documents.domain.duties import Duty, DutyKind, DutyState, OpenDuty, end_of
from app.documents.schemas.incoming import PriorityName
from app.documents.schemas.outgoing import AnswerModel, PartyOut
from app.fields import Moment


class DutyOut(AnswerModel):
    """A duty, done or not."""

    kind: DutyKind = Field(description="Việc phải làm. / What is to be done.")
    label: str = Field(description="Diễn giải. / What it means.")
    source: str | None = Field(description="Căn cứ. / The rule it comes from.")
    deadline: Moment = Field(description="Phải xong trước lúc. / To be done before.")
    done_at: Moment | None = Field(description="Đã làm lúc. / Done at.")
    state: DutyState = Field(
        description="met: đúng hạn; late: làm trễ; open, due_soon, overdue: chưa làm; void: "
        "không còn phải làm. / How it stands."
    )

    @classmethod
    def of(cls, duty: Duty) -> Self:
        """Return a duty."""
        return cls(
            kind=duty.kind,
            label=duty.kind.label,
            source=duty.kind.source,
            deadline=duty.deadline,
            done_at=duty.done_at,
            state=duty.state,
        )


class RecipientDutiesOut(PartyOut):
    """What one recipient owes."""

    duties: list[DutyOut] = Field(description="Việc phải làm. / Duties.")

    @classmethod
    def at(cls, recipient: Recipient, duties: Sequence[Duty]) -> Self:
        """Return a recipient with its duties."""
        said = PartyOut.of(recipient.party).model_dump()
        return cls(**said, duties=[DutyOut.of(duty) for duty in duties])


class AccountOut(AnswerModel):
    """The duties about one document."""

    id: str = Field(description="Mã của hệ thống này. / Our own id.")
    is_urgent: bool = Field(description="Văn bản khẩn. / Urgent.")
    sending: DutyOut | None = Field(
        description="Của bên gửi, nếu là đơn vị của hệ thống này. / The sender's, if one of ours."
    )
    recipients: list[RecipientDutiesOut] = Field(description="Nơi nhận. / Recipients.")

    @classmethod
    def of(
        cls,
        document: Document,
        sending: Duty | None,
        recipients: Sequence[tuple[Recipient, Sequence[Duty]]],
    ) -> Self:
        """Return the duties about a document."""
        return cls(
            id=document.id,
            is_urgent=bool(document.priority),
            sending=None if sending is None else DutyOut.of(sending),
            recipients=[RecipientDutiesOut.at(one, duties) for one, duties in recipients],
        )


class ReminderOut(AnswerModel):
    """A duty that is not done, to remind of."""

    kind: DutyKind = Field(description="Việc phải làm. / What is to be done.")
    label: str = Field(description="Diễn giải. / What it means.")
    source: str | None = Field(description="Căn cứ. / The rule it comes from.")
    deadline: Moment = Field(description="Phải xong trước lúc. / To be done before.")
    state: DutyState = Field(description="due_soon: sắp đến hạn; overdue: quá hạn. / State.")
    priority: PriorityName = Field(description="Độ khẩn. / Urgency.")
    document: str = Field(description="Mã văn bản ở hệ thống này. / Our id of the document.")
    symbol: str = Field(description="Số và ký hiệu. / Number and notation.")
    subject: str | None = Field(description="Trích yếu. / Subject.")
    sender: PartyOut = Field(alias="from", description="Đơn vị gửi. / Sender.")
    recipient: PartyOut = Field(description="Đơn vị phải làm. / Who owes it.")

    @classmethod
    def of(cls, duty: OpenDuty, state: DutyState, document: Document, recipient: Recipient) -> Self:
        """Return a reminder."""
        return cls(
            kind=duty.kind,
            label=duty.kind.label,
            source=duty.kind.source,
            deadline=end_of(duty.deadline),
            state=state,
            priority=list(PriorityName)[duty.urgency],
            document=document.id,
            symbol=document.symbol,
            subject=document.subject,
            sender=PartyOut.of(document.sender),
            recipient=PartyOut.of(recipient.party),
        )
