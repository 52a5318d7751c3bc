"""Tokens as at the national gateway: what the gateway answers, against the description."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.access import use_cases as access
from app.access.domain import Scope
from app.access.domain.bearers import Style
from app.access.use_cases import bearers
from app.codes import AgencyCode
from tests.contract.judges import description, faults_of_json
from tests.gateway import Gateway

_FILE = "ngsp_gateway.yaml"
_SCHEMAS = f"{_FILE}#/components/schemas"
_FORM = {"grant_type": "client_credentials"}
_PACKED = {"AccessKey": "client-x", "SecretKey": "y", "AppName": "x", "PartnerCode": "H38"}


@pytest.fixture
def proofs(gateway: Gateway) -> dict[str, Any]:
    client, secret = gateway.transact(
        access.register,
        gateway.clock,
        name="x",
        member=AgencyCode("H38"),
        scopes=[Scope.FORWARD_SERVICES],
    )
    one = {"client_id": client.client_id}
    gateway.transact(bearers.restyle, gateway.clock, **one, styles=Style)
    until = gateway.clock.now() + timedelta(days=1)
    _, key = gateway.transact(bearers.keep, gateway.clock, **one, name="x", until=until)
    said = _PACKED | {"AccessKey": client.client_id, "SecretKey": secret}
    packed = base64.b64encode(json.dumps(said).encode()).decode()
    return {"basic": (client.client_id, secret), "key": key, "packed": packed, "said": said}


def _answers(http: httpx.Client, proofs: dict[str, Any]) -> Iterator[tuple[str, httpx.Response]]:
    """Every answer with the path it came from."""
    for options in (
        {"auth": proofs["basic"]},
        {"headers": {"Authorization": f"Bearer {proofs['key']}"}},
        {"headers": {"lgspaccesstoken": proofs["packed"]}},
        {"auth": ("client-x", "wrong")},
        {"auth": proofs["basic"], "data": {"grant_type": "implicit"}},
        {"auth": proofs["basic"], "data": _FORM | {"scope": "no:such"}},
        {"auth": proofs["basic"], "data": {"grant_type": "password", "username": "x"}},
        {"auth": proofs["basic"], "data": None, "json": _FORM},
    ):
        yield "/token", http.post("/token", **({"data": _FORM} | options))
    path = "/api/v1/Authentication/Token"
    for key in (proofs["key"], "wrong"):
        yield path, http.post(path, headers={"Auth": key})


def test_every_answer_is_what_is_described(gateway: Gateway, proofs: dict[str, Any]) -> None:
    found, seen = {}, set()
    for path, answer in _answers(gateway.http, proofs):
        steps = description(_FILE)["paths"][path]["post"]["responses"][str(answer.status_code)]
        ref = steps["content"]["application/json"]["schema"]["$ref"].partition("#")[2]
        seen.add((path, answer.status_code))
        found[path, answer.text] = faults_of_json(f"{_FILE}#{ref}", answer.json())
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert seen == {
        ("/token", 200),
        ("/token", 400),
        ("/token", 401),
        ("/api/v1/Authentication/Token", 200),
        ("/api/v1/Authentication/Token", 401),
    }


def test_what_the_tests_send_is_what_is_described(proofs: dict[str, Any]) -> None:
    assert faults_of_json(f"{_SCHEMAS}/LgspAccessToken", proofs["said"]) == []
    assert faults_of_json(f"{_SCHEMAS}/TokenRequest", _FORM) == []


def test_every_style_of_the_description_is_one_of_the_gateway() -> None:
    told = description(_FILE)["info"]["description"]
    assert {style for style in Style if f"`{style}`" in told} == set(Style)


def test_an_answer_that_differs_is_seen() -> None:
    good = {"access_token": "0" * 8, "scope": "", "token_type": "bearer", "expires_in": 0}
    assert len(faults_of_json(f"{_SCHEMAS}/TokenResponse", good)) == 3
