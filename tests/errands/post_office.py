"""A gateway whose errands reach the services of a nation in memory."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

from app.errands.sync import JudicialFollower, PostalFollower, Services, handlers, services_of
from app.exchange.relay import Relay
from app.exchange.terms import Terms
from mock_ngsp.front import Nation as Front
from mock_ngsp.ngsp.judicial.second import DEFAULT_KEY
from mock_ngsp.ngsp.postal.orders import DEFAULT_CUSTOMER
from tests.gateway import Api, Gateway
from tests.lookups.nation import BASE, Nation, connected

T = TypeVar("T")


class Errands:
    """The worker's part, a turn at a time, and the services it speaks to."""

    def __init__(self, gateway: Gateway, folder: Path, **changes: Any) -> None:
        key = folder / "judicial-key"
        key.write_text(DEFAULT_KEY)
        known: dict[str, Any] = {
            "postal_customer": DEFAULT_CUSTOMER,
            "judicial_generation": 1,
            "emc_url": f"{BASE}/TrackingMCDT",
            "emc_site": 38,
            "emc_location": "10",
            "judicial_department": "38",
            "judicial_key_file": key,
            "judicial_province": ("10", "Tỉnh Lào Cai"),
            "judicial_return_address": "v2/lyLichTuPhap/traKetQuaHoSoLLTP",
            "land_url": f"{BASE}/apiVBDLIS",
            "land_province_id": 10,
        }
        self.gateway = gateway
        self.nation = Nation(gateway, folder)
        self.settings = connected(gateway.settings, folder, **(known | changes))
        http = httpx.AsyncClient(transport=httpx.ASGITransport(Front(self.nation.universe)))
        database = gateway.context.database
        self.services: Services = services_of(self.settings, http, gateway.clock, database)

    def deliver(self) -> int:
        """Send what is due; return how many messages that were."""
        context = self.gateway.context
        relay = Relay(
            context.database,
            self.gateway.clock,
            handlers(self.services),
            terms=Terms.of(self.settings, worker="test"),
            metrics=context.metrics,
        )
        return self.run(relay.turn)

    def follow(self) -> int:
        """Read VNPost's feed on; return how many events were of our orders."""
        assert self.services.postal is not None
        return self.run(
            PostalFollower(
                self.services.postal,
                self.gateway.context.database,
                self.gateway.clock,
                self.settings,
                holder="test",
            ).turn
        )

    def ask(self) -> int:
        """Ask about the judicial records that are due; return of how many something came."""
        assert self.services.judicial is not None
        return self.run(
            JudicialFollower(
                self.services.judicial,
                self.gateway.context.database,
                self.gateway.clock,
                self.settings,
                holder="test",
            ).turn
        )

    def run(self, act: Callable[[], Awaitable[T]]) -> T:
        """Run something in the gateway's own event loop."""
        assert self.gateway.http.portal is not None
        return self.gateway.http.portal.call(act)


def placed(api: Api, address: str, body: dict[str, Any]) -> Any:
    """Place an errand that must be taken."""
    answer = api.post(address, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def shown(api: Api, errand: Any) -> Any:
    """Return an errand as it stands."""
    answer = api.get(f"/v1/errands/{errand['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()
