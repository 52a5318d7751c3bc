"""A blocked service: nobody calls it, everybody who could is told why, and it comes back whole."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from lxml import etree
from starlette.testclient import TestClient

from app.broker.domain.operations import Operation
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.builders import evidence_of
from tests.carrying.offering import a_client, a_consumer, a_service, allow, offer
from tests.carrying.raw import Raw, always, speaking
from tests.gateway import Api, Gateway

VERSION = "/v1/services/enterprises/versions/1.0"
PATH = "/apiCSDLDKDN/1.0"
R1 = "/r1/VN/GOV/H38.02/dkdn/enterprises"
WHO = {"X-Road-Client": "VN/GOV/H38.12/motcua"}
REASON = "Đang đối soát <dữ liệu> & kiểm thử"
SAID = f"Dịch vụ đang tạm khoá: {REASON} / The service is blocked: {REASON}"


@pytest.fixture
def raw() -> Iterator[Raw]:
    with speaking(always("200 OK", b"told")) as found:
        yield found


def done(api: Api, move: str, body: Any) -> Any:
    answer = api.post(f"{VERSION}/{move}", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def blocked(gateway: Gateway) -> Any:
    return done(gateway.client("H38"), "blocking", {"reason": REASON})


def test_calls_are_refused_by_700700_until_it_is_unblocked(knowing: Gateway, raw: Raw) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    assert api.get(f"{PATH}/x").text == "told"
    made = blocked(knowing)
    assert (made["state"], made["block_reason"]) == ("published", REASON)
    assert made["blocked_at"] == "2026-11-02T09:00:00+07:00"
    for _ in range(3):
        told = api.get(f"{PATH}/x")
        fault = {"code": 700700, "message": "API blocked", "description": SAID}
        assert (told.status_code, told.json()) == (503, {"fault": fault})
    open_again = done(knowing.client("H38"), "unblocking", {})
    assert (open_again["blocked_at"], open_again["block_reason"]) == (None, None)
    assert api.get(f"{PATH}/x").text == "told"
    assert len(raw.heard) == 2
    entries = [
        (one.act, one.outcome) for one in evidence_of(knowing, "shared-service:enterprises/1.0")
    ]
    assert entries == [
        ("shared-service.block", "done"),
        ("service.call * *", "blocked"),
        ("shared-service.unblock", "done"),
    ]


def test_it_is_told_again_in_the_log_when_the_next_hour_has_begun(
    knowing: Gateway, raw: Raw
) -> None:
    knowing.clock.advance(timedelta(minutes=58))
    api = a_consumer(knowing, a_service(raw.url))
    blocked(knowing)
    for _ in range(4):
        assert api.get(f"{PATH}/x").status_code == 503
        knowing.clock.advance(timedelta(minutes=1))
    found = evidence_of(knowing, "shared-service:enterprises/1.0")
    assert [one.outcome for one in found].count("blocked") == 2


@pytest.mark.parametrize("shape", ["xml-3", "json-4"])
def test_the_other_shapes_say_it_too(
    knowing: Gateway, raw: Raw, settings: Settings, clock: FrozenClock, shape: str
) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    blocked(knowing)
    changed = settings.model_copy(update={"broker_fault_shape": shape})
    with TestClient(create_app(changed, clock=clock)) as http:
        told = http.get(f"{PATH}/x", headers=api.headers)
    assert told.status_code == 503
    if shape == "json-4":
        assert told.json() == {"code": "700700", "message": "API blocked", "description": SAID}
        return
    said = [one.text for one in etree.fromstring(told.content)]
    assert said == ["700700", "API blocked", SAID]


def test_on_r1_the_service_is_disabled(knowing: Gateway, raw: Raw) -> None:
    api = a_consumer(knowing, a_service(raw.url))
    blocked(knowing)
    told = api.get(f"{R1}/x", headers=WHO)
    kind = "Server.ServerProxy.ServiceDisabled"
    assert (told.status_code, told.headers["x-road-error"]) == (500, kind)
    assert (told.json()["type"], told.json()["message"]) == (kind, SAID)
    assert raw.heard == []


def test_who_may_not_call_it_anyway_is_told_that(knowing: Gateway, raw: Raw) -> None:
    operations = (Operation.of("GET", "/x"), Operation.of("GET", "/y"))
    api = a_consumer(knowing, a_service(raw.url, operations=operations), "GET /x")
    _, stranger = a_client(knowing)
    blocked(knowing)
    codes = [
        one.get(f"{PATH}/{name}").json()["fault"]["code"]
        for one, name in ((api, "x"), (api, "y"), (api, "z"), (stranger, "x"))
    ]
    assert codes == [700700, 900908, 900906, 900908]


def test_one_version_is_blocked_and_the_other_is_not(knowing: Gateway, raw: Raw) -> None:
    first = a_service(raw.url)
    second = a_service(raw.url, version="2.0", is_default=False)
    client_id, api = a_client(knowing)
    for one in (first, second):
        allow(knowing, offer(knowing, one), one, client_id)
    blocked(knowing)
    assert api.get("/apiCSDLDKDN/x").status_code == 503
    assert api.get("/apiCSDLDKDN/2.0/x").text == "told"


def test_the_explanation_and_the_records_say_blocked(knowing: Gateway, raw: Raw) -> None:
    service = a_service(raw.url)
    client_id, api = a_client(knowing)
    allow(knowing, offer(knowing, service), service, client_id)
    blocked(knowing)
    assert api.get(f"{PATH}/x").status_code == 503
    question = {"client_id": client_id, "method": "GET", "path": "/x"}
    owner = knowing.client("H38")
    told = owner.post("/v1/services/enterprises/explanation", json=question).json()
    assert (told["is_allowed"], told["reason"]) == (False, "blocked")
