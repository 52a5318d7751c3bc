"""Nation, gateway and worker as real processes on loopback, over either database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from typing_extensions import override

from app.cli.processes import Process, Processes
from app.cli.staging import (
    Nation,
    Province,
    found_nation,
    settle_province,
    start_gateway,
    start_worker,
)
from tests.engines import Engines

CODES = ("H38", "H53", "G22")


@dataclass(frozen=True, slots=True)
class Stage:
    """One province and the nation, all running."""

    processes: Processes
    nation: Nation
    province: Province
    gateways: int = 1
    """The gateway's processes."""

    def restart_gateway(self) -> None:
        start_gateway(self.processes, self.province, number=self.gateways)
        self.processes[f"gateway-{self.province.code}"].wait_ready()

    def restart_worker(self) -> None:
        start_worker(self.processes, self.province)
        self.processes[f"worker-{self.province.code}"].wait_ready()

    def kill(self, kind: str) -> None:
        self.processes[f"{kind}-{self.province.code}"].kill()

    def gateway_pids(self) -> list[int]:
        """Return the processes that serve, without the one that watches over them."""
        watching = self.processes[f"gateway-{self.province.code}"].pid
        children = Path(f"/proc/{watching}/task/{watching}/children").read_text("ascii")
        return [int(pid) for pid in children.split()]

    def token(self) -> str:
        answer = httpx.post(
            f"{self.province.url}/oauth2/token",
            data={"grant_type": "client_credentials"},
            auth=(self.province.client_id, self.province.client_secret),
            trust_env=False,
        )
        return str(answer.raise_for_status().json()["access_token"])


class Unmeasured(Processes):
    """Processes whose coverage is not measured: it halves their speed, and the killed lose it.

    What they run is measured by other tests, in their own process, and by those of the commands.
    """

    @override
    def start(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> Process:
        return super().start(name, command, {**env, "COVERAGE_PROCESS_CONFIG": ""})


MakeStage = Callable[..., Stage]


@pytest.fixture
def make_stage(engines: Engines, engine: str, tmp_path: Path) -> Iterator[MakeStage]:
    """Set a stage, with so many processes of the gateway.

    Further keyword arguments become settings, `{nation}` in them the nation's address.
    """
    with ExitStack() as stack:

        def make(gateways: int = 1, **changes: str) -> Stage:
            processes = stack.enter_context(Unmeasured(tmp_path))
            nation = found_nation(processes, tmp_path, CODES)
            province = settle_province(
                tmp_path / "H38", nation, "H38", database_url=engines.migrated(engine)
            )
            given = {k: v.replace("{nation}", nation.url) for k, v in changes.items()}
            env = {**province.env, **{f"LGSP_{k.upper()}": v for k, v in given.items()}}
            stage = Stage(processes, nation, replace(province, env=env), gateways)
            start_gateway(processes, stage.province, number=gateways)
            stage.restart_worker()
            processes[f"gateway-{province.code}"].wait_ready()
            return stage

        yield make
