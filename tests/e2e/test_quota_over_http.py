"""Four gateways over one PostgreSQL, 32 clients at each: a quota holds for all of them."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import httpx
import pytest
from sqlalchemy import Connection

from app.access import use_cases as access
from app.access.domain import Scope
from app.broker.domain.grants import Grant, Terms
from app.broker.domain.operations import Operation
from app.broker.domain.quotas import Quota, window_at
from app.broker.domain.service import Contact, Protocol, Service, ServiceState, Upstream
from app.broker.store import grants, quotas, registered, revisions
from app.cli.demo.hop import await_that
from app.cli.processes import Processes
from app.cli.staging import HOST, free_port
from app.codes import AgencyCode
from app.platform.clock import SystemClock
from tests.conftest import Tell
from tests.e2e.stage import Unmeasured
from tests.engines import Engines
from tests.facades.destination import serving
from tests.gateway import transact

PROCESSES = 4
CLIENTS = 32
LIMIT = 1000
UNIT = AgencyCode("H38")
PATH = "/apiCSDLDKDN/1.0/chiTietDoanhNghiep?msdn=0109999991"
CLOCK = SystemClock()


def a_window() -> timedelta:
    """Return the length of windows of which the present one lasts for long yet."""
    now = CLOCK.now()
    lengths = (timedelta(days=number) for number in (1, 2, 3))
    return next(one for one in lengths if window_at(one, now).seconds_left(now) > 3600)


def offer(connection: Connection, url: str, client_id: str) -> None:
    now = CLOCK.now()
    service = Service(
        code="enterprises", version="1.0", context="apiCSDLDKDN", owner=UNIT, tenant=UNIT,
        protocol=Protocol.WSO2, title="Đăng ký doanh nghiệp", upstreams=(Upstream(url),),
        operations=(Operation.of("GET", "/chiTietDoanhNghiep"),), contact=Contact("Sở Tài chính"),
        state=ServiceState.PUBLISHED, is_default=True, created_at=now, published_at=now,
    )  # fmt: skip
    terms = Terms(("*",), "Cấp giấy phép", "QĐ 01/QĐ-UBND", now + timedelta(days=1))
    revisions.raise_revision(connection)
    number = registered.add(connection, service)
    grants.add(connection, number, Grant("grant-1", client_id, UNIT, service.key, terms, now))
    quota = Quota("quota-1", client_id, service.code, None, LIMIT, a_window())
    quotas.add(connection, quota, member=UNIT, at=now)


@pytest.fixture
def service() -> Iterator[str]:
    with serving() as upstream:
        yield upstream.url


@pytest.fixture
def addresses(
    engines: Engines, service: str, signing_key_file: Path, tmp_path: Path
) -> Iterator[tuple[list[str], str]]:
    """The gateways' addresses, and a token that is good at all of them."""
    database_url = engines.migrated("postgresql")
    scopes = [Scope.FORWARD_SERVICES, Scope.READ_EXCHANGES]
    client, secret = transact(
        database_url, access.register, CLOCK, name="x", member=UNIT, scopes=scopes
    )
    transact(database_url, offer, service, client.client_id)
    env = {
        "LGSP_DATABASE_URL": database_url,
        "LGSP_SIGNING_KEY_FILE": str(signing_key_file),
        "LGSP_UPSTREAM_NETWORKS": '["127.0.0.0/8"]',
        "LGSP_LOG_LEVEL": "WARNING",
    }
    with Unmeasured(tmp_path) as processes:
        found = [start(processes, number, env) for number in range(PROCESSES)]
        for number in range(PROCESSES):
            processes[f"gateway-{number}"].wait_ready()
        form = {"grant_type": "client_credentials"}
        basic = (client.client_id, secret)
        answer = httpx.post(f"{found[0]}/token", data=form, auth=basic, trust_env=False)
        yield found, str(answer.raise_for_status().json()["access_token"])
    engines.give_back(database_url)


def start(processes: Processes, number: int, env: dict[str, str]) -> str:
    port = str(free_port())
    words = ["app.cli", "serve", "--host", HOST, "--port", port]
    processes.start(f"gateway-{number}", words, env)
    return f"http://{HOST}:{port}"


async def call(session: aiohttp.ClientSession, address: str, told: Counter[int]) -> None:
    """Call until there is no more; a service that does not answer was called too."""
    while True:
        async with session.get(address + PATH) as answer:
            told[answer.status] += 1
            body = await answer.read()
            if answer.status == 429:
                assert b"900804" in body
                assert int(answer.headers["Retry-After"]) > 0
                return
            if answer.status == 200:
                assert f";q={LIMIT};" in answer.headers["RateLimit-Policy"]


async def storm(addresses: list[str], token: str) -> Counter[int]:
    told: Counter[int] = Counter()
    headers = {"Authorization": f"Bearer {token}"}
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(headers=headers, connector=connector) as session:
        await asyncio.gather(
            *(call(session, address, told) for address in addresses for _ in range(CLIENTS))
        )
    return told


def test_a_quota_holds_for_all_gateways_together_and_every_call_is_remembered(
    addresses: tuple[list[str], str], tell: Tell
) -> None:
    told = asyncio.run(storm(*addresses))
    tell(f"{PROCESSES} gateways, {CLIENTS} clients at each, a limit of {LIMIT}: {dict(told)}")
    let_through = told.total() - told[429]
    assert LIMIT - LIMIT // 200 <= let_through <= LIMIT
    assert told[429] == PROCESSES * CLIENTS
    remembered = counted(addresses, told.total())
    assert remembered["exhausted"] == told[429]
    assert remembered["answered"] == told[200] > 0


def counted(addresses: tuple[list[str], str], expected: int) -> dict[str, int]:
    """Return how many calls are remembered, once every gateway has written what it noted."""
    urls, token = addresses
    headers, query = {"Authorization": f"Bearer {token}"}, {"by": "outcome"}
    url = f"{urls[0]}/v1/exchanges/statistics"

    def look() -> dict[str, int] | None:
        answer = httpx.get(url, params=query, headers=headers, trust_env=False)
        items = answer.raise_for_status().json()["items"]
        found = {one["group"]["outcome"]: int(one["calls"]) for one in items}
        return found if sum(found.values()) == expected else None

    return await_that(look, within=30, what="every record")
