"""Why an act on a document is refused."""

from collections.abc import Sequence

from app.codes import AgencyCode, DocumentId
from app.platform.errors import (
    ConflictError,
    ForbiddenError,
    Invalid,
    NotFoundError,
    RefusedError,
    UnavailableError,
)


class UnknownDocumentError(NotFoundError):
    """No document with this id was sent or received by the caller's member or one below it."""

    slug = "unknown-document"
    title = "Không tìm thấy văn bản"
    title_en = "Unknown document"

    def __init__(self) -> None:
        super().__init__(
            "Không có văn bản mang mã này trong phạm vi của bạn.",
            "There is no document with this id that is yours.",
        )


class UnknownAttachmentError(NotFoundError):
    """The document has no attachment of this number."""

    slug = "unknown-attachment"
    title = "Không có tệp đính kèm này"
    title_en = "Unknown attachment"

    def __init__(self) -> None:
        super().__init__(
            "Văn bản không có tệp đính kèm mang số thứ tự này.",
            "The document has no attachment of this number.",
        )


class ExaminersBusyError(UnavailableError):
    """Too many wait already for their signatures to be looked at."""

    slug = "examiners-busy"
    title = "Đang kiểm tra quá nhiều chữ ký"
    title_en = "Too many signatures are being checked"

    def __init__(self) -> None:
        super().__init__(
            "Xin gửi lại yêu cầu này sau ít giây.",
            "Send this request again in a few seconds.",
            retry_after=5,
        )


class UnfinishedDocumentError(ConflictError):
    """The document is still under way at a recipient, or was taken back from it."""

    slug = "unfinished-document"
    title = "Văn bản chưa kết thúc"
    title_en = "The document is not finished"

    def __init__(self, codes: Sequence[str]) -> None:
        names = ", ".join(codes)
        super().__init__(
            f"Chưa nộp lưu được: văn bản chưa hoàn thành hoặc đã bị thu hồi tại {names}.",
            f"Cannot go to the archive: not finished, or taken back, at {names}.",
        )


class DuplicateDocumentError(ConflictError):
    """The sender sent another packet with the same DocumentId before."""

    slug = "duplicate-document"
    title = "Mã định danh văn bản đã được dùng"
    title_en = "Duplicate document id"

    def __init__(self, document_id: DocumentId, first_id: str, pointer: str) -> None:
        super().__init__(
            f"Văn bản {document_id} đã gửi với nội dung khác, mã {first_id}; "
            "văn bản mới phải có mã định danh mới.",
            f"Document {document_id} was sent with another content as {first_id}; "
            "a new document needs a new id.",
            errors=[Invalid(pointer, "mã đã được dùng", "the id is taken")],
            extensions={"document_id": str(document_id), "first_id": first_id},
        )


class PacketIsStatusError(RefusedError):
    """A status packet was sent where a document is wanted."""

    slug = "packet-is-status"
    title = "Gói tin là trạng thái, không phải văn bản"
    title_en = "The packet is a status"

    def __init__(self) -> None:
        super().__init__(
            "Gói tin này báo trạng thái; hãy gửi trạng thái tới /v1/documents/{id}/statuses.",
            "This packet tells a status; report statuses to /v1/documents/{id}/statuses.",
            errors=[Invalid("/", "không phải văn bản", "not a document")],
        )


class ForbiddenStatusError(ConflictError):
    """The document's present status at this recipient does not allow the wanted one."""

    slug = "forbidden-status"
    title = "Không chuyển được trạng thái văn bản"
    title_en = "Forbidden status"

    def __init__(self, present: str | None, wanted: str, allowed: Sequence[str]) -> None:
        following = ", ".join(allowed) or "không mã nào"
        following_en = ", ".join(allowed) or "none"
        super().__init__(
            f"Sau trạng thái {present or 'đã gửi'} không thể là {wanted}; chỉ có thể là: "
            f"{following}.",
            f"{wanted} cannot follow {present or 'sent'}; what can: {following_en}.",
            errors=[Invalid("/code", "không được phép lúc này", "not allowed now")],
            extensions={"present": present, "wanted": wanted},
        )


class ReasonNeededError(RefusedError):
    """This status must say why."""

    slug = "reason-needed"
    title = "Thiếu lý do"
    title_en = "A reason is needed"

    def __init__(self, code: str) -> None:
        super().__init__(
            f"Trạng thái {code} phải có lý do.",
            f"Status {code} needs a reason.",
            errors=[Invalid("/reason", "thiếu trường bắt buộc", "missing")],
        )


class StatusNotYoursError(ForbiddenError):
    """The status is the other party's to report."""

    slug = "status-not-yours"
    title = "Trạng thái này do bên kia báo"
    title_en = "This status is the other party's"

    def __init__(self, code: str, *, is_senders: bool) -> None:
        party, party_en = ("gửi", "sender") if is_senders else ("nhận", "recipient")
        super().__init__(
            f"Chỉ bên {party} văn bản được báo trạng thái {code}.",
            f"Only the {party_en} of a document reports status {code}.",
            errors=[
                Invalid("/code", f"là của bên {party}", f"belongs to the {party_en}"),
            ],
        )


class RecipientNeededError(RefusedError):
    """Several recipients are possible: the request must name one."""

    slug = "recipient-needed"
    title = "Chưa rõ đơn vị nhận"
    title_en = "A recipient must be named"

    def __init__(self, codes: Sequence[str]) -> None:
        names = ", ".join(codes)
        super().__init__(
            f"Hãy ghi recipient, một trong: {names}.",
            f"Name the recipient, one of: {names}.",
            errors=[Invalid("/recipient", "thiếu trường bắt buộc", "missing")],
        )


class WrongRecipientError(RefusedError):
    """The named unit is no recipient of the document that the caller may speak of."""

    slug = "wrong-recipient"
    title = "Không phải đơn vị nhận"
    title_en = "Not a recipient"

    def __init__(self, code: AgencyCode) -> None:
        super().__init__(
            f"{code} không phải đơn vị nhận văn bản này trong phạm vi của bạn.",
            f"{code} is not a recipient of this document that is yours.",
            errors=[Invalid("/recipient", "không phải đơn vị nhận", "not a recipient")],
        )


class UnknownMailError(NotFoundError):
    """No delivery with this id lies in the caller's inbox."""

    slug = "unknown-delivery"
    title = "Không có gói tin này"
    title_en = "Unknown delivery"

    def __init__(self) -> None:
        super().__init__(
            "Không có gói tin mang mã này trong hộp đến của bạn.",
            "No delivery with this id is in your inbox.",
        )
