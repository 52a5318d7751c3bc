"""A province with a filled catalogue, and decisions on its services."""

from copy import deepcopy
from typing import Any

import httpx
import pytest

from app.public_services.schemas.offers import EXAMPLE
from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway

PROCEDURE = "1.003560.H38"


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


def a_decision(*, service: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Return a decision as an agency sends it; `service` changes what it says of the service."""
    body = deepcopy(EXAMPLE) | changes
    body["service"] |= service or {}
    return body


def decide(api: Api, body: dict[str, Any], procedure: str = PROCEDURE) -> httpx.Response:
    return api.post(f"/v1/public-services/{procedure}/decisions", json=body)


def decided(api: Api, body: dict[str, Any], procedure: str = PROCEDURE) -> Any:
    answer = decide(api, body, procedure)
    assert answer.status_code == 201, answer.text
    return answer.json()


def shown(gateway: Gateway, procedure: str = PROCEDURE, **query: str) -> Any:
    answer = gateway.http.get(f"/v1/public-services/{procedure}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()
