"""Requests made up from the document, right ones and wrong ones: every answer is a promised one."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from requests import Request
from schemathesis.generation import GenerationMode
from schemathesis.generation.case import Case

from app.main import describe
from tests.contract.conftest import Records
from tests.contract.promises import Operation, operations
from tests.gateway import Gateway

_SCHEMA = schemathesis.openapi.from_dict(describe())
_TRIES = {GenerationMode.POSITIVE: 8, GenerationMode.NEGATIVE: 12}
_BASE = "http://testserver"
_UNBOUNDED = {"type", "title", "anyOf", "examples", "description"}


def _can_be_wrong(operation: Operation) -> bool:
    """Tell whether the document forbids anything: any text fits what is text without bounds."""
    bounds = [
        parameter["in"] == "query" or set(parameter["schema"]) - _UNBOUNDED
        for parameter in operation.says.get("parameters", [])
    ]
    content = operation.says.get("requestBody", {}).get("content", {})
    return any(bounds) or any(one["schema"].get("type") != "string" for one in content.values())


_ASKED = [one for one in operations() if {"parameters", "requestBody"} & one.says.keys()]
_TRIED = [
    *((GenerationMode.POSITIVE, operation) for operation in _ASKED),
    *((GenerationMode.NEGATIVE, operation) for operation in filter(_can_be_wrong, _ASKED)),
]


@pytest.fixture
def engine() -> str:
    return "sqlite"


def _sent(gateway: Gateway, case: Case[Any], token: str) -> httpx.Response:
    case.headers["Authorization"] = f"Bearer {token}"
    made = Request(**case.as_transport_kwargs(base_url=_BASE)).prepare()
    assert made.method is not None
    assert made.url is not None
    answer: httpx.Response = gateway.http.request(
        made.method, made.url, content=made.body or b"", headers=dict(made.headers)
    )
    return answer


def _trying(
    operation: Operation, mode: GenerationMode, attempt: Callable[[Case[Any]], None]
) -> Callable[[], None]:
    made = _SCHEMA[operation.path][operation.method].as_strategy(generation_mode=mode)
    wanted = settings(
        max_examples=_TRIES[mode],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run: Callable[[], None] = wanted(given(made)(attempt))
    return run


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("mode", "operation"), _TRIED, ids=[f"{mode}:{operation.id}" for mode, operation in _TRIED]
)
def test_every_answer_is_a_promised_one(
    gateway: Gateway, token: str, records: Records, mode: GenerationMode, operation: Operation
) -> None:
    def attempt(case: Case[Any]) -> None:
        if operation.method == "post":
            case.path_parameters |= records.places.get(operation.path, {})
        answer = _sent(gateway, case, token)
        assert answer.status_code < 500, answer.text
        assert operation.faults(answer) == []

    _trying(operation, mode, attempt)()
