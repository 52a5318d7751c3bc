"""Who may call through the portal's wire, and why a call is refused."""

from dataclasses import dataclass
from datetime import datetime

from app.platform.errors import (
    ConflictError,
    MalformedError,
    NotFoundError,
    RefusedError,
    UnauthenticatedError,
)


@dataclass(frozen=True, slots=True)
class Account:
    """A provincial system's own name and password at `/mapi/login`; it acts as one client."""

    username: str
    client_id: str
    created_at: datetime
    revoked_at: datetime | None = None


class LoginRefusedError(UnauthenticatedError):
    """The name or the password is wrong, or the account is revoked."""

    slug = "portal-login-refused"
    title = "Đăng nhập không thành công"
    title_en = "Login refused"

    def __init__(self) -> None:
        super().__init__(
            "Tên đăng nhập hoặc mật khẩu không đúng", "The name or the password is wrong."
        )


class SessionEndedError(UnauthenticatedError):
    """The session does not exist, or has ended."""

    slug = "portal-session-ended"
    title = "Phiên làm việc đã hết"
    title_en = "The session has ended"

    def __init__(self) -> None:
        super().__init__(
            "Phiên làm việc không đúng hoặc đã hết hạn", "The session is wrong or has ended."
        )


class NotAnObjectError(MalformedError):
    """The body is no JSON object."""

    slug = "portal-not-an-object"
    title = "Nội dung không phải đối tượng JSON"
    title_en = "The body is no JSON object"

    def __init__(self) -> None:
        super().__init__("Nội dung không phải một đối tượng JSON", "The body is no JSON object.")


class UnknownServiceError(RefusedError):
    """The portal has no such service."""

    slug = "portal-unknown-service"
    title = "Không có dịch vụ này"
    title_en = "No such service"

    def __init__(self) -> None:
        super().__init__("Không có dịch vụ này", "There is no such service.")


class InvalidRecordError(RefusedError):
    """Data of a call does not fit its description; the words name each place."""

    slug = "portal-invalid-data"
    title = "Dữ liệu không hợp lệ"
    title_en = "The data is not valid"

    def __init__(self, places: str) -> None:
        super().__init__(f"Dữ liệu không hợp lệ: {places}", "The data does not fit; see detail.")


class NotHeldHereError(NotFoundError):
    """The address names no file that is held here and is the caller's: no other is fetched."""

    slug = "portal-file-not-held"
    title = "Không có tệp này"
    title_en = "No such file"

    def __init__(self) -> None:
        super().__init__(
            "DuongDan: không phải tệp do hệ thống này giữ trong phạm vi của bạn",
            "DuongDan names no file that is held here and is yours.",
        )


class NotConnectedError(RefusedError):
    """No national portal is connected here, so a call cannot be passed on."""

    slug = "portal-not-connected"
    title = "Chưa kết nối Cổng Dịch vụ công quốc gia"
    title_en = "The national portal is not connected"

    def __init__(self) -> None:
        super().__init__(
            "Hệ thống chưa kết nối Cổng Dịch vụ công quốc gia",
            "The national portal is not connected here.",
        )


class PushRefusedError(UnauthenticatedError):
    """A push does not carry the secret that this gateway shares with the nation."""

    slug = "portal-push-refused"
    title = "Không nhận hồ sơ từ nguồn này"
    title_en = "The push is refused"

    def __init__(self) -> None:
        super().__init__(
            "Thiếu hoặc sai khoá của Cổng Dịch vụ công quốc gia",
            "The national portal's secret is missing or wrong.",
        )


class NoTechIdError(RefusedError):
    """The nation knows no account of the tax code in a promotion notice."""

    slug = "portal-no-account"
    title = "Không tra được tài khoản quốc gia"
    title_en = "No national account"

    def __init__(self) -> None:
        super().__init__(
            "MaSoThue: không tra được TechID của thương nhân",
            "No national account has this tax code.",
        )


class UnmappedProcedureError(RefusedError):
    """Nobody here receives promotion notices of a procedure."""

    slug = "portal-unmapped-procedure"
    title = "Thủ tục chưa được ánh xạ"
    title_en = "The procedure is not mapped"

    def __init__(self, code: str) -> None:
        super().__init__(
            f"MaTTHC: chưa ánh xạ thủ tục {code}", f"Nobody here receives notices of {code}."
        )


class AccountTakenError(ConflictError):
    """An account has this name already."""

    slug = "portal-account-taken"
    title = "Tên đăng nhập đã có"
    title_en = "The name is taken"

    def __init__(self) -> None:
        super().__init__("Tên đăng nhập này đã có.", "An account has this name already.")


class UnknownAccountError(NotFoundError):
    """No account has this name."""

    slug = "portal-unknown-account"
    title = "Không có tài khoản này"
    title_en = "Unknown account"

    def __init__(self) -> None:
        super().__init__("Không có tài khoản mang tên này.", "No account has this name.")
