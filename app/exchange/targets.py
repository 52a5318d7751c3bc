"""Where others may have us call: public addresses only, unless it is set otherwise.

A name is judged by the addresses it resolves to at the moment of the call, and the call goes to
those very addresses: a name that changes its mind in between gains nothing.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import AF_INET, AddressFamily
from typing import Final
from urllib.parse import SplitResult, urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from typing_extensions import override

_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
_LOCAL_NAMES: Final = ("localhost", "local", "internal", "lan", "home.arpa", "localdomain")
_LONGEST: Final = 2000


class TargetRefusedError(ValueError):
    """An address that we do not call."""


def check_target(url: str, *, allow_private: bool) -> None:
    """Demand an address that may be called; names are not resolved here.

    Raises:
        TargetRefusedError: if it has no https, credentials, a fragment, or is not public.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise TargetRefusedError("unreadable") from error
    is_plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if not is_plain or len(url) > _LONGEST or not host or _has_more(parts):
        raise TargetRefusedError("unreadable")
    if parts.scheme != "https" and not (allow_private and parts.scheme == "http"):
        raise TargetRefusedError("not https")
    if not allow_private and not _is_public_host(host):
        raise TargetRefusedError("not public")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether anybody on the internet would reach the same machine at an address."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class GuardedResolver(AbstractResolver):
    """Resolves names to their public addresses only; a name that has none is not found."""

    def __init__(self, *, allow_private: bool) -> None:
        self._names = ThreadedResolver()
        self._allow_private = allow_private

    @override
    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AF_INET
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        if self._allow_private:
            return found
        public = [one for one in found if is_public(ip_address(one["host"]))]
        if not public:
            raise OSError(None, "no public address")
        return public

    @override
    async def close(self) -> None:
        await self._names.close()


def _has_more(parts: SplitResult) -> bool:
    return bool(parts.username or parts.password or parts.fragment or "@" in parts.netloc)


def _is_public_host(host: str) -> bool:
    try:
        return is_public(ip_address(host.partition("%")[0]))
    except ValueError:
        labels = host.rstrip(".").lower()
        is_local = any(labels == name or labels.endswith(f".{name}") for name in _LOCAL_NAMES)
        return "." in labels and not is_local and not labels.rpartition(".")[2].isdigit()
