"""The client of the payment platform before a scripted server: hostile and broken answers."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from app.exchange.outcomes import Deferred, Refused
from app.exchange.payments.client import Partner, PaymentClient
from app.exchange.payments.wire import Init, QueryAnswer
from app.exchange.transport import build_client
from tests.contract.judges import message
from tests.exchange.loopback import Server, Step, answer, raw, reset, scripted

pytestmark = pytest.mark.anyio
SECRET = SecretStr(message("payments_sign_vector.json").json()["secret"])
QUERY = message("payments_query_answer.json").json()
REFERENCE: str = QUERY["MaThamChieu"]
TIME = "20261103093000"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def platform(
    *steps: Step, bearer: str | None = None
) -> AsyncIterator[tuple[PaymentClient, Server]]:
    token = None if bearer is None else SecretStr(bearer)
    async with scripted(steps) as server, build_client(timeout=timedelta(seconds=5)) as http:
        yield (
            PaymentClient(
                http,
                url=f"{server.url}/x",
                partner=Partner("DVC-H38", SECRET, token),
                deadline=timedelta(seconds=5),
            ),
            server,
        )


def an_init() -> Init:
    return Init.model_validate(
        message("payments_init_request.json").json() | {"MaXacThuc": ""}, by_name=False
    )


def page(content: Any) -> Step:
    return answer(body={"error_code": "0", "message": json.dumps(content)})


async def test_init_goes_out_byte_for_byte_as_the_golden_message() -> None:
    async with platform(page({"UrlThanhToan": "https://x.example.vn/1"}), bearer="b") as (
        client,
        s,
    ):
        assert await client.init(an_init()) == "https://x.example.vn/1"
    (sent,) = s.requests
    assert sent.content == message("payments_init_request.json").json()
    assert sent.headers["authorization"] == "Bearer b"
    assert sent.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("code", [0, "0", " 0 "], ids=repr)
async def test_success_is_zero_quoted_or_not(code: object) -> None:
    body = {"error_code": code, "message": '{"UrlThanhToan": "https://x.example.vn"}', "x": 1}
    async with platform(answer(body=body)) as (client, _):
        assert await client.init(an_init()) == "https://x.example.vn"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        {"message": "x"},
        {"error_code": "0"},
        {"error_code": "0", "message": {"UrlThanhToan": "https://x.example.vn"}},
        {"error_code": "0", "message": "{"},
        {"error_code": "0", "message": "{}"},
        {"error_code": "0", "message": '{"UrlThanhToan": "javascript:alert(1)"}'},
        {"error_code": "0", "message": '{"UrlThanhToan": "https://x y"}'},
        {"error_code": "0", "message": '{"UrlThanhToan": null}'},
        {"error_code": True, "message": "{}"},
    ],
    ids=range(12),
)
async def test_an_answer_that_names_no_page_is_a_breach(body: object) -> None:
    async with platform(answer(body=body)) as (client, _):
        assert await client.init(an_init()) == Deferred("contract-breach", alarm=True)


async def test_a_refusal_is_told_by_its_code_only() -> None:
    body = {"error_code": "97", "message": "<script>"}
    async with platform(answer(body=body)) as (client, _):
        refused = await client.init(an_init())
    assert isinstance(refused, Refused)
    assert refused.code == "97"


_FAILING = {
    "reset": reset(),
    "503": answer(503),
    "moved": answer(302, Location="/y"),
    "404": answer(404),
}


@pytest.mark.parametrize("step", _FAILING.values(), ids=_FAILING)
async def test_a_platform_that_fails_is_waited_for(step: Step) -> None:
    async with platform(step, step, step) as (client, _):
        assert isinstance(await client.init(an_init()), Deferred)
        assert isinstance(await client.query(REFERENCE, traded_at=TIME), Deferred)
        assert isinstance(await client.bill(REFERENCE, traded_at=TIME), Deferred)


async def test_a_query_is_signed_and_its_answer_read() -> None:
    async with platform(answer(body=QUERY | {"SoTien": 20000})) as (client, server):
        told = await client.query(REFERENCE, traded_at=TIME)
    assert isinstance(told, QueryAnswer)
    assert (told.code, told.state, told.amount) == ("00", "1", "20000")
    assert server.requests[0].content == message("payments_query_request.json").json()


@pytest.mark.parametrize("name", [name for name in QUERY if name != "TrangThaiGD"])
async def test_an_answer_changed_anywhere_is_none(name: str) -> None:
    for value in ("1", "x" * 64, "", None, ["1"]):
        if value == QUERY[name]:
            continue
        async with platform(answer(body=QUERY | {name: value})) as (client, _):
            told = await client.query(REFERENCE, traded_at=TIME)
        assert told == Deferred("contract-breach", alarm=True), (name, value)


async def test_an_answer_about_another_payment_is_none() -> None:
    async with platform(answer(body=QUERY)) as (client, _):
        told = await client.query("dvc0", traded_at=TIME)
    assert told == Deferred("contract-breach", alarm=True)


async def test_a_bill_is_a_pdf_or_there_is_none() -> None:
    steps = (answer(body=b"%PDF-1.7 x"), answer(body={"MaLoi": "91"}), answer(body=b""))
    async with platform(*steps) as (client, server):
        bills = [await client.bill(REFERENCE, traded_at=TIME) for _ in steps]
    assert bills[0] == b"%PDF-1.7 x"
    assert [isinstance(bill, Refused) for bill in bills[1:]] == [True, True]
    assert server.requests[0].content["LoaiBanTin"] == "GET_BILL"


async def test_a_bill_without_end_is_cut_off() -> None:
    large = raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%%PDF-" % (17 * 2**20))
    async with platform(large) as (client, _):
        bill = await client.bill(REFERENCE, traded_at=TIME)
    assert bill == Deferred("answer-too-large", alarm=True)
