"""Carrying one call without any server before it."""

from typing import Any

from app.broker.carrying.breaker import BreakerTerms
from app.broker.carrying.carrier import Carrier
from app.broker.carrying.connections import Connections
from app.broker.carrying.errands import Errand, Terms
from app.broker.carrying.upstreams import Upstreams
from app.broker.domain.carrying import CarryingError
from app.broker.domain.service import Upstream
from app.platform.clock import SystemClock
from app.platform.settings import Settings

SETTINGS = Settings()


def a_carrier(connections: Connections) -> Carrier:
    upstreams = Upstreams(SystemClock(), BreakerTerms(failures=1000, seconds=1))
    return Carrier(SETTINGS, connections, upstreams)


async def carry(carrier: Carrier, url: str) -> str:
    """Return the status of the answer, or why there is none."""
    terms = Terms((Upstream(url),), 5, 1000, 1000)
    errand = Errand("GET", "/x", b"", [], 0, terms)

    async def receive() -> dict[str, Any]:
        raise AssertionError

    async def send(_: Any) -> None:
        """Take it."""

    try:
        await carrier.carry(errand, receive, send)
    except CarryingError as error:
        return error.reason.value
    return str(errand.status)
