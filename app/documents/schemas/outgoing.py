"""JSON of documents as clients get it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from app.documents.domain.documents import (
    Attachment,
    Delivery,
    Document,
    Party,
    Recipient,
    Role,
    Route,
    Source,
    StatusEntry,
)
from app.documents.domain.legal import LegalState, of_code, of_standing
from app.documents.domain.legal_value import Check, LegalValue, PacketSignature
from app.documents.domain.relations import Related
from app.documents.domain.statuses import Status
from app.documents.schemas.business import BusinessName
from app.documents.schemas.incoming import PriorityName
from app.documents.schemas.relations import RelatedOut, WithdrawalOut
from app.fields import Moment


class AnswerModel(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True, validate_by_name=True)


class PartyOut(AnswerModel):
    """An agency."""

    code: str = Field(description="Mã như trong gói tin. / As the packet spells it.")
    member: str = Field(description="Mã theo QĐ 20/2020. / By Decision 20/2020.")
    name: str | None = Field(description="Tên đơn vị. / Name.")

    @classmethod
    def of(cls, party: Party) -> Self:
        """Return a party."""
        return cls(code=party.spelling, member=party.code, name=party.name)


class StatusOut(AnswerModel):
    """One status in a document's history."""

    recipient: str = Field(description="Đơn vị nhận liên quan. / At which recipient.")
    code: Status = Field(description="Mã trạng thái. / Status code.")
    label: str = Field(description="Tên trạng thái. / What it means.")
    legal_state: LegalState | None = Field(
        description="Trạng thái theo QĐ 28/2018, đ.10.2.h; 13, 15, 16 không có. "
        "/ The regulation's name; 13, 15 and 16 have none."
    )
    legal_state_label: str | None = Field(description="Tên trạng thái đó. / What it means.")
    at: Moment = Field(description="Thời điểm. / When it happened.")
    reason: str | None = Field(description="Lý do, ghi chú. / Reason or note.")
    staff: str | None = Field(description="Người thực hiện. / Who acted.")
    department: str | None = Field(description="Bộ phận. / Of which department.")
    source: Source = Field(description="Nguồn ghi nhận. / Who wrote it down.")
    is_unexpected: bool = Field(
        description="Bên kia báo trái trình tự. / Reported against the table."
    )
    delivery: Delivery | None = Field(
        description="Việc báo sang bên kia, nếu phải báo. / How telling the other party goes."
    )

    @classmethod
    def of(cls, entry: StatusEntry) -> Self:
        """Return an entry of the history."""
        report = entry.report
        legal = of_code(report.code)
        return cls(
            recipient=entry.recipient.spelling,
            code=report.code,
            label=report.code.label,
            legal_state=legal,
            legal_state_label=None if legal is None else legal.label,
            at=report.at,
            reason=report.reason,
            staff=report.staff,
            department=report.department,
            source=entry.source,
            is_unexpected=entry.is_unexpected,
            delivery=entry.delivery,
        )


class RecipientLineOut(PartyOut):
    """A document at one recipient."""

    route: Route = Field(description="Đường đi. / How it goes there.")
    delivery: Delivery = Field(description="Việc chuyển phát. / How the delivery goes.")
    delivery_reason: str | None = Field(description="Vì sao chưa chuyển được. / What hinders it.")
    transport_id: str | None = Field(description="Mã của trục. / The axis's own id.")
    status: Status | None = Field(description="Trạng thái hiện tại. / Present status.")
    status_label: str | None = Field(description="Tên trạng thái. / What it means.")
    status_at: Moment | None = Field(description="Từ khi nào. / Since when.")
    legal_state: LegalState | None = Field(
        description="Trạng thái theo QĐ 28/2018, đ.10.2.h. / The regulation's name of it."
    )
    legal_state_label: str | None = Field(description="Tên trạng thái đó. / What it means.")
    role: Role = Field(
        description="Gói tin nêu đơn vị này thế nào; cập nhật có thể thêm, bớt nơi nhận. "
        "/ How the packet names it."
    )
    withdrawn: WithdrawalOut | None = Field(
        description="Bản của đơn vị này đã thu hồi. / Its copy is gone."
    )
    replaced_by: str | None = Field(
        description="Văn bản thay thế, mã của hệ thống này. / Our id of what replaces it there."
    )

    @classmethod
    def line(cls, recipient: Recipient) -> Self:
        """Return a recipient without the history."""
        return cls(**_line(recipient))


class RecipientOut(RecipientLineOut):
    """A document at one recipient, with its history there."""

    statuses: list[StatusOut] = Field(description="Diễn biến trạng thái. / History.")

    @classmethod
    def with_history(cls, recipient: Recipient, history: Sequence[StatusEntry]) -> Self:
        """Return a recipient with that part of the history which is its own."""
        own = [entry for entry in history if entry.recipient.code == recipient.party.code]
        return cls(**_line(recipient), statuses=[StatusOut.of(entry) for entry in own])


def _line(recipient: Recipient) -> dict[str, Any]:
    code, withdrawn = recipient.standing.code, recipient.withdrawn
    legal = of_standing(recipient.standing, None if withdrawn is None else withdrawn.cause)
    return {
        "code": recipient.party.spelling,
        "member": recipient.party.code,
        "name": recipient.party.name,
        "route": recipient.route,
        "delivery": recipient.delivery,
        "delivery_reason": recipient.reason,
        "transport_id": recipient.transport_id,
        "status": code,
        "status_label": None if code is None else code.label,
        "status_at": recipient.status_at,
        "legal_state": legal,
        "legal_state_label": None if legal is None else legal.label,
        "role": recipient.role,
        "withdrawn": None if withdrawn is None else WithdrawalOut.of(withdrawn),
        "replaced_by": recipient.replaced_by,
    }


class AttachmentOut(AnswerModel):
    """A file of a document, as the sender had it; download it by its number."""

    n: int = Field(description="Số thứ tự. / Number.")
    name: str = Field(description="Tên tệp. / File name.")
    content_type: str
    description: str | None
    size: int = Field(description="Dung lượng (byte). / Size in bytes.")
    sha256: str

    @classmethod
    def of(cls, file: Attachment) -> Self:
        """Return a file's description."""
        return cls(
            n=file.n,
            name=file.name,
            content_type=file.content_type,
            description=file.description,
            size=file.size,
            sha256=file.sha256,
        )


class DocumentFactsOut(AnswerModel):
    """What a list and a single document both say."""

    id: str = Field(description="Mã của hệ thống này. / Our own id.")
    document_id: str = Field(description="Mã định danh văn bản. / Document id.")
    business: BusinessName = Field(description="Loại nghiệp vụ. / What it does.")
    business_reason: str | None = Field(description="Lý do của nghiệp vụ. / Why it does that.")
    sender: PartyOut = Field(alias="from", description="Đơn vị gửi. / Sender.")
    number: str = Field(description="Số. / Number.")
    notation: str = Field(description="Ký hiệu. / Notation.")
    symbol: str = Field(description="Số và ký hiệu. / Number and notation.")
    subject: str | None = Field(description="Trích yếu. / Subject.")
    promulgated_on: date | None = Field(description="Ngày ban hành. / Date of issue.")
    due_on: date | None = Field(description="Hạn xử lý. / To be handled by.")
    type_name: str | None = Field(description="Loại văn bản. / Type.")
    type_code: int | None = Field(description="Mã loại văn bản. / Code of the type.")
    priority: PriorityName | None = Field(description="Độ khẩn. / Urgency.")
    created_at: Moment = Field(description="Ghi nhận lúc. / Taken in at.")


def _facts(document: Document) -> dict[str, Any]:
    priority = document.priority
    return {
        "id": document.id,
        "document_id": document.document_id,
        "business": list(BusinessName)[document.business],
        "business_reason": document.header.get("business", {}).get("reason"),
        "sender": PartyOut.of(document.sender),
        "number": document.number,
        "notation": document.notation,
        "symbol": document.symbol,
        "subject": document.subject,
        "promulgated_on": document.promulgated_on,
        "due_on": document.due_on,
        "type_name": document.type_name,
        "type_code": document.type_code,
        "priority": None if priority is None else list(PriorityName)[priority],
        "created_at": document.created_at,
    }


class DocumentLineOut(DocumentFactsOut):
    """A document in a list."""

    recipients: list[RecipientLineOut] = Field(description="Nơi nhận. / Recipients.")
    attachment_count: int = Field(description="Số tệp đính kèm. / Number of files.")

    @classmethod
    def of(cls, document: Document, recipients: Sequence[Recipient]) -> Self:
        """Return a document as a list shows it."""
        return cls(
            **_facts(document),
            recipients=[RecipientLineOut.line(one) for one in recipients],
            attachment_count=len(document.attachments),
        )


class DocumentOut(DocumentFactsOut):
    """A document with its recipients, their statuses, and its files."""

    recipients: list[RecipientOut] = Field(description="Nơi nhận. / Recipients.")
    related: list[RelatedOut] = Field(
        description="Văn bản liên quan: thu hồi, cập nhật, thay thế, trả lời. "
        "/ Documents that it names, or that name it."
    )
    attachments: list[AttachmentOut] = Field(description="Tệp đính kèm. / Files.")
    packet_size: int = Field(description="Dung lượng gói tin. / Size of the packet in bytes.")
    packet_sha256: str
    packet_signature: PacketSignature | None = Field(
        description="Chữ ký của gói tin; null khi chưa kiểm tra. / The packet's own signature; "
        "null while nobody has looked."
    )
    legal_value: LegalValue | None = Field(
        description="Giá trị pháp lý theo chữ ký trong tệp; null khi chưa kiểm tra. / By the "
        "signatures in its files; null while nobody has looked."
    )

    @classmethod
    def of(
        cls,
        document: Document,
        recipients: Sequence[Recipient],
        history: Sequence[StatusEntry],
        related: Sequence[Related] = (),
        check: Check | None = None,
    ) -> Self:
        """Return a document with what the caller may see of its recipients and its relations."""
        return cls(
            **_facts(document),
            recipients=[RecipientOut.with_history(one, history) for one in recipients],
            related=[RelatedOut.of(one) for one in related],
            attachments=[AttachmentOut.of(file) for file in document.attachments],
            packet_size=document.packet.size,
            packet_sha256=document.packet.sha256,
            packet_signature=None if check is None else check.packet,
            legal_value=None if check is None else check.value,
        )
