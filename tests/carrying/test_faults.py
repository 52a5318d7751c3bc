"""Refusals on WSO2-style addresses, in the words and the three shapes of API Manager."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from lxml import etree
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.broker.domain.operations import Operation
from app.broker.domain.service import Service, ServiceState
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.builders import evidence_of
from tests.carrying.offering import a_client, a_consumer, a_service, allow, change, offer
from tests.carrying.raw import Raw, always, speaking
from tests.gateway import Api, Gateway

PATH = "/apiCSDLDKDN/1.0"


@pytest.fixture
def raw() -> Iterator[Raw]:
    with speaking(always("200 OK", b"told")) as found:
        yield found


def code(answer: httpx.Response) -> tuple[int, int]:
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    return answer.status_code, answer.json()["fault"]["code"]


def test_no_token_a_bad_one_and_one_without_the_right(knowing: Gateway, raw: Raw) -> None:
    offer(knowing, a_service(raw.url))
    _, other = a_client(knowing, "H38.12", Scope.READ_DOSSIERS)
    answer = knowing.http.get(f"{PATH}/x")
    assert (code(answer), answer.headers["www-authenticate"]) == ((401, 900902), "Bearer")
    assert answer.json()["fault"]["message"] == "Missing Credentials"
    assert code(Api(knowing.http, "x").get(f"{PATH}/x")) == (401, 900901)
    assert code(other.get(f"{PATH}/x")) == (403, 900910)
    [entry] = evidence_of(knowing, "shared-service:")
    assert (entry.act, entry.outcome) == ("service.call", "insufficient-scope")
    assert raw.heard == []


def test_what_was_not_granted_is_refused_and_noted(knowing: Gateway, raw: Raw) -> None:
    service = a_service(raw.url, operations=(Operation.of("GET", "/x"), Operation.of("GET", "/y")))
    api = a_consumer(knowing, service, "GET /x")
    assert api.get(f"{PATH}/x").text == "told"
    assert code(api.get(f"{PATH}/y")) == (403, 900908)
    assert code(api.get(f"{PATH}/z")) == (403, 900906)
    assert code(api.post(f"{PATH}/x")) == (403, 900906)
    assert code(api.get(f"{PATH}/a/%2e%2e/x")) == (400, 400)
    assert code(api.get(f"{PATH}/a%2f..%2fx")) == (400, 400)
    assert code(api.get("/apiCSDLDKDN/9.9/x")) == (403, 900906)
    found = evidence_of(knowing, service.subject)
    assert [(one.act, one.outcome) for one in found] == [
        ("service.call GET /y", "not-granted"),
        ("service.call", "no-operation"),
        ("service.call", "no-operation"),
        ("service.call", "unsafe-path"),
        ("service.call", "unsafe-path"),
        ("service.call", "no-operation"),
    ]
    assert len(raw.heard) == 1


def test_a_grant_that_is_over_is_told_from_one_that_never_was(knowing: Gateway, raw: Raw) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    assert api.get(f"{PATH}/x").status_code == 200
    knowing.clock.advance(timedelta(minutes=59))
    assert api.get(f"{PATH}/x").status_code == 200


def test_what_is_not_published_is_not_there(knowing: Gateway, raw: Raw) -> None:
    service = a_service(raw.url)
    number = offer(knowing, service)
    client_id, api = a_client(knowing)
    allow(knowing, number, service, client_id)
    assert api.get(f"{PATH}/x").status_code == 200
    change(knowing, number, a_service(raw.url, state=ServiceState.DRAFT))
    assert code(api.get(f"{PATH}/x")) == (403, 900906)


def test_contexts_that_nobody_registered_are_not_served(knowing: Gateway, raw: Raw) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    answer = api.get("/apiKhac/1.0/x")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert api.get("/").status_code == 404


def test_reserved_segments_stay_with_the_routes(knowing: Gateway, raw: Raw) -> None:
    """Even if somebody got such a context into the database."""
    api = a_consumer(knowing, a_service(raw.url, context="v1"))
    assert api.get("/v1/anything").json()["type"] == "/problems/not-found"
    assert api.get("/v1/1.0/x").json()["type"] == "/problems/not-found"
    assert raw.heard == []


@pytest.mark.parametrize("target", ["?a=%00", "?a b"])
def test_a_query_goes_as_it_is_or_not_at_all(knowing: Gateway, raw: Raw, target: str) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    answer = api.get(f"{PATH}/x{target}")
    assert answer.status_code == 200
    [heard] = raw.heard
    assert " " not in heard.line.removeprefix("GET ").removesuffix(" HTTP/1.1")


@pytest.fixture(params=["xml-3", "json-4"])
def shaped(
    request: pytest.FixtureRequest, settings: Settings, clock: FrozenClock, knowing: Gateway
) -> Iterator[TestClient]:
    changed = settings.model_copy(update={"broker_fault_shape": request.param})
    offer(knowing, a_service("http://127.0.0.1:1"))
    with TestClient(create_app(changed, clock=clock)) as http:
        yield http


def test_the_other_shapes_are_there_by_setting(
    shaped: TestClient, request: pytest.FixtureRequest
) -> None:
    answer = shaped.get(f"{PATH}/x")
    assert answer.status_code == 401
    if "json-4" in request.node.name:
        assert answer.json()["code"] == "900902"
        return
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    root = etree.fromstring(answer.content)
    names = {"ams": "http://wso2.org/apimanager/security"}
    assert root.xpath("/ams:fault/ams:code/text()", namespaces=names) == ["900902"]
    told = shaped.get(f"{PATH}/x", headers={"Accept": "application/json"})
    assert told.json()["fault"]["code"] == 900902


def test_a_wrong_service_never_shows_what_it_is(knowing: Gateway) -> None:
    service: Service = a_service("http://127.0.0.1:1")
    api = a_consumer(knowing, service)
    answer = api.get(f"{PATH}/x")
    assert code(answer) == (503, 101503)
    assert "127.0.0.1" not in answer.text
