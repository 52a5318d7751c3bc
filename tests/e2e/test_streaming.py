"""Large bodies through the broker, each way, in real processes whose memory is watched."""

import hashlib
import threading
from dataclasses import dataclass, field
from typing import Any

import httpx
import psutil
import pytest

from app.platform.clock import SystemClock
from tests.carrying.offering import a_service, allow, offer
from tests.conftest import Tell
from tests.e2e.large_service import LargeService
from tests.e2e.stage import MakeStage, Stage
from tests.e2e.test_large_documents import MIB, PATIENCE, File, Watch, digest
from tests.gateway import transact

PATH = "/apiCSDLDKDN/1.0"
BOUND = 32


@dataclass(frozen=True)
class Remote:
    """The database of a running gateway."""

    url: str
    clock: SystemClock = field(default_factory=SystemClock)

    def transact(self, act: Any, *args: Any, **kwargs: Any) -> Any:
        return transact(self.url, act, *args, **kwargs)


@dataclass(frozen=True)
class Caller:
    http: httpx.Client
    service: LargeService

    def send(self, file: File) -> None:
        answer = self.http.post(f"{PATH}/take", content=file.pieces())
        assert answer.json() == {"sha256": file.sha256, "size": file.size}

    def send_with_length(self, file: File) -> None:
        lines = {"Content-Length": str(file.size)}
        answer = self.http.post(f"{PATH}/take", content=file.pieces(), headers=lines)
        assert answer.json() == {"sha256": file.sha256, "size": file.size}

    def fetch(self, file: File) -> None:
        self.service.given["file"] = file.pieces
        with self.http.stream("GET", f"{PATH}/give/file") as answer:
            assert digest(answer.iter_bytes()) == file.sha256


def calling(stage: Stage, service: LargeService) -> Caller:
    remote: Any = Remote(stage.province.env["LGSP_DATABASE_URL"])
    offered = a_service(service.url, max_body_bytes=1024 * MIB)
    number = offer(remote, offered)
    allow(remote, number, offered, stage.province.client_id)
    token = {"Authorization": f"Bearer {stage.token()}"}
    http = httpx.Client(
        base_url=stage.province.url, headers=token, timeout=PATIENCE, trust_env=False
    )
    return Caller(http, service)


def test_large_bodies_pass_with_little_memory(
    make_stage: MakeStage, request: pytest.FixtureRequest, tell: Tell
) -> None:
    size = request.config.getoption("--mib") * MIB
    stage = make_stage(upstream_networks='["127.0.0.0/8"]')
    with LargeService() as service:
        caller = calling(stage, service)
        for act in (caller.send, caller.send_with_length, caller.fetch):
            act(File(1, 4 * MIB))
        watch = Watch(stage.processes)
        with watch.watching():
            for number, act in enumerate((caller.send, caller.send_with_length, caller.fetch)):
                act(File(10 + number, size))
        caller.http.close()
    tell(f"{size // MIB} MiB through the broker each way: growth in MiB {watch.growth}")
    assert watch.growth["gateway"] <= BOUND


def test_slow_readers_cost_little_and_leave_nothing(make_stage: MakeStage, tell: Tell) -> None:
    stage = make_stage(upstream_networks='["127.0.0.0/8"]')
    gateway = psutil.Process(stage.processes.pids()["gateway-H38"])
    with LargeService() as service:
        caller = calling(stage, service)
        caller.fetch(File(1, 4 * MIB))
        before = gateway.num_fds()
        watch = Watch(stage.processes)
        with watch.watching():
            slow = [begin(caller, File(2, 32 * MIB)) for _ in range(16)]
            caller.fetch(File(3, 4 * MIB))
            for one in slow:
                one.close()
        assert settles(lambda: gateway.num_fds() <= before)
        caller.http.close()
    tell(f"16 slow readers of 32 MiB: growth in MiB {watch.growth}")
    assert watch.growth["gateway"] <= BOUND


def begin(caller: Caller, file: File) -> httpx.Response:
    """Ask for a large answer, and take only its beginning."""
    caller.service.given["file"] = file.pieces
    request = caller.http.build_request("GET", f"{PATH}/give/file")
    answer = caller.http.send(request, stream=True)
    first = next(answer.iter_raw(1000))
    assert hashlib.sha256(first).digest() == hashlib.sha256(next(file.pieces())[:1000]).digest()
    return answer


def settles(is_so: Any) -> bool:
    return any(is_so() or threading.Event().wait(0.05) for _ in range(200))
