"""A province that tells people by the messaging services of a nation in memory."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import httpx

from app.connecting import messengers_of
from app.exchange.relay import Relay
from app.exchange.terms import Terms
from app.notices.sync import Teller, handlers
from app.notices.use_cases.manners import manner_of
from app.platform.metrics import Metrics
from app.platform.sealing import sealer_of
from mock_ngsp.front import Nation
from mock_ngsp.messages.inbox import Arrived
from mock_ngsp.universe import Universe
from tests.gateway import Api, Gateway

T = TypeVar("T")
NATION = "http://nation.test"


@dataclass
class Desk:
    """A gateway, one of its clients, and the services."""

    gateway: Gateway
    api: Api
    universe: Universe = field(default_factory=Universe)
    holder: str = "worker-1"

    @property
    def inbox(self) -> list[Arrived]:
        return self.universe.inbox.arrived

    def tell(self) -> int:
        context = self.gateway.context
        manner = manner_of(context.settings)
        teller = Teller(manner, context.database, context.clock, holder=self.holder)
        return self.run(teller.turn)

    def send(self) -> int:
        """Send what is due, until nothing is."""

        async def send() -> int:
            context = self.gateway.context
            database, clock, settings = context.database, context.clock, context.settings
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(Nation(self.universe))
            ) as http:
                found = handlers(
                    messengers_of(settings, http, database, clock),
                    manner_of(settings),
                    database,
                    clock,
                    settings,
                    sealer_of(settings),
                )
                terms = Terms.of(settings, worker=self.holder)
                relay = Relay(database, clock, found, terms=terms, metrics=Metrics())
                done = 0
                while turned := await relay.turn():
                    done += turned
                return done

        return self.run(send)

    def go(self) -> None:
        """Tell and send what there is now."""
        self.tell()
        self.send()

    def pass_time(self, **by: float) -> None:
        """Move both clocks on; tokens run out meanwhile, so there is a new one."""
        self.gateway.clock.advance(timedelta(**by))
        self.universe.clock.advance(timedelta(**by))
        self.api = self.gateway.client("H38")

    def notices(self, **query: Any) -> list[dict[str, Any]]:
        """Return what was told, the oldest first."""
        answer = self.api.get("/v1/notices", params={"limit": 200} | query)
        assert answer.status_code == 200, answer.text
        return list(reversed(answer.json()["items"]))

    def texts(self) -> list[str]:
        return [one.text for one in self.inbox]

    def run(self, act: Callable[[], Awaitable[T]]) -> T:
        """Run something in the gateway's own event loop."""
        assert self.gateway.http.portal is not None
        return self.gateway.http.portal.call(act)
