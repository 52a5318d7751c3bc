"""A date or a moment written as digits alone is refused, and not taken for seconds since 1970."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.contract.conftest import Records
from tests.contract.promises import Operation, examples, operations
from tests.gateway import Api, Gateway

_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d(T.+)?")
_DIGITS = ("20261109", "20261109170000", "1793145600", "0", "1793145600.0")
_WIRES = ("/api/dvcqg/", "/vbdlis/", "/LLTP/", "/KetNoiMotCuaQuocGia/", "/mapi/")
"""Faces with ways of their own to write a moment."""


@pytest.fixture
def engine() -> str:
    return "sqlite"


def _places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        yield at
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _places(inner, (*at, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _places(inner, (*at, number))


def _with(example: Any, place: tuple[str | int, ...], value: str) -> Any:
    changed = deepcopy(example)
    inner = changed
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return changed


def _said_in_bodies() -> Iterator[Any]:
    for operation in operations():
        for kind, example in examples(operation):
            places = list(_places(example)) if kind == "application/json" else []
            if places and not operation.path.startswith(_WIRES):
                yield pytest.param(operation, example, places, id=operation.id)


def _asked_of_lists() -> Iterator[Any]:
    for operation in operations():
        names = [
            one["name"]
            for one in operation.says.get("parameters", [])
            if one["in"] == "query" and '"date' in str(one["schema"]).replace("'", '"')
        ]
        if names:
            yield pytest.param(operation, names, id=operation.id)


@pytest.mark.parametrize(("operation", "example", "places"), list(_said_in_bodies()))
def test_digits_in_a_body_are_no_date(
    knowing: Gateway,
    token: str,
    records: Records,
    operation: Operation,
    example: Any,
    places: list[tuple[str | int, ...]],
) -> None:
    api = Api(knowing.http, token)
    path = operation.path
    address = path.format(**records.ready(path)) if "{" in path else path
    for place in places:
        for digits in _DIGITS:
            answer = api.post(address, json=_with(example, place, digits))
            assert answer.status_code == 422, (place, digits, answer.text)
            pointers = [one["pointer"] for one in answer.json()["errors"]]
            assert "/" + "/".join(map(str, place)) in pointers


@pytest.mark.parametrize(("operation", "names"), list(_asked_of_lists()))
def test_digits_in_a_question_are_no_date(
    knowing: Gateway, token: str, records: Records, operation: Operation, names: list[str]
) -> None:
    api = Api(knowing.http, token)
    address = operation.path.format(**records.places.get(operation.path, {}))
    for name in names:
        for digits in _DIGITS:
            answer = api.get(address, params={name: digits})
            assert answer.status_code == 422, (name, digits, answer.text)
            assert f"query/{name}" in [one["pointer"] for one in answer.json()["errors"]]
