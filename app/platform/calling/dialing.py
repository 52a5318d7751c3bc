"""Opening connections, only to addresses that may be called.

A host is judged by the addresses that are really connected to, at the moment of connecting: what
its name resolved to before proves nothing (DNS rebinding).
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from aiohappyeyeballs import start_connection

from app.platform.calling.connections import Connection
from app.platform.calling.failing import (
    ConnectError,
    ConnectTimeoutError,
    RefusedAddressError,
    TlsError,
)
from app.platform.calling.requests import Place

Found = tuple[Any, Any, int, str, tuple[Any, ...]]
"""An address as `getaddrinfo` gives it."""

Resolve = Callable[[str, int], Awaitable[Sequence[Found]]]

_HEAD_START: Final = 0.25
"""Seconds that one address has before the next is tried beside it (RFC 8305)."""

_KEPT: Final = 1000


@dataclass(frozen=True, slots=True)
class Ways:
    """How one may go: which addresses may be reached, whom to trust, and how names are found.

    What a name leads to is kept for `names_seconds`.
    """

    may_reach: Callable[[str], bool]
    trusted: Callable[[], ssl.SSLContext]
    resolve: Resolve | None = None
    names_seconds: float = 10.0


class Dialer:
    """Opens the connections of one process."""

    def __init__(self, ways: Ways, *, seconds: float) -> None:
        """A connection is given so many seconds, its TLS included."""
        self._ways = ways
        self._resolve = ways.resolve or _system
        self._seconds = seconds
        self._names: dict[tuple[str, int], tuple[float, Sequence[Found]]] = {}

    async def dial(
        self,
        place: Place,
        when_free: Callable[[Connection], None],
        when_gone: Callable[[Connection], None],
    ) -> Connection:
        """Open a connection.

        Raises:
            CallError: if there is none to be had.
        """
        try:
            async with asyncio.timeout(self._seconds):
                return await self._open(place, partial(Connection, when_free, when_gone))
        except TimeoutError:
            raise ConnectTimeoutError from None
        except ssl.SSLError as error:
            raise TlsError from error
        except (OSError, RuntimeError, UnicodeError) as error:  # uvloop raises RuntimeError, too.
            raise ConnectError from error

    async def _open(self, place: Place, make: Callable[[], Connection]) -> Connection:
        found = await self._find(place.host, place.port)
        # No interface is chosen by what somebody else has written or resolved.
        may_be = [one for one in found if self._ways.may_reach(str(one[4][0]).partition("%")[0])]
        if not may_be:
            raise RefusedAddressError
        opened: socket.socket | None = await start_connection(
            may_be, happy_eyeballs_delay=_HEAD_START
        )
        assert opened is not None  # noqa: S101 -- else it would have raised
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        tls = self._ways.trusted() if place.is_secure else None
        name = place.host if place.is_secure else None
        loop = asyncio.get_running_loop()
        try:
            _, connection = await loop.create_connection(
                make, sock=opened, ssl=tls, server_hostname=name
            )
            opened = None  # It is the loop's from here on.
        finally:
            if opened is not None:
                opened.close()
        return connection

    async def _find(self, host: str, port: int) -> Sequence[Found]:
        until, found = self._names.get((host, port), (0.0, ()))
        now = time.monotonic()
        if now >= until:
            found = await self._resolve(host, port)
            if len(self._names) >= _KEPT:
                self._names.clear()
            self._names[host, port] = now + self._ways.names_seconds, found
        return found


async def _system(host: str, port: int) -> Sequence[Found]:
    """Ask the system."""
    return await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
