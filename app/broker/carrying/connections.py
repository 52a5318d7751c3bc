"""One process's connections to everything behind it, and which addresses they may lead to."""

from functools import lru_cache
from typing import Final

import aiohttp
import httpx
from typing_extensions import override
from yarl import URL

from app.broker.carrying.failures import once
from app.broker.domain.carrying import CarryingError, Failing
from app.platform.addresses import AddressPolicy
from app.platform.settings import Settings

_KEPT_ALIVE: Final = 30.0
"""Seconds an idle connection is kept."""


class _PlainRequest(aiohttp.ClientRequest):
    """A request that says nothing but what it was given."""

    @override
    def update_auto_headers(self, skip_auto_headers: object) -> None:
        """Add none: `Accept`, `User-Agent` and their like are the caller's to say, or not."""


class Connections:
    """Opened inside a running loop, and closed with the process."""

    def __init__(self, settings: Settings, policy: AddressPolicy | None) -> None:
        """Without a policy any address may be called."""
        self._settings = settings
        self._policy = policy
        self._session: aiohttp.ClientSession | None = None
        permits = (lambda _: True) if policy is None else policy.permits_host
        self._permits = lru_cache(maxsize=1_000)(permits)

    @property
    def session(self) -> aiohttp.ClientSession:
        """What calls go over: no redirect, cookie or proxy of its own, and nothing said twice."""
        if self._session is None:
            self._session = self._open()
        return self._session

    def check(self, url: URL) -> None:
        """Demand that a host may be called, as far as its name tells.

        Raises:
            CarryingError: if it is an address that may not.
        """
        if not self._permits(url.raw_host or ""):
            raise CarryingError(Failing.ADDRESS_REFUSED)

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        settings = self._settings
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                ssl=httpx.create_ssl_context(),
                limit=settings.broker_connections,
                limit_per_host=settings.broker_connections_per_host,
                keepalive_timeout=_KEPT_ALIVE,
                socket_factory=None if self._policy is None else self._policy.open_socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            middlewares=(once,),
            request_class=_PlainRequest,
        )
