"""A gateway that knows the accounts of a nation in memory, and tokens good and bad."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from pydantic import SecretStr

from app.exchange.sign_on.codes import CodeFlow, Provider, Site
from app.exchange.sign_on.keys import KeyRing
from app.exchange.sign_on.tokens import Expected, IdTokens
from app.platform.sealing import Sealer
from mock_ngsp.front import Nation
from mock_ngsp.record import Wanted
from mock_ngsp.sso.provider import DEFAULT_CLIENT, SigningKey
from mock_ngsp.universe import Universe
from mock_ngsp.wire import Axis
from tests.gateway import Gateway

ISSUER = "http://nation.test/oauth2/token"
CLIENT = DEFAULT_CLIENT.client_id
OWNER, OTHER = "tech-gia-dinh-0001", "tech-gia-dinh-0002"
_KEY = SigningKey()


@dataclass
class Accounts:
    """The issuer as a test moves it."""

    gateway: Gateway
    universe: Universe = field(default_factory=Universe)

    def __post_init__(self) -> None:
        self.universe.provider.use(_KEY)
        self.connect()

    def connect(self) -> None:
        """Have the application read this issuer's tokens, its keys unread so far."""
        http = httpx.AsyncClient(transport=httpx.ASGITransport(Nation(self.universe)))
        keys = KeyRing(
            http,
            "http://nation.test/oauth2/jwks",
            self.gateway.clock,
            lifetime=timedelta(hours=1),
            deadline=timedelta(seconds=5),
        )
        expected = Expected(ISSUER, CLIENT, timedelta(minutes=1))
        tokens = IdTokens(keys, self.gateway.clock, expected)
        self.gateway.http.app.state.id_tokens = tokens  # type: ignore[attr-defined]

    def offer_pages(self, redirect_uri: str = "http://127.0.0.1:8080/dang-nhap") -> None:
        """Have the pages offer to sign in at this issuer."""
        http = httpx.AsyncClient(transport=httpx.ASGITransport(Nation(self.universe)))
        state = self.gateway.http.app.state  # type: ignore[attr-defined]
        state.sealer = Sealer(secrets.token_bytes(32))
        state.code_flow = CodeFlow(
            http,
            Provider("http://nation.test/oauth2/authorize", "http://nation.test/oauth2/token"),
            Site(CLIENT, SecretStr(DEFAULT_CLIENT.secret), redirect_uri),
            deadline=timedelta(seconds=5),
        )

    def claims(self, tech_id: str = OWNER, **changes: Any) -> dict[str, Any]:
        """What a good token says; a change to None leaves a claim out."""
        now = int(self.gateway.clock.now().timestamp())
        about = {"iss": ISSUER, "aud": CLIENT, "azp": CLIENT, "iat": now, "exp": now + 3600}
        said = {**self.universe.provider.people[tech_id], **about, **changes}
        return {name: value for name, value in said.items() if value is not None}

    def token(self, tech_id: str = OWNER, **changes: Any) -> str:
        return self.universe.provider.key.sign(self.claims(tech_id, **changes))

    def look(self, code: str, token: str, **headers: str) -> httpx.Response:
        http: httpx.Client = self.gateway.http
        given = {"Authorization": f"Bearer {token}", **headers}
        return http.get(f"/v1/public-services/dossiers/{code}", headers=given)

    def keys_read(self) -> int:
        found, _ = self.universe.record.page(Wanted(axis=Axis.SSO, operation="jwks"))
        return len(found)
