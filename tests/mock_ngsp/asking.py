"""A nation in memory, asked as clients of its shared services ask it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from starlette.testclient import TestClient

from mock_ngsp.front import Nation
from mock_ngsp.ngsp.tokens import DEFAULT_APPLICATION
from mock_ngsp.universe import Universe


@dataclass
class Services:
    """The shared services behind their gateway, with the lasting bearer of its one application."""

    universe: Universe = field(default_factory=Universe)

    def __post_init__(self) -> None:
        self.http = TestClient(Nation(self.universe), base_url="http://nation.test")
        self.headers = {"Authorization": f"Bearer {DEFAULT_APPLICATION.static}"}

    def get(self, path: str, **query: Any) -> httpx.Response:
        http: httpx.Client = self.http
        return http.get(path, params=query, headers=self.headers)

    def post(self, path: str, content: Any) -> httpx.Response:
        http: httpx.Client = self.http
        return http.post(path, json=content, headers=self.headers)

    def held(self, service: str) -> Any:
        """What the control API shows of a service."""
        answer = self.http.get(f"/_axis/v1/services/{service}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def later(self, **by: float) -> None:
        """Let the nation's clock go on."""
        self.universe.clock.advance(timedelta(**by))
