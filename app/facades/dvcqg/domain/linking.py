"""The portal's deep link: which page it may lead to, and why it leads nowhere."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode, urlsplit

from app.codes import AgencyCode, ProcedureCode
from app.platform.errors import NotFoundError, RefusedError

_SERVICE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,59}", re.ASCII)
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST: Final = 1000


class UnsafePageError(RefusedError):
    """An address cannot be a filing page: citizens would be led astray, or over an open line."""

    slug = "unsafe-filing-page"
    title = "Địa chỉ trang nộp hồ sơ không hợp lệ"
    title_en = "Not the address of a filing page"

    def __init__(self) -> None:
        super().__init__(
            "Trang nộp hồ sơ phải là https://máy[:cổng][/đường-dẫn], không kèm gì khác.",
            "A filing page is https://host[:port][/path] and nothing else.",
        )


class BrokenLinkError(RefusedError):
    """The link lacks a parameter, or one has no form that it could have."""

    slug = "portal-link-broken"
    title = "Liên kết không đầy đủ"
    title_en = "The link is broken"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Liên kết thiếu hoặc sai tham số {name}.",
            f"The link's parameter {name} is missing or wrong.",
        )


class UnknownServiceLinkError(NotFoundError):
    """No procedure or agency of ours has the code in the link."""

    slug = "portal-link-unknown"
    title = "Không tìm thấy thủ tục hoặc cơ quan"
    title_en = "Unknown procedure or agency"

    def __init__(self, what: str, what_en: str) -> None:
        super().__init__(
            f"Liên kết dẫn đến một {what} không có trong danh mục của tỉnh.",
            f"The link leads to {what_en} that the province does not have.",
        )


class NoFilingPageError(NotFoundError):
    """No one-stop system takes dossiers online for the agency in the link."""

    slug = "portal-link-no-page"
    title = "Chưa nhận hồ sơ trực tuyến"
    title_en = "No filing page"

    def __init__(self) -> None:
        super().__init__(
            "Cơ quan này chưa có trang nộp hồ sơ trực tuyến; vui lòng nộp tại bộ phận một cửa.",
            "This agency has no filing page; please file at its counter.",
        )


@dataclass(frozen=True, slots=True)
class FilingPage:
    """Where a citizen files for an agency and all below it.

    Raises:
        UnsafePageError: if its address may not be one.
    """

    agency: AgencyCode
    url: str
    registered_at: datetime

    def __post_init__(self) -> None:
        if not _is_page(self.url):
            raise UnsafePageError

    def for_link(self, link: "Link", agency: AgencyCode) -> str:
        """Return its address with what the portal said, the agency in its code of today."""
        return f"{self.url}?{urlencode(link.said() | {'MaCoQuanThucHien': str(agency)})}"


@dataclass(frozen=True, slots=True)
class Link:
    """What the portal says when it leads a citizen here; `service` is the online service's code."""

    procedure: ProcedureCode
    agency: AgencyCode
    service: str
    comes_from_portal: bool

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Link":
        """Read a link's parameters.

        Raises:
            BrokenLinkError: names the first that is missing or wrong.
        """
        try:
            procedure = ProcedureCode(said.get("MaTTHCDP", ""))
        except ValueError:
            raise BrokenLinkError("MaTTHCDP") from None
        try:
            agency = AgencyCode(said.get("MaCoQuanThucHien", ""))
        except ValueError:
            raise BrokenLinkError("MaCoQuanThucHien") from None
        service = said.get("MaDVC", "")
        if service and _SERVICE.fullmatch(service) is None:
            raise BrokenLinkError("MaDVC")
        if said.get("vnconnect", "") not in {"", "0", "1"}:
            raise BrokenLinkError("vnconnect")
        return cls(procedure, agency, service, said.get("vnconnect") == "1")

    def said(self) -> dict[str, str]:
        """Return its parameters."""
        told = {"vnconnect": "1" if self.comes_from_portal else "0", "MaTTHCDP": self.procedure}
        told["MaCoQuanThucHien"] = self.agency
        return told | ({"MaDVC": self.service} if self.service else {})


@dataclass(frozen=True, slots=True)
class SignOn:
    """Where signing on begins, and who we are there."""

    authorize_url: str
    client_id: str
    redirect_uri: str

    def beginning(self, page: str) -> str:
        """Return the address at which signing on begins; `state` is the page in base64."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "openid",
            "acr_values": "LoA1",
            "state": base64.b64encode(page.encode()).decode(),
        }
        return f"{self.authorize_url}?{urlencode(asked)}"


def _is_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError:
        return False
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    is_clean = url.isascii() and url.isprintable() and not set(url) & set(' "<>\\?#@')
    is_private = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
    has_host = bool(parts.hostname) and has_port
    return is_plain and is_clean and has_host and is_private and len(url) <= _LONGEST
