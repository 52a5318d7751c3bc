"""A call goes to its service as it is, and its answer comes back as it is."""

import socket
from datetime import timedelta
from functools import partial

import pytest

from app.broker.domain.service import Upstream
from tests.carrying.offering import a_consumer, a_service
from tests.carrying.raw import Heard, Raw, always, answer, say, speaking
from tests.gateway import Gateway

PATH = "/apiCSDLDKDN/1.0"


@pytest.mark.parametrize("path", [PATH, "/apiCSDLDKDN"])
def test_a_call_and_its_answer_are_carried_as_they_are(knowing: Gateway, path: str) -> None:
    lines = (
        "Content-Type: text/x", "X-Theirs: 1", "Set-Cookie: a=b", "Connection: X-Hop", "X-Hop: 1",
        "Date: never", "X-Request-Id: theirs", "Keep-Alive: timeout=9",
    )  # fmt: skip
    with speaking(always("418 No", "ấm trà".encode(), *lines)) as raw:
        api = a_consumer(knowing, a_service(f"{raw.url}/base"))
        told = api.post(
            f"{path}/h%C3%A0%20n%3Ai?a=%2b&b=%3a+1",
            content=b"\x00body",
            headers={"X-Given": "ó".encode()},
        )
    assert (told.status_code, told.content) == (418, "ấm trà".encode())
    assert (told.headers["x-theirs"], told.headers["set-cookie"]) == ("1", "a=b")
    assert not {"x-hop", "keep-alive", "connection"} & set(told.headers)
    assert told.headers["x-request-id"] != "theirs"
    [heard] = raw.heard
    assert heard.line == "POST /base/h%C3%A0%20n%3Ai?a=%2b&b=%3a+1 HTTP/1.1"
    assert heard.body == b"\x00body"
    assert (heard.header("x-given") or "").encode("latin-1").decode() == "ó"
    assert heard.header("x-request-id") == told.headers["x-request-id"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])
def test_every_method_is_carried(knowing: Gateway, method: str) -> None:
    with speaking(always("200 OK", b"" if method == "HEAD" else b"told")) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        told = knowing.http.request(method, f"{PATH}/x", headers=api.headers)
    assert told.status_code == 200
    assert [heard.line for heard in raw.heard] == [f"{method} /x HTTP/1.1"]


FORGED = {
    "X-Forwarded-For": "10.0.0.1", "X_Forwarded_For": "10.0.0.1", "Forwarded": "for=1",
    "X-Real-IP": "1", "X-Road-Client": "VN/GOV/H38", "X-LGSP-Anything": "1", "Via": "1",
    "X-Original-URL": "/admin", "X-Rewrite-URL": "/admin", "X-HTTP-Method-Override": "DELETE",
    "Proxy-Authorization": "x", "TE": "trailers", "lgspaccesstoken": "e30=",
    "Connection": "X-Mine", "X-Mine": "1", "Upgrade": "h2c", "X-Request-Id": "mine",
}  # fmt: skip


def test_nothing_forged_of_one_hop_or_ours_goes_on(knowing: Gateway) -> None:
    with speaking(always("200 OK")) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        assert api.get(f"{PATH}/x", headers={**FORGED, "Cookie": "theirs=1"}).status_code == 200
    [heard] = raw.heard
    names = {name for name, _ in heard.headers}
    assert not {"authorization", *map(str.lower, FORGED)} & (names - {"x-request-id"})
    assert heard.header("x-request-id") != "mine"
    assert heard.header("cookie") == "theirs=1"
    assert heard.header("host") == raw.url.removeprefix("http://")


def test_redirects_are_handed_back_and_not_followed(knowing: Gateway) -> None:
    with speaking(always("302 Found", b"", "Location: http://127.0.0.1:1/")) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        told = api.get(f"{PATH}/x", follow_redirects=False)
    assert (told.status_code, told.headers["location"]) == (302, "http://127.0.0.1:1/")
    assert len(raw.heard) == 1


def dying(times: int) -> tuple[list[int], "partial[None]"]:
    """Return what ends the first connections without an answer, and how many are left."""
    left = [times]

    def speak(connection: socket.socket, heard: Heard) -> None:
        if left[0]:
            left[0] -= 1
            raise ConnectionResetError
        say(connection, heard, answer=answer("200 OK"))

    return left, partial(speak)


@pytest.mark.parametrize(
    ("method", "deaths", "status", "asked"),
    [("GET", 1, 200, 2), ("GET", 2, 502, 2), ("HEAD", 1, 200, 2), ("POST", 1, 502, 1),
     ("PUT", 1, 502, 1), ("DELETE", 1, 502, 1)],
)  # fmt: skip
def test_only_a_safe_call_is_tried_again_and_only_once(
    knowing: Gateway, method: str, deaths: int, status: int, asked: int
) -> None:
    _, speak = dying(deaths)
    with speaking(speak) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        told = knowing.http.request(method, f"{PATH}/x", headers=api.headers)
    assert (told.status_code, len(raw.heard)) == (status, asked)


def test_another_upstream_is_asked_when_the_first_is_down(knowing: Gateway) -> None:
    with speaking(always("200 OK", b"second")) as raw:
        places = (Upstream("http://127.0.0.1:1"), Upstream(raw.url, order=1))
        api = a_consumer(knowing, a_service(raw.url, upstreams=places))
        assert api.get(f"{PATH}/x").text == "second"


def test_upstreams_take_turns_by_their_weight(knowing: Gateway) -> None:
    with speaking(always("200 OK", b"a")) as first, speaking(always("200 OK", b"b")) as second:
        places = (Upstream(first.url, weight=3), Upstream(second.url))
        api = a_consumer(knowing, a_service(first.url, upstreams=places))
        told = "".join(api.get(f"{PATH}/x").text for _ in range(8))
    assert told.count("a") == 6
    assert "aaaa" not in told


def test_an_upstream_that_keeps_failing_is_left_alone_then_tried_once(knowing: Gateway) -> None:
    left, speak = dying(6)
    with speaking(speak) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        assert [api.post(f"{PATH}/x").status_code for _ in range(5)] == [502] * 5
        told = api.post(f"{PATH}/x")
        assert (told.status_code, told.headers["retry-after"], len(raw.heard)) == (503, "10", 5)
        knowing.clock.advance(timedelta(seconds=10))
        assert (api.post(f"{PATH}/x").status_code, left[0]) == (502, 0)
        assert (api.post(f"{PATH}/x").status_code, len(raw.heard)) == (503, 6)
        knowing.clock.advance(timedelta(seconds=10))
        assert [api.post(f"{PATH}/x").status_code for _ in range(3)] == [200] * 3


def silent(connection: socket.socket, _: Heard) -> None:
    """Say nothing until the other side has enough."""
    connection.recv(1)
    raise ConnectionResetError


def test_a_service_that_does_not_answer_in_its_time_is_given_up(knowing: Gateway) -> None:
    with speaking(silent) as raw:
        api = a_consumer(knowing, a_service(raw.url, timeout_seconds=0.2))
        told = api.get(f"{PATH}/x")
        assert raw.await_closed()
    assert (told.status_code, told.json()["fault"]["code"]) == (504, 101504)
    assert len(raw.heard) == 1


def test_a_body_over_the_limit_of_the_service_is_refused(knowing: Gateway) -> None:
    with speaking(always("200 OK")) as raw:
        api = a_consumer(knowing, a_service(raw.url, max_body_bytes=1000))
        assert api.post(f"{PATH}/x", content=b"x" * 1000).status_code == 200
        assert api.post(f"{PATH}/x", content=b"x" * 1001).status_code == 413
        assert api.post(f"{PATH}/x", content=iter([b"x" * 600] * 2)).status_code == 413
    assert len(raw.heard) == 1


def test_a_body_larger_than_any_other_of_ours_passes(knowing: Gateway) -> None:
    size = knowing.settings.max_body_bytes + 1
    with speaking(always("200 OK")) as raw:
        api = a_consumer(knowing, a_service(raw.url, max_body_bytes=size))
        assert api.post(f"{PATH}/x", content=b"x" * size).status_code == 200
    assert len(raw.heard[0].body) == size


@pytest.mark.parametrize(
    "told",
    [b"nonsense\r\n\r\n", b"HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"],
)  # fmt: skip
def test_an_answer_that_cannot_be_passed_on_is_a_fault(knowing: Gateway, told: bytes) -> None:
    with speaking(partial(say, answer=told)) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        answered = api.get(f"{PATH}/x")
    assert (answered.status_code, answered.json()["fault"]["code"]) == (502, 101506)


def test_the_length_of_what_head_would_have_is_no_limit(knowing: Gateway) -> None:
    told = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    with speaking(partial(say, answer=told)) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        answered = knowing.http.head(f"{PATH}/x", headers=api.headers)
    assert (answered.status_code, answered.headers["content-length"]) == (200, "99999999999")


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_an_answer_without_a_body_has_no_length(knowing: Gateway, status: str) -> None:
    told = f"HTTP/1.1 {status}\r\nETag: x\r\n\r\n".encode()
    with speaking(partial(say, answer=told)) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        answered = api.get(f"{PATH}/x")
    assert (str(answered.status_code), answered.content) == (status[:3], b"")


def test_connections_are_used_again(knowing: Gateway) -> None:
    raw: Raw
    with speaking(always("200 OK", b"told")) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        for _ in range(5):
            assert api.post(f"{PATH}/x", content=b"x").status_code == 200
    assert (len(raw.heard), raw.connections) == (5, 1)
