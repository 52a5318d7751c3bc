"""A province whose webhooks a test moves: what happens is told, sent and settled step by step."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx
from standardwebhooks import Webhook as Judge

from app.connecting import outside_of
from app.exchange.relay import Relay
from app.exchange.terms import Terms
from app.platform.metrics import Metrics
from app.platform.sealing import sealer_of
from app.webhooks.sync import Teller, handlers
from tests.facades.destination import Asked, Service
from tests.gateway import Api, Gateway

T = TypeVar("T")
PATH = "/v1/webhooks"


@dataclass
class Office:
    """A gateway, one of its clients, and a receiver."""

    gateway: Gateway
    api: Api
    service: Service
    holder: str = "worker-1"
    _teller: Teller | None = field(default=None, repr=False)

    def subscribe(self, *types: str, api: Api | None = None, **changes: Any) -> str:
        """Subscribe the receiver and return the webhook's id."""
        answer = self.ask(*types, api=api, **changes)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def ask(self, *types: str, api: Api | None = None, **changes: Any) -> httpx.Response:
        body = {
            "url": f"{self.service.url}/hook",
            "event_types": list(types) or ["*"],
            "description": "Thử",
        }
        return (api or self.api).post(PATH, json=body | changes)

    def secret(self, webhook: str) -> str:
        return str(self.api.get(f"{PATH}/{webhook}/secret").json()["secret"])

    def show(self, webhook: str) -> Any:
        return self.api.get(f"{PATH}/{webhook}").json()

    def do(self, webhook: str, what: str, **body: Any) -> Any:
        answer = self.api.post(f"{PATH}/{webhook}/{what}", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def deliveries(self, webhook: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.api.get(
            f"{PATH}/{webhook}/deliveries", params={"limit": 200}
        ).json()["items"]
        return found

    def tell(self) -> int:
        """Make events of what happened."""
        context = self.gateway.context
        self._teller = self._teller or Teller(context.database, context.clock, holder=self.holder)
        return self.run(self._teller.turn)

    def send(self) -> int:
        """Deliver what is due, until nothing is."""

        async def send() -> int:
            context = self.gateway.context
            sealer = sealer_of(context.settings)
            assert sealer is not None
            terms = Terms.of(context.settings, worker=self.holder)
            async with outside_of(context.settings) as http:
                found = handlers(http, context.database, context.clock, sealer, context.settings)
                relay = Relay(
                    context.database, context.clock, found, terms=terms, metrics=Metrics()
                )
                done = 0
                while turned := await relay.turn():
                    done += turned
                return done

        return self.run(send)

    def pass_time(self, by: timedelta) -> None:
        """Move the clock on; tokens run out meanwhile, so there is a new one."""
        self.gateway.clock.advance(by)
        self.api = self.gateway.client("H38")

    def told(self) -> list[dict[str, Any]]:
        """Return what the receiver was told, in the order it came."""
        return [json.loads(asked.body) for asked in self.service.asked]

    def run(self, act: Callable[[], Awaitable[T]]) -> T:
        """Run something in the gateway's own event loop."""
        assert self.gateway.http.portal is not None
        return self.gateway.http.portal.call(act)


def is_signed(asked: Asked, secret: str) -> bool:
    """Tell whether the reference library makes one of the signatures of a call."""
    moment = datetime.fromtimestamp(int(asked.header("webhook-timestamp") or ""), UTC)
    made = Judge(secret).sign(asked.header("webhook-id") or "", moment, asked.body.decode())
    return made in (asked.header("webhook-signature") or "").split(" ")
