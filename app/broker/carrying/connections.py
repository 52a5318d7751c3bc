"""One process's connections to everything behind it, and which addresses they may lead to.

A URL is judged as it is written, and its host again when a connection is opened.
"""

from typing import Final
from urllib.parse import urlsplit

from app.broker.domain.carrying import CarryingError, Failing
from app.exchange.transport import authorities
from app.platform.calling.connections import Connection
from app.platform.calling.dialing import Dialer, Resolve, Ways
from app.platform.calling.pool import Bounds, Pool
from app.platform.calling.requests import Place, Request
from app.platform.settings import Settings
from app.platform.targets import Targets

_KEPT: Final = 10_000
_PORTS: Final = {"http": 80, "https": 443}


class Connections:
    """Opened when they are needed, and closed with the process."""

    def __init__(
        self,
        settings: Settings,
        targets: Targets | None,
        resolve: Resolve | None = None,
        *,
        names_seconds: float = 10,
    ) -> None:
        """Without targets any address may be called; without `resolve` the system is asked.

        What a name leads to is kept for `names_seconds`.
        """
        self._targets = targets
        seconds = settings.broker_connect_seconds
        may_reach = _anywhere if targets is None else targets.may_reach
        dialer = Dialer(Ways(may_reach, authorities, resolve, names_seconds), seconds=seconds)
        bounds = Bounds(settings.broker_connections, settings.broker_connections_per_host, seconds)
        self._pool = Pool(dialer.dial, bounds)
        self._places: dict[str, tuple[Place, bytes]] = {}

    def place_of(self, url: str) -> tuple[Place, bytes]:
        """Return where a service is and the path that stands before every other there.

        Raises:
            CarryingError: if it may not be called, as far as can be told from how it is written.
        """
        known = self._places.get(url)
        if known is not None:
            return known
        if self._targets is not None and self._targets.why_not(url) is not None:
            raise CarryingError(Failing.ADDRESS_REFUSED)
        if len(self._places) >= _KEPT:
            self._places.clear()
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
        authority = (
            parts.netloc.rpartition("@")[2].removesuffix(f":{_PORTS[parts.scheme]}").encode("ascii")
        )
        place = Place(parts.hostname or "", port, parts.scheme == "https", authority)
        found = self._places[url] = place, parts.path.removesuffix("/").encode("ascii")
        return found

    async def ask(self, place: Place, request: Request, *, seconds: float) -> Connection:
        """Send a request; return the connection on which its answer has begun.

        Raises:
            CallError: if there is no answer.
        """
        return await self._pool.ask(place, request, seconds=seconds)

    def close(self) -> None:
        """Let the connections go."""
        self._pool.close()


def _anywhere(_: str) -> bool:
    return True
