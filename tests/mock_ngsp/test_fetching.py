"""The portal fetches what pushed records name, within bounds, and shows what it could not fetch."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from mock_ngsp.front import Nation
from mock_ngsp.settings import Settings
from mock_ngsp.systems import DEFAULT_PASSWORD, DEFAULT_USER
from mock_ngsp.universe import Universe
from tests.exchange.loopback import Server, Step, answer, reset, scripted, silence
from tests.mock_ngsp.driving import Json, a_record

CODE = "H38.12-261102-0007"
FILE = b"%PDF-1.7 ban sao" * 1000


async def push(client: httpx.AsyncClient, record: Json, *, updating: str = "False") -> Json:
    login = {"username": DEFAULT_USER, "password": DEFAULT_PASSWORD}
    session = (await client.post("/mapi/login", json=login)).json()["session"]
    call = {"session": session, "madonvi": "H38", "service": "DongBoHoSoMC"}
    body = call | {"isUpdating": updating, "data": [record]}
    told: Json = (await client.post("/mapi/g", json=body)).json()
    return told


async def files(client: httpx.AsyncClient) -> list[Json]:
    answer = await client.get(f"/_axis/v1/dossiers/{CODE}/files", params={"wait": 30})
    rows: list[Json] = answer.json()
    return rows


def naming(*urls: str, **more: Any) -> Json:
    papers = [{"TenTepDinhKem": "a.pdf", "DuongDanTaiTepTin": url} for url in urls]
    return a_record(MaHoSo=CODE, TaiLieuNop=papers, **more)


def fetched(
    *steps: Step, names: Sequence[str] = ("/a",), server: Server | None = None, **given: Any
) -> tuple[list[Json], Server]:
    """Push a record that names these paths of a server which answers by the steps."""

    async def run() -> tuple[list[Json], Server]:
        universe = Universe(Settings(**given))
        transport = httpx.ASGITransport(Nation(universe))
        async with (
            scripted(steps, server) as running,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as client,
        ):
            urls = [one if "://" in one else running.url + one for one in names]
            assert (await push(client, naming(*urls)))["error_code"] == 0
            rows = await files(client)
            universe.files.clear()
            return rows, running

    return asyncio.run(run())


def test_a_file_that_a_record_names_is_fetched_and_kept_by_its_hash() -> None:
    (row,), server = fetched(answer(200, FILE))
    assert (row["state"], row["http_status"], row["problem"]) == ("fetched", 200, None)
    assert (row["size"], row["sha256"]) == (len(FILE), hashlib.sha256(FILE).hexdigest())
    assert (row["at"], server.requests[0].line) == ("TaiLieuNop/0", "GET /a HTTP/1.1")


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (answer(410, {"status": 410}), "HTTP 410"),
        (answer(302, b"", Location="http://127.0.0.1:1/"), "HTTP 302"),
        (reset(), "ReadError"),
        (answer(200, FILE), "over 1000 bytes"),
    ],
)
def test_what_cannot_be_fetched_is_told_with_its_reason(step: Step, problem: str) -> None:
    (row,), _ = fetched(step, fetch_bytes=1000)
    assert (row["state"], row["problem"], row["sha256"]) == ("failed", problem, None)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    server = Server()
    (row,), _ = fetched(silence(server), server=server, fetch_time=0)
    assert (row["state"], row["problem"]) == ("failed", "not within 0 seconds")


@pytest.mark.parametrize(
    ("names", "mode"),
    [
        (["https://onestop.example.vn/a"], "loopback"),
        (["http://10.0.0.1/a"], "loopback"),
        (["http://[bad/a"], "loopback"),
        (["/a"], "off"),
    ],
)
def test_what_is_not_to_be_fetched_is_left(names: list[str], mode: str) -> None:
    (row,), server = fetched(names=names, fetch_files=mode)
    assert (row["state"], server.requests) == ("left", [])


def test_every_list_of_a_record_is_looked_through_but_what_is_deleted() -> None:
    async def run() -> None:
        universe = Universe()
        transport = httpx.ASGITransport(Nation(universe))
        async with (
            scripted([answer(200, b"1"), answer(200, b"2"), answer(404)]) as server,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as client,
        ):
            url = server.url
            paper = {"TenTepDinhKem": "b.pdf", "DuongDanTaiTepTin": f"{url}/b"}
            gone = {"TenTepDinhKem": "c.pdf", "DuongDanTaiTepTin": f"{url}/c", "IsDeleted": "1"}
            record = naming(
                f"{url}/a",
                DanhSachHoSoBoSung=[{"DanhSachGiayToBoSung": [paper, gone]}],
                DanhSachGiayToKetQua=[
                    {"TenGiayTo": "kq", "DuongDanTepTinKetQua": f"{url}/d"},
                    {"TenGiayTo": "giay"},
                ],
            )
            await push(client, record)
            rows = await files(client)
            assert [row["at"] for row in rows] == [
                "TaiLieuNop/0",
                "DanhSachHoSoBoSung/0/DanhSachGiayToBoSung/0",
                "DanhSachGiayToKetQua/0",
            ]
            assert sorted(row["state"] for row in rows) == ["failed", "fetched", "fetched"]
            failed = (await client.get("/_axis/v1/files", params={"state": "failed"})).json()
            assert [row["http_status"] for row in failed["items"]] == [404]

    asyncio.run(run())


def test_a_later_record_is_fetched_anew_and_a_reset_forgets() -> None:
    async def run() -> None:
        transport = httpx.ASGITransport(Nation(Universe()))
        async with (
            scripted([answer(404), answer(200, FILE)]) as server,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as client,
        ):
            await push(client, naming(f"{server.url}/a"))
            assert [row["state"] for row in await files(client)] == ["failed"]
            await push(client, naming(f"{server.url}/a?moi"), updating="True")
            assert [row["state"] for row in await files(client)] == ["fetched"]
            await client.post("/_axis/v1/reset")
            assert (await client.get("/_axis/v1/files")).json()["items"] == []
            unknown = await client.get(f"/_axis/v1/dossiers/{CODE}/files")
            assert unknown.status_code == 404

    asyncio.run(run())
