"""Every example of the document is sent and taken; every page is read; no answer surprises."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from app.lookups.schemas.civil_status import BIRTH, DEATH, MARRIAGE
from tests.builders import a_dossier
from tests.contract.conftest import Credentials, Records
from tests.contract.promises import Operation, examples, operations
from tests.gateway import Api, Gateway

_OPERATIONS = list(operations())
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class World:
    """A gateway that holds one record of each kind, and a client of the whole province."""

    gateway: Gateway
    api: Api
    credentials: Credentials
    records: Records

    def address(self, path: str) -> str:
        """Return the address of a record that exists; an unknown path is a `KeyError`."""
        return path.format(**self.records.ready(path)) if "{" in path else path

    def read(self, operation: Operation) -> httpx.Response:
        headers = {"X-Tracking-Code": self.records.tracking_code_of(operation.path)}
        return self.api.get(self.address(operation.path), headers=headers)

    def send(self, operation: Operation, kind: str, example: Any) -> httpx.Response:
        secret = self.records.tracking_code_of(operation.path)
        address = self.address(operation.path)
        headers = {"Content-Type": kind, "X-Tracking-Code": secret}
        if kind == _FORM:
            http: httpx.Client = self.gateway.http
            return http.post(address, data=example, auth=self.credentials)
        if kind == "multipart/form-data":
            return self.api.post(address, files=[_part(*one) for one in example.items()])
        content = json.dumps(example) if kind == "application/json" else example
        return self.api.post(address, content=content.encode(), headers=headers)


def _part(name: str, said: Any) -> tuple[str, Any]:
    """Return a part of a form: an object as JSON, text as a file with a name."""
    if isinstance(said, str):
        return name, ("vi-du.pdf", said.encode())
    return name, (None, json.dumps(said), "application/json")


@pytest.fixture
def world(knowing: Gateway, credentials: Credentials, token: str, records: Records) -> World:
    api = Api(knowing.http, token)
    for example in (BIRTH, DEATH, MARRIAGE):
        api.post("/v1/dossiers", json=a_dossier(code=example["dossier_code"]))
    return World(knowing, api, credentials, records)


def _bodies() -> Iterator[Any]:
    for operation in _OPERATIONS:
        for kind, example in examples(operation):
            yield pytest.param(operation, kind, example, id=f"{operation.id}:{kind}")


def test_every_operation_is_read_or_sent_here() -> None:
    readable = {operation.id for operation in _OPERATIONS if operation.method == "get"}
    sendable = {operation.id for operation in _OPERATIONS if list(examples(operation))}
    assert readable | sendable == {operation.id for operation in _OPERATIONS}


@pytest.mark.parametrize(("operation", "kind", "example"), list(_bodies()))
def test_an_example_is_accepted(
    world: World, operation: Operation, kind: str, example: Any
) -> None:
    answer = world.send(operation, kind, example)
    assert answer.is_success, answer.text
    assert operation.faults(answer) == []


def test_every_page_is_read_and_is_what_the_document_promises(world: World) -> None:
    answers = {
        operation.id: (operation, world.read(operation))
        for operation in _OPERATIONS
        if operation.method == "get"
    }
    refused = {name: answer.text for name, (_, answer) in answers.items() if answer.is_error}
    assert refused == {}
    faults = {name: operation.faults(answer) for name, (operation, answer) in answers.items()}
    assert {name: found for name, found in faults.items() if found} == {}


def test_an_answer_that_breaks_the_promise_is_seen() -> None:
    show = next(operation for operation in _OPERATIONS if operation.id == "show_liveness")
    answers = {
        "is not documented": httpx.Response(418, json={}),
        "as 'text/html' is": httpx.Response(200, html="<p>"),
        "'status' is a required": httpx.Response(200, json={"Status": "alive"}),
    }
    for expected, answer in answers.items():
        assert expected in "".join(show.faults(answer))
