"""Which addresses of the network may be called when somebody else named the host.

A name is judged by the address that is really connected to, at the moment of connecting: what a
name resolved to before proves nothing (DNS rebinding).
"""

import socket
from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any, Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_TUNNELS: Final = tuple(
    map(
        IPv6Network,
        ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"),
    )
)
"""IPv6 addresses that stand for an IPv4 address or lead to one."""


class RefusedAddressError(OSError):
    """A host resolved to an address that may not be called."""


class AddressPolicy:
    """Lets public addresses pass, and those of networks that were named."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        """`allowed` are networks, e.g. `10.20.0.0/16`, whose addresses may be called too.

        Raises:
            ValueError: if one is none.
        """
        self._allowed: tuple[Network, ...] = tuple(map(ip_network, allowed))

    def permits(self, address: Address) -> bool:
        """Tell whether an address may be called."""
        return any(address in network for network in self._allowed) or _is_public(address)

    def permits_host(self, host: str) -> bool:
        """Tell whether a host, if it is an address, may be called; a name always may.

        What a name leads to is judged when it is connected to.
        """
        try:
            return self.permits(ip_address(host.strip("[]").partition("%")[0]))
        except ValueError:
            return True

    def open_socket(self, info: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        """Return a socket for what `getaddrinfo` found.

        Raises:
            RefusedAddressError: if the address may not be called.
        """
        family, kind, protocol, _, place = info
        address = ip_address(str(place[0]).partition("%")[0])
        if not self.permits(address):
            raise RefusedAddressError("the address may not be called")
        return socket.socket(family=family, type=kind, proto=protocol)


def _is_public(address: Address) -> bool:
    is_tunnel = any(address in network for network in _TUNNELS)
    return address.is_global and not (address.is_multicast or address.is_reserved or is_tunnel)
