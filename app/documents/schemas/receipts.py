"""JSON of receipts: who sent what to whom, under which hash, and when it was there."""

from datetime import datetime
from typing import Self

from pydantic import Field

from app.documents.domain.documents import Delivery, Document, Recipient
from app.documents.domain.events import EventKind, Timeline
from app.documents.domain.statuses import Status
from app.documents.schemas.business import BusinessName
from app.documents.schemas.outgoing import AnswerModel, AttachmentOut, PartyOut
from app.fields import Moment

RECEIPT_TYPE = "lgsp-receipt+jwt"


class HandedOverOut(PartyOut):
    """A document at one recipient, as the receipt states it."""

    delivery: Delivery = Field(description="Việc chuyển phát. / How the delivery goes.")
    transport_id: str | None = Field(description="Mã của trục. / The axis's own id.")
    sent_at: Moment | None = Field(description="Trục nhận lúc. / The axis took it at.")
    arrived_at: Moment | None = Field(
        description="Đến nơi nhận lúc, theo hệ thống này. / There since, as far as we know."
    )
    status: Status | None = Field(description="Trạng thái hiện tại. / Present status.")
    status_at: Moment | None = Field(description="Từ khi nào. / Since when.")

    @classmethod
    def at(cls, recipient: Recipient, times: dict[EventKind, datetime]) -> Self:
        """Return a document at one recipient; `times` says when each thing happened first."""
        return cls(
            **PartyOut.of(recipient.party).model_dump(),
            delivery=recipient.delivery,
            transport_id=recipient.transport_id,
            sent_at=times.get(EventKind.SENT),
            arrived_at=times.get(EventKind.ARRIVED),
            status=recipient.standing.code,
            status_at=recipient.status_at,
        )


class ReceiptOut(AnswerModel):
    """What the gateway states of a document."""

    id: str = Field(description="Mã của hệ thống này. / Our own id.")
    document_id: str = Field(description="Mã định danh văn bản. / Document id.")
    business: BusinessName = Field(description="Loại nghiệp vụ. / What it does.")
    symbol: str = Field(description="Số và ký hiệu. / Number and notation.")
    sender: PartyOut = Field(alias="from", description="Đơn vị gửi. / Sender.")
    accepted_at: Moment = Field(description="Tiếp nhận lúc. / Taken over at.")
    packet_sha256: str = Field(description="Mã băm gói tin edXML. / Hash of the packet.")
    packet_size: int
    attachments: list[AttachmentOut] = Field(description="Tệp và mã băm. / Files, with hashes.")
    recipients: list[HandedOverOut] = Field(description="Nơi nhận. / Recipients.")

    @classmethod
    def of(cls, timeline: Timeline) -> Self:
        """Return the receipt of a document for those recipients that the caller may see."""
        document: Document = timeline.document
        return cls(
            id=document.id,
            document_id=document.document_id,
            business=list(BusinessName)[document.business],
            symbol=document.symbol,
            sender=PartyOut.of(document.sender),
            accepted_at=document.created_at,
            packet_sha256=document.packet.sha256,
            packet_size=document.packet.size,
            attachments=[AttachmentOut.of(file) for file in document.attachments],
            recipients=[
                HandedOverOut.at(
                    strand.recipient,
                    {event.kind: event.at for event in reversed(strand.happened)},
                )
                for strand in timeline.strands
            ],
        )


class SignedReceiptOut(AnswerModel):
    """A receipt, and the same under our signature."""

    receipt: ReceiptOut
    jws: str = Field(
        description="Biên nhận có chữ ký số ES256 (JWS), kiểm tra bằng khoá ở "
        "/.well-known/jwks.json. / The receipt signed with ES256 (JWS); check it with the keys "
        "at /.well-known/jwks.json."
    )
