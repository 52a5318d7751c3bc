"""Monthly figures: what we write, what the stand-in takes and answers."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.exchange.ministry_statistics.wire import Statistic
from app.reports.domain.forms import WIRE_FIELDS
from app.reports.sync import statistic_of
from mock_ngsp.front import Nation
from mock_ngsp.statistics import ADDRESS
from mock_ngsp.universe import Universe
from tests.contract import corrupted
from tests.contract.judges import faults_of_json, message

_SCHEMAS = "ministry_statistics.yaml#/components/schemas"
_GOLDEN: dict[str, Any] = message("ministry_statistic_request.json").json()


def _written() -> dict[str, Any]:
    names = {field.alias: name for name, field in Statistic.model_fields.items()}
    values = {names[alias]: value for alias, value in _GOLDEN.items()}
    facts = {"year": 2026, "month": 10, "values": {name: values[name] for name in WIRE_FIELDS}}
    return dict(json.loads(statistic_of(facts, "H38").model_dump_json()))


def _http() -> TestClient:
    return TestClient(Nation(Universe()), base_url="http://nation.test")


def test_we_write_the_golden_message() -> None:
    assert _written() == _GOLDEN
    assert faults_of_json(f"{_SCHEMAS}/Statistic", _written()) == []


def test_a_misspelt_alias_would_be_seen() -> None:
    mutants = [one for one in corrupted.of_json(_written(), []) if one.fault.startswith("misspelt")]
    assert len(mutants) == len(_GOLDEN)
    passed = [one for one in mutants if not faults_of_json(f"{_SCHEMAS}/Statistic", one.content)]
    assert passed == []


def test_the_stand_in_takes_it_and_answers_as_described() -> None:
    answer = _http().post(ADDRESS, json=_GOLDEN)
    assert (answer.status_code, answer.json()) == (
        200, message("ministry_statistic_answer.json").json(),
    )  # fmt: skip
    assert faults_of_json(f"{_SCHEMAS}/StatisticAnswer", answer.json()) == []


@pytest.mark.parametrize("name", _GOLDEN)
def test_the_stand_in_refuses_every_mutant(name: str) -> None:
    mutants = list(corrupted.of_json(_GOLDEN, [name]))
    http = _http()
    answers = [http.post(ADDRESS, json=one.content) for one in mutants]
    taken = [
        one.fault for one, said in zip(mutants, answers, strict=True) if said.status_code != 400
    ]
    assert len(mutants) > len(_GOLDEN)
    assert taken == []
    for said in answers:
        assert faults_of_json(f"{_SCHEMAS}/StatisticAnswer", said.json()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("month", 13), ("year", "2026"), ("total", -1), ("total", 1.5), ("pendingPercent", 100.5)],
)
def test_a_wrong_value_is_refused_by_judge_and_stand_in(name: str, value: object) -> None:
    wrong = _GOLDEN | {name: value}
    assert faults_of_json(f"{_SCHEMAS}/Statistic", wrong)
    assert _http().post(ADDRESS, json=wrong).status_code == 400
