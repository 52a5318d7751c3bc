"""Nghiệp vụ văn bản: what a document sent as a form does to earlier ones."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.fields import AgencyCode, DocumentId, Text
from app.platform.wire import ApiModel

Reason = Annotated[Text, Field(max_length=2000)]


class BusinessName(StrEnum):
    """Loại nghiệp vụ, in the order of the codes 0 to 3."""

    NEW = "new"
    REVOKE = "revoke"
    UPDATE = "update"
    REPLACE = "replace"


class ReceiverChange(StrEnum):
    """What an update does to a recipient, in the order of ReceiverType 0 and 1."""

    DROPPED = "dropped"
    ADDED = "added"


class ReceiverIn(ApiModel):
    """Đơn vị nhận thay đổi: who loses the document by an update, or gains it."""

    agency: AgencyCode = Field(description="Đơn vị nhận. / The recipient.")
    change: ReceiverChange = Field(
        description="dropped: không nhận nữa, bản đã nhận bị hủy; added: nhận thêm. "
        "/ dropped loses the document, added gains it."
    )


class ReplacedIn(ApiModel):
    """Văn bản bị thay thế: a document that this one replaces."""

    document_id: DocumentId = Field(description="Mã định danh văn bản cũ. / Its document id.")
    recipients: list[AgencyCode] = Field(
        default=[],
        max_length=1000,
        description="Thay thế đối với các đơn vị này; bỏ trống là mọi đơn vị nhận. "
        "/ For whom; all recipients of this document when empty.",
    )


class BusinessIn(ApiModel):
    """Nghiệp vụ: a new document when absent."""

    type: BusinessName = Field(
        description="new: mới, revoke: thu hồi, update: cập nhật, replace: thay thế. "
        "/ What the document does.",
        examples=["revoke"],
    )
    reason: Reason | None = Field(
        None,
        description="Lý do, bắt buộc trừ văn bản mới. / Why; needed unless it is new.",
        examples=["Gửi nhầm nơi nhận"],
    )
    original: DocumentId | None = Field(
        None,
        description="Mã định danh văn bản bị thu hồi hoặc cập nhật; bỏ trống thì là document_id. "
        "/ The document to revoke or update; `document_id` when absent.",
        examples=["000.00.12.H38,2026/03/02,42/SKTDL-VP"],
    )
    receivers: list[ReceiverIn] = Field(
        default=[], max_length=1000, description="Thay đổi nơi nhận. / Changed recipients."
    )
    is_content_changed: bool = Field(
        default=False, description="Nội dung có thay đổi. / The content changed."
    )
    replaced: list[ReplacedIn] = Field(
        default=[], max_length=100, description="Các văn bản bị thay thế. / What it replaces."
    )
