"""Dossiers born at the portal: taken once, and found in the feed of their one-stop system."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.builders import evidence_of, seed_catalogue
from tests.gateway import Gateway
from tests.wires.dvcqg_scripts import a_record, a_row

SECRET = "khoa-chung-voi-cong"
CODE = "H38.12-261102-0021"


class Portal:
    """The nation as it sends dossiers down."""

    def __init__(self, gateway: Gateway, secret: str = SECRET) -> None:
        self.gateway = gateway
        self.headers = {"Authorization": f"Bearer {secret}"}

    def send(self, code: str = CODE, unit: str = "H38.12", **changes: str) -> Any:
        told = {"NoiNopHoSo": '"1"', "NgayTiepNhan": '""', "NgayHenTra": '""'} | changes
        record = json.loads(a_record(code, "1", **told))
        body = {"madonvi": unit, "data": record}
        return self.gateway.http.post("/api/dvcqg/TiepNhanHoSo", json=body, headers=self.headers)


@pytest.fixture
def connected(settings: Settings, clock: FrozenClock, tmp_path: Path) -> Iterator[Gateway]:
    file = tmp_path / "push-secret"
    file.write_text(SECRET, encoding="utf-8")
    chosen = settings.model_copy(update={"dvcqg_push_secret_file": file})
    with TestClient(create_app(chosen, clock=clock), raise_server_exceptions=False) as http:
        gateway = Gateway(http, chosen, clock)
        seed_catalogue(gateway)
        yield gateway


def feed(gateway: Gateway, member: str = "H38", **query: Any) -> dict[str, Any]:
    answer = gateway.client(member).get("/v1/dossiers/feed", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_push_without_the_secret_is_refused(connected: Gateway, gateway: Gateway) -> None:
    assert Portal(connected, "sai").send().status_code == 401
    assert Portal(gateway).send().status_code == 401, "no secret is set here, so none fits"
    assert feed(connected)["items"] == []


def test_the_feed_takes_a_token_and_the_scope(connected: Gateway) -> None:
    assert connected.http.get("/v1/dossiers/feed").status_code == 401
    other = connected.client("H38", Scope.SUBMIT_DOSSIERS)
    assert other.get("/v1/dossiers/feed").status_code == 403
    assert connected.client().get("/v1/dossiers/feed?after=x").status_code == 422


def test_a_dossier_arrives_once_and_stands_in_the_feed(connected: Gateway) -> None:
    portal = Portal(connected)
    assert portal.send().json() == {"error_code": 0, "message": "Thành công"}
    again = portal.send().json()
    assert (again["error_code"], again["message"]) == (1, f"Hồ sơ {CODE} đã tồn tại")
    (arrival,) = feed(connected)["items"]
    dossier = arrival["dossier"]
    assert (dossier["code"], dossier["status"]) == (CODE, "registered")
    assert dossier["intake"]["source"] == "portal"
    assert dossier["received_at"] == "2026-11-02T09:00:00+07:00"
    assert dossier["national"]["state"] == "delivered"
    (entry,) = evidence_of(connected, f"dossier:{CODE}")
    assert (entry.act, entry.client_id) == ("dossier.arrive", "system:dvcqg")


def test_a_feed_shows_a_members_own_and_goes_on_behind_its_cursor(connected: Gateway) -> None:
    portal = Portal(connected)
    for number in range(1, 4):
        portal.send(f"H38.12-261102-002{number}")
    portal.send("H38.61-261102-0001", "H38.61")
    page = feed(connected, limit=2)
    rest = feed(connected, after=page["next"])
    codes = [one["dossier"]["code"][-4:] for one in [*page["items"], *rest["items"]]]
    assert codes == ["0021", "0022", "0023", "0001"]
    assert rest["next"] is None
    assert feed(connected, after=rest["items"][-1]["cursor"])["items"] == []
    (commune,) = feed(connected, "H38.61")["items"]
    assert commune["dossier"]["agency_code"] == "H38.61"


def test_a_dossier_that_was_refused_may_be_sent_again(connected: Gateway) -> None:
    portal = Portal(connected)
    refused = portal.send(MaTTHC='"9.999999"').json()
    assert (refused["error_code"], "9.999999" in refused["message"]) == (-1, True)
    assert portal.send().json()["error_code"] == 0


@pytest.mark.parametrize(
    ("unit", "changes"),
    [
        ("H53", {"MaHoSo": '"H53.71-261102-0001"'}),
        ("Sở", {}),
        ("H38", {"TrangThaiHoSo": '"4"'}),
        ("H38", {"NoiNopHoSo": '"2"'}),
        ("H38", {"KenhThucHien": '"1"'}),
    ],
    ids=["another province", "no unit", "not registered", "filed here", "not online"],
)
def test_what_is_not_born_at_the_portal_for_us_is_refused(
    connected: Gateway, unit: str, changes: dict[str, str]
) -> None:
    assert Portal(connected).send(unit=unit, **changes).json()["error_code"] == -1
    assert feed(connected)["items"] == []


def test_its_one_stop_system_works_on_it_like_on_any_other(connected: Gateway) -> None:
    Portal(connected).send()
    api = connected.client("H38.12")
    step = {"status": "accepted", "staff_name": "Ví Dụ"}
    assert api.post(f"/v1/dossiers/{CODE}/progress", json=step).status_code == 201
    headers = {"Authorization": f"Bearer {SECRET}"}
    rows = f"[{a_row(1, '2', CODE)}]".encode()
    front = "/KetNoiMotCuaQuocGia/CapNhatTienDoHoSoMC"
    assert connected.http.post(front, content=rows, headers=headers).status_code == 401
    (arrival,) = feed(connected)["items"]
    assert arrival["dossier"]["status"] == "accepted"
