"""Calls of a shared service through the broker, beside nginx that only passes them on.

With authentication, grant, quota and operational record: a POST of 1.7 KB and a GET.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any, Final

import psutil
from jose import jwt
from sqlalchemy import Connection

from app.broker.domain.grants import Grant, Terms
from app.broker.domain.operations import Operation
from app.broker.domain.quotas import Quota
from app.broker.domain.service import Contact, Protocol, Service, ServiceState, Upstream
from app.broker.store import grants, quotas, registered, revisions
from app.cli.acting import act
from app.codes import AgencyCode
from app.platform.clock import SystemClock
from app.platform.ids import new_id
from app.platform.settings import Settings
from tests.bench.load import get, hurry, post
from tests.bench.proxies import Floor, cpu_of, floor
from tests.bench.report import Figure, Turn, in_turns
from tests.bench.stage import CONNECTIONS, Serving, Stage, run

if TYPE_CHECKING:
    from tests.bench.measurements import Size

CONTEXT: Final = "apiCSDLDKDN"
_ENV: Final = {"LGSP_UPSTREAM_NETWORKS": '["127.0.0.0/8"]'}
_BODY: Final = json.dumps({"authKey": "x" * 40, "toKhai": "y" * 1637}).encode()
_TOLD: Final = b'"Status":"1"'
_GROWTH: Final = 1000
"""Milliseconds of a second."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The gateway and the floor, and the same request for each."""

    gateway: Serving
    floor: Floor
    request: Callable[[str], bytes]

    def requests(self, number: int) -> Sequence[bytes]:
        """Return so many requests."""
        return list(islice(cycle([self.request(self.gateway.token)]), number))

    def turn(self, port: int, size: "Size", connections: int = CONNECTIONS) -> Turn:
        """Send as many as a turn takes."""
        requests = self.requests(size.posts)
        sending = hurry(port, requests, connections=connections, within=size.seconds, told=_TOLD)
        return run(sending)


def _post(token: str) -> bytes:
    return post(f"/{CONTEXT}/1.0/nhanHoSo", _BODY, _headers(token))


def _get(token: str) -> bytes:
    return get(f"/{CONTEXT}/1.0/chiTietDoanhNghiep?msdn=0109999991", _headers(token))


def _headers(token: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {token}",
        "Accept": "application/json",
        "Content-Type": "application/json",
        "User-Agent": "one-stop/1.0",
    }


def rate(request: Callable[[str], bytes], stage: Stage, size: "Size") -> Figure:
    """Measure calls per second over 32 connections."""
    with floor(stage) as beside:
        scene = _scene(stage, beside, request)
        ours = partial(scene.turn, scene.gateway.port, size)
        return in_turns(ours, partial(scene.turn, beside.proxy, size), rounds=size.rounds)


def cpu(request: Callable[[str], bytes], stage: Stage, size: "Size") -> Figure:
    """Measure the CPU of one call in microseconds; that of SQLite's writer is the gateway's."""
    with floor(stage) as beside:
        scene = _scene(stage, beside, request)
        processes = (psutil.Process(scene.gateway.pid),)

        def used(port: int, seconds: Callable[[], float]) -> tuple[float, int]:
            before = seconds()
            number = scene.turn(port, size).number
            return (seconds() - before) / number * 1e6, number

        ours, theirs = partial(cpu_of, processes), beside.seconds
        turns = [
            (used(scene.gateway.port, ours), used(beside.proxy, theirs))
            for _ in range(size.rounds + 1)
        ][1:]
    a = statistics.median(turn[0][0] for turn in turns)
    b = max(statistics.median(turn[1][0] for turn in turns), 0.1)
    return Figure(round(a, 1), round(b, 1), round(a / b, 3), sum(turn[0][1] for turn in turns))


def added(request: Callable[[str], bytes], stage: Stage, size: "Size") -> Figure:
    """Measure the p50 of one call at one connection in milliseconds; the ratio is what we add."""
    with floor(stage) as beside:
        scene = _scene(stage, beside, request)
        number = size.waits * 2
        waits = [
            tuple(run(_waits(port, scene.requests(number))) for port in (ours, beside.proxy))
            for ours in [scene.gateway.port] * (size.rounds + 1)
        ][1:]
    a, b = (statistics.median(side) for side in zip(*waits, strict=True))
    return Figure(round(a, 3), round(b, 3), round(a - b, 3), number * size.rounds)


async def _waits(port: int, requests: Sequence[bytes]) -> float:
    """Return the median wait for an answer, in milliseconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    waits = []
    for request in requests:
        began = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length: ")[2].split(b"\r\n", 1)[0])
        if _TOLD not in await reader.readexactly(length):
            raise RuntimeError(head.decode())
        waits.append(time.perf_counter() - began)
    writer.close()
    await writer.wait_closed()
    return statistics.median(waits) * _GROWTH


def _scene(stage: Stage, beside: Floor, request: Callable[[str], bytes]) -> Scene:
    gateway = stage.gateway("sqlite", _ENV)
    client_id = str(jwt.get_unverified_claims(gateway.token)["sub"])
    settings = Settings(database_url=gateway.database_url)
    act(settings, _offered, f"http://127.0.0.1:{beside.service}", client_id)
    return Scene(gateway, beside, request)


def _offered(connection: Connection, url: str, client_id: str) -> None:
    """Register a service, grant it, and limit the client to a million calls an hour."""
    now, unit = SystemClock().now(), AgencyCode("H38")
    service = Service(
        code="enterprises", version="1.0", context=CONTEXT, owner=unit, tenant=unit,
        protocol=Protocol.WSO2, title="Đăng ký doanh nghiệp", upstreams=(Upstream(url),),
        operations=(
            Operation.of("GET", "/chiTietDoanhNghiep"), Operation.of("POST", "/nhanHoSo"),
            *(Operation.of("GET", f"/danhMuc{number}/{{ma}}") for number in range(8)),
        ),
        contact=Contact("Sở Kế hoạch và Đầu tư"), state=ServiceState.PUBLISHED, is_default=True,
        created_at=now, published_at=now,
    )  # fmt: skip
    terms = Terms(("*",), "đo", "QĐ 01/QĐ-UBND", now + timedelta(days=1))
    revisions.raise_revision(connection)
    number = registered.add(connection, service)
    grants.add(connection, number, Grant(new_id(), client_id, unit, service.key, terms, now))
    quota = Quota(new_id(), client_id, "enterprises", None, 1_000_000, timedelta(hours=1))
    quotas.add(connection, quota, member=unit, at=now)


MEASUREMENTS: Mapping[str, Callable[[Stage, Any], Figure]] = {
    "broker-post": partial(rate, _post),
    "broker-get": partial(rate, _get),
    "broker-post-cpu": partial(cpu, _post),
    "broker-get-cpu": partial(cpu, _get),
    "broker-post-added": partial(added, _post),
    "broker-get-added": partial(added, _get),
}

AIMS: Mapping[str, str] = {
    "broker-post": ">= .12",
    "broker-get": ">= .12",
    "broker-post-cpu": "<= 15",
    "broker-get-cpu": "<= 15",
    "broker-post-added": "<= 1",
    "broker-get-added": "<= 1",
}
