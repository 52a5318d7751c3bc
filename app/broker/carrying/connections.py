"""One process's connections to everything behind it, and which addresses they may lead to.

A host is judged by the address that is really connected to, at the moment of connecting: what its
name resolved to before proves nothing (DNS rebinding).
"""

import socket
from typing import Any, Final

import aiohttp
from aiohttp.abc import AbstractResolver
from typing_extensions import override

from app.broker.carrying.failures import RefusedAddressError, once
from app.broker.domain.carrying import CarryingError, Failing
from app.exchange.transport import authorities
from app.platform.settings import Settings
from app.platform.targets import Targets

_KEPT: Final = 10_000
_KEPT_ALIVE: Final = 30.0
"""Seconds an idle connection is kept."""


class _PlainRequest(aiohttp.ClientRequest):
    """A request that says nothing but what it was given."""

    @override
    def update_auto_headers(self, skip_auto_headers: object) -> None:
        """Add none: `Accept`, `User-Agent` and their like are the caller's to say, or not."""


class Connections:
    """Opened inside a running loop, and closed with the process."""

    def __init__(
        self,
        settings: Settings,
        targets: Targets | None,
        resolver: AbstractResolver | None = None,
        *,
        names_seconds: int = 10,
    ) -> None:
        """Without targets any address may be called; without a resolver the system's is asked.

        What a name leads to is kept for `names_seconds`.
        """
        self._settings = settings
        self._targets = targets
        self._resolver = resolver
        self._names_seconds = names_seconds
        self._checked: set[str] = set()
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """What calls go over: no redirect, cookie or proxy of its own, and nothing said twice."""
        if self._session is None:
            self._session = self._open()
        return self._session

    def check(self, url: str) -> None:
        """Demand that a service's URL may be called, as far as can be told from how it is written.

        Raises:
            CarryingError: if it may not.
        """
        if url in self._checked:
            return
        if self._targets is not None and self._targets.why_not(url) is not None:
            raise CarryingError(Failing.ADDRESS_REFUSED)
        if len(self._checked) >= _KEPT:
            self._checked.clear()
        self._checked.add(url)

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        settings = self._settings
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                ssl=authorities(),
                limit=settings.broker_connections,
                limit_per_host=settings.broker_connections_per_host,
                keepalive_timeout=_KEPT_ALIVE,
                resolver=self._resolver,
                use_dns_cache=self._names_seconds > 0,
                ttl_dns_cache=self._names_seconds,
                socket_factory=None if self._targets is None else self._open_socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            middlewares=(once,),
            request_class=_PlainRequest,
        )

    def _open_socket(self, info: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        """Return a socket for what `getaddrinfo` found.

        Raises:
            RefusedAddressError: if the address may not be called.
        """
        family, kind, protocol, _, place = info
        address = str(place[0]).partition("%")[0]
        if self._targets is not None and not self._targets.may_reach(address):
            raise RefusedAddressError("the address may not be called")
        return socket.socket(family=family, type=kind, proto=protocol)
