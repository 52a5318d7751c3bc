"""The document holds together: every reference leads somewhere, and nothing stands there unused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contract.judges import description
from tests.contract.promises import operations

_FILES = sorted(path.name for path in Path("openapi").glob("*.yaml"))
_HERE = "#/"


def _references(said: Any) -> Iterator[str]:
    if isinstance(said, list):
        for one in said:
            yield from _references(one)
    elif isinstance(said, dict):
        for key, one in said.items():
            if key == "$ref" and isinstance(one, str):
                yield one
            else:
                yield from _references(one)


def _leads_somewhere(document: Any, reference: str) -> bool:
    place = document
    for step in reference.removeprefix(_HERE).split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(place, dict) or name not in place:
            return False
        place = place[name]
    return True


@pytest.mark.parametrize("file", _FILES)
def test_every_reference_leads_somewhere(file: str) -> None:
    document = description(file)
    here = {one for one in _references(document) if one.startswith(_HERE)}
    assert [one for one in sorted(here) if not _leads_somewhere(document, one)] == []


def test_every_component_is_used_and_named_by_no_place_in_the_program() -> None:
    document = description("gateway.yaml")
    used = {one.rpartition("/")[2] for one in _references(document)}
    named = set(document["components"]["schemas"])
    assert named - used == set()
    assert [name for name in sorted(named) if "__" in name] == []


def test_every_parameter_says_what_it_is() -> None:
    silent = [
        (operation.id, one["name"])
        for operation in operations()
        for one in operation.says.get("parameters", [])
        if not one.get("description")
    ]
    assert silent == []


def test_every_tag_is_described_and_used() -> None:
    described = {one["name"] for one in description("gateway.yaml")["tags"] if one["description"]}
    assert {tag for one in operations() for tag in one.says["tags"]} == described
