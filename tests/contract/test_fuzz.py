"""Requests made up from the document, right ones and wrong ones: every answer is a promised one."""

from collections.abc import Callable

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from requests import Request
from schemathesis.generation import GenerationMode
from schemathesis.generation.case import Case

from app.main import describe
from tests.contract.promises import Operation, operations
from tests.gateway import Gateway

_OPERATIONS = [found for found in operations() if {"parameters", "requestBody"} & found.says.keys()]
_SCHEMA = schemathesis.openapi.from_dict(describe())
_TRIES = {GenerationMode.POSITIVE: 12, GenerationMode.NEGATIVE: 20}
_BASE = "http://testserver"


@pytest.fixture
def engine() -> str:
    return "sqlite"


def _sent(gateway: Gateway, case: Case, token: str) -> httpx.Response:
    case.headers |= {"Authorization": f"Bearer {token}"}
    made = Request(**case.as_transport_kwargs(base_url=_BASE)).prepare()
    assert made.method is not None
    assert made.url is not None
    return gateway.http.request(
        made.method, made.url, content=made.body or b"", headers=dict(made.headers)
    )


def _trying(
    operation: Operation, mode: GenerationMode, attempt: Callable[[Case], None]
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


@pytest.mark.parametrize("mode", _TRIES)
@pytest.mark.parametrize("operation", _OPERATIONS, ids=lambda operation: operation.id)
def test_every_answer_is_a_promised_one(
    gateway: Gateway, token: str, operation: Operation, mode: GenerationMode
) -> None:
    def attempt(case: Case) -> None:
        answer = _sent(gateway, case, token)
        assert answer.status_code < 500, answer.text
        assert operation.faults(answer) == []

    _trying(operation, mode, attempt)()
