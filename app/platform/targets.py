"""Which addresses this server may be sent to by somebody who can set a URL (SSRF).

A URL names its host in one way only: a dotted-quad IPv4 address, an IPv6 address in brackets, or
a DNS name. What a name resolves to is judged when it is called, by `may_reach`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from app.platform.errors import Invalid, RefusedError
from app.platform.plain_paths import is_plain_path

Address = IPv4Address | IPv6Address

_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_NUMBER: Final = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
_PRIVATE_NAMES: Final = frozenset({
    "localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan",
    "arpa", "onion", "test", "invalid",
})  # fmt: skip
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_TRANSLATED: Final = tuple(map(IPv6Network, ("2001::/23", "2002::/16", "3fff::/20")))
_NOT_PUBLIC: Final = (
    IPv4Network("192.0.0.0/24"),  # protocols of their own; a cloud has its metadata there
    IPv4Network("192.88.99.0/24"),  # relays into IPv6
    IPv4Network("168.63.129.16/32"),  # a cloud's own services, at a public address
)
_LONGEST: Final = 2000
_LONGEST_NAME: Final = 253
_ISATAP: Final = {"00005efe", "02005efe"}


_REASONS: Final = {
    "not-public": "không phải địa chỉ công khai",
    "parts": "không ghi tài khoản, truy vấn hay phần sau dấu #",
    "private-name": "tên chỉ có trong mạng riêng",
    "scheme": "phải bắt đầu bằng http hoặc https",
    "spelling": "viết không đúng quy cách",
}


class UnsafeTargetError(RefusedError):
    """A URL leads where this server must not be sent; `reason` is our own short word for it."""

    slug = "unsafe-target"
    title = "Địa chỉ không được phép gọi"
    title_en = "The target may not be called"

    def __init__(self, pointer: str, reason: str) -> None:
        super().__init__(
            "Địa chỉ phải là http(s)://máy-chủ[:cổng][/đường-dẫn] công khai, hoặc trong mạng mà "
            "quản trị viên đã cho phép.",
            "The address must be http(s)://host[:port][/path], public or in a network that the "
            "administrator allows.",
            errors=[
                Invalid(pointer, f"không được phép: {_REASONS[reason]}", f"not allowed ({reason})")
            ],
            extensions={"reason": reason},
        )


@dataclass(frozen=True, slots=True)
class Targets:
    """What may be called: public addresses, and those in `networks` that are not public."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def within(cls, networks: Iterable[str]) -> "Targets":
        """Return the rule that allows these networks beside what is public.

        Raises:
            ValueError: if one is no network.
        """
        return cls(tuple(map(ip_network, networks)))

    def check(self, url: str, *, pointer: str) -> None:
        """Demand that a URL may be called; `pointer` is where it stood.

        Raises:
            UnsafeTargetError: if it may not.
        """
        reason = self.why_not(url)
        if reason is not None:
            raise UnsafeTargetError(pointer, reason)

    def why_not(self, url: str) -> str | None:
        """Return why a URL may not be called; None if it may."""
        is_written = url.isascii() and url.isprintable() and len(url) <= _LONGEST
        if not is_written or any(sign in url for sign in ' \\"<>^`{|}'):
            return "spelling"
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return "spelling"
        return _why_malformed(url, parts, port) or self._why_not_host(parts)

    def may_reach(self, address: str) -> bool:
        """Tell whether an address, as a resolver gives it, may be connected to."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        return is_public(found) or any(found in network for network in self.networks)

    def _why_not_host(self, parts: SplitResult) -> str | None:
        """Judge the host as it is written: no number may be read as another address."""
        host = parts.hostname or ""
        if "[" in parts.netloc:
            is_v6 = "%" not in host and ":" in host
            return None if is_v6 and self._may_name(host) else "not-public"
        labels = host.split(".")
        if _NUMBER.fullmatch(labels[-1]):
            return self._why_not_number(host)
        if len(host) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)):
            return "spelling"
        is_private = len(labels) == 1 or labels[-1] in _PRIVATE_NAMES
        return "private-name" if is_private and not self._may_name_host(host) else None

    def _why_not_number(self, host: str) -> str | None:
        try:
            IPv4Address(host)
        except ValueError:
            return "spelling"
        return None if self._may_name(host) else "not-public"

    def _may_name(self, host: str) -> bool:
        """Judge a written address; an IPv4 address inside an IPv6 one is a disguise."""
        try:
            found = ip_address(host)
        except ValueError:
            return False
        return is_public(found) or any(found in network for network in self.networks)

    def _may_name_host(self, host: str) -> bool:
        """Names of one's own network resolve there: whoever allows one allows its names."""
        if host == "localhost" or host.endswith(".localhost"):
            return self.may_reach("127.0.0.1")
        return bool(self.networks)


def _why_malformed(url: str, parts: SplitResult, port: int | None) -> str | None:
    if parts.scheme not in {"http", "https"}:
        return "scheme"
    if "@" in parts.netloc or any(sign in url for sign in "?#"):
        return "parts"
    is_whole = bool(parts.hostname) and port != 0 and not parts.netloc.endswith(":")
    return None if is_whole and is_plain_path(parts.path) else "spelling"


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the public internet, and to nothing special in it.

    Of IPv6 that is global unicast without what carries an IPv4 address inside.
    """
    if isinstance(address, IPv4Address):
        is_special = address.is_multicast or any(address in one for one in _NOT_PUBLIC)
        return address.is_global and not is_special
    if address not in _GLOBAL_UNICAST or any(address in one for one in _TRANSLATED):
        return False
    interface = address.packed[8:12].hex()
    return address.is_global and interface not in _ISATAP
