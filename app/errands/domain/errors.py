"""Why an errand is refused."""

from app.errands.domain.kinds import State
from app.platform.errors import ConflictError, Invalid, NotFoundError, RefusedError


class UnknownErrandError(NotFoundError):
    """There is no such errand, or it is not the caller's."""

    slug = "unknown-errand"
    title = "Không có việc này"
    title_en = "Unknown errand"

    def __init__(self) -> None:
        super().__init__(
            "Không có việc gửi dịch vụ quốc gia nào mang mã này.",
            "No errand with a national service has this id.",
        )


class NumberTakenError(ConflictError):
    """An errand of this kind with the same number was placed before."""

    slug = "errand-number-taken"
    title = "Số hiệu đã dùng"
    title_en = "The number is taken"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Đã có việc cùng loại mang số hiệu này; dịch vụ quốc gia chỉ nhận mỗi số hiệu một lần.",
            "An errand of this kind has this number; the national service takes each one once.",
            errors=[Invalid(pointer, "đã dùng", "taken")],
        )


class EndedErrandError(ConflictError):
    """The errand is over."""

    slug = "errand-ended"
    title = "Việc đã kết thúc"
    title_en = "The errand is over"

    def __init__(self, state: State) -> None:
        super().__init__(
            f"Việc này đã kết thúc: {state.label}.",
            f"The errand is over: {state}.",
            extensions={"state": state.value},
        )


class NotCancellableError(ConflictError):
    """The errand was refused, or its cancellation is under way."""

    slug = "errand-not-cancellable"
    title = "Không huỷ được việc này"
    title_en = "The errand cannot be cancelled"

    def __init__(self) -> None:
        super().__init__(
            "Việc này đã bị từ chối, hoặc đang được huỷ.",
            "The errand was refused, or is being cancelled.",
        )


class ReturnWithoutResultError(RefusedError):
    """A record that is done is returned without what came of it."""

    slug = "judicial-return-without-result"
    title = "Thiếu kết quả"
    title_en = "The result is missing"

    def __init__(self) -> None:
        super().__init__(
            "Trạng thái này phải kèm kết quả xử lý.",
            "This status must carry the result.",
            errors=[Invalid("/result", "thiếu trường bắt buộc", "missing")],
        )


class NoPaperError(ConflictError):
    """The errand brought no paper, or none yet."""

    slug = "errand-without-paper"
    title = "Chưa có tệp kết quả"
    title_en = "There is no paper"

    def __init__(self) -> None:
        super().__init__("Việc này chưa có tệp kết quả.", "The errand brought no paper (yet).")


class FilesNotCarriedError(RefusedError):
    """The interface that is connected takes no files."""

    slug = "judicial-files-not-carried"
    title = "Không gửi được tệp"
    title_en = "No files are carried"

    def __init__(self) -> None:
        super().__init__(
            "Hệ thống lý lịch tư pháp đang kết nối không nhận tệp gửi kèm.",
            "The judicial system that is connected takes no files.",
            errors=[Invalid("/files", "không nhận tệp", "no files are taken")],
        )


class FileNotOfDossierError(RefusedError):
    """A file is not one that the errand's dossier names."""

    slug = "errand-file-not-of-dossier"
    title = "Tệp không thuộc hồ sơ"
    title_en = "The file is not the dossier's"

    def __init__(self, place: int) -> None:
        super().__init__(
            "Tệp gửi kèm phải là tệp mà hồ sơ đã nêu.",
            "A file that goes with it must be one that the dossier names.",
            errors=[Invalid(f"/files/{place}/file_id", "không thuộc hồ sơ", "not the dossier's")],
        )


class FilesTooLargeError(RefusedError):
    """The files do not go into one message."""

    slug = "errand-files-too-large"
    title = "Tệp quá lớn"
    title_en = "The files are too large"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"Các tệp gửi kèm vượt quá {limit} byte.",
            f"The files are over {limit} bytes.",
            errors=[Invalid("/files", "quá lớn", "too large")],
            extensions={"limit": limit},
        )
