"""The nation's services behind the broker, and a twin of the nation that is asked directly."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx
from pydantic import SecretStr
from starlette.testclient import TestClient

from app.broker.domain.credentials import CredentialKind
from app.broker.use_cases import credentials
from app.broker.use_cases.credentials import Keeping
from app.platform.sealing import sealer_of
from mock_ngsp.front import Nation
from mock_ngsp.messages.inbox import BEARER, FIRST_REFRESH
from mock_ngsp.ngsp.judicial.second import DEFAULT_KEY
from mock_ngsp.ngsp.licences import DEFAULT_ACCOUNT as LICENCES
from mock_ngsp.ngsp.population import DEFAULT_ACCOUNT
from mock_ngsp.ngsp.tokens import DEFAULT_APPLICATION as APPLICATION
from mock_ngsp.record import Wanted
from mock_ngsp.settings import Settings as NationSettings
from mock_ngsp.universe import Universe
from tests.carrying.national import ROWS, Row
from tests.carrying.offering import a_client, a_service, allow, offer
from tests.carrying.questions import SIGNED, Question, signed
from tests.carrying.serving import serving
from tests.gateway import Api, Gateway
from tests.lookups.nation import SharedClock

USUAL, HASTY, DEAD = "1.0", "1.1", "1.2"
"""Versions of each service: with patience, with little of it, and where nothing listens."""

_NOWHERE = "http://127.0.0.1:1"
_LOGIN = "/apiDVC-GPLX/tcdbdvcdata/mapi/login"
_PAIR = base64.b64encode(f"{APPLICATION.key}:{APPLICATION.secret}".encode()).decode()


def _kept(url: str, nation: "Twin") -> dict[str, tuple[CredentialKind, dict[str, str], str]]:
    """Return kind, facts and secret of every credential that a row may name."""
    token = {"token_url": f"{url}/token", "client_id": APPLICATION.key}
    login = {"login_url": f"{url}{_LOGIN}", "user": LICENCES.username}
    hashed = {"user": DEFAULT_ACCOUNT.user, "hashed_url": SIGNED}
    header = CredentialKind.HEADER
    return {
        "bearer": (CredentialKind.CLIENT_CREDENTIALS, token, APPLICATION.secret),
        "hashed": (CredentialKind.HASHED_BASIC, hashed, DEFAULT_ACCOUNT.secret),
        "key": (CredentialKind.BODY_KEY, {}, DEFAULT_KEY),
        "session": (CredentialKind.SESSION, login, LICENCES.password),
        "basic": (header, {"prefix": "Basic "}, _PAIR),
        "sms": (header, {"prefix": "Bearer "}, BEARER),
        "zalo": (header, {"header": "access_token"}, nation.zalo),
        "ilis": (header, {"prefix": "Bearer "}, nation.ilis),
    }


@dataclass
class Twin:
    """A nation of the same state, asked in memory by clients that show its credentials."""

    universe: Universe

    def __post_init__(self) -> None:
        self.http: httpx.Client = TestClient(Nation(self.universe))
        renewed = self.universe.inbox.renew(FIRST_REFRESH, self.universe.clock.now())
        assert renewed is not None
        self.zalo = renewed[0]
        now = self.universe.clock.now()
        self.ilis = self.universe.ngsp.land.token(now, timedelta(days=1))

    def ask(self, row: Row, question: Question) -> httpx.Response:
        shown = self._with(row.shows, question)
        address = f"{row.upstream}{shown.resource}"
        return self.http.request(
            shown.method, address, content=shown.body, headers=dict(shown.headers)
        )

    def last_fault(self) -> str | None:
        """Return how the last call failed."""
        entries, _ = self.universe.record.page(Wanted(None, None, 0, 10_000))
        return entries[-1].fault

    def _with(self, name: str | None, question: Question) -> Question:
        ways: dict[str | None, Callable[[], Question]] = {
            None: lambda: question,
            "bearer": lambda: _headed(question, Authorization=f"Bearer {APPLICATION.static}"),
            "basic": lambda: _headed(question, Authorization=f"Basic {_PAIR}"),
            "sms": lambda: _headed(question, Authorization=f"Bearer {BEARER}"),
            "ilis": lambda: _headed(question, Authorization=f"Bearer {self.ilis}"),
            "zalo": lambda: _headed(question, access_token=self.zalo),
            "key": lambda: _filled(question, authKey=DEFAULT_KEY),
            "session": lambda: _filled(question, session=self._session()),
            "hashed": lambda: _headed(question, **signed(self._stamp())),
        }
        return ways[name]()

    def _stamp(self) -> str:
        return str(int(self.universe.clock.now().timestamp() * 1000))

    def _session(self) -> str:
        account = {"username": LICENCES.username, "password": LICENCES.password}
        return str(self.http.post(_LOGIN, json=account).json()["session"])


def _headed(question: Question, **headers: str) -> Question:
    return replace(question, headers=question.headers | headers)


def _filled(question: Question, **members: str) -> Question:
    assert question.body is not None
    body = json.dumps(json.loads(question.body) | members, ensure_ascii=False)
    return replace(question, body=body.encode())


@dataclass
class Brokered:
    """The nation behind a gateway, its twin, and one that is told what is answered late."""

    gateway: Gateway
    api: Api
    nation: Twin
    twin: Twin
    patient: Twin

    def ask(self, row: Row, question: Question, version: str = USUAL) -> httpx.Response:
        """Ask through the broker."""
        path = f"/{row.first}/{version}{question.resource}"
        headers = self.api.headers | question.headers
        http: httpx.Client = self.gateway.http
        return http.request(question.method, path, content=question.body, headers=headers)

    def prepare(self, row: Row, value: str) -> None:
        """Have both nations hold what a row asks about."""
        if row.before is not None:
            for one in (self.nation, self.twin):
                assert one.ask(row, row.before(value)).status_code == 200


@contextmanager
def brokered(gateway: Gateway) -> Iterator[Brokered]:
    """Register and grant every service of the table, each with the credential that it wants."""
    nation, twin, patient = (_nation(gateway) for _ in range(3))
    late = _nation(gateway, late_seconds=1)
    client_id, api = a_client(gateway)
    with serving(Nation(nation.universe)) as served, serving(Nation(late.universe)) as tardy:
        usual, hasty = (f"http://127.0.0.1:{one.port}" for one in (served, tardy))
        for name, (kind, facts, secret) in _kept(usual, nation).items():
            _keep(gateway, Keeping(name, kind, facts), secret)
        for row in {row.first: row for row in ROWS}.values():
            _offer(gateway, row, {USUAL: usual, HASTY: hasty, DEAD: _NOWHERE}, client_id)
        yield Brokered(gateway, api, nation, twin, patient)


def _nation(gateway: Gateway, *, late_seconds: int = 0) -> Twin:
    settings = NationSettings(ngsp_slow=timedelta(seconds=late_seconds))
    return Twin(Universe(settings, clock=SharedClock(gateway.clock)))


def _keep(gateway: Gateway, asked: Keeping, secret: str) -> None:
    sealer = sealer_of(gateway.settings)
    assert sealer is not None
    kept = SecretStr(secret)
    gateway.transact(credentials.keep, gateway.clock, sealer, asked=asked, secret=kept)


def _offer(gateway: Gateway, row: Row, bases: Mapping[str, str], client_id: str) -> None:
    for version, base in bases.items():
        service = a_service(
            f"{base}{row.upstream}",
            code=row.first.lower(),
            version=version,
            context=row.first,
            credential=row.shows,
            timeout_seconds=0.2 if version == HASTY else 30.0,
            is_default=version == USUAL,
            subsystem="",
        )
        allow(gateway, offer(gateway, service), service, client_id)
