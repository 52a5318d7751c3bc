"""A session that ended before its time: the service says so in the body, and it is renewed once."""

import gzip
import json
import socket
from collections import deque
from functools import partial
from typing import Any

import pytest

from app.broker.domain.credentials import (
    Credential,
    CredentialKind,
    CredentialRefusedError,
    complete,
    expiry_of,
)
from mock_ngsp.front import Nation
from mock_ngsp.ngsp.licences import DEFAULT_ACCOUNT
from mock_ngsp.universe import Universe
from tests.carrying.keeping import consumer, keep
from tests.carrying.raw import Heard, answer, say, speaking
from tests.carrying.serving import serving
from tests.gateway import START, Api, Gateway
from tests.lookups.nation import SharedClock

PATH = "/apiCSDLDKDN/1.0/mapi/g"
ASKED = b'{"service":"DanhSachHoSo"}'
GOOD = b'{"error_code":0,"data":[]}'
OVER = b'{"error_code":-2,"message":"h\xe1\xba\xbft h\xe1\xba\xa1n"}'


def told(content: Any) -> bytes:
    return answer("200 OK", json.dumps(content).encode())


def chunked(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    cut = [body[at : at + 9] for at in range(0, len(body), 9)]
    return head + b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in cut) + b"0\r\n\r\n"


def scripted(answers: deque[bytes], connection: socket.socket, heard: Heard) -> None:
    say(connection, heard, answer=answers.popleft())


def numbered(count: list[int], connection: socket.socket, heard: Heard) -> None:
    """Give out sessions: s1, then s2, and so on."""
    count.append(len(count) + 1)
    say(connection, heard, answer=told({"error_code": 0, "session": f"s{count[-1]}"}))


def broken(connection: socket.socket, heard: Heard) -> None:
    """Send half an answer."""
    say(connection, heard, answer=answer("200 OK", OVER)[:-5])
    raise ConnectionResetError


def asked(gateway: Gateway, answers: list[bytes], **facts: str) -> tuple[list[bytes], list[str]]:
    """Ask twice; return what was told, and with which sessions the service was asked."""
    given: list[int] = []
    with (
        speaking(partial(numbered, given)) as login,
        speaking(partial(scripted, deque(answers))) as raw,
    ):
        url = f"{login.url}/mapi/login"
        keep(gateway, CredentialKind.SESSION, login_url=url, user="tinh", **facts)
        api = consumer(gateway, raw.url)
        brought = [api.post(PATH, content=ASKED).content for _ in range(2)]
    return brought, [json.loads(heard.body)["session"] for heard in raw.heard]


@pytest.mark.parametrize(
    ("over", "facts"),
    [
        (answer("200 OK", OVER), {}),
        (answer("500 No", OVER), {}),
        (told({"error_code": "-2"}), {}),
        (chunked(OVER), {}),
        (answer("200 OK", gzip.compress(OVER), "Content-Encoding: gzip"), {}),
        (
            told({"ket_qua": {"ma": "HET_HAN"}}),
            {"expired_field": "ket_qua.ma", "expired_codes": "401,HET_HAN"},
        ),
        (answer("401 No"), {"expired_codes": "-"}),
    ],
)
def test_an_ended_session_is_replaced_and_the_call_repeated(
    knowing: Gateway, over: bytes, facts: dict[str, str]
) -> None:
    good = answer("200 OK", GOOD)
    brought, sessions = asked(knowing, [good, over, good], **facts)
    assert (brought, sessions) == ([GOOD, GOOD], ["s1", "s1", "s2"])


def test_it_is_replaced_once_and_then_believed(knowing: Gateway) -> None:
    over, good = answer("200 OK", OVER), answer("200 OK", GOOD)
    brought, sessions = asked(knowing, [over, over, good])
    assert (brought, sessions) == ([OVER, GOOD], ["s1", "s2", "s2"])


@pytest.mark.parametrize(
    ("other", "facts"),
    [
        (b'{"error_code":-1}', {}),
        (OVER, {"expired_codes": "-"}),
        (OVER, {"expired_field": "code"}),
        (b'{"error_code":{"a":-2}}', {}),
        (b'{"error_code":true}', {"expired_codes": "True,1"}),
        (b"[-2]", {}),
        (b'{"error_code":-2', {}),
        (b"\xff\xfe", {}),
        (b'{"error_code":-2,"a":"' + b"x" * 70_000 + b'"}', {}),
    ],
)
def test_every_other_answer_is_passed_on_as_it_is(
    knowing: Gateway, other: bytes, facts: dict[str, str]
) -> None:
    brought, sessions = asked(knowing, [answer("200 OK", other), chunked(other)], **facts)
    assert (brought, sessions) == ([other, other], ["s1", "s1"])


def test_an_answer_that_breaks_off_while_it_is_looked_at_is_a_fault(knowing: Gateway) -> None:
    given: list[int] = []
    with speaking(partial(numbered, given)) as login, speaking(broken) as raw:
        keep(knowing, CredentialKind.SESSION, login_url=f"{login.url}/l", user="tinh")
        told_back = consumer(knowing, raw.url).post(PATH, content=ASKED)
        assert raw.await_closed()
    fault = told_back.json()["fault"]
    assert (told_back.status_code, fault["code"], given) == (502, 101505, [1])


def test_a_session_that_the_nation_has_ended_is_not_noticed_by_callers(knowing: Gateway) -> None:
    universe = Universe(clock=SharedClock(knowing.clock))
    with serving(Nation(universe)) as served:
        url = f"http://127.0.0.1:{served.port}/apiDVC-GPLX/tcdbdvcdata/mapi"
        facts = {"login_url": f"{url}/login", "user": DEFAULT_ACCOUNT.username}
        keep(knowing, CredentialKind.SESSION, secret=DEFAULT_ACCOUNT.password, **facts)
        api: Api = consumer(knowing, url)
        question = json.dumps({"service": "TraCuuHoSo", "mahoso": "GIADINH-0001"}).encode()
        path = "/apiCSDLDKDN/1.0/g"
        first = api.post(path, content=question)
        universe.ngsp.licences.sessions.clear()
        second = api.post(path, content=question)
    assert first.json()["error_code"] == 0
    assert second.content == first.content


@pytest.mark.parametrize(
    ("name", "value"),
    [("expired_codes", ""), ("expired_codes", "a,,b"), ("expired_codes", "a b"),
     ("expired_field", "a..b"), ("expired_field", "1")],
)  # fmt: skip
def test_what_says_nothing_of_an_end_is_refused(name: str, value: str) -> None:
    with pytest.raises(CredentialRefusedError):
        complete(CredentialKind.SESSION, {"login_url": "http://x/", "user": "a", name: value})


def test_a_credential_of_before_is_read_as_if_it_said_the_usual() -> None:
    facts = {"login_url": "http://x/", "user": "a", "field": "session", "seconds": "60"}
    kept = Credential("old", CredentialKind.SESSION, facts, START, START)
    expiry = expiry_of(kept)
    assert expiry is not None
    assert expiry.is_said_by(OVER)
