"""The system that takes monthly figures, as a tester and a province meet it."""

import json

from starlette.testclient import TestClient

from mock_ngsp.statistics import ADDRESS
from mock_ngsp.universe import Universe
from tests.mock_ngsp.driving import MESSAGES, Json

GOLDEN: Json = json.loads((MESSAGES / "ministry_statistic_request.json").read_text("utf-8"))


def test_the_last_word_on_a_month_counts(client: TestClient) -> None:
    assert client.post(ADDRESS, json=GOLDEN).status_code == 200
    assert client.post(ADDRESS, json=GOLDEN | {"total": 7}).status_code == 200
    assert client.post(ADDRESS, json=GOLDEN | {"month": 11}).status_code == 200
    october, november = client.get("/_axis/v1/figures").json()
    assert (october["told"]["total"], october["times"]) == (7, 2)
    assert (november["told"]["month"], november["times"]) == (11, 1)


def test_what_does_not_fit_is_named_and_not_kept(client: TestClient, universe: Universe) -> None:
    refused = client.post(ADDRESS, json=GOLDEN | {"total": "150", "Total": 1})
    assert refused.status_code == 400
    assert {"total", "Total"} <= set(refused.json()["message"].removeprefix("Sai: ").split(", "))
    assert client.post(ADDRESS, content=b"<x/>").json()["message"] == "Sai: JSON"
    assert client.get(ADDRESS).status_code == 405
    assert universe.figures.all() == []


def test_calls_are_recorded_fail_when_told_to_and_a_reset_forgets(client: TestClient) -> None:
    client.post("/_axis/v1/fail-next", json={"operation": "Statistic", "status": 503})
    assert client.post(ADDRESS, json=GOLDEN).status_code == 503
    assert client.get("/_axis/v1/figures").json() == []
    client.post(ADDRESS, json=GOLDEN)
    entries = client.get("/_axis/v1/received?axis=statistics").json()["items"]
    assert [one["http_status"] for one in entries] == [503, 200]
    client.post("/_axis/v1/reset")
    assert client.get("/_axis/v1/figures").json() == []
