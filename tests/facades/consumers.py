"""A client with everything that it may prove itself with."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from app.access import use_cases as access
from app.access.domain import Scope
from app.access.domain.bearers import Style
from app.access.use_cases import bearers
from app.codes import AgencyCode
from tests.gateway import Gateway

GRANT = {"grant_type": "client_credentials"}
MEMBERS = "/v1/members"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Consumer:
    """A client with everything that it may prove itself with."""

    gateway: Gateway
    client_id: str
    secret: str
    key: str
    password: str

    @property
    def basic(self) -> tuple[str, str]:
        return self.client_id, self.secret

    def packed(self, **changes: str) -> str:
        said = {"AccessKey": self.client_id, "SecretKey": self.secret, "AppName": "x"}
        said |= {"PartnerCode": "H38", "PartnerCodeCus": "H38"}
        return base64.b64encode(json.dumps(said | changes).encode()).decode()

    def get(self, **options: Any) -> httpx.Response:
        options.setdefault("data", GRANT)
        http: httpx.Client = self.gateway.http
        return http.post("/token", **options)

    def restyle(self, *styles: Style) -> None:
        self.gateway.transact(
            bearers.restyle, self.gateway.clock, client_id=self.client_id, styles=styles
        )


def a_client(gateway: Gateway, styles: Iterable[Style] = ()) -> tuple[str, str]:
    client, secret = gateway.transact(
        access.register,
        gateway.clock,
        name="consumer",
        member=AgencyCode("H38.12"),
        scopes=[Scope.READ_CATALOGUE, Scope.FORWARD_SERVICES],
    )
    gateway.transact(bearers.restyle, gateway.clock, client_id=client.client_id, styles=styles)
    return client.client_id, secret


def a_consumer(gateway: Gateway) -> Consumer:
    client_id, secret = a_client(gateway, Style)
    until = gateway.clock.now() + DAY
    one = {"client_id": client_id}
    _, key = gateway.transact(bearers.keep, gateway.clock, **one, name="x", until=until)
    _, password = gateway.transact(bearers.open_account, gateway.clock, **one, username="ilis")
    return Consumer(gateway, client_id, secret, key, password)


def called(gateway: Gateway, token: str) -> int:
    answer = gateway.http.get(MEMBERS, headers={"Authorization": f"Bearer {token}"})
    return int(answer.status_code)
