"""An enterprise gives notice of a promotion, and the nation sends it down to a province."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from mock_ngsp.front import Nation
from mock_ngsp.universe import Universe
from tests.contract.judges import message
from tests.exchange.loopback import Server, answer, scripted
from tests.mock_ngsp.driving import Json, Province, nation

NOTICE: Json = message("dvcqg_thong_bao_khuyen_mai.json").json()
CHANGE: Json = message("dvcqg_dieu_chinh_khuyen_mai.json").json()
CODE = NOTICE["MaHoSo"]
TAKEN = answer(body={"error_code": 0, "message": "Thành công"})
Calls = Callable[[httpx.AsyncClient], Awaitable[list[httpx.Response]]]


def told(calls: Calls, *, province: bool = True) -> tuple[list[httpx.Response], Server]:
    async def run() -> tuple[list[httpx.Response], Server]:
        transport = httpx.ASGITransport(Nation(Universe()))
        async with (
            scripted([TAKEN] * 3) as server,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as client,
        ):
            if province:
                row = {"member": "H38", "url": server.url, "secret": "khoa"}
                await client.post("/_axis/v1/provinces", json=row)
            return await calls(client), server

    return asyncio.run(run())


async def everything(client: httpx.AsyncClient) -> list[httpx.Response]:
    path = "/_axis/v1/promotions"
    return [
        await client.post(path, json={"madonvi": "H38.12", "data": NOTICE}),
        await client.post(f"{path}/changes", json={"madonvi": "H38.12", "change": CHANGE}),
        await client.post(f"{path}/{CODE}/push"),
        await client.get(f"{path}/{CODE}"),
    ]


def test_a_notice_and_its_change_go_down_as_described_under_the_shared_secret() -> None:
    answers, server = told(everything)
    assert [one.json()["answer"]["error_code"] for one in answers[:3]] == [0, 0, 0]
    assert {request.target for request in server.requests} == {"/api/dvcqg/TiepNhanHoSoKM"}
    assert {request.headers["authorization"] for request in server.requests} == {"Bearer khoa"}
    assert [request.content for request in server.requests] == [NOTICE, CHANGE, NOTICE]
    assert answers[3].json() == {"body": NOTICE, "statuses": [], "repeated": 0}


def test_without_a_province_nothing_is_sent_and_what_is_unknown_is_not_found() -> None:
    answers, server = told(everything, province=False)
    assert [one.status_code for one in answers] == [409, 409, 409, 200]
    assert server.requests == []
    with nation(Universe()) as client:
        assert client.get("/_axis/v1/promotions/x").status_code == 404
        assert client.post("/_axis/v1/promotions/x/push").status_code == 404


@pytest.mark.parametrize("changes", [{"x": "y"}, {"MaHoSo": ""}, {"TaiLieuNop": [{"Ten": "a"}]}])
def test_only_what_is_described_is_given_notice_of(changes: dict[str, Any]) -> None:
    with nation(Universe()) as client:
        row = {"madonvi": "H38.12", "data": NOTICE | changes}
        assert client.post("/_axis/v1/promotions", json=row).status_code == 422


def test_statuses_stand_with_their_notice_and_a_repeat_is_counted() -> None:
    universe = Universe()
    universe.promotions.put(CODE, "H38.12", NOTICE)
    status = {"TrangThai": "2", "MaHoSo": CODE, "MaHoSoDonVi": CODE, "NoiDung": ""}
    status |= {"NgayXuLy": "20261102150000"}
    with nation(universe) as client:
        caller = Province(client)
        caller.login()
        for _ in range(2):
            answer = caller.call("DongBoTrangThaiHoSo", type="2", data=status)
            assert answer["error_code"] == 0
        held = client.get(f"/_axis/v1/promotions/{CODE}").json()
    assert (held["statuses"], held["repeated"]) == ([status], 1)
    assert universe.statuses == [status]


def test_a_file_lies_at_the_portal_and_is_given_by_the_front_too() -> None:
    with nation(Universe()) as client:
        path = client.put("/_axis/v1/files/a.pdf", content=b"%PDF").json()["path"]
        assert client.get(path).content == b"%PDF"
        assert client.get("/tep/b.pdf").status_code == 404
        front = "/KetNoiMotCuaQuocGia/getfile"
        bearer = {"Authorization": "Bearer bat-ky"}
        for known in (path, f"http://portal.test{path}"):
            answer = client.post(front, json={"DuongDan": known}, headers=bearer)
            assert base64.b64decode(answer.json()) == b"%PDF"
        unknowns: tuple[Any, ...] = ({"DuongDan": "/tep/b.pdf"}, {"x": "y"}, [])
        for unknown in unknowns:
            refused = client.post(front, json=unknown, headers=bearer)
            assert refused.json()["error_code"] == -1
        assert client.post(front, json={"DuongDan": path}).status_code == 401
