"""What the axis's wire refuses by itself, before any use case."""

from app.platform.errors import ForbiddenError, Invalid, RefusedError, UnauthenticatedError


class UnsignedError(UnauthenticatedError):
    """There is no sign-header that could be read."""

    slug = "vxp-unsigned"
    title = "Yêu cầu không có chữ ký"
    title_en = "The request is not signed"

    def __init__(self) -> None:
        super().__init__("Thiếu hoặc sai sign-header", "The sign-header is missing or unreadable")


class UnknownSystemIdError(UnauthenticatedError):
    """No system in force has the systemid."""

    slug = "vxp-unknown-system"
    title = "Hệ thống chưa đăng ký"
    title_en = "The system is not registered"

    def __init__(self) -> None:
        super().__init__("Hệ thống chưa đăng ký hoặc đã ngắt", "The system is not registered")


class WrongSenderError(ForbiddenError):
    """The header `from` is neither the system's own code nor a unit under its root."""

    slug = "vxp-wrong-sender"
    title = "Đơn vị gửi không đúng"
    title_en = "The sender is not the system's"

    def __init__(self, sender: str, system_id: str) -> None:
        super().__init__(
            f"Đơn vị gửi {sender} không đúng với mã đã đăng ký: {system_id}",
            f"The sender {sender} is not what was registered: {system_id}",
        )


class WrongHashError(RefusedError):
    """`hash-file` is missing, or not that of the body."""

    slug = "vxp-wrong-hash"
    title = "hash-file không khớp"
    title_en = "The hash-file does not match"

    def __init__(self) -> None:
        super().__init__(
            "hash-file thiếu hoặc không khớp nội dung", "hash-file is missing or another"
        )


class BadRecipientsError(RefusedError):
    """The header `to` is no list of recipients that the packet names."""

    slug = "vxp-bad-recipients"
    title = "Danh sách đơn vị nhận không đúng"
    title_en = "The recipients are wrong"

    def __init__(self) -> None:
        super().__init__(
            "Danh sách đơn vị nhận (to) không đọc được hoặc khác với gói tin",
            "The recipients (to) cannot be read, or are not the packet's",
        )


class WrongMessageTypeError(RefusedError):
    """`messagetype` says another kind of packet than came."""

    slug = "vxp-wrong-message-type"
    title = "messagetype không khớp gói tin"
    title_en = "The messagetype does not match"

    def __init__(self) -> None:
        super().__init__("messagetype không khớp gói tin", "messagetype is not the packet's")


class UnknownStateError(RefusedError):
    """`status` of updateStatus is none of the four."""

    slug = "vxp-unknown-state"
    title = "Trạng thái không đúng"
    title_en = "Unknown state"

    def __init__(self) -> None:
        super().__init__(
            "Trạng thái phải là initial, processing, done hoặc fail",
            "The status must be initial, processing, done or fail",
        )


class BadParameterError(RefusedError):
    """A parameter that the operation needs is missing or unreadable."""

    slug = "vxp-bad-parameter"
    title = "Tham số không đúng"
    title_en = "Bad parameter"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Thiếu hoặc sai tham số: {name}",
            f"A parameter is missing or wrong: {name}",
            errors=[Invalid(f"header/XroadVnpt-{name}", "thiếu hoặc sai", "missing or wrong")],
        )


class UnitNotYoursError(ForbiddenError):
    """The unit of the directory does not stand below the system's own."""

    slug = "unit-not-yours"
    title = "Đơn vị ngoài phạm vi của bạn"
    title_en = "The unit is not yours"

    def __init__(self, code: str) -> None:
        super().__init__(
            f"Hệ thống không được đăng ký hay xóa đơn vị {code}",
            f"The system may not register or delete unit {code}",
        )
