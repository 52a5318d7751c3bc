"""Two provinces and a ministry over one axis, each with gateway and worker, as processes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.cli.processes import Processes
from app.cli.staging import (
    Nation,
    Province,
    found_nation,
    settle_province,
    start_gateway,
    start_worker,
    system_id,
)
from app.platform.ids import new_id
from tests.e2e.stage import Unmeasured
from tests.engines import Engines
from tests.mock_ngsp.driving import AxisCaller

CODES = ("H38", "H53", "G22")


class Desk:
    """What a document system of one party sees and does, over the public API only."""

    def __init__(self, province: Province) -> None:
        self.code = province.code
        self._http = httpx.Client(base_url=province.url, timeout=60, trust_env=False)
        answer = self._http.post(
            "/oauth2/token",
            data={"grant_type": "client_credentials"},
            auth=(province.client_id, province.client_secret),
        )
        token = answer.raise_for_status().json()["access_token"]
        self._http.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        self._http.close()

    def get(self, path: str) -> Any:
        return self._http.get(path).raise_for_status().json()

    def status_of(self, path: str) -> int:
        return self._http.get(path).status_code

    def text(self, path: str) -> str:
        return self._http.get(path).raise_for_status().text

    def post(self, path: str, **content: Any) -> Any:
        answer = self._http.post(path, headers={"Idempotency-Key": new_id()}, **content)
        assert answer.is_success, f"{self.code} {path}: {answer.text}"
        return answer.json()


@dataclass(frozen=True, slots=True)
class Realm:
    """All of it, running."""

    processes: Processes
    nation: Nation
    provinces: dict[str, Province]

    def kill_worker(self, code: str) -> None:
        self.processes[f"worker-{code}"].kill()

    def start_worker(self, code: str) -> None:
        start_worker(self.processes, self.provinces[code])
        self.processes[f"worker-{code}"].wait_ready()

    def control(self, command: str, **body: Any) -> None:
        url = f"{self.nation.url}/_axis/v1/{command}"
        httpx.post(url, json=body, trust_env=False).raise_for_status()

    def waits_at_the_axis(self) -> bool:
        """Tell whether the axis still holds anything for one of the parties."""
        with httpx.Client(base_url=self.nation.url, trust_env=False) as http:
            return any(
                AxisCaller(http, system_id(code), self.nation.secrets[code]).inbox(kind)
                for code in CODES
                for kind in ("edoc", "status")
            )


MakeRealm = Callable[..., Realm]


@pytest.fixture
def make_realm(engines: Engines, engine: str, tmp_path: Path) -> Iterator[MakeRealm]:
    """Found a realm in a folder of this name; `axis` wraps the address of the axis."""
    with ExitStack() as stack:

        def make(name: str, axis: Callable[[str], str] = str, **changes: str) -> Realm:
            folder = tmp_path / name
            folder.mkdir()
            processes = stack.enter_context(Unmeasured(folder))
            nation = found_nation(processes, folder, CODES)
            env = {f"LGSP_{key.upper()}": value for key, value in changes.items()}
            env["LGSP_VXP_URL"] = axis(nation.url)
            provinces = {}
            for code in CODES:
                url = engines.migrated(engine)
                province = settle_province(folder / code, nation, code, database_url=url)
                provinces[code] = replace(province, env={**province.env, **env})
            realm = Realm(processes, nation, provinces)
            for province in provinces.values():
                start_gateway(processes, province)
                start_worker(processes, province)
            for code in CODES:
                processes[f"gateway-{code}"].wait_ready()
                processes[f"worker-{code}"].wait_ready()
            return realm

        yield make
