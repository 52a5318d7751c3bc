"""What is measured: fresh databases, the gateway, and bare servers, all on loopback."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvloop

from app.cli.processes import Processes
from app.cli.staging import Nation, Province, settle_province, start_gateway, start_worker
from app.dossiers.schemas.incoming import EXAMPLE
from app.platform.ids import new_id
from mock_ngsp.systems import DEFAULT_PASSWORD, DEFAULT_USER
from tests.bench.load import post
from tests.bench.packets import HERE, SECRETS
from tests.engines import Engines

T = TypeVar("T")
CONNECTIONS = 32
DOSSIER: Mapping[str, Any] = {name: EXAMPLE[name] for name in EXAMPLE if name != "code"}
"""What is submitted; every submission is given a code of its own."""

_CODE = "H38"


@dataclass(frozen=True, slots=True)
class Serving:
    """A running gateway: its port, the token of a client that may do everything, its database.

    `encryption_key` is the file with the key that seals secrets there.
    """

    port: int
    token: str
    database_url: str
    encryption_key: Path
    pid: int = 0

    @property
    def most_memory(self) -> int:
        """The most bytes that were ever resident."""
        return most_memory_of(self.pid)

    def submissions(self, number: int) -> Sequence[bytes]:
        """Return POSTs of one new dossier each, every one with an Idempotency-Key of its own."""
        body = json.dumps(DOSSIER, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        return [
            post("/v1/dossiers", body, headers | {"Idempotency-Key": new_id()})
            for _ in range(number)
        ]


@dataclass(frozen=True, slots=True)
class MockNation:
    """A running mock: its port and its process."""

    port: int
    pid: int

    @property
    def most_memory(self) -> int:
        """The most bytes that were ever resident."""
        return most_memory_of(self.pid)


@dataclass(frozen=True, slots=True)
class Worker:
    """A running worker."""

    pid: int

    @property
    def most_memory(self) -> int:
        """The most bytes that were ever resident."""
        return most_memory_of(self.pid)


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its port and its process."""

    port: int
    pid: int


class Stage:
    """Makes databases and starts processes; the measurements share nothing but the machine."""

    def __init__(self, folder: Path, processes: Processes, engines: Engines) -> None:
        self._folder = folder
        self._processes = processes
        self._engines = engines

    def database(self, engine: str) -> str:
        """Return the URL of a fresh migrated database."""
        return self._engines.migrated(engine)

    def serve(self, name: str, env: Mapping[str, str], *, number: int = 1) -> int:
        """Start one of `tests.bench.servers` in so many processes and return its port."""
        return self.serve_process(name, env, number=number).port

    def serve_process(self, name: str, env: Mapping[str, str], *, number: int = 1) -> "Served":
        """Start one of `tests.bench.servers`."""
        command = ["tests.bench.servers", name, str(number)]
        process = self._processes.start(new_id(), command, env)
        return Served(_port_of(process.wait_ready()), process.pid)

    def validating(self) -> Serving:
        """Start the gateway that stores nothing."""
        province = self._province("sqlite")
        return _serving(province, self.serve("validating", province.env))

    def gateway(
        self, engine: str, env: Mapping[str, str] | None = None, *, number: int = 1
    ) -> Serving:
        """Start `lgsp serve`, without a worker; `env` are settings beside the usual ones."""
        settled = self._province(engine)
        return self._gateway(replace(settled, env={**settled.env, **(env or {})}), number)

    def relaying(self, engine: str, mock: MockNation) -> tuple[Serving, Worker]:
        """Start `lgsp serve` and a worker, both of them connected to this nation."""
        province = self._province(engine, mock)
        gateway = self._gateway(province)
        start_worker(self._processes, province)
        process = self._processes[f"worker-{_CODE}"]
        process.wait_ready()
        return gateway, Worker(process.pid)

    def _gateway(self, province: Province, number: int = 1) -> Serving:
        start_gateway(self._processes, province, number=number)
        process = self._processes[f"gateway-{_CODE}"]
        return replace(_serving(province, _port_of(process.wait_ready())), pid=process.pid)

    def mock(self, *arguments: str) -> MockNation:
        """Start the mock nation with its own three systems."""
        command = ["mock_ngsp", "serve", "--port", "0", *arguments]
        process = self._processes.start(new_id(), command, {})
        return MockNation(_port_of(process.wait_ready()), process.pid)

    def end(self) -> None:
        """End what was started, so that it does not disturb the next measurement."""
        self._processes.__exit__(None, None, None)

    def _province(self, engine: str, mock: MockNation | None = None) -> Province:
        """Settle a province; without a mock its nation is where nobody listens."""
        folder = self._folder / new_id()
        folder.mkdir()
        password = folder / "portal-password"
        password.write_text(DEFAULT_PASSWORD, encoding="utf-8")
        url = f"http://127.0.0.1:{9 if mock is None else mock.port}"
        nation = Nation(url, {_CODE: SECRETS[HERE]}, password)
        settled = settle_province(folder, nation, _CODE, database_url=self.database(engine))
        return replace(settled, env={**settled.env, "LGSP_DVCQG_USERNAME": DEFAULT_USER})


def most_memory_of(pid: int) -> int:
    """Return the most bytes of a process that were ever resident."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def _port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def _serving(province: Province, port: int) -> Serving:
    answer = httpx.post(
        f"http://127.0.0.1:{port}/oauth2/token",
        auth=(province.client_id, province.client_secret),
        data={"grant_type": "client_credentials"},
    )
    token = answer.raise_for_status().json()["access_token"]
    env = province.env
    return Serving(port, token, env["LGSP_DATABASE_URL"], Path(env["LGSP_ENCRYPTION_KEY_FILE"]))


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run one measurement on the quickest event loop there is, so that it measures the servers."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


@contextmanager
def set_stage() -> Iterator[Stage]:
    """Give a stage; everything on it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lgsp-bench-"))
    engines = Engines(folder, is_durable=True)
    try:
        with Processes(folder) as processes:
            yield Stage(folder, processes, engines)
    finally:
        engines.stop()
        shutil.rmtree(folder, ignore_errors=True)
