"""Where a forwarded call goes, and what is refused on the way there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import SplitResult, urlsplit

from app.broker.domain.carrying import Failing
from app.platform.errors import (
    ConflictError,
    ForbiddenError,
    Invalid,
    MalformedError,
    NotFoundError,
    UnavailableError,
)
from app.platform.plain_paths import is_plain_path

_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a call to a destination goes: to an origin, and what is asked for there."""

    dstcode: str
    origin: str
    path: str
    query: str


@dataclass(frozen=True, slots=True)
class Destination:
    """A service that may be reached: `dstcode` is how callers name it, `url` where it is."""

    dstcode: str
    url: str
    created_at: datetime
    closed_at: datetime | None = None

    def way(self, rest: str, query: str, provider_url: str | None) -> Way:
        """Return where a call goes; `rest` is the path behind `forward`, as it was sent.

        Raises:
            UnsafePathError: if the path could lead out of the registered place.
            ProviderUrlRefusedError: if `provider_url` does not lie at or under the registered URL.
        """
        ours = urlsplit(self.url)
        base = ours.path if provider_url is None else self._below(provider_url)
        check_path(rest)
        if not query.isascii() or not query.isprintable() or set(query) & set(" #"):
            raise UnsafePathError
        origin = f"{ours.scheme}://{ours.netloc}"
        return Way(self.dstcode, origin, f"{base.rstrip('/')}{rest}", query)

    def _below(self, wanted: str) -> str:
        """Return the path of a URL at or under ours."""
        try:
            ours, asked = urlsplit(self.url), urlsplit(wanted)
            is_there = _place(ours) == _place(asked)
        except ValueError:
            raise ProviderUrlRefusedError(self.dstcode) from None
        top = ours.path.rstrip("/")
        is_below = asked.path.rstrip("/") == top or asked.path.startswith(f"{top}/")
        if not (is_there and is_below) or asked.query or asked.fragment or asked.username:
            raise ProviderUrlRefusedError(self.dstcode)
        check_path(asked.path)
        return asked.path


def _place(url: SplitResult) -> tuple[str, str | None, int | None]:
    return url.scheme, url.hostname, url.port or _PORTS.get(url.scheme)


def check_path(path: str) -> None:
    """Demand a path that means the same to everybody who reads it.

    Raises:
        UnsafePathError: if it climbs, hides a slash, or has signs that a path may not have.
    """
    if not is_plain_path(path):
        raise UnsafePathError


class UnknownDestinationError(NotFoundError):
    """No destination in force has this code."""

    slug = "unknown-destination"
    title = "Không có điểm đến này"
    title_en = "Unknown destination"

    def __init__(self) -> None:
        super().__init__(
            "Không có điểm đến nào đã đăng ký mang mã dstcode này.",
            "No registered destination has this dstcode.",
            errors=[Invalid("query/dstcode", "chưa đăng ký", "not registered")],
        )


class DestinationTakenError(ConflictError):
    """A destination in force has the code already."""

    slug = "destination-taken"
    title = "Điểm đến đã có"
    title_en = "The destination is there already"

    def __init__(self, dstcode: str) -> None:
        super().__init__(
            f"Điểm đến {dstcode} đã được đăng ký.", f"Destination {dstcode} is registered."
        )


class MissingDestinationError(MalformedError):
    """`dstcode` is missing, or it or `providerurl` is given twice."""

    slug = "missing-destination"
    title = "Chưa rõ điểm đến"
    title_en = "The destination is not clear"

    def __init__(self) -> None:
        super().__init__(
            "Cần đúng một dstcode, và nhiều nhất một providerurl.",
            "Exactly one dstcode is wanted, and at most one providerurl.",
            errors=[Invalid("query/dstcode", "thiếu hoặc lặp", "missing or repeated")],
        )


class ProviderUrlRefusedError(ForbiddenError):
    """`providerurl` leads elsewhere than the destination was registered for."""

    slug = "provider-url-refused"
    title = "providerurl ngoài điểm đến đã đăng ký"
    title_en = "The providerurl is not the destination's"

    def __init__(self, dstcode: str) -> None:
        super().__init__(
            f"providerurl không nằm trong địa chỉ đã đăng ký của {dstcode}.",
            f"providerurl does not lie under what {dstcode} is registered for.",
            errors=[Invalid("query/providerurl", "ngoài địa chỉ đã đăng ký", "elsewhere")],
        )


class UnsafePathError(MalformedError):
    """The path climbs, hides a slash, or has signs that a path may not have."""

    slug = "unsafe-path"
    title = "Đường dẫn không an toàn"
    title_en = "The path is not safe"

    def __init__(self) -> None:
        super().__init__(
            "Đường dẫn không được có đoạn . hay .., đoạn rỗng, hay dấu gạch chéo mã hoá.",
            "A path may not have . or .. or empty segments, nor encoded slashes.",
        )


class DestinationUnavailableError(UnavailableError):
    """The destination did not answer as it should; `reason` is our own short word for it."""

    slug = "destination-unavailable"
    title = "Điểm đến chưa đáp ứng"
    title_en = "The destination did not answer"

    def __init__(self, dstcode: str, reason: Failing) -> None:
        super().__init__(
            f"Điểm đến {dstcode} chưa đáp ứng ({reason.label}).",
            f"Destination {dstcode} did not answer ({reason}).",
            extensions={"reason": reason.value},
        )
