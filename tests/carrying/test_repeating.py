"""Refusals that can be repeated without end: the evidence log has the first, and no flood."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.broker.domain.operations import Operation
from app.broker.domain.quotas import Quota
from app.broker.store import quotas
from app.codes import AgencyCode
from app.main import create_app
from app.platform.ids import new_id
from tests.builders import evidence_of
from tests.carrying.offering import a_client, a_consumer, a_service, allow, offer
from tests.carrying.raw import always, speaking
from tests.gateway import Gateway

PATH = "/apiCSDLDKDN/1.0/x"
R1 = "/r1/VN/GOV/H38.02/dkdn/enterprises/x"
FLOOD = 40


def limit(gateway: Gateway, client_id: str | None, window: timedelta) -> None:
    quota = Quota(new_id(), client_id, "enterprises", None, 1, window)
    gateway.transact(quotas.add, quota, member=AgencyCode("H38"), at=gateway.clock.now())


def told(gateway: Gateway, subject: str = "shared-service:enterprises/1.0") -> list[str]:
    return [entry.outcome for entry in evidence_of(gateway, subject)]


def test_a_flood_over_a_quota_is_one_entry_in_an_hour(knowing: Gateway) -> None:
    knowing.clock.advance(timedelta(minutes=57))
    with speaking(always("200 OK")) as raw:
        api = a_consumer(knowing, a_service(raw.url))
        limit(knowing, None, timedelta(minutes=1))
        for _ in range(3):
            assert {api.get(PATH).status_code for _ in range(FLOOD)} == {200, 429}
            assert told(knowing) == ["quota-exhausted-900800"]
            knowing.clock.advance(timedelta(minutes=1))
        assert {api.get(PATH).status_code for _ in range(FLOOD)} == {200, 429}
        assert told(knowing) == ["quota-exhausted-900800"] * 2
        assert len(raw.heard) == 4


def test_a_longer_window_has_one_entry_and_each_client_its_own(knowing: Gateway) -> None:
    with speaking(always("200 OK")) as raw:
        service = a_service(raw.url)
        number = offer(knowing, service)
        callers = [a_client(knowing) for _ in range(2)]
        for client_id, _ in callers:
            allow(knowing, number, service, client_id)
        limit(knowing, "*", timedelta(days=1))
        for _ in range(2):
            for _, api in callers:
                assert api.get(PATH).status_code in {200, 429}
                assert api.get(PATH).status_code == 429
            knowing.clock.advance(timedelta(minutes=50))
    found = evidence_of(knowing, service.subject)
    assert [(one.client_id, one.act, one.outcome) for one in found] == [
        (client_id, "service.call * *", "quota-exhausted-900804") for client_id, _ in callers
    ]


def test_another_process_finds_the_entry_in_the_log(knowing: Gateway) -> None:
    with (
        speaking(always("200 OK")) as raw,
        TestClient(create_app(knowing.settings, clock=knowing.clock)) as second,
    ):
        api = a_consumer(knowing, a_service(raw.url))
        limit(knowing, None, timedelta(hours=1))
        assert [api.get(PATH).status_code for _ in range(3)] == [200, 429, 429]
        assert second.get(PATH, headers=api.headers).status_code == 429
    assert told(knowing) == ["quota-exhausted-900800"]


def test_what_is_too_large_or_unfit_is_told_once(knowing: Gateway) -> None:
    with speaking(always("200 OK")) as raw:
        api = a_consumer(knowing, a_service(raw.url, max_body_bytes=10))
        for _ in range(3):
            assert api.post(PATH, content=b"x" * 11).status_code == 413
    assert told(knowing) == ["body-too-large"]


@pytest.mark.parametrize(
    ("client", "kind"),
    [("VN/GOV/H53", "Server.ClientProxy.AccessDenied"), ("VN", "Client.BadRequest")],
)
def test_what_x_road_refuses_before_a_decision_is_told_once(
    knowing: Gateway, client: str, kind: str
) -> None:
    api = a_consumer(knowing, a_service("http://127.0.0.1:1"))
    for _ in range(3):
        assert api.get(R1, headers={"X-Road-Client": client}).json()["type"] == kind
    assert told(knowing, "shared-service:") == [kind]


def test_an_operation_with_a_long_name_is_refused_and_noted(knowing: Gateway) -> None:
    long = "/" + "a" * 80
    service = a_service("http://127.0.0.1:1", operations=(Operation.of("GET", long),))
    offer(knowing, service)
    _, api = a_client(knowing)
    assert api.get(f"/apiCSDLDKDN/1.0{long}").status_code == 403
    [entry] = evidence_of(knowing, service.subject)
    assert entry.act == f"service.call GET {long}"[:60]
