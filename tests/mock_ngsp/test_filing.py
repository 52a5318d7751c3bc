"""A citizen files at the portal, and the nation sends the dossier down to a province."""

import asyncio
import json

import httpx
import pytest

from mock_ngsp.front import Nation
from mock_ngsp.universe import Universe
from tests.exchange.loopback import Server, Step, answer, reset, scripted
from tests.mock_ngsp.driving import Json, a_record

CODE = "H38.12-261102-0021"
TAKEN = answer(body={"error_code": 0, "message": "Thành công"})


def a_filed(**changes: object) -> Json:
    record = a_record(MaHoSo=CODE, TrangThaiHoSo="1", NoiNopHoSo="1", NgayTiepNhan="", **changes)
    return {"madonvi": "H38.12", "data": record}


def told(*steps: Step, province: bool = True) -> tuple[list[httpx.Response], Server]:
    """File a dossier, then send it down once more; a province stands behind the steps."""

    async def run() -> tuple[list[httpx.Response], Server]:
        transport = httpx.ASGITransport(Nation(Universe()))
        async with (
            scripted(steps) as server,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as client,
        ):
            if province:
                row = {"member": "H38", "url": server.url, "secret": "khoa"}
                await client.post("/_axis/v1/provinces", json=row)
            first = await client.post("/_axis/v1/dossiers", json=a_filed())
            again = await client.post(f"/_axis/v1/dossiers/{CODE}/push")
            return [first, again], server

    return asyncio.run(run())


def test_a_dossier_is_sent_down_under_the_shared_secret() -> None:
    answers, server = told(TAKEN, answer(body={"error_code": 1, "message": "đã tồn tại"}))
    assert [one.json()["answer"]["error_code"] for one in answers] == [0, 1]
    first, again = server.requests
    assert first.target == "/api/dvcqg/TiepNhanHoSo"
    assert first.headers["authorization"] == "Bearer khoa"
    assert json.loads(first.body) == json.loads(again.body)
    assert first.content["madonvi"] == "H38.12"
    assert first.content["data"]["MaHoSo"] == CODE


@pytest.mark.parametrize(
    ("step", "status"), [(reset(), None), (answer(503, b"<html>"), 503)], ids=["reset", "503"]
)
def test_a_province_that_fails_is_told_as_it_is(step: Step, status: int | None) -> None:
    (first, again), _ = told(step, TAKEN)
    assert (first.json()["http_status"], first.json()["answer"]) == (status, None)
    assert again.json()["answer"]["error_code"] == 0


def test_without_a_province_nothing_is_sent() -> None:
    (first, again), server = told(province=False)
    assert (first.status_code, again.status_code, server.requests) == (409, 409, [])


@pytest.mark.parametrize("changes", [{"TrangThaiHoSo": "2"}, {"NoiNopHoSo": "2"}, {"x": "y"}])
def test_only_what_a_citizen_can_file_is_filed(changes: Json) -> None:
    async def run() -> int:
        transport = httpx.ASGITransport(Nation(Universe()))
        async with httpx.AsyncClient(transport=transport, base_url="http://nation") as client:
            body = {"madonvi": "H38.12", "data": a_filed()["data"] | changes}
            return (await client.post("/_axis/v1/dossiers", json=body)).status_code

    assert asyncio.run(run()) == 422
