"""Asking the shared services: the token, the gateway's faults, envelopes, folded names."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import SecretStr
from starlette.types import Receive, Scope, Send

from app.exchange.ngsp import soap
from app.exchange.ngsp.calling import Call, Caller, Sender
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.faults import fault_of
from app.exchange.ngsp.folding import folded, upper
from app.exchange.ngsp.tokens import Consumer, Tokens
from app.platform.clock import FrozenClock

BASE = "http://nation.test"
SECOND = timedelta(seconds=5)
XML_FAULT = (
    b'<ams:fault xmlns:ams="http://wso2.org/apimanager/security">'
    b"<ams:code>900901</ams:code><ams:message>?</ams:message></ams:fault>"
)
_WITH_ENTITY = (
    b'<!DOCTYPE a [<!ENTITY b "c">]>'
    b'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">'
    b"<soapenv:Body><a>&b;</a></soapenv:Body></soapenv:Envelope>"
)
Handle = Callable[[httpx.Request], httpx.Response]


def served(handle: Handle) -> httpx.ASGITransport:
    """Return a transport whose far side answers by a function of the request."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        address = f"{BASE}{scope['path']}"
        answer = handle(httpx.Request(scope["method"], address, headers=scope["headers"]))
        start = {"type": "http.response.start", "status": answer.status_code}
        await send({**start, "headers": answer.headers.raw})
        await send({"type": "http.response.body", "body": answer.content})

    return httpx.ASGITransport(app)


class Nation:
    """A gateway that gives numbered tokens and takes only those it likes."""

    def __init__(self) -> None:
        self.tokens = 0
        self.good: set[str] = set()
        self.asked: list[str] = []
        self.lifetime = 3600
        self.clock = FrozenClock(datetime(2026, 11, 2, 2, tzinfo=UTC))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token":
            self.tokens += 1
            token = f"t{self.tokens}"
            self.good.add(token)
            said = {"access_token": token, "expires_in": self.lifetime, "token_type": "Bearer"}
            return httpx.Response(200, json=said)
        bearer = request.headers["authorization"].removeprefix("Bearer ")
        self.asked.append(bearer)
        if bearer in self.good:
            return httpx.Response(200, json={"done": True})
        fault = {"code": 900901, "message": "Invalid Credentials", "description": "?"}
        return httpx.Response(401, json={"fault": fault})

    def caller(self, handle: Handle | None = None) -> Caller:
        http = httpx.AsyncClient(transport=served(handle or self))
        tokens = Tokens(
            http,
            self.clock,
            Consumer("key", SecretStr("secret")),
            url=f"{BASE}/token",
            margin=timedelta(seconds=60),
            deadline=SECOND,
        )
        return Caller(Sender(http, SECOND), base=BASE, tokens=tokens)


@pytest.fixture
def nation() -> Nation:
    return Nation()


def call(caller: Caller) -> Call:
    return Call("enterprises", "x", "GET", caller.url("api/1.0", "x"))


def trouble_of(caller: Caller) -> tuple[Trouble, str]:
    with pytest.raises(ServiceError) as raised:
        asyncio.run(caller.ask(call(caller)))
    return raised.value.trouble, raised.value.code


def test_a_token_is_used_until_shortly_before_it_expires(nation: Nation) -> None:
    caller = nation.caller()

    async def run() -> None:
        for minutes in (0, 30, 28, 2):
            nation.clock.advance(timedelta(minutes=minutes))
            await caller.ask(call(caller))

    asyncio.run(run())
    assert nation.asked == ["t1", "t1", "t1", "t2"]


def test_many_at_once_ask_for_one_token(nation: Nation) -> None:
    caller = nation.caller()

    async def run() -> None:
        await asyncio.gather(*(caller.ask(call(caller)) for _ in range(20)))

    asyncio.run(run())
    assert (nation.tokens, set(nation.asked)) == (1, {"t1"})


def test_a_refused_token_is_renewed_once(nation: Nation) -> None:
    caller = nation.caller()

    async def run() -> None:
        await caller.ask(call(caller))
        nation.good.clear()
        await caller.ask(call(caller))

    asyncio.run(run())
    assert nation.asked == ["t1", "t1", "t2"]


def test_a_gateway_that_takes_no_token_is_asked_twice_and_no_more(nation: Nation) -> None:
    def refusing(request: httpx.Request) -> httpx.Response:
        answer = nation(request)
        nation.good.clear()
        return answer

    caller = nation.caller(refusing)
    assert trouble_of(caller) == (Trouble.REFUSED, "900901")
    assert nation.asked == ["t1", "t2"]


@pytest.mark.parametrize(
    ("status", "body", "trouble", "code"),
    [
        (401, b"", Trouble.REFUSED, "no-token"),
        (200, b"<html>", Trouble.MALFORMED, "contract-breach"),
        (200, b'{"access_token":"a\\nb"}', Trouble.MALFORMED, "contract-breach"),
        (503, b"", Trouble.DOWN, "http-503"),
        (504, b"", Trouble.SLOW, "http-504"),
        (302, b"", Trouble.DOWN, "http-302"),
    ],
)
def test_without_a_token_nothing_is_asked(
    nation: Nation, status: int, body: bytes, trouble: Trouble, code: str
) -> None:
    caller = nation.caller(lambda _: httpx.Response(status, content=body))
    assert trouble_of(caller) == (trouble, code)


def test_what_the_gateway_does_not_pass_on_is_told_by_its_code(nation: Nation) -> None:
    def forbidden(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token":
            return nation(request)
        return httpx.Response(403, json={"code": "900908", "message": "Resource forbidden"})

    assert trouble_of(nation.caller(forbidden)) == (Trouble.REFUSED, "900908")
    assert nation.tokens == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"fault":{"code":900901,"message":"m","description":"d"}}', "900901"),
        (b'{"code":"900902","message":"m","description":"d"}', "900902"),
        (XML_FAULT, "900901"),
        (b'{"fault":{"code":"x"}}', None),
        (b'{"fault":[]}', None),
        (b"[1]", None),
        (b"<html>", None),
        (b"", None),
        (b"[" * 10_000, None),
    ],
)
def test_a_fault_is_read_in_three_shapes(body: bytes, code: str | None) -> None:
    found = fault_of(body)
    assert (None if found is None else found.code) == code


def test_an_envelope_is_read_without_its_namespaces() -> None:
    written = soap.envelope("urn:x", "Asked", {"A": "1", "B": {"C": "é", "D": None}})
    assert soap.read(written) == ("Asked", {"A": "1", "B": {"C": "é"}})
    twice = written.replace(b"<dan:A>1</dan:A>", b"<A>1</A><dan:A>2</dan:A>")
    assert soap.read(twice)[1]["A"] == ["1", "2"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<a/>",
        b'{"error":1}',
        _WITH_ENTITY,
        b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>',
    ],
)
def test_what_is_no_envelope_is_not_read(body: bytes) -> None:
    with pytest.raises(soap.NotSoapError):
        soap.read(body)


def test_a_soap_fault_is_told_by_its_code_alone() -> None:
    body = (
        b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>'
        b"<faultcode>e:Client</faultcode><faultstring>Tran Van Vi Du</faultstring>"
        b"</e:Fault></e:Body></e:Envelope>"
    )
    with pytest.raises(soap.SoapFaultError) as raised:
        soap.read(body)
    assert (raised.value.code, str(raised.value)) == ("Client", "Client")


@pytest.mark.parametrize(
    ("name", "plain", "capital"),
    [
        ("Nguyễn Thị Giả Định", "NGUYENTHIGIADINH", "NGUYỄN THỊ GIẢ ĐỊNH"),
        ("  đặng   văn  Ứng ", "DANGVANUNG", "ĐẶNG VĂN ỨNG"),
        ("Y-Bia Niê", "YBIANIE", "Y-BIA NIÊ"),
        ("H’Hen Niê", "HHENNIE", "H’HEN NIÊ"),
    ],
)
def test_names_are_folded_as_clients_do(name: str, plain: str, capital: str) -> None:
    assert (folded(name), upper(name)) == (plain, capital)
    assert json.dumps(folded(name)).isascii()
