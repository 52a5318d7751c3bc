from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import validate

from app.main import describe
from tests.contract.judges import description
from tests.gateway import Gateway

DOCUMENT: dict[str, Any] = describe()


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


OPERATIONS = [
    pytest.param(operation, id=f"{method.upper()} {path}")
    for path, method, operation in operations()
]


def test_the_file_is_what_the_application_says() -> None:
    """Run `lgsp openapi --output openapi/gateway.yaml` where this fails."""
    assert description("gateway.yaml") == DOCUMENT


def test_the_served_document_is_the_file(gateway: Gateway) -> None:
    assert gateway.http.get("/openapi.json").json() == DOCUMENT


def test_the_document_is_valid_openapi() -> None:
    validate(DOCUMENT)
    assert DOCUMENT["openapi"].startswith("3.1")


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_is_described_in_both_languages(operation: dict[str, Any]) -> None:
    vietnamese, slash, english = operation["summary"].partition(" / ")
    assert (bool(vietnamese), slash, bool(english)) == (True, " / ", True)
    assert operation["description"]
    assert operation["tags"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_names_its_problems_and_who_may_call(operation: dict[str, Any]) -> None:
    assert "500" in operation["responses"]
    assert "security" in operation
    if any("oauth2" in requirement for requirement in operation["security"]):
        assert {"401", "403"} <= operation["responses"].keys()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_body_has_an_example(operation: dict[str, Any]) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        assert "example" in content or "examples" in content
