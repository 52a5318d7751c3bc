"""What whoever runs the gateway sees of its traffic, as JSON and as a page."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.access.domain import Scope
from app.console.domain.traffic import Deed, Tally, per_minute, tallies_of
from app.exchange import heartbeat
from app.exchange.administration import park
from tests.builders import a_dossier
from tests.console.signing import opened
from tests.gateway import START, Api, Gateway
from tests.public_services.pages import faults_of, page_of

Json = dict[str, Any]
_WAYS = ("/van-hanh", "/van-hanh?tu-tai=1")


@pytest.fixture
def settings(settings: Any) -> Any:
    return settings.model_copy(update={"dvcqg_url": "http://127.0.0.1:9"})


def seen(gateway: Gateway) -> Json:
    answer = gateway.client("H38", Scope.WATCH_TRAFFIC).get("/v1/traffic")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def submitted(api: Api) -> str:
    answer = api.post("/v1/dossiers", json=a_dossier())
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def test_an_idle_gateway_owes_nothing_and_misses_its_worker(gateway: Gateway) -> None:
    found = seen(gateway)
    assert (found["status"], found["reasons"]) == ("degraded", ["worker-silent"])
    assert (found["topics"], found["workers"], found["strangers"]) == ([], [], [])
    assert len(found["per_minute"]) == 60


def test_what_is_owed_and_done_and_refused_is_counted(gateway: Gateway, province: Api) -> None:
    for _ in range(2):
        submitted(province)
    province.post("/v1/dossiers", json=a_dossier() | {"procedure": "9.999999"})
    gateway.transact(heartbeat.beat, gateway.clock, worker_id="w-1")
    found = seen(gateway)
    (topic,) = found["topics"]
    assert (topic["name"], topic["waiting"], topic["parked"]) == ("dossiers.sync", 2, 0)
    acts = {(one["act"], one["outcome"]): one["number"] for one in found["acts"]}
    assert acts["dossier.submit", "done"] == 2
    assert sum(number for (_, outcome), number in acts.items() if outcome != "done") == 1
    assert sum(found["per_minute"]) == sum(acts.values()) == found["per_minute"][-1]
    assert [one["worker_id"] for one in found["workers"]] == ["w-1"]
    assert (found["status"], found["is_cut"]) == ("ready", False)


def test_what_is_older_than_an_hour_is_no_traffic(gateway: Gateway, province: Api) -> None:
    submitted(province)
    gateway.clock.advance(timedelta(minutes=61))
    found = seen(gateway)
    assert [one["act"] for one in found["acts"]] == ["client.register"]
    assert sum(found["per_minute"]) == 1
    (topic,) = found["topics"]
    assert topic["oldest"] == "2026-11-02T09:00:00+07:00"


def test_a_parked_message_stands_out(gateway: Gateway, province: Api) -> None:
    code = submitted(province)
    message_id = gateway.transact(_owed)
    gateway.transact(park, gateway.clock, message_id=message_id)
    (topic,) = seen(gateway)["topics"]
    assert (topic["waiting"], topic["parked"]) == (0, 1)
    assert code not in watched(gateway).text


def _owed(connection: Any) -> str:
    return str(connection.exec_driver_sql("SELECT message_id FROM outbox").scalar_one())


def watched(gateway: Gateway, *scopes: Scope) -> httpx.Response:
    return opened(gateway, "/van-hanh", *(scopes or [Scope.WATCH_TRAFFIC]))


def test_the_page_says_the_same_to_people(gateway: Gateway, province: Api) -> None:
    submitted(province)
    answer = watched(gateway)
    assert answer.status_code == 200
    page = page_of(answer)
    assert faults_of(page) == []
    assert "dossiers.sync" in page.text
    assert "không có tiến trình chuyển tin nào hoạt động" in page.text
    assert len(page.all("rect")) == 1
    assert "form-action 'none'" in answer.headers["Content-Security-Policy"]


def test_the_page_comes_again_by_itself_only_for_who_wants_it(gateway: Gateway) -> None:
    pages = [opened(gateway, path, Scope.WATCH_TRAFFIC).text for path in _WAYS]
    assert ['http-equiv="refresh"' in page for page in pages] == [False, True]
    assert 'href="/van-hanh?tu-tai=1"' in pages[0]
    assert 'href="/van-hanh"' in pages[1]


@pytest.mark.parametrize(
    "authorization", ["", "Bearer x", "Basic !", "Basic /w==", "Basic bm9ib2R5OnNlY3JldA=="]
)
def test_the_page_asks_everybody_else_for_a_password(gateway: Gateway, authorization: str) -> None:
    http: httpx.Client = gateway.http
    answer = http.get("/van-hanh", headers={"Authorization": authorization})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert page_of(answer).text.count("traffic:watch") == 1


def test_a_client_without_the_scope_sees_nothing(gateway: Gateway) -> None:
    assert watched(gateway, Scope.READ_EVIDENCE).status_code == 403
    refused = gateway.client("H38", Scope.READ_EVIDENCE).get("/v1/traffic")
    assert refused.json()["type"] == "/problems/insufficient-scope"


def test_acts_are_counted_by_outcome_and_by_minute() -> None:
    ages = [("a", "done", 0), ("a", "done", 61), ("b", "refused", 3599)]
    deeds = [Deed(START - timedelta(seconds=age), act, said) for act, said, age in ages]
    assert tallies_of(deeds) == [Tally("a", "done", 2), Tally("b", "refused", 1)]
    counted = per_minute(deeds, START)
    assert (len(counted), counted[-1], counted[-2], counted[0]) == (60, 1, 1, 1)
