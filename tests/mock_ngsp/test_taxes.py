"""The portal tells a province of land taxes, and keeps what it was answered."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

from mock_ngsp.dvcqg.taxes import OPERATIONS, PAYMENT, STANDING
from mock_ngsp.front import Nation
from mock_ngsp.universe import Universe
from tests.exchange.loopback import Server, answer, scripted

ROW = {"madonvi": "H38.12", "MaThongBaoThue": "TB-0001/2026"}
TAKEN = answer(body={"error_code": 0, "message": "Thành công"})
KNOWN = answer(body={"error_code": 1, "message": "Chứng từ này đã tồn tại"})
Calls = Callable[[httpx.AsyncClient], Awaitable[list[httpx.Response]]]


def told(calls: Calls, *, province: bool = True) -> tuple[list[httpx.Response], Server]:
    async def run() -> tuple[list[httpx.Response], Server]:
        transport = httpx.ASGITransport(Nation(Universe()))
        async with (
            scripted([TAKEN, KNOWN, TAKEN]) as server,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as client,
        ):
            if province:
                row = {"member": "H38", "url": server.url, "secret": "khoa"}
                await client.post("/_axis/v1/provinces", json=row)
            return await calls(client), server

    return asyncio.run(run())


async def everything(client: httpx.AsyncClient) -> list[httpx.Response]:
    path = "/_axis/v1/taxes"
    return [
        await client.post(f"{path}/{PAYMENT}", json=ROW | {"changes": {"MaGCN": None}}),
        await client.post(f"{path}/1/push"),
        await client.post(f"{path}/{STANDING}", json=ROW),
        await client.get(path),
    ]


def test_words_go_down_under_the_shared_secret_and_payments_are_counted_once() -> None:
    answers, server = told(everything)
    assert [one.json()["answer"]["error_code"] for one in answers[:3]] == [0, 1, 0]
    targets = [request.target for request in server.requests]
    assert targets == [f"/api/dvcqg/{name}" for name in (PAYMENT, PAYMENT, STANDING)]
    assert {request.headers["authorization"] for request in server.requests} == {"Bearer khoa"}
    first, again, standing = (request.content for request in server.requests)
    assert first == again
    assert "MaGCN" not in first
    assert (standing["TongDaNop"], standing["TongConPhaiNop"]) == ("1250000", "1750000")
    sent = answers[3].json()
    assert [one["operation"] for one in sent] == [PAYMENT, STANDING]
    assert sent[0]["answer"]["answer"]["error_code"] == 1


def test_without_a_province_nothing_is_sent() -> None:
    answers, server = told(everything, province=False)
    assert [one.status_code for one in answers] == [409, 409, 409, 200]
    assert server.requests == []


@pytest.mark.parametrize("path", ["taxes/KhongCo", "taxes/1/push"])
def test_what_is_unknown_is_not_found(path: str) -> None:
    async def ask(client: httpx.AsyncClient) -> list[httpx.Response]:
        return [await client.post(f"/_axis/v1/{path}", json=ROW)]

    answers, _ = told(ask)
    assert answers[0].status_code == 404
    assert set(OPERATIONS) == {PAYMENT, STANDING}
