"""A nation in memory, and gateways of two provinces that are connected to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx

from app.documents.callbacks import Receiver
from app.documents.sync import handlers
from app.exchange.relay import Relay, Terms
from app.exchange.vxp.axes import Axes
from app.exchange.vxp.client import VxpClient
from app.platform.settings import Settings
from mock_ngsp.front import Nation
from mock_ngsp.universe import Universe
from mock_ngsp.vxp.deliveries import Delivery
from tests.gateway import Gateway

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Connected:
    """A gateway with its relay and its receiver, each moved by hand."""

    gateway: Gateway
    universe: Universe

    def client(self, system: str | None = None) -> VxpClient:
        """Return a client that reaches the nation in this process."""
        system = system or f"000.00.00.{self.gateway.settings.province}"
        row = self.universe.systems.get(system)
        assert row is not None
        transport = httpx.ASGITransport(Nation(self.universe))
        http = httpx.AsyncClient(transport=transport)
        return VxpClient(http, "http://axis.test", system, row.secret, self.gateway.clock)

    def axes(self) -> Axes:
        """Return the systems of the gateway at the axis."""
        rows = self.gateway.settings.axis_systems
        return Axes(self.client(), {one.member: self.client(one.system_id) for one in rows})

    def relay(self) -> int:
        """Deliver what is owed now; return how many messages were tried."""

        async def turn() -> int:
            context = self.gateway.context
            return await Relay(
                context.database,
                context.clock,
                handlers(self.axes(), context.database),
                terms=Terms.of(context.settings, worker="w-1"),
                metrics=context.metrics,
            ).turn()

        return self.run(turn)

    def receive(self, holder: str = "w-1") -> int:
        """Take what waits at the axis; return how many items were acknowledged as done."""

        async def turn() -> int:
            clients = self.axes().clients
            return sum([await self.receiver(holder, client).turn() for client in clients])

        return self.run(turn)

    def receiver(
        self,
        holder: str = "w-1",
        client: VxpClient | None = None,
        *,
        settings: Settings | None = None,
    ) -> Receiver:
        context = self.gateway.context
        client = client or self.client()
        settings = settings or context.settings
        return Receiver(client, context.database, context.clock, settings, holder)

    def run(self, act: Callable[[], Awaitable[T]]) -> T:
        """Run something in the gateway's own event loop."""
        assert self.gateway.http.portal is not None
        return self.gateway.http.portal.call(act)

    def inbox(self, business: str = "new") -> str:
        """Return the id of the only document of this business in the province's inbox."""
        page = self.gateway.client(self.province).get("/v1/documents/inbox").json()
        (found,) = [item["id"] for item in page["items"] if item["business"] == business]
        return str(found)

    def waiting(self) -> list[Delivery]:
        """Return what the axis still holds for this gateway."""
        return list(self.universe.deliveries.waiting(f"000.00.00.{self.province}"))

    @property
    def province(self) -> str:
        return self.gateway.settings.province


def carry(*gateways: Connected) -> None:
    """Carry what is owed between gateways, until nothing is."""
    while sum(one.relay() + one.receive() for one in gateways):
        pass
