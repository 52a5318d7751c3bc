"""A revoked grant stops in every process: by the clock, and measured with two processes."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from app.access import use_cases as access
from app.access.domain import Client, Scope
from app.access.store import clients
from app.access.tokens import SigningKey, Tokens
from app.broker.register import Register
from app.catalogue.use_cases import load_seed
from app.cli.processes import Processes
from app.codes import AgencyCode
from app.evidence.domain import SystemActor
from app.main import create_app
from app.platform.clock import FrozenClock, SystemClock
from app.platform.context import Context
from app.platform.database import DatabaseUnavailableError, open_database
from app.platform.metrics import Metrics
from app.platform.settings import Settings
from tests.broker.shared import SOMEBODY, consumer, done, granted, published
from tests.conftest import Tell
from tests.gateway import START, Api, Gateway, transact

WITHIN = 0.25
"""Seconds that a process may go without a look at the register, as it is set by default."""

QUESTION = {"client_id": SOMEBODY, "method": "GET", "path": "/thuaDat/1"}
ISSUER = "http://gateway.test"
PATH = "/v1/services/land/explanation"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"broker_register_seconds": WITHIN})


@pytest.fixture
def other(settings: Settings, province: Gateway) -> Iterator[Gateway]:
    """A second process's application over the same database, with the same clock."""
    app = create_app(settings, clock=province.clock)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Gateway(http, settings, province.clock)


def _is_allowed(api: Api) -> bool:
    return bool(api.post(PATH, json=QUESTION).json()["is_allowed"])


def test_another_process_refuses_once_its_copy_is_as_old_as_it_may_be(
    province: Gateway, keeper: Api, other: Gateway
) -> None:
    published(keeper)
    grant = granted(keeper, consumer(province))
    there = other.client("H38")
    assert (_is_allowed(keeper), _is_allowed(there)) == (True, True)
    done(keeper, f"/v1/grants/{grant['id']}/revocation", {"reason": "?"})
    assert (_is_allowed(keeper), _is_allowed(there)) == (False, True)
    province.clock.advance(timedelta(seconds=WITHIN))
    assert not _is_allowed(there)


def test_a_clock_that_was_set_back_makes_no_copy_fresh(
    province: Gateway, keeper: Api, other: Gateway
) -> None:
    published(keeper)
    grant = granted(keeper, consumer(province))
    there = other.client("H38")
    assert _is_allowed(there)
    done(keeper, f"/v1/grants/{grant['id']}/revocation", {"reason": "?"})
    province.clock.advance(timedelta(seconds=-1))
    assert not _is_allowed(there)


def test_nothing_is_allowed_while_the_register_cannot_be_read() -> None:
    scope = {"method": "GET", "raw_path": b"/apiDatDai/1.0/thuaDat/1"}
    client = Client("client-x", "x", AgencyCode("H38"), frozenset(Scope), START)

    async def judge() -> None:
        async with open_database("sqlite:////nowhere/lgsp.db") as database:
            context = Context(Settings(), database, FrozenClock(START), Metrics())
            await Register(context).decide_request(client, scope)

    with pytest.raises(DatabaseUnavailableError):
        asyncio.run(judge())


@dataclass(frozen=True, slots=True)
class Seen:
    """What one process answered: until when it still allowed, and since when it refused."""

    allowed_asked_at: float
    refused_at: float


class Pair:
    """Two gateway processes over one database, and a token of somebody who may do everything."""

    def __init__(self, stack: ExitStack, folder: Path, url: str, key: Path) -> None:
        processes = stack.enter_context(Processes(folder))
        env = {
            "LGSP_DATABASE_URL": url,
            "LGSP_SIGNING_KEY_FILE": str(key),
            "LGSP_PUBLIC_URL": ISSUER,
        }
        started = [
            processes.start(f"gateway-{number}", ["app.cli", "serve", "--port", "0"], env)
            for number in range(2)
        ]
        token = _token(url, key)
        clients = [
            httpx.Client(base_url=one.wait_ready(), timeout=60, trust_env=False) for one in started
        ]
        self.apis = [Api(stack.enter_context(one), token) for one in clients]


def _token(url: str, key: Path) -> str:
    clock = SystemClock()
    client, _ = transact(
        url,
        access.register,
        clock,
        name="keeper",
        member=AgencyCode("H38"),
        scopes=[scope.value for scope in Scope],
    )
    tokens = Tokens(clock, ISSUER, [SigningKey.read(key)], lifetime=timedelta(hours=1))
    return tokens.issue(client, client.scopes)


@pytest.fixture
def pair(database_url: str, signing_key_file: Path, tmp_path: Path) -> Iterator[Pair]:
    transact(database_url, load_seed, SystemClock(), SystemActor("system:test", ""))
    transact(database_url, _add_consumer)
    with ExitStack() as stack:
        yield Pair(stack, tmp_path, database_url, signing_key_file)


def _add_consumer(connection: Connection) -> None:
    client = Client(SOMEBODY, "consumer", AgencyCode("H38.21"), frozenset(Scope), START)
    clients.add(connection, client, secret_hash="0" * 64)


def _watch(api: Api) -> Seen:
    """Ask until the answer changes."""
    allowed_asked_at = 0.0
    while True:
        asked_at = time.monotonic()
        if not _is_allowed(api):
            return Seen(allowed_asked_at, time.monotonic())
        allowed_asked_at = asked_at


def test_a_revoked_grant_stops_in_both_processes(pair: Pair, tell: Tell) -> None:
    first, second = pair.apis
    published(first)
    grant = granted(first, SOMEBODY)
    path = f"/v1/grants/{grant['id']}/revocation"
    # What the second process holds is older than the grant for a moment at most.
    while not _is_allowed(second):
        continue
    assert _is_allowed(first)
    with ThreadPoolExecutor(2) as pool:
        watching = [pool.submit(_watch, api) for api in pair.apis]
        done(first, path, {"reason": "?"})
        revoked_at = time.monotonic()
        seen = [one.result(timeout=60) for one in watching]
    for number, one in enumerate(seen):
        refused = one.refused_at - revoked_at
        still = max(one.allowed_asked_at - revoked_at, 0)
        tell(
            f"process {number}: first refusal {refused:.3f} s after the revocation's answer, "
            f"last call that was allowed asked {still:.3f} s after it"
        )
    assert [_is_allowed(api) for api in pair.apis] == [False, False]
