"""JSON of documents as clients send it; each field names its Vietnamese term."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import Field

from app.documents.domain.statuses import LABELS, Status
from app.documents.schemas.business import BusinessIn
from app.fields import DAY_AS_WRITTEN, AgencyCode, DocumentId, Line, Text
from app.platform.wire import ApiModel

_CODES = ", ".join(f"{status} {label}" for status, label in LABELS.items())


class PriorityName(StrEnum):
    """Độ khẩn, in the order of the codes 0 to 4."""

    NORMAL = "normal"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    EXPRESS = "express"
    TIMED_EXPRESS = "timed_express"


Symbol = Annotated[Line, Field(max_length=100)]
Short = Annotated[Line, Field(max_length=200)]
Long = Annotated[Text, Field(max_length=2000)]
Day = Annotated[date, Field(ge=date(1901, 1, 1), lt=date(2199, 1, 1), strict=False), DAY_AS_WRITTEN]
"""A day that packets may speak of."""

Count = Annotated[int, Field(ge=0, le=999_999_999)]


class SignerIn(ApiModel):
    """Người ký: who signed, and on whose authority."""

    full_name: Annotated[Line, Field(max_length=100)] = Field(
        description="Họ và tên. / Full name.", examples=["Phạm Thị Giả Định"]
    )
    position: Short | None = Field(None, description="Chức vụ. / Position.")
    authority: Short | None = Field(
        None, description="Thẩm quyền ký: TM., KT., TL. … / On whose authority."
    )


class ReferenceIn(ApiModel):
    """Văn bản được trả lời: a document that this one answers."""

    agency: AgencyCode = Field(description="Đơn vị ban hành. / Who issued it.")
    document_id: DocumentId = Field(description="Mã định danh văn bản. / Its document id.")
    symbol: Symbol | None = Field(None, description="Số và ký hiệu. / Number and notation.")
    promulgated_on: Day | None = Field(None, description="Ngày ban hành. / Date of issue.")


class DocumentDraft(ApiModel):
    """The `metadata` part: a document, from which the edXML packet is written."""

    sender: AgencyCode = Field(alias="from", description="Đơn vị gửi. / Sending agency.")
    recipients: list[AgencyCode] = Field(
        alias="to", min_length=1, max_length=1000, description="Các đơn vị nhận. / Recipients."
    )
    number: Annotated[Line, Field(max_length=50)] = Field(
        description="Số văn bản. / Document number.", examples=["42"]
    )
    notation: Symbol = Field(description="Ký hiệu. / Notation.", examples=["SKTDL-VP"])
    promulgated_on: Day = Field(description="Ngày ban hành. / Date of issue.")
    subject: Annotated[Line, Field(max_length=500)] = Field(description="Trích yếu. / Subject.")
    type_name: Annotated[Line, Field(max_length=100)] = Field(
        description="Loại văn bản. / Type of document.", examples=["Công văn"]
    )
    type_code: Count | None = Field(None, description="Mã loại văn bản. / Code of its type.")
    document_id: DocumentId | None = Field(
        None,
        description="Mã định danh; bỏ trống thì lập từ đơn vị, ngày, số và ký hiệu. "
        "/ Document id; made of agency, date, number and notation when absent.",
    )
    place: Short | None = Field(None, description="Nơi ban hành. / Place of issue.")
    content: Long | None = Field(None, description="Nội dung tóm tắt. / Short content.")
    signer: SignerIn | None = Field(None, description="Người ký. / Signer.")
    due_on: Day | None = Field(None, description="Hạn xử lý. / To be handled by.")
    to_places: list[Short] = Field(
        default=[], max_length=100, description="Nơi nhận ghi trên văn bản. / As printed on it."
    )
    priority: PriorityName | None = Field(None, description="Độ khẩn. / Urgency.")
    circulation: Short | None = Field(None, description="Phạm vi lưu hành. / Circulation.")
    drafter: Short | None = Field(None, description="Ký hiệu người soạn. / Drafter's mark.")
    copies: Count | None = Field(None, description="Số bản phát hành. / Copies.")
    pages: Count | None = Field(None, description="Số trang. / Pages.")
    appendixes: list[Long] = Field(default=[], max_length=100, description="Phụ lục. / Annexes.")
    response_for: list[ReferenceIn] = Field(
        default=[], max_length=100, description="Trả lời văn bản. / Documents it answers."
    )
    has_paper: bool = Field(
        default=False, description="Có gửi kèm bản giấy. / A paper copy follows."
    )
    business: BusinessIn | None = Field(
        None, description="Nghiệp vụ; bỏ trống là văn bản mới. / A new document when absent."
    )
    state_secret: bool = Field(
        default=False,
        description="Có nội dung bí mật nhà nước: bị từ chối (QĐ 28/2018, đ.1.2). "
        "/ The content is a state secret: refused.",
    )


class StatusIn(ApiModel):
    """A status to report."""

    code: Status = Field(description=f"Mã trạng thái / Status code: {_CODES}.")
    reason: Long | None = Field(
        None, description="Lý do, bắt buộc với 02, 13, 16. / Reason; needed for 02, 13, 16."
    )
    staff: Short | None = Field(None, description="Người thực hiện. / Who at the agency acted.")
    department: Short | None = Field(None, description="Bộ phận. / Of which department.")
    recipient: AgencyCode | None = Field(
        None,
        description="Đơn vị nhận, khi có thể là nhiều đơn vị. / At which recipient, "
        "if several are possible.",
    )


DRAFT_EXAMPLE: Final[dict[str, Any]] = {
    "from": "000.00.12.H38",
    "to": ["000.00.00.G22", "000.00.71.H53"],
    "number": "43",
    "notation": "SKTDL-VP",
    "promulgated_on": "2026-03-02",
    "subject": "V/v chạy thử gửi văn bản kèm tệp",
    "type_name": "Công văn",
    "type_code": 18,
    "signer": {"full_name": "Phạm Thị Giả Định", "position": "PHÓ GIÁM ĐỐC"},
    "priority": "urgent",
}
STATUS_EXAMPLE: Final[dict[str, Any]] = {
    "code": "03",
    "reason": "Đã vào sổ văn bản đến số 118",
    "staff": "Văn thư",
}
