"""The nation hands applications for judicial records down: a code first, then the form."""

import asyncio
from typing import Any

import httpx

from mock_ngsp.front import Nation
from mock_ngsp.universe import Universe
from tests.exchange.loopback import Server, Step, answer, scripted

BASE = "/_axis/v1/services/judicial"
GIVEN = answer(body={"statusCode": "00", "data": "H38.12-261102-0001", "errorDetail": ""})
REFUSED = answer(body={"statusCode": "01", "data": None, "errorDetail": "CodeGet không đúng"})


def handed(row: dict[str, Any], *answers: Step, desk: bool = True) -> tuple[Any, Server]:
    async def run() -> tuple[Any, Server]:
        transport = httpx.ASGITransport(Nation(Universe()))
        async with (
            scripted(list(answers)) as server,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as client,
        ):
            if desk:
                where = {"url": server.url, "CodeGet": "ma"}
                assert (await client.post(f"{BASE}/desk", json=where)).status_code == 201
            return await client.post(f"{BASE}/applications", json=row), server

    return asyncio.run(run())


def test_a_code_is_asked_for_and_the_form_told_under_it() -> None:
    told, server = handed({"toKhai": {"loaiPhieu": "2"}}, GIVEN, GIVEN)
    assert [told.json()[name]["http_status"] for name in ("given", "taken")] == [200, 200]
    asked, form = server.requests
    assert asked.target == "/LLTP/LayMaHoSo?CodeGet=ma"
    assert form.target == "/LLTP/TaoHoSo?CodeGet=ma"
    assert form.content["maHoSoMCDT"] == "H38.12-261102-0001"
    assert form.content["toKhai"]["loaiPhieu"] == "2"


def test_under_a_code_that_is_given_none_is_asked_for() -> None:
    told, server = handed({"maHoSoMCDT": "H38.12-261102-0007"}, GIVEN)
    assert told.json()["given"] is None
    (form,) = server.requests
    assert form.content["maHoSoMCDT"] == "H38.12-261102-0007"


def test_without_a_code_or_a_province_nothing_is_handed_down() -> None:
    told, server = handed({}, REFUSED)
    assert told.json()["taken"] is None
    assert len(server.requests) == 1
    assert handed({}, desk=False)[0].status_code == 409
