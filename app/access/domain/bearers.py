"""Opaque tokens, and the ways besides plain OAuth2 in which a client may prove itself."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.codes import AgencyCode
from app.platform.errors import ConflictError, NotFoundError, RefusedError


class Style(StrEnum):
    """A way of NGSP's own clients (ngsp.md a.1), given to a client one by one.

    Without any it speaks plain OAuth2: HTTP Basic or form fields, as RFC 6749 §2.3.1 has it.
    """

    MISSPELT_HEADER = "misspelt-header"
    STATIC_BEARER = "static-bearer"
    ACCESS_TOKEN_HEADER = "lgspaccesstoken"  # noqa: S105 -- the name of a header
    AUTH_HEADER = "auth-header"
    PASSWORD = "password"  # noqa: S105 -- the name of a grant


class Kind(StrEnum):
    """What an opaque token is: handed out for credentials, or kept for long and shown once."""

    ISSUED = "issued"
    STATIC = "static"


@dataclass(frozen=True, slots=True)
class Bearer:
    """An opaque token of a client; kept as its hash. `scopes` are a part of the client's."""

    id: str
    client_id: str
    kind: Kind
    name: str
    scopes: frozenset[str]
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def seconds_left(self, now: datetime) -> int:
        """Return for how many whole seconds it is good."""
        return max(0, int((self.expires_at - now).total_seconds()))


@dataclass(frozen=True, slots=True)
class Account:
    """A name and password that a client sends along with its own credentials."""

    client_id: str
    username: str
    created_at: datetime
    revoked_at: datetime | None = None


class UnknownStyleError(RefusedError):
    """A way of proving that does not exist was asked for."""

    slug = "unknown-token-style"
    title = "Kiểu lấy mã không tồn tại"
    title_en = "Unknown token style"

    def __init__(self, style: str) -> None:
        super().__init__(f"Không có kiểu {style!r}.", f"There is no style {style!r}.")


class StyleNotGivenError(RefusedError):
    """The client may not prove itself in this way."""

    slug = "token-style-not-given"
    title = "Ứng dụng chưa được phép dùng kiểu này"
    title_en = "The client was not given this style"

    def __init__(self, style: Style) -> None:
        super().__init__(
            f"Ứng dụng chưa được phép dùng kiểu {style}.",
            f"The client was not given the style {style}.",
        )


class UnknownBearerError(NotFoundError):
    """No long-lived token has this id."""

    slug = "unknown-bearer"
    title = "Không có khoá này"
    title_en = "Unknown token"

    def __init__(self) -> None:
        super().__init__("Không có khoá nào mang mã này.", "No token has this id.")


class AccountTakenError(ConflictError):
    """The client has an account of this name, perhaps a revoked one."""

    slug = "account-taken"
    title = "Tên tài khoản đã có"
    title_en = "The account is there already"

    def __init__(self, username: str) -> None:
        super().__init__(
            f"Ứng dụng đã có tài khoản {username!r}.", f"The client has the account {username!r}."
        )


class UnknownAccountError(NotFoundError):
    """The client has no account of this name."""

    slug = "unknown-account"
    title = "Không có tài khoản này"
    title_en = "Unknown account"

    def __init__(self) -> None:
        super().__init__("Ứng dụng không có tài khoản này.", "The client has no such account.")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a good opaque token says of whoever shows it."""

    bearer: Bearer
    member: AgencyCode
    styles: frozenset[Style]

    @property
    def is_usable(self) -> bool:
        """Whether calls may be made with it: a long-lived one only while its style is given."""
        return self.bearer.kind is Kind.ISSUED or Style.STATIC_BEARER in self.styles
