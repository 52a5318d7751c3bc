"""Why a file, or the reuse of an earlier paper, is refused."""

from collections.abc import Sequence

from app.platform.errors import Invalid, NotFoundError, RefusedError, UnsupportedError


class FileKindError(UnsupportedError):
    """The bytes of an upload are of no kind that is taken, whatever they are declared as."""

    slug = "file-kind-not-taken"
    title = "Loại tệp không được nhận"
    title_en = "This kind of file is not taken"

    def __init__(self, kinds: Sequence[str]) -> None:
        names = ", ".join(kinds)
        super().__init__(
            f"Nội dung tệp không thuộc các loại được nhận: {names}.",
            f"The file's content is none of the kinds that are taken: {names}.",
            errors=[Invalid("/file", "loại tệp không được nhận", "not a kind that is taken")],
        )


class UnknownFileError(NotFoundError):
    """No file of the caller's member, or of one below it, has this id."""

    slug = "unknown-file"
    title = "Không tìm thấy tệp"
    title_en = "Unknown file"

    def __init__(self) -> None:
        super().__init__(
            "Không có tệp mang mã này trong phạm vi của bạn.",
            "There is no file with this id that is yours.",
        )


class UnusableFileError(RefusedError):
    """A paper names a file that does not exist, is not the caller's, or is another dossier's."""

    slug = "file-not-usable"
    title = "Không dùng được tệp này"
    title_en = "The file cannot be named here"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Tệp không tồn tại, không thuộc phạm vi của bạn hoặc đã thuộc hồ sơ khác.",
            "The file does not exist, is not yours, or belongs to another dossier.",
            errors=[Invalid(f"{pointer}/file_id", "không dùng được", "not usable")],
        )


class NotReusableError(RefusedError):
    """An earlier paper cannot stand in: unknown, of another owner, or without consent."""

    slug = "not-reusable"
    title = "Không tái sử dụng được giấy tờ này"
    title_en = "The earlier paper cannot be reused"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Giấy tờ đã có không tồn tại, không phải của chủ hồ sơ này, hoặc chưa có lần tìm kết "
            "quả kèm đồng ý của chủ hồ sơ còn hiệu lực.",
            "The earlier paper does not exist, is not this owner's, or there is no recent search "
            "with the owner's consent.",
            errors=[Invalid(f"{pointer}/reuses", "không tái sử dụng được", "not reusable")],
        )


class ConsentAheadError(RefusedError):
    """The owner's consent is dated in the future."""

    slug = "consent-in-the-future"
    title = "Thời điểm đồng ý ở tương lai"
    title_en = "The consent lies in the future"

    def __init__(self) -> None:
        super().__init__(
            "Chủ thể dữ liệu phải đồng ý trước khi tìm.",
            "The person must have consented before the search.",
            errors=[Invalid("/consent/given_at", "ở tương lai", "in the future")],
        )
