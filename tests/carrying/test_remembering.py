"""Every call is counted, belongs to a trace, and is remembered, whatever came of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.broker.domain.operations import Operation
from app.broker.domain.quotas import EACH, Kind, Quota
from app.broker.domain.tracing import Trace
from app.broker.domain.watching import Exchange, Outcome, Period, Sought
from app.broker.store import quotas, watching
from app.broker.use_cases.watching import Watcher
from app.codes import AgencyCode
from app.platform.ids import new_id
from tests.carrying.offering import a_client, a_service, allow, offer
from tests.carrying.raw import Raw, always, speaking
from tests.contract.judges import faults_of_json
from tests.gateway import Api, Gateway

PATH = "/apiCSDLDKDN/1.0"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def raw() -> Iterator[Raw]:
    with speaking(always("200 OK", b"told")) as found:
        yield found


@pytest.fixture
def caller(knowing: Gateway, raw: Raw) -> tuple[str, Api]:
    operations = (Operation.of("POST", "/x"), Operation.of("GET", "/y"))
    service = a_service(raw.url, operations=operations, max_body_bytes=10)
    number = offer(knowing, service)
    client_id, api = a_client(knowing)
    allow(knowing, number, service, client_id, "POST /x")
    return client_id, api


def remembered(gateway: Gateway) -> list[Exchange]:
    """Return the records, the oldest first."""
    watcher: Watcher = gateway.http.app.state.watcher  # type: ignore[attr-defined]
    assert gateway.http.portal is not None
    gateway.http.portal.call(watcher.write)
    kwargs: dict[str, Any] = {"sought": Sought(), "period": Period(), "after": None, "limit": 50}
    return list(gateway.transact(watching.page, **kwargs))[::-1]


def test_a_record_says_who_called_what_and_what_for(
    knowing: Gateway, caller: tuple[str, Api]
) -> None:
    client_id, api = caller
    answer = api.post(f"{PATH}/x?secret=1", content=b"body", headers={"traceparent": PARENT})
    [one] = remembered(knowing)
    assert (one.client_id, one.member, one.service, one.version) == (
        client_id, "H38.12", "enterprises", "1.0",
    )  # fmt: skip
    assert (one.operation, one.purpose, one.method) == ("POST /x", "thử nghiệm", "POST")
    assert (one.sent_bytes, one.received_bytes, one.status) == (4, 4, 200)
    assert (one.outcome, one.reason) == (Outcome.ANSWERED, "")
    assert one.request_id == answer.headers["x-request-id"]
    assert one.trace_id == "0af7651916cd43dd8448eb211c80319c"
    assert one.upstream is not None
    assert "secret" not in repr(one)


def test_a_trace_goes_on_and_begins_where_there_is_none(caller: tuple[str, Api], raw: Raw) -> None:
    _, api = caller
    for given in ({"traceparent": PARENT, "tracestate": "a=b"}, {"tracestate": "a=b"}):
        api.post(f"{PATH}/x", headers=given)
    first, second = raw.heard
    ours, parent = Trace.read(first.header("traceparent")), Trace.read(PARENT)
    assert ours is not None
    assert parent is not None
    assert (ours.trace_id, first.header("tracestate")) == (parent.trace_id, "a=b")
    assert ours.span_id != parent.span_id
    assert Trace.read(second.header("traceparent")) is not None
    assert second.header("tracestate") is None


def test_calls_that_came_to_nothing_are_remembered_too(
    knowing: Gateway, caller: tuple[str, Api]
) -> None:
    _, api = caller
    assert api.get(f"{PATH}/y").status_code == 403
    assert api.post(f"{PATH}/x", content=b"x" * 11).status_code == 413
    assert knowing.http.post(f"{PATH}/x").status_code == 401
    found = [(one.outcome, one.reason, one.status) for one in remembered(knowing)]
    assert found == [
        (Outcome.REFUSED, "not-granted", 403),
        (Outcome.TOO_LARGE, "body-too-large", 413),
    ]
    metrics = knowing.http.get("/metrics").text
    assert 'lgsp_exchanges_total{outcome="unauthenticated",service="none"} 1.0' in metrics


def test_a_quota_that_is_used_up_is_told_as_at_wso2(
    knowing: Gateway, caller: tuple[str, Api], raw: Raw
) -> None:
    client_id, api = caller
    quota = Quota(new_id(), client_id, "enterprises", None, 2, timedelta(hours=1))
    knowing.transact(quotas.add, quota, member=AgencyCode("H38"), at=knowing.clock.now())
    knowing.clock.advance(timedelta(minutes=1))
    answers = [api.post(f"{PATH}/x") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one.headers["ratelimit"].partition(";t=")[0] for one in answers[:2]] == [
        '"subscription-own-3600";r=1', '"subscription-own-3600";r=0',
    ]  # fmt: skip
    refusal = answers[2]
    assert refusal.json()["fault"]["code"] == 900804
    assert int(refusal.headers["retry-after"]) <= 3600
    assert "ratelimit-policy" in refusal.headers
    assert (len(raw.heard), remembered(knowing)[-1].outcome) == (2, Outcome.EXHAUSTED)
    over = api.post(
        "/r1/VN/GOV/H38.02/dkdn/enterprises/x", headers={"X-Road-Client": "VN/GOV/H38.12"}
    )
    assert (over.status_code, over.json()["type"]) == (500, "Server.ServerProxy.ServiceFailed")
    assert "retry-after" in over.headers


@pytest.mark.parametrize(
    ("kind", "whose", "limit", "code"),
    [
        (Kind.USUAL, None, 1, 900800),
        (Kind.HARD, None, 1, 900801),
        (Kind.BURST, EACH, 1, 900807),
        (Kind.CUSTOM, EACH, 1, 900806),
        (Kind.USUAL, EACH, 0, 900805),
    ],
)
def test_each_kind_of_quota_has_its_fault(
    knowing: Gateway,
    caller: tuple[str, Api],
    kind: Kind,
    whose: str | None,
    limit: int,
    code: int,
) -> None:
    quota = Quota(new_id(), whose, "enterprises", None, limit, timedelta(hours=1), kind)
    knowing.transact(quotas.add, quota, member=AgencyCode("H38"), at=knowing.clock.now())
    answers = [caller[1].post(f"{PATH}/x") for _ in range(limit + 1)]
    *good, refusal = answers
    assert [one.status_code for one in good] == [200] * limit
    fault = refusal.json()["fault"]
    assert (refusal.status_code, fault["code"]) == (503 if code == 900801 else 429, code)
    assert faults_of_json("services.yaml#/components/schemas/Fault3", refusal.json()) == []
    assert ("retry-after" in refusal.headers) is (limit > 0)
    assert fault["message"] == _MESSAGES.get(code, "Message throttled out")
    assert remembered(knowing)[-1].reason == str(code)


_MESSAGES = {900801: "Hard limit exceeded", 900805: "Message blocked"}
