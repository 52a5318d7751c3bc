"""Why a document of a certain business is refused, or can be read no more."""

from app.codes import AgencyCode, DocumentId
from app.documents.domain.withdrawal import Cause
from app.platform.errors import ConflictError, GoneError, Invalid, RefusedError


class WithdrawnError(GoneError):
    """The recipient's copy was withdrawn: record and history stay, the content is not given."""

    slug = "document-withdrawn"
    title = "Văn bản đã được thu hồi"
    title_en = "The document is withdrawn"

    def __init__(self, cause: Cause, by: str) -> None:
        super().__init__(
            f"Văn bản {cause.label}; nội dung không còn đọc được, diễn biến vẫn được lưu.",
            f"The document {cause.label_en}; its content is not given any more, "
            "its history is kept.",
            extensions={"cause": cause.value, "by": by},
        )


class StateSecretError(RefusedError):
    """The metadata say that the content is a state secret (QĐ 28/2018, đ.1.2)."""

    slug = "state-secret"
    title = "Không gửi bí mật nhà nước"
    title_en = "State secrets are not sent"

    def __init__(self) -> None:
        super().__init__(
            "Văn bản có nội dung bí mật nhà nước không được gửi qua hệ thống này.",
            "A document whose content is a state secret is not sent through this system.",
            errors=[Invalid("/state_secret", "bí mật nhà nước", "a state secret")],
        )


class DuplicateSymbolError(ConflictError):
    """The sender sent another document with the same number and notation this year."""

    slug = "duplicate-symbol"
    title = "Số và ký hiệu đã được dùng trong năm"
    title_en = "Number and notation are taken"

    def __init__(self, ids: tuple[DocumentId, DocumentId], first_id: str, pointer: str) -> None:
        new, first = ids
        super().__init__(
            f"Số và ký hiệu của văn bản {new} đã dùng trong năm cho văn bản {first}, "
            f"mã {first_id}, với nội dung khác.",
            f"Number and notation of {new} were used this year for {first} ({first_id}), "
            "with another content.",
            errors=[Invalid(pointer, "số và ký hiệu đã được dùng", "the symbol is taken")],
            extensions={
                "document_id": str(new),
                "first_document_id": str(first),
                "first_id": first_id,
            },
        )


class OriginalNeededError(RefusedError):
    """A replacement does not say which documents it replaces."""

    slug = "original-needed"
    title = "Chưa nêu văn bản gốc"
    title_en = "The original is not named"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Thu hồi, cập nhật và thay thế phải nêu văn bản gốc.",
            "A revocation, an update and a replacement name their original.",
            errors=[Invalid(pointer, "thiếu trường bắt buộc", "missing")],
        )


class UnknownOriginalError(RefusedError):
    """The document to revoke, update or replace was not sent by this sender."""

    slug = "unknown-original"
    title = "Không có văn bản gốc"
    title_en = "Unknown original"

    def __init__(self, document_id: DocumentId, pointer: str) -> None:
        super().__init__(
            f"Đơn vị gửi chưa gửi văn bản {document_id} qua hệ thống này.",
            f"The sender has not sent {document_id} through this system.",
            errors=[Invalid(pointer, "không tìm thấy văn bản gốc", "no such original")],
        )


class NotItsRecipientError(RefusedError):
    """An update drops, or a replacement names, an agency that never had the original."""

    slug = "not-its-recipient"
    title = "Không phải đơn vị nhận văn bản gốc"
    title_en = "Not a recipient of the original"

    def __init__(self, agency: AgencyCode, pointer: str) -> None:
        super().__init__(
            f"{agency} không nhận văn bản gốc.",
            f"{agency} did not receive the original.",
            errors=[Invalid(pointer, "không nhận văn bản gốc", "did not receive the original")],
        )


class BusinessReasonNeededError(RefusedError):
    """A revocation, an update or a replacement must say why."""

    slug = "business-reason-needed"
    title = "Thiếu lý do"
    title_en = "A reason is needed"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Thu hồi, cập nhật và thay thế phải có lý do.",
            "A revocation, an update and a replacement need a reason.",
            errors=[Invalid(pointer, "thiếu trường bắt buộc", "missing")],
        )
