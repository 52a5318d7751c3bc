"""Several addresses of one service: each is shown its own credential, and never another's."""

import json
import socket
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import httpx
import pytest

from app.broker.domain.credentials import CredentialKind
from app.broker.domain.service import Service, Upstream, Via
from tests.carrying.keeping import PATH, keep
from tests.carrying.offering import a_consumer, a_service
from tests.carrying.raw import Heard, Raw, Speak, always, answer, say, speaking
from tests.gateway import Api, Gateway

PAGE = f"{PATH}/x"
BODY = b'{"a":1}'
GOOD = answer("200 OK", b"good")
WAYS: Mapping[str, tuple[CredentialKind, Mapping[str, str]]] = {
    "header": (CredentialKind.HEADER, {"header": "access_token"}),
    "bearer": (CredentialKind.HEADER, {"prefix": "Bearer "}),
    "hashed": (CredentialKind.HASHED_BASIC, {"user": "H38", "hashed_url": "https://x.example"}),
    "key": (CredentialKind.BODY_KEY, {}),
    "token": (CredentialKind.CLIENT_CREDENTIALS, {"token_url": "{}/token", "client_id": "key"}),
    "session": (CredentialKind.SESSION, {"login_url": "{}/login", "user": "tinh"}),
}


def hanging_up(_: socket.socket, __: Heard) -> None:
    raise ConnectionResetError


def scripted(answers: deque[bytes], connection: socket.socket, heard: Heard) -> None:
    say(connection, heard, answer=answers.popleft())


def counting(word: str, connection: socket.socket, heard: Heard, *, given: list[str]) -> None:
    """Give out tokens and sessions: word1, then word2, and so on."""
    given.append(f"{word}{len(given) + 1}")
    said: dict[str, Any] = {"access_token": given[-1], "session": given[-1], "error_code": 0}
    say(connection, heard, answer=answer("200 OK", json.dumps(said).encode()))


def giving(word: str, given: list[str]) -> Speak:
    return partial(counting, word, given=given)


def kept(gateway: Gateway, name: str, way: str, issuer: Raw) -> None:
    kind, facts = WAYS[way]
    said = {fact: value.format(issuer.url) for fact, value in facts.items()}
    keep(gateway, kind, name=name, secret=f"secret-of-{name}", **said)


def a_service_of_two(first: Raw, second: Raw, **changes: Any) -> Service:
    """Return a service that is reached over the LGSP, else over the NGSP."""
    places = (
        Upstream(first.url, via=Via.LGSP, credential="one"),
        Upstream(second.url, via=Via.NGSP, credential="two"),
    )
    return a_service("", **{"upstreams": places} | changes)


def ask(gateway: Gateway, api: Api) -> tuple[int, bytes]:
    """Ask by a method that may be repeated, with a body."""
    told = gateway.http.request("GET", PAGE, headers=api.headers, content=BODY)
    return told.status_code, told.content


def everything(raw: Raw) -> str:
    assert raw.heard, "was not asked"
    return "\n".join((one.head + b"\n" + one.body).decode() for one in raw.heard)


@pytest.mark.parametrize("second_way", WAYS)
@pytest.mark.parametrize("first_way", WAYS)
def test_failing_over_shows_the_next_address_its_own_and_nothing_of_the_first(
    knowing: Gateway, first_way: str, second_way: str
) -> None:
    ones: list[str] = []
    twos: list[str] = []
    with (
        speaking(giving("token-one-", ones)) as first_issuer,
        speaking(giving("token-two-", twos)) as second_issuer,
        speaking(hanging_up) as first,
        speaking(always("200 OK", b"good")) as second,
    ):
        kept(knowing, "one", first_way, first_issuer)
        kept(knowing, "two", second_way, second_issuer)
        api = a_consumer(knowing, a_service_of_two(first, second))
        assert ask(knowing, api) == (200, b"good")
        shown = everything(first), everything(second)
        marks = [("secret-of-one", "token-one-"), ("secret-of-two", "token-two-")]
        for own, others in zip(shown, reversed(marks), strict=True):
            assert not [mark for mark in others if mark in own]
        ways = (first_way, "one", shown[0]), (second_way, "two", shown[1])
        for way, name, own in ways:
            if way != "hashed":
                assert f"secret-of-{name}" in own or f"token-{name}-1" in own
        for issuer, foreign in ((first_issuer, "secret-of-two"), (second_issuer, "secret-of-one")):
            assert all(foreign.encode() not in one.body for one in issuer.heard)
    assert {one.header("traceparent") is not None for one in second.heard} == {True}


def test_what_one_address_is_shown_in_a_header_is_not_left_over_for_the_next(
    knowing: Gateway,
) -> None:
    with speaking(hanging_up) as first, speaking(always("200 OK")) as second:
        keep(knowing, CredentialKind.HEADER, name="one", header="X-Key")
        places = (
            Upstream(first.url, via=Via.LGSP, credential="one"),
            Upstream(second.url, via=Via.NGSP),
        )
        api = a_consumer(knowing, a_service("", upstreams=places))
        assert ask(knowing, api)[0] == 200
    assert first.heard[0].header("x-key") is not None
    assert second.heard[0].header("x-key") is None


def test_an_address_that_names_none_is_shown_the_services(knowing: Gateway) -> None:
    with speaking(hanging_up) as first, speaking(always("200 OK")) as second:
        keep(knowing, CredentialKind.HEADER, name="one", secret="first", header="X-Key")
        keep(knowing, CredentialKind.HEADER, name="all", secret="general", header="X-Key")
        places = (
            Upstream(first.url, via=Via.LGSP, credential="one"),
            Upstream(second.url, via=Via.NGSP),
        )
        api = a_consumer(knowing, a_service("", upstreams=places, credential="all"))
        assert ask(knowing, api)[0] == 200
    assert first.heard[0].header("x-key") == "first"
    assert second.heard[0].header("x-key") == "general"


def test_one_address_may_stand_there_with_a_credential_to_fall_back_on(knowing: Gateway) -> None:
    with speaking(always("200 OK")) as raw:
        keep(knowing, CredentialKind.HEADER, name="two", secret="second", header="X-Key")
        places = (Upstream(raw.url, credential="one"), Upstream(raw.url, credential="two"))
        api = a_consumer(knowing, a_service("", upstreams=places))
        assert {api.post(PAGE).status_code for _ in range(3)} == {200}
    assert {one.header("x-key") for one in raw.heard} == {"second"}


@pytest.mark.parametrize("way", ["token", "session"])
def test_what_ended_at_one_address_is_got_anew_for_that_one_alone(
    knowing: Gateway, way: str
) -> None:
    given: list[str] = []
    over = answer("401 No") if way == "token" else answer("200 OK", b'{"error_code":-2}')
    with (
        speaking(giving("s", given)) as issuer,
        speaking(partial(scripted, deque([GOOD, over, GOOD, over, over]))) as first,
        speaking(partial(scripted, deque([GOOD, GOOD, GOOD]))) as second,
    ):
        kept(knowing, "one", way, issuer)
        places = tuple(Upstream(one.url, credential="one") for one in (first, second))
        api = a_consumer(knowing, a_service("", upstreams=places))
        told = [api.post(PAGE, content=BODY).content for _ in range(6)]
    assert told == [b"good"] * 4 + [over.partition(b"\r\n\r\n")[2], b"good"]
    shown = [[word for word in given if word in everything(one)] for one in (first, second)]
    assert shown == [["s1", "s3", "s4"], ["s2"]]


def test_an_ended_session_is_renewed_at_the_address_that_was_failed_over_to(
    knowing: Gateway,
) -> None:
    ones: list[str] = []
    twos: list[str] = []
    over = answer("200 OK", b'{"error_code":-2}')
    with (
        speaking(giving("one-", ones)) as first_issuer,
        speaking(giving("two-", twos)) as second_issuer,
        speaking(hanging_up) as first,
        speaking(partial(scripted, deque([over, GOOD]))) as second,
    ):
        kept(knowing, "one", "session", first_issuer)
        kept(knowing, "two", "session", second_issuer)
        api = a_consumer(knowing, a_service_of_two(first, second))
        assert ask(knowing, api) == (200, b"good")
    assert [json.loads(one.body)["session"] for one in second.heard] == ["two-1", "two-2"]
    assert [json.loads(one.body)["session"] for one in first.heard] == ["one-1"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_whose_credential_is_not_to_be_had_is_passed_over(
    knowing: Gateway, method: str
) -> None:
    with (
        speaking(always("500 No")) as issuer,
        speaking(always("200 OK")) as first,
        speaking(always("200 OK", b"good")) as second,
    ):
        kept(knowing, "one", "token", issuer)
        kept(knowing, "two", "header", issuer)
        api = a_consumer(knowing, a_service_of_two(first, second))
        large = b"x" * 200_000
        told = knowing.http.request(method, PAGE, headers=api.headers, content=large)
    assert (told.status_code, told.content) == (200, b"good")
    assert (first.heard, second.heard[0].body) == ([], large)


@pytest.mark.parametrize("way", WAYS)
def test_a_server_that_a_credential_is_not_for_is_not_called_with_it(
    knowing: Gateway, way: str
) -> None:
    told: dict[str, httpx.Response] = {}
    with (
        speaking(giving("t", [])) as issuer,
        speaking(always("200 OK")) as first,
        speaking(always("200 OK", b"good")) as second,
    ):
        kind, facts = WAYS[way]
        said = {fact: value.format(issuer.url) for fact, value in facts.items()}
        said["shown_to"] = f"https://api.example.vn,{second.url}"
        keep(knowing, kind, name="one", secret="plain", **said)
        for context, url in (("apiMot", first.url), ("apiHai", f"{second.url}/deep")):
            service = a_service(url, code=context.lower(), context=context, credential="one")
            api = a_consumer(knowing, replace(service, subsystem=""))
            told[context] = api.post(f"/{context}/1.0/x", content=BODY)
    assert (told["apiMot"].status_code, told["apiHai"].content) == (503, b"good")
    assert (first.heard, second.heard[0].line) == ([], "POST /deep/x HTTP/1.1")


def test_where_no_credential_is_to_be_had_nobody_is_called(knowing: Gateway) -> None:
    with speaking(always("200 OK")) as first, speaking(always("200 OK")) as second:
        api = a_consumer(knowing, a_service_of_two(first, second))
        told = api.get(PAGE)
    assert (told.status_code, first.heard, second.heard) == (503, [], [])
