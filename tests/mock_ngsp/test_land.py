"""The land system: what it holds, its tokens, and its calls to a one-stop system."""

import asyncio
from typing import Any

import httpx
import pytest

from mock_ngsp.front import Nation
from mock_ngsp.ngsp.land.files import DEFAULT_ACCOUNT
from mock_ngsp.universe import Universe
from tests.exchange.loopback import Server, answer, scripted
from tests.mock_ngsp.asking import Services

NUMBER = "H38.12-261102-0007"
BASE = "/_axis/v1/services/land"
DONE = answer(body={"Result": True, "Message": "Thành công", "Data": NUMBER})


def a_dossier(**changes: Any) -> dict[str, Any]:
    return {
        "LaQuyTrinhCapTinh": False, "TinhId": 10, "SoBienNhan": NUMBER, "MaHoSoMotCua": NUMBER,
        "NgayTiepNhan": "02/11/2026 09:00:00",
        "ThongTinNguoiNopDon": {"HoTen": "Nguyễn Thị Giả Định"},
        "ThongTinQuyTrinh": {"MaQuyTrinh": "QT-01"},
    } | changes  # fmt: skip


def a_form(**changes: str) -> dict[str, str]:
    account = DEFAULT_ACCOUNT
    return {
        "grant_type": "password", "client_id": account.client_id,
        "client_secret": account.client_secret, "username": account.username,
        "password": account.password,
    } | changes  # fmt: skip


@pytest.fixture
def services() -> Services:
    return Services()


def test_a_dossier_is_taken_once_and_its_files_are_kept_by_their_size(services: Services) -> None:
    paper = {"TenGiayTo": "Đơn", "TapTin": {"name": "don.pdf", "data": "JVBERi0="}}
    told = services.post("/apiVBDLIS/tiepnhan", a_dossier(DanhSachGiayToDinhKem=[paper])).json()
    assert (told["data"], told["status"]["success"]) == (1, True)
    again = services.post("/apiVBDLIS/tiepnhan", a_dossier()).json()
    assert (again["data"], again["status"]["code"]) == (0, "409")
    assert "đã được tiếp nhận" in again["status"]["message"]
    (held,) = services.held("land")
    (kept,) = held["asked"]["DanhSachGiayToDinhKem"]
    assert kept["TapTin"] == {"name": "don.pdf", "characters": 8}


def test_a_result_is_returned_only_once_there_is_one(services: Services) -> None:
    services.post("/apiVBDLIS/tiepnhan", a_dossier())
    body = {"SoBienNhan": NUMBER, "NgayTraKetQua": "09/11/2026 09:00:00"}
    path = "/apiVBDLIS/capnhattrangthaitraketquahoso"
    assert services.post(path, body).json()["status"]["message"] == "Hồ sơ chưa có kết quả"
    unknown = services.post(path, body | {"SoBienNhan": "VP-9"}).json()
    assert unknown["status"]["code"] == "404"
    services.universe.ngsp.land.held[NUMBER].status = "9"
    assert services.post(path, body).json()["data"] == 1
    wrong = {"SoBienNhan": NUMBER, "NgayPhanHoi": "09/11/2026 10:00:00", "NoiDung": "Sai"}
    assert services.post("/apiVBDLIS/phanhoihososaiketqua", wrong).json()["data"] == 1
    assert services.held("land")[0]["status"] == "4"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"password": "sai"}, "invalid_grant"),
        ({"client_secret": ""}, "invalid_grant"),
    ],
)
def test_ilis_gives_a_token_to_its_user_only(
    services: Services, changes: dict[str, str], error: str
) -> None:
    told = services.http.post("/apiILIS/token", data=a_form(**changes))
    assert (told.status_code, told.json()) == (400, {"error": error})


def test_ilis_wants_its_own_token_until_it_expires(services: Services) -> None:
    path = "/apiILIS/TiepNhanHoSo"
    assert services.post(path, a_dossier()).json()["fault"]["code"] == 900901
    services.headers = {}
    assert services.post(path, a_dossier()).json()["fault"]["code"] == 900902
    token = services.http.post("/apiILIS/token", data=a_form()).json()["access_token"]
    services.headers = {"Authorization": f"Bearer {token}"}
    assert services.post(path, a_dossier()).json()["data"] == 1
    services.later(hours=1)
    assert services.post(path, a_dossier()).status_code == 401
    shown = services.http.get("/_axis/v1/received").text
    assert DEFAULT_ACCOUNT.password not in shown


def called(*paths: str, registered: bool = True) -> tuple[list[httpx.Response], Server, Universe]:
    universe = Universe()

    async def run() -> tuple[list[httpx.Response], Server]:
        transport = httpx.ASGITransport(Nation(universe))
        async with (
            scripted([DONE] * 9) as server,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as client,
        ):
            await client.post("/apiVBDLIS/tiepnhan", json=a_dossier())
            if registered:
                row = {"url": f"{server.url}/vbdlis", "securityCode": "ma-bao-mat"}
                answer = await client.post(f"{BASE}/one-stop", json=row)
                assert answer.json() == {"url": row["url"]}
            told = [
                await client.get(BASE + path)
                if "/lists/" in path
                else await client.post(BASE + path, json={})
                for path in paths
            ]
            return told, server

    answers, server = asyncio.run(run())
    return answers, server, universe


def test_it_calls_a_one_stop_system_with_the_code_behind_the_operation() -> None:
    answers, server, universe = called(
        f"/{NUMBER}/ChuyenHoSo", f"/{NUMBER}/KetThucHoSo", "/VP-1/TiepNhanHoSoChoMotCua",
        "/lists/GetDanhMucTrangThai",
    )  # fmt: skip
    assert [one.json()["http_status"] for one in answers] == [200] * 4
    assert [request.target for request in server.requests] == [
        f"/vbdlis/{name}/ma-bao-mat"
        for name in (
            "ChuyenHoSo", "KetThucHoSo", "TiepNhanHoSoChoMotCua", "GetDanhMucTrangThai"
        )
    ]  # fmt: skip
    assert server.requests[0].content["SoBienNhan"] == NUMBER
    held = universe.ngsp.land.held
    assert (held[NUMBER].status, set(held)) == ("9", {NUMBER, "VP-1"})


def test_without_a_one_stop_system_or_under_another_name_nothing_is_called() -> None:
    answers, server, universe = called(
        f"/{NUMBER}/ChuyenHoSo", f"/{NUMBER}/KhongCo", "/lists/KhongCo", registered=False
    )
    assert [one.status_code for one in answers] == [409, 404, 404]
    assert server.requests == []
    assert universe.ngsp.land.held[NUMBER].status == "4"
