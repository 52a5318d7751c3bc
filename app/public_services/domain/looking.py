"""Looking without an account: how often one may, and the one answer to whatever is not shown."""

from datetime import datetime
from ipaddress import IPv6Address, ip_address
from typing import Final

from app.platform.errors import (
    NotFoundError,
    TooManyError,
    UnauthenticatedError,
    UnavailableError,
)

_MINUTE: Final = 60
_NETWORK: Final = 64
"""An IPv6 subscriber holds a network of this prefix: its addresses count as one."""


class NotShownError(NotFoundError):
    """No dossier with this code is shown to who asks."""

    slug = "status-not-shown"
    title = "Không tra cứu được hồ sơ"
    title_en = "No status to show"

    def __init__(self) -> None:
        super().__init__(
            "Mã hồ sơ hoặc mã tra cứu không đúng; gửi mã tra cứu ở tiêu đề X-Tracking-Code, hoặc "
            "id_token của chủ hồ sơ ở tiêu đề Authorization.",
            "The dossier code or the tracking code is wrong; send the latter as X-Tracking-Code, "
            "or the owner's id_token as Authorization.",
        )


class SignOnUnavailableError(UnavailableError):
    """Nobody can tell now whether an account is good."""

    slug = "sign-on-unavailable"
    title = "Chưa xác minh được tài khoản"
    title_en = "The account cannot be verified now"

    def __init__(self) -> None:
        super().__init__(
            "Chưa xác minh được tài khoản; xin thử lại sau, hoặc dùng mã tra cứu.",
            "The account cannot be verified now; try again later, or use the tracking code.",
            retry_after=30,
        )


class SignOnNotOfferedError(NotFoundError):
    """Nobody can sign in here."""

    slug = "sign-on-not-offered"
    title = "Chưa có đăng nhập"
    title_en = "Signing in is not offered"

    def __init__(self) -> None:
        super().__init__(
            "Trang này chưa kết nối đăng nhập; xin dùng mã tra cứu ghi trên giấy hẹn.",
            "Signing in is not connected here; use the tracking code of the receipt.",
        )


class SignInFailedError(UnauthenticatedError):
    """Who comes back from signing in is not who was sent, or was not let in."""

    slug = "sign-in-failed"
    title = "Đăng nhập không thành công"
    title_en = "Signing in failed"

    def __init__(self) -> None:
        super().__init__(
            "Đăng nhập không thành công hoặc đã quá lâu; xin đăng nhập lại.",
            "Signing in failed or took too long; sign in again.",
        )


class TooManyLooksError(TooManyError):
    """One address asks for statuses too often."""

    slug = "too-many-looks"
    title = "Tra cứu quá nhiều lần"
    title_en = "Too many looks"

    def __init__(self, wait: int) -> None:
        super().__init__(
            f"Xin thử lại sau {wait} giây.", f"Try again in {wait} seconds.", retry_after=wait
        )


class Looks:
    """Counts the looks of each address in the present minute.

    It lives in one process and keeps at most `kept` addresses; when there are more, those that
    came first are forgotten.
    """

    def __init__(self, per_minute: int, *, kept: int = 50_000) -> None:
        self._per_minute = per_minute
        self._kept = kept
        self._minute = 0
        self._counted: dict[str, int] = {}

    def take(self, address: str, now: datetime) -> None:
        """Count one look.

        Raises:
            TooManyLooksError: if the address has used up its minute.
        """
        minute, second = divmod(int(now.timestamp()), _MINUTE)
        if minute != self._minute:
            self._minute, self._counted = minute, {}
        who = _network_of(address)
        number = self._counted.get(who, 0)
        if number >= self._per_minute:
            raise TooManyLooksError(_MINUTE - second)
        if who not in self._counted and len(self._counted) >= self._kept:
            del self._counted[next(iter(self._counted))]
        self._counted[who] = number + 1


def _network_of(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(int(found) >> (128 - _NETWORK))
    return str(found)
