"""Doors to shared services: each demands a token, and refuses as the description words it."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.access.domain import Scope
from tests.carrying.offering import a_client, a_service, offer
from tests.contract.judges import description, faults_of_json
from tests.gateway import Gateway

FILE = "services.yaml"
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
WHO = {"X-Road-Client": "VN/GOV/H38.12/motcua"}


def doors() -> Iterator[tuple[str, str]]:
    """Every method and path of the description, with the examples in the place of parameters."""
    document = description(FILE)
    known = document["components"]["parameters"].values()
    examples = {one["name"]: one["example"] for one in known if one["in"] == "path"}
    for path, item in document["paths"].items():
        filled = re.sub(r"\{(\w+)\}", lambda found: examples[found[1]], path)
        yield from ((method.upper(), filled) for method in METHODS if method in item)


@pytest.fixture
def offering(gateway: Gateway) -> Gateway:
    offer(gateway, a_service("http://127.0.0.1:1"))
    return gateway


def is_xroad(path: str) -> bool:
    """Tell whether a door speaks X-Road."""
    return path.startswith(("/r1/", "/listClients"))


def refused(answer: httpx.Response, path: str) -> Any:
    """Return what a refusal says, which must be as it is described."""
    schema = "Error" if is_xroad(path) else "Fault3"
    assert faults_of_json(f"{FILE}#/components/schemas/{schema}", answer.json()) == []
    return answer.json()


def test_the_description_is_valid_openapi() -> None:
    assert list(OpenAPIV31SpecValidator(description(FILE)).iter_errors()) == []


@pytest.mark.parametrize(("method", "path"), list(doors()))
def test_every_door_demands_a_token_with_the_right(
    offering: Gateway, method: str, path: str
) -> None:
    _, other = a_client(offering, "H38.12", Scope.READ_DOSSIERS)
    _, stranger = a_client(offering)
    answers = [
        offering.http.request(method, path, headers={**WHO, **headers})
        for headers in ({}, {"Authorization": "Bearer x.y.z"}, other.headers, stranger.headers)
    ]
    is_r1 = is_xroad(path)
    no_token, bad_token, no_right, no_grant = answers
    assert [no_token.status_code, bad_token.status_code] == ([500, 500] if is_r1 else [401, 401])
    assert no_right.status_code == (500 if is_r1 else 403)
    if not path.endswith(("Methods", "Clients")):
        assert no_grant.status_code == (500 if is_r1 else 403)
    if method != "HEAD":
        said = [refused(one, path) for one in answers if one.status_code != 200]
        assert len(said) >= 3


def test_lists_of_methods_are_as_described(offering: Gateway) -> None:
    _, api = a_client(offering)
    for name in ("listMethods", "allowedMethods"):
        said = api.get(f"/r1/VN/GOV/H38.02/dkdn/{name}", headers=WHO).json()
        assert faults_of_json(f"{FILE}#/components/schemas/MethodList", said) == []
