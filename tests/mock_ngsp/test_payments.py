"""The payment platform as a tester and a province meet it."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from mock_ngsp.front import Nation
from mock_ngsp.payments import signing
from mock_ngsp.payments.orders import DEFAULT_PARTNER
from mock_ngsp.payments.service import ADDRESS
from mock_ngsp.universe import Universe
from tests.exchange.loopback import Server, Step, answer, reset, scripted
from tests.mock_ngsp.driving import MESSAGES, Json

SECRET = DEFAULT_PARTNER.secret
GOLDEN: Json = json.loads((MESSAGES / "payments_init_request.json").read_text("utf-8"))
REFERENCE: str = GOLDEN["MaThamChieu"]
TAKEN = answer(body={"MaLoi": "00", "MoTaLoi": "Thành công"})


def init(**changes: Any) -> Json:
    content = GOLDEN | {"MaDoiTac": DEFAULT_PARTNER.code} | changes
    return content | {"MaXacThuc": signing.signature(content, signing.INIT, SECRET)}


def asking(kind: str, reference: str = REFERENCE, **changes: Any) -> Json:
    content = {
        "LoaiBanTin": kind,
        "PhienBan": "1.0.6",
        "MaDoiTac": DEFAULT_PARTNER.code,
        "MaThamChieu": reference,
        "ThoiGianGD": "20261103093000",
    } | changes
    return content | {"MaXacThuc": signing.signature(content, signing.ASKING, SECRET)}


def said(client: TestClient, content: Json) -> Json:
    found: Json = client.post(ADDRESS, json=content).json()
    return found


def code_of(told: Json) -> str:
    return str(told.get("error_code", told.get("MaLoi")))


def test_the_same_init_begins_one_payment(client: TestClient, universe: Universe) -> None:
    first, again = said(client, init()), said(client, init())
    assert first == again
    page = json.loads(first["message"])["UrlThanhToan"]
    assert page == f"http://testserver/thanh-toan/{REFERENCE}"
    assert len(universe.payments.all()) == 1


def test_a_reference_is_not_used_for_another_payment(client: TestClient) -> None:
    said(client, init())
    about = GOLDEN["ThongTinBienLai"] | {"DSKhoanNop": [{"NoiDung": "x", "SoTien": "1"}]}
    other = said(client, init(SoTien="1", ThongTinBienLai=about))
    assert code_of(other) == "94"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (init() | {"MaXacThuc": "0" * 64}, "97"),
        (init(MaDoiTac="KHAC"), "96"),
        (init(SoTien="10000"), "30"),
        (init(PhienBan="1.0.5"), "30"),
        (init(Ip="1|2"), "30"),
        (init(LoaiBanTin="KHAC"), "30"),
        (asking("QUERY") | {"MaXacThuc": "0" * 64}, "97"),
        (asking("GET_BILL"), "91"),
        (asking("QUERY", "dvc0"), "01"),
    ],
)
def test_what_is_wrong_is_named_by_a_code(client: TestClient, content: Json, code: str) -> None:
    assert code_of(said(client, content)) == code


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff"])
def test_what_is_no_message_is_refused(client: TestClient, body: bytes) -> None:
    assert code_of(client.post(ADDRESS, content=body).json()) == "30"
    assert client.get(ADDRESS).status_code == 405


def test_another_partner_does_not_see_a_payment(client: TestClient) -> None:
    said(client, init())
    row = {"MaDoiTac": "KHAC", "secret": SECRET}
    assert client.post("/_axis/v1/partners", json=row).status_code == 201
    assert code_of(said(client, asking("QUERY", MaDoiTac="KHAC"))) == "01"


def test_a_tester_pays_on_the_page(client: TestClient) -> None:
    said(client, init())
    assert said(client, asking("QUERY"))["TrangThaiGD"] == "0"
    page = client.get(f"/thanh-toan/{REFERENCE}")
    assert "20.000 đồng" in page.text
    assert "<form" in page.text
    paid = client.post(f"/thanh-toan/{REFERENCE}?paid=true")
    assert "Đã thanh toán" in paid.text
    assert "<form" not in paid.text
    assert said(client, asking("QUERY"))["TrangThaiGD"] == "1"
    bill = client.post(ADDRESS, json=asking("GET_BILL"))
    assert bill.headers["content-type"] == "application/pdf"
    assert bill.content.startswith(b"%PDF-1.4")
    assert client.get("/thanh-toan/dvc0").status_code == 404


def test_payments_are_shown_recorded_and_emptied(client: TestClient) -> None:
    said(client, init())
    (row,) = client.get("/_axis/v1/payments").json()
    assert (row["MaThamChieu"], row["TrangThaiGD"]) == (REFERENCE, "0")
    (entry,) = client.get("/_axis/v1/received?axis=payment").json()["items"]
    assert (entry["operation"], entry["caller"]) == ("INIT", DEFAULT_PARTNER.code)
    client.post("/_axis/v1/reset")
    assert client.get("/_axis/v1/payments").json() == []


def told(*steps: Step, **how: Any) -> tuple[Json, Server]:
    """Pay, and let the platform tell a province that answers with these steps."""

    async def run() -> tuple[Json, Server]:
        transport = httpx.ASGITransport(Nation(Universe()))
        async with (
            scripted(steps) as server,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as client,
        ):
            row = {"MaDoiTac": DEFAULT_PARTNER.code, "secret": SECRET, "url": server.url + "/"}
            await client.post("/_axis/v1/partners", json=row)
            await client.post(ADDRESS, json=init())
            done = await client.post(f"/_axis/v1/payments/{REFERENCE}/pay", json=how)
            return done.json(), server

    return asyncio.run(run())


def test_a_province_is_told_as_often_as_asked_for() -> None:
    said, server = told(TAKEN, TAKEN, times=2)
    assert [one["answer"]["MaLoi"] for one in said["answers"]] == ["00", "00"]
    first, again = (request.content for request in server.requests)
    assert first == again
    assert server.requests[0].target == "/api/dvcqg/XacNhanThanhToan"
    assert signing.is_signed(first, signing.TELLING, SECRET)
    assert (first["MaLoi"], first["SoTien"]) == ("00", "20000")


def test_a_confirmation_may_be_lost_failed_forged_or_wrong() -> None:
    lost, server = told(times=0)
    assert (lost["answers"], server.requests) == ([], [])
    _, server = told(TAKEN, paid=False)
    assert server.requests[0].content["MaLoi"] == "24"
    _, server = told(TAKEN, wrong_signature=True)
    assert not signing.is_signed(server.requests[0].content, signing.TELLING, SECRET)
    _, server = told(TAKEN, SoTien="1")
    assert server.requests[0].content["SoTien"] == "1"
    assert signing.is_signed(server.requests[0].content, signing.TELLING, SECRET)


@pytest.mark.parametrize(
    ("step", "status"), [(reset(), None), (answer(503, b"<html>"), 503)], ids=["reset", "503"]
)
def test_a_province_that_fails_is_told_as_it_is(step: Step, status: int | None) -> None:
    said, _ = told(step)
    (one,) = said["answers"]
    assert (one["http_status"], one["answer"]) == (status, None)


def test_a_province_is_asked_what_is_to_be_paid(client: TestClient) -> None:
    async def run() -> tuple[Json, Server]:
        transport = httpx.ASGITransport(Nation(Universe()))
        nothing = answer(body={"error_code": 0, "message": []})
        async with (
            scripted([nothing]) as server,
            httpx.AsyncClient(transport=transport, base_url="http://nation") as nation,
        ):
            row = {"member": "H38", "url": server.url, "secret": "khoa"}
            await nation.post("/_axis/v1/provinces", json=row)
            asked = await nation.post("/_axis/v1/fees/H38.12-261102-0007/look-up")
            return asked.json(), server

    said, server = asyncio.run(run())
    assert said["answer"] == {"error_code": 0, "message": []}
    (sent,) = server.requests
    assert (sent.target, sent.content) == (
        "/api/dvcqg/dptracuuthanhtoanhs",
        {"MaHoSo": "H38.12-261102-0007"},
    )
    assert sent.headers["authorization"] == "Bearer khoa"
    assert client.post("/_axis/v1/fees/H38.12-261102-0007/look-up").status_code == 409
