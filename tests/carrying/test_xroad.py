"""Services on `/r1/…`: identifiers, headers, the hash, errors, and what describes them."""

import base64
import hashlib
from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest
from lxml import etree
from starlette.testclient import TestClient

from app.broker.domain.operations import Operation
from app.broker.domain.service import Protocol, ServiceState
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.carrying.offering import a_client, a_consumer, a_service, allow, offer
from tests.carrying.raw import Raw, always, speaking
from tests.contract.judges import faults_of_json
from tests.gateway import Api, Gateway

R1 = "/r1/VN/GOV/H38.02/dkdn"
PATH = f"{R1}/enterprises"
WHO = {"X-Road-Client": "VN/GOV/H38.12/motcua"}


@pytest.fixture
def raw() -> Iterator[Raw]:
    with speaking(always("200 OK", b"told", "X-Road-Id: forged", "X-Theirs: 1")) as found:
        yield found


def error(answer: httpx.Response) -> tuple[int, str]:
    said = answer.json()
    assert set(said) == {"type", "message", "detail"}
    assert answer.headers["x-road-error"] == said["type"]
    assert str(UUID(said["detail"])) == said["detail"]
    return answer.status_code, said["type"]


def sha(content: bytes) -> bytes:
    return hashlib.sha512(content).digest()


def test_a_call_says_who_calls_whom_and_comes_back_with_its_hash(
    knowing: Gateway, raw: Raw
) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    lines = {**WHO, "X-Road-Id": "b0e5", "X-Road-UserId": "VN0", "Content-Type": "text/plain"}
    answer = api.post(f"{PATH}/a%20b/c?d=%2b", content=b"body", headers=lines)
    assert (answer.status_code, answer.text, answer.headers["x-theirs"]) == (200, "told", "1")
    [heard] = raw.heard
    assert heard.line == "POST /a%20b/c?d=%2b HTTP/1.1"
    service = "VN/GOV/H38.02/dkdn/enterprises"
    for found in (answer.headers.get, heard.header):
        said = [found(f"x-road-{name}") for name in ("client", "service", "id")]
        assert said == [WHO["X-Road-Client"], service, "b0e5"]
    assert heard.header("x-road-userid") == "VN0"
    assert UUID(answer.headers["x-road-request-id"]).version == 7
    head = (
        b"POST /r1/VN/GOV/H38.02/dkdn/enterprises/a%20b/c?d=%2b\r\ncontent-type:text/plain\r\n"
        b"x-road-client:VN/GOV/H38.12/motcua\r\nx-road-id:b0e5\r\nx-road-userid:VN0\r\n"
    )
    wanted = base64.b64encode(sha(sha(head) + sha(b"body"))).decode()
    assert answer.headers["x-road-request-hash"] == wanted


def test_a_call_without_a_body_has_the_hash_of_its_head(knowing: Gateway, raw: Raw) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    answer = api.get(f"{PATH}/x", headers=WHO)
    head = b"GET /r1/VN/GOV/H38.02/dkdn/enterprises/x\r\nx-road-client:VN/GOV/H38.12/motcua\r\n"
    assert answer.headers["x-road-request-hash"] == base64.b64encode(sha(head)).decode()
    assert UUID(answer.headers["x-road-id"]).version == 7


def test_of_several_clients_the_last_is_meant(knowing: Gateway, raw: Raw) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    lines = [("X-Road-Client", "VN/GOV/H53"), *WHO.items(), *api.headers.items()]
    answer = knowing.http.get(f"{PATH}/x", headers=httpx.Headers(lines))
    assert answer.headers["x-road-client"] == WHO["X-Road-Client"]


def test_a_service_without_a_subsystem_is_found_at_its_member(knowing: Gateway, raw: Raw) -> None:
    api = a_consumer(knowing, a_service(raw.url, subsystem=""))
    assert api.get("/r1/VN/GOV/H38.02/enterprises/x", headers=WHO).text == "told"
    assert raw.heard[0].line == "GET /x HTTP/1.1"


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        (f"{R1}/other/x", 500, "Server.ServerProxy.UnknownService"),
        ("/r1/VN/GOV/H38.03/dkdn/enterprises/x", 500, "Server.ServerProxy.UnknownService"),
        ("/r1/VN/GOV/H38.02/khac/enterprises/x", 500, "Server.ServerProxy.UnknownService"),
        ("/r1/EE/GOV/H38.02/dkdn/enterprises/x", 500, "Server.ClientProxy.UnknownMember"),
        ("/r1/VN/COM/H38.02/dkdn/enterprises/x", 500, "Server.ClientProxy.UnknownMember"),
        ("/r1/VN/GOV/H38.02", 400, "Client.BadRequest"),
        ("/r1", 400, "Client.BadRequest"),
        (f"{PATH}/a%2fb", 400, "Client.BadRequest"),
        (f"{PATH}/%2e%2e/b", 400, "Client.BadRequest"),
        (f"{PATH}/denied", 500, "Server.ServerProxy.AccessDenied"),
    ],
)
def test_what_is_not_there_or_not_granted(
    knowing: Gateway, raw: Raw, path: str, status: int, kind: str
) -> None:
    operations = (Operation.of("GET", "/x"), Operation.of("GET", "/denied"))
    api = a_consumer(knowing, a_service(raw.url, operations=operations), "GET /x")
    assert error(api.get(path, headers=WHO)) == (status, kind)
    assert raw.heard == []


@pytest.mark.parametrize(
    ("given", "status", "kind"),
    [
        ({}, 400, "Client.MissingHeader"),
        ({"X-Road-Client": "VN/GOV"}, 400, "Client.BadRequest"),
        ({"X-Road-Client": "VN/GOV/H38.12/a_b"}, 400, "Client.BadRequest"),
        ({"X-Road-Client": "EE/GOV/H38.12"}, 500, "Server.ClientProxy.UnknownMember"),
        ({"X-Road-Client": "VN/GOV/H38.02"}, 500, "Server.ClientProxy.AccessDenied"),
        ({"X-Road-Client": "VN/GOV/x"}, 500, "Server.ClientProxy.AccessDenied"),
        ({**WHO, "X-Road-Id": "a b"}, 400, "Client.BadRequest"),
    ],
)
def test_who_calls_must_be_said_and_be_so(
    knowing: Gateway, raw: Raw, given: dict[str, str], status: int, kind: str
) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    assert error(api.get(f"{PATH}/x", headers=given)) == (status, kind)


def test_other_errors_have_their_types(knowing: Gateway) -> None:
    service = a_service("http://127.0.0.1:1", max_body_bytes=1)
    api = a_consumer(knowing, service)
    stranger = knowing.http.get(f"{PATH}/x", headers=WHO)
    assert error(stranger) == (500, "Server.ClientProxy.SslAuthenticationFailed")
    assert error(api.get(f"{PATH}/x", headers=WHO)) == (500, "Server.ServerProxy.NetworkError")
    large = api.post(f"{PATH}/x", headers=WHO, content=b"xx")
    assert error(large) == (400, "Client.InvalidBody")
    told = api.get(f"{PATH}/x", headers={**WHO, "Accept": "text/xml"})
    root = etree.fromstring(told.content)
    assert [one.tag for one in root] == ["type", "message", "detail"]


def test_the_providers_own_error_passes_as_it_is(knowing: Gateway) -> None:
    with speaking(always("500 No", b"theirs")) as raw:
        answer = a_consumer(knowing, a_service(raw.url)).get(f"{PATH}/x", headers=WHO)
    assert (answer.status_code, answer.content) == (500, b"theirs")
    assert "x-road-error" not in answer.headers


def test_a_retired_service_is_disabled(knowing: Gateway, raw: Raw) -> None:
    api = a_consumer(knowing, a_service(raw.url, state=ServiceState.RETIRED))
    assert error(api.get(f"{PATH}/x", headers=WHO)) == (500, "Server.ServerProxy.ServiceDisabled")


@pytest.fixture
def snake(settings: Settings, clock: FrozenClock, knowing: Gateway) -> Iterator[TestClient]:
    changed = settings.model_copy(update={"xroad_error_spelling": "snake"})
    assert knowing.settings is settings
    with TestClient(create_app(changed, clock=clock)) as http:
        yield http


def test_types_are_snakes_by_setting(snake: TestClient, knowing: Gateway) -> None:
    _, api = a_client(knowing)
    here = Api(snake, api.headers["Authorization"].removeprefix("Bearer "))
    answer = here.get(f"{PATH}/x", headers=WHO)
    assert error(answer) == (500, "server.serverproxy.unknown_service")
    assert error(here.get(f"{PATH}/x")) == (400, "client.missing_header")


def test_a_providers_services_are_listed(knowing: Gateway, raw: Raw) -> None:
    operations = (Operation.of("GET", "/danhSach/{id}"), Operation.of("*", "*"))
    first = a_service(raw.url, operations=operations)
    number = offer(knowing, first)
    offer(knowing, a_service(raw.url, code="other", context="other", subsystem="khac"))
    client_id, api = a_client(knowing)
    row = {
        "object_type": "SERVICE", "service_type": "REST", "xroad_instance": "VN",
        "member_class": "GOV", "member_code": "H38.02", "subsystem_code": "dkdn",
        "service_code": "enterprises",
    }  # fmt: skip
    every = [{"method": "GET", "path": "/danhSach/*"}, {"method": "*", "path": "*"}]
    listed = api.get(f"{R1}/listMethods", headers=WHO)
    assert listed.json() == {"service": [{**row, "endpoint_list": every}]}
    assert listed.headers["x-road-service"] == "VN/GOV/H38.02/dkdn/listMethods"
    assert api.get(f"{R1}/allowedMethods", headers=WHO).json() == {"service": []}
    allow(knowing, number, first, client_id, "GET /danhSach/{id}")
    allowed = api.get(f"{R1}/allowedMethods", headers=WHO).json()
    assert allowed == {"service": [{**row, "endpoint_list": every[:1]}]}
    posted = api.post(f"{R1}/listMethods", headers=WHO)
    assert error(posted) == (400, "Client.InvalidHttpMethod")
    missing = api.get(f"{R1}/getOpenAPI?serviceCode=enterprises", headers=WHO)
    assert error(missing) == (500, "Server.ServerProxy.UnknownService")


def test_members_and_subsystems_are_listed(knowing: Gateway, raw: Raw) -> None:
    offer(knowing, a_service(raw.url))
    offer(knowing, a_service(raw.url, code="hidden", context="b", state=ServiceState.DRAFT))
    _, api = a_client(knowing)
    listed = api.get("/listClients?xRoadInstance=VN")
    assert faults_of_json("services.yaml#/components/schemas/ClientList", listed.json()) == []
    codes = [
        (one["id"]["object_type"], one["id"]["member_code"], one["id"].get("subsystem_code"))
        for one in listed.json()["member"]
    ]
    assert codes == [
        ("MEMBER", "H38.02", None), ("SUBSYSTEM", "H38.02", "dkdn"), ("MEMBER", "H38.12", None)
    ]  # fmt: skip
    names = {one["id"]["member_code"]: one["name"] for one in listed.json()["member"]}
    assert names["H38.12"] != "H38.12"
    elsewhere = api.get("/listClients?xRoadInstance=EE")
    assert error(elsewhere) == (500, "Server.ClientProxy.UnknownMember")
    assert error(api.post("/listClients")) == (400, "Client.InvalidHttpMethod")
    nobody = knowing.http.get("/listClients")
    assert error(nobody) == (500, "Server.ClientProxy.SslAuthenticationFailed")


def test_an_upstream_on_xroad_is_told_who_calls(knowing: Gateway, raw: Raw) -> None:
    api = a_consumer(knowing, a_service(raw.url, protocol=Protocol.XROAD))
    assert api.get("/apiCSDLDKDN/1.0/x").status_code == 200
    assert raw.heard[0].header("x-road-client") == "VN/GOV/H38.12"
    assert raw.heard[0].header("x-road-id") is not None
