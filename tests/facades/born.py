"""A gateway that is connected to a nation in this process: what it sends down, what it is told."""

import base64
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
from pydantic import AnyHttpUrl
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.dossiers.sync import handlers
from app.exchange.relay import Relay, Terms
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.dvcqg.accounts import Person
from mock_ngsp.universe import Universe
from tests.builders import seed_catalogue
from tests.contract.judges import message
from tests.exchange.nation import client_of
from tests.gateway import Gateway

T = TypeVar("T")
SECRET = "khoa-chung-voi-cong"
TAX_CODE, TECH_ID = "0000000001", "tech-doanh-nghiep-0001"
NOTICE = "dvcqg_thong_bao_khuyen_mai.json"
CHANGE = "dvcqg_dieu_chinh_khuyen_mai.json"
CODE, CHANGE_CODE = "G02.24-261102-000001", "G02.24-261103-000002"
FRONT = "/KetNoiMotCuaQuocGia/DongBoTrangThaiHoSoKM"
PDF = base64.b64decode("JVBERi0xLjQKbWF1")
MAPPED = {"2.900001": "H38.12"}


def a_notice(**changes: Any) -> dict[str, Any]:
    return dict(message(NOTICE).json() | changes)


def a_change(*, updating: str = "False", former: str = CODE, **changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = message(CHANGE).json()
    body["data"]["ThongTinDaNop"]["MaHoSoQGDNP"] = former
    return body | {"isUpdating": updating, "data": body["data"] | changes}


@dataclass(frozen=True, slots=True)
class Born:
    """The gateway, and the nation that knows one merchant."""

    gateway: Gateway
    universe: Universe

    def push(self, body: Any, secret: str = SECRET) -> httpx.Response:
        """Send a notice, or a change of one, down."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {secret}"}
        answer: httpx.Response = self.gateway.http.post(
            "/api/dvcqg/TiepNhanHoSoKM", content=content, headers=headers
        )
        return answer

    def code_of(self, body: Any) -> int:
        """Send one down and return the error_code of the answer."""
        answer = self.push(body)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["error_code"])

    def relay(self) -> int:
        """Deliver what is owed now; return how many messages were tried."""

        async def turn() -> int:
            context = self.gateway.context
            return await Relay(
                context.database,
                context.clock,
                handlers(client_of(self.universe)),
                terms=Terms.of(context.settings, worker="w-1"),
                metrics=context.metrics,
            ).turn()

        return self.run(turn)

    def run(self, act: Callable[[], Awaitable[T]]) -> T:
        assert self.gateway.http.portal is not None
        return self.gateway.http.portal.call(act)

    def told(self) -> list[tuple[str, str]]:
        """Return the statuses the nation was told: code and what was said."""
        return [(one["TrangThai"], one["NoiDung"]) for one in self.universe.statuses]


@contextmanager
def born(settings: Settings, clock: FrozenClock, folder: Path, **changes: Any) -> Iterator[Born]:
    """Open a gateway that takes what the nation sends down."""
    file = folder / "push-secret"
    file.write_text(SECRET, encoding="utf-8")
    given = {
        "dvcqg_push_secret_file": file,
        "dvcqg_url": AnyHttpUrl("http://portal.test"),
        "promotion_agencies": MAPPED,
    }
    chosen = settings.model_copy(update=given | changes)
    app = create_app(chosen, clock=clock)
    universe = Universe()
    with TestClient(app, raise_server_exceptions=False) as http:
        app.state.portal = client_of(universe)
        gateway = Gateway(http, chosen, clock)
        seed_catalogue(gateway)
        universe.accounts.put(Person(TECH_ID, TAX_CODE))
        yield Born(gateway, universe)


def shown(nation: Born, path: str = "", code: str = CODE) -> Any:
    answer = nation.gateway.client().get(f"/v1/dossiers/{code}{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def a_status(code: str, **changes: Any) -> dict[str, Any]:
    return {
        "TrangThai": code,
        "MaHoSo": CODE,
        "MaHoSoDonVi": CODE,
        "MaDoiTuong": None,
        "NoiDung": f"Bước {code}",
        "NgayXuLy": f"202611021{int(code):05d}",
        "TaiLieuXuLy": [],
    } | changes


def report(nation: Born, body: Any, *scopes: Scope, member: str = "H38") -> Any:
    return nation.gateway.client(member, *scopes).post(FRONT, json=body)
