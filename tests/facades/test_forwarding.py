"""Calls to services as through a security server: to registered places, and nowhere else."""

import socket
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.facades.forwarding import use_cases
from app.facades.forwarding.guard import Neighbours
from app.main import create_app
from tests.builders import evidence_of
from tests.carrying.raw import Heard, speaking
from tests.carrying.serving import serving as serving_app
from tests.documents.packets import Refusal
from tests.facades.destination import Service, serving
from tests.facades.systems import Systems
from tests.gateway import Api, Gateway

CODE = "VN:GOV:000.00.00.G22:vpcpdvcprovider"
FORWARD = "/XrdAdapter/RestService/forward"


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as found:
        yield found


@pytest.fixture
def caller(knowing: Gateway, service: Service) -> Api:
    knowing.transact(use_cases.register, knowing.clock, dstcode=CODE, url=f"{service.url}/base")
    return knowing.client("H38.12", Scope.FORWARD_SERVICES)


def ask(api: Api, path: str, *further: str) -> httpx.Response:
    return api.get(f"{FORWARD}{path}?{'&'.join([f'dstcode={CODE}', *further])}")


@pytest.mark.parametrize("base", ["/XrdAdapter", "/VXPAdapter"])
def test_a_call_goes_there_and_its_answer_comes_back_as_they_are(
    caller: Api, service: Service, base: str
) -> None:
    service.headers = [("X-Theirs", "1"), ("Set-Cookie", "a=b"), ("Connection", "X-Hop"),
                       ("X-Hop", "1")]  # fmt: skip
    service.status, service.body = 418, "ấm trà".encode()
    headers = {"X-Given": "ok", "TE": "trailers", "X-Forwarded-For": "10.0.0.1"}
    answer = caller.post(
        f"{base}/RestService/forward/mapi/h%C3%A0%20n%3Ai?token=a%2Bb&dstcode={CODE}&x=%3a+1",
        content=b"\x00body",
        headers=headers,
    )
    assert (answer.status_code, answer.content) == (418, "ấm trà".encode())
    assert (answer.headers["x-theirs"], answer.headers["set-cookie"]) == ("1", "a=b")
    assert answer.headers["x-lgsp-destination"] == CODE
    assert "x-hop" not in answer.headers
    [asked] = service.asked
    target = "/base/mapi/h%C3%A0%20n%3Ai?token=a%2Bb&x=%3a+1"
    assert (asked.method, asked.target, asked.body) == ("POST", target, b"\x00body")
    assert asked.header("X-Given") == "ok"
    assert [asked.header(name) for name in ("Authorization", "TE", "X-Forwarded-For")] == [None] * 3


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_every_method_is_carried(
    knowing: Gateway, caller: Api, service: Service, method: str
) -> None:
    headers = caller._with({})  # noqa: SLF001 -- the token alone
    answer = knowing.http.request(method, f"{FORWARD}/x?dstcode={CODE}", headers=headers)
    assert (answer.status_code, service.asked[0].method) == (200, method)


def test_what_was_forwarded_is_noted_without_its_body(
    knowing: Gateway, caller: Api, service: Service
) -> None:
    ask(caller, "/x")
    service.status = 502
    ask(caller, "/x")
    found = evidence_of(knowing, f"destination:{CODE}")
    assert [(one.act, one.outcome) for one in found] == [
        ("service.forward", "done"),
        ("service.forward", "http-502"),
    ]


def test_a_provider_url_leads_to_the_registered_place_or_below_only(
    caller: Api, service: Service
) -> None:
    there = f"{service.url}/base"
    assert ask(caller, "/x", f"providerurl={quote(there, safe='')}").status_code == 200
    assert ask(caller, "/x", f"providerurl={there}/deeper/").status_code == 200
    assert [asked.target for asked in service.asked] == ["/base/x", "/base/deeper/x"]
    for elsewhere in (
        service.url,
        f"{there}side",
        f"{there}/../admin",
        f"{there}/%2e%2e/admin",
        there.replace("127.0.0.1", "localhost"),
        there.replace("http:", "https:"),
        there.replace("127.0.0.1", "x@127.0.0.1"),
        f"{there}?a=1",
        "http://127.0.0.1:1/base",
        "http://[::1/base",
        "file:///etc/passwd",
    ):
        refusal = Refusal.of(ask(caller, "/x", f"providerurl={quote(elsewhere, safe='')}"))
        assert refusal.slug in {"provider-url-refused", "unsafe-path"}, elsewhere
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    "path",
    [
        "/..%2fadmin",
        "/a/%2e%2e/b",
        "/a/%252e%252e/b",
        "/a%5cb",
        "/a//b",
        "/a%00b",
        "/%ff",
        "/a;b%2fc",
    ],
)
def test_a_path_that_could_lead_elsewhere_is_refused(
    caller: Api, service: Service, path: str
) -> None:
    assert Refusal.of(ask(caller, path)).slug == "unsafe-path"
    assert service.asked == []


def test_redirects_are_handed_back_and_not_followed(caller: Api, service: Service) -> None:
    service.status, service.headers = 302, [("Location", "http://127.0.0.1:1/")]
    assert len(service.asked) == 0
    headers = {"X-Once": "1"}
    answer = caller.get(f"{FORWARD}/x?dstcode={CODE}", headers=headers, follow_redirects=False)
    assert (answer.status_code, len(service.asked)) == (302, 1)


def test_only_registered_destinations_are_reached(knowing: Gateway, caller: Api) -> None:
    unknown = Refusal.of(caller.get(f"{FORWARD}/x?dstcode=VN:GOV:x:y"))
    missing = [caller.get(f"{FORWARD}/x{query}") for query in ("", "?dstcode=a&dstcode=b")]
    assert (unknown.status, unknown.slug) == (404, "unknown-destination")
    assert {Refusal.of(answer).slug for answer in missing} == {"missing-destination"}
    knowing.transact(use_cases.close, knowing.clock, dstcode=CODE)
    assert Refusal.of(ask(caller, "/x")).slug == "unknown-destination"


def test_a_destination_that_is_away_or_says_too_much_is_told_as_such(
    knowing: Gateway, service: Service
) -> None:
    knowing.transact(use_cases.register, knowing.clock, dstcode="away", url="http://127.0.0.1:1")
    knowing.transact(use_cases.register, knowing.clock, dstcode="loud", url=service.url)
    service.body = b"x" * 5000
    changed = knowing.settings.model_copy(update={"forward_max_answer_bytes": 1024})
    headers = knowing.client("H38", Scope.FORWARD_SERVICES)._with({})  # noqa: SLF001
    with TestClient(create_app(changed, clock=knowing.clock)) as http:
        answers = [
            http.get(f"{FORWARD}/x?dstcode={code}", headers=headers) for code in ("away", "loud")
        ]
    reasons = [(one.status_code, one.json()["reason"]) for one in answers]
    assert reasons == [(503, "connect-failed"), (503, "answer-too-large")]


def test_a_trace_goes_on_and_nothing_forged_does(caller: Api, service: Service) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    given = {"traceparent": trace, "tracestate": "a=b", "X-Request-Id": "mine", "Via": "1.1 x"}
    caller.get(f"{FORWARD}/x?dstcode={CODE}", headers=given)
    [asked] = service.asked
    assert [asked.header(name) for name in ("traceparent", "tracestate")] == [trace, "a=b"]
    assert asked.header("X-Request-Id") not in {None, "mine"}
    assert asked.header("Via") is None


def test_a_destination_that_keeps_failing_is_left_alone(knowing: Gateway) -> None:
    knowing.transact(use_cases.register, knowing.clock, dstcode=CODE, url="http://127.0.0.1:1")
    caller = knowing.client("H38.12", Scope.FORWARD_SERVICES)
    answers = [
        caller.post(f"{FORWARD}/x?dstcode={CODE}")
        for _ in range(knowing.settings.broker_breaker_failures + 1)
    ]
    reasons = [one.json()["reason"] for one in answers]
    assert reasons[:-1] == ["connect-failed"] * knowing.settings.broker_breaker_failures
    assert reasons[-1] == "circuit-open"


def test_an_answer_that_is_cut_short_is_not_ended_well(knowing: Gateway) -> None:
    def cut(connection: socket.socket, _: Heard) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\n")
        raise ConnectionResetError

    with (
        speaking(cut) as raw,
        serving_app(create_app(knowing.settings, clock=knowing.clock)) as served,
    ):
        knowing.transact(use_cases.register, knowing.clock, dstcode=CODE, url=raw.url)
        token = knowing.client("H38.12", Scope.FORWARD_SERVICES)._with({})  # noqa: SLF001
        head = [f"POST {FORWARD}/x?dstcode={CODE} HTTP/1.1", "Host: x", "Content-Length: 0",
                f"Authorization: {token['Authorization']}"]  # fmt: skip
        with served.connect() as connection:
            connection.sendall("\r\n".join([*head, "", ""]).encode())
            told = b"".join(iter(lambda: connection.recv(65536), b""))
    assert told.startswith(b"HTTP/1.1 200 OK")
    assert b"begun" in told
    assert not told.endswith(b"0\r\n\r\n")
    [entry] = evidence_of(knowing, f"destination:{CODE}")
    assert entry.outcome == "done"


def test_without_token_and_scope_nothing_is_forwarded(knowing: Gateway, service: Service) -> None:
    knowing.transact(use_cases.register, knowing.clock, dstcode=CODE, url=service.url)
    nobody = knowing.http.get(f"{FORWARD}/x?dstcode={CODE}")
    reader = ask(knowing.client("H38", Scope.READ_DOSSIERS), "/x")
    assert [Refusal.of(one).slug for one in (nobody, reader)] == [
        "invalid-token",
        "insufficient-scope",
    ]
    assert service.asked == []


def test_a_named_network_is_its_system_and_keeps_its_own_authorization(
    knowing: Gateway, systems: Systems, service: Service
) -> None:
    knowing.transact(use_cases.register, knowing.clock, dstcode=CODE, url=service.url)
    systems.connect("000.00.12.H38", member="H38.12")
    rows = ("10.0.0.0/8=nobody", "10.1.0.0/16=000.00.12.H38")
    changed = knowing.settings.model_copy(update={"forward_networks": rows})
    address = f"{FORWARD}/x?dstcode={CODE}"
    headers = {"Authorization": "Bearer theirs"}
    near, far = (create_app(changed, clock=knowing.clock) for _ in range(2))
    with TestClient(near, client=("10.1.2.3", 1)) as http:
        assert http.get(address, headers=headers).status_code == 200
    with TestClient(far, client=("10.2.2.3", 1)) as http:
        assert http.get(address).status_code == 401
    assert service.asked[0].header("Authorization") == "Bearer theirs"
    [entry] = evidence_of(knowing, f"destination:{CODE}")
    assert entry.client_id == "vxp:000.00.12.H38"


def test_a_wrong_network_row_is_named() -> None:
    for row in ("10.0.0.0/8", "=x", "10.0.0.1/8=x"):
        with pytest.raises(ValueError, match=r"LGSP_FORWARD_NETWORKS: .*NETWORK=SYSTEMID"):
            Neighbours([row])
