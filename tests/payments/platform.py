"""A gateway that is connected to the payment platform of a nation in memory."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from pydantic import SecretStr
from sqlalchemy import func, select

from app.dossiers.tables import progress
from app.exchange.payments.client import Partner, PaymentClient
from app.payments.callbacks.confirming import ADDRESS as CONFIRM
from app.payments.sync import Asker, Till
from mock_ngsp.front import Nation
from mock_ngsp.payments import signing
from mock_ngsp.payments.orders import DEFAULT_PARTNER, FAILED, PAID, Order
from mock_ngsp.payments.service import ADDRESS
from mock_ngsp.payments.telling import CONFIRM as KIND
from mock_ngsp.payments.telling import told_of
from mock_ngsp.universe import Universe
from tests.acting import staged
from tests.gateway import Api, Gateway

T = TypeVar("T")
SECRET = DEFAULT_PARTNER.secret


@dataclass
class Platform:
    """The platform as a test moves it."""

    gateway: Gateway
    api: Api
    universe: Universe = field(default_factory=Universe)

    def connect(self) -> "Platform":
        """Give the application this platform."""
        self.gateway.http.app.state.till = self.till()  # type: ignore[attr-defined]
        return self

    def till(self, secret: str = SECRET) -> Till:
        client = PaymentClient(
            httpx.AsyncClient(transport=httpx.ASGITransport(Nation(self.universe))),
            url=f"http://nation.test{ADDRESS}",
            partner=Partner(DEFAULT_PARTNER.code, SecretStr(secret)),
            deadline=timedelta(seconds=5),
        )
        return Till(client, self.gateway.settings, self.gateway.clock)

    def order(self, reference: str) -> Order:
        found = self.universe.payments.find(reference)
        assert found is not None
        return found

    def told(self, reference: str, *, paid: bool = True, **changes: Any) -> dict[str, Any]:
        """What the platform says of a payment; it is signed as it is after the changes."""
        state = PAID if paid else FAILED
        now = self.universe.clock.now()
        content = told_of(self.order(reference), KIND, state, now) | changes
        if "MaXacThuc" not in content:
            content["MaXacThuc"] = signing.signature(content, signing.TELLING, SECRET)
        return content

    def confirm(self, reference: str, **changes: Any) -> httpx.Response:
        return self.post(self.told(reference, **changes))

    def post(self, content: Any) -> httpx.Response:
        http: httpx.Client = self.gateway.http
        return http.post(CONFIRM, json=content)

    def asker(self, holder: str = "w-1") -> Asker:
        context = self.gateway.context
        return Asker(self.till(), context.database, context.clock, context.settings, holder=holder)

    def ask(self) -> int:
        """Ask about what is due; return how many payments were settled."""
        return self.run(self.asker().turn)

    def run(self, act: Callable[[], Awaitable[T]]) -> T:
        """Run something in the gateway's own event loop."""
        assert self.gateway.http.portal is not None
        return self.gateway.http.portal.call(act)


def online(code: str) -> str:
    return f"/v1/dossiers/{code}/payments/online"


def start(api: Api, code: str, **options: Any) -> httpx.Response:
    return api.post(online(code), json={"payer_ip": "203.0.113.7"}, **options)


def started(api: Api, **changes: Any) -> tuple[str, dict[str, Any]]:
    """Return a dossier that waits for a fee, and the payment of it that began."""
    code = staged(api, "payments", **changes)
    answer = start(api, code)
    assert answer.status_code == 201, answer.text
    return code, answer.json()


def lines(api: Api, code: str) -> list[dict[str, Any]]:
    """Return the payments of a dossier."""
    found: list[dict[str, Any]] = api.get(online(code)).json()["items"]
    return found


def steps(gateway: Gateway, code: str) -> int:
    """Count the rows of progress of a dossier."""
    counted = select(func.count()).where(progress.c.dossier == code)
    return int(gateway.transact(lambda connection: connection.scalar(counted)) or 0)
