"""How two description documents differ, told as what it means for who calls the service."""

from collections.abc import Callable
from typing import Any

import pytest

from app.broker.domain.describing import ChangeKind, differences
from app.broker.schemas.documents import XML, read_description
from app.broker.schemas.documents.examples import XML_EXAMPLE
from tests.broker.described import FULL, GET, OK, changed, read, setting


def _thua(name: str, to: Any) -> Callable[[Any], None]:
    return setting("components", "schemas", "thua", "allOf", 0, "properties", name, to=to)


DIFFERING = [
    (setting("paths", "/moi", to={"get": {"responses": OK}}), ["GET /moi: a new operation"], []),
    (
        lambda one: one["paths"].pop("/thuaDat"),
        [],
        ["POST /thuaDat: the operation is gone"],
    ),
    (
        lambda one: one["paths"]["/thuaDat/{id}"]["get"]["parameters"].pop(0),
        [],
        ["GET /thuaDat/{id} query/ngay: is no longer read"],
    ),
    (
        setting(*GET, "parameters", 0, "required", to=True),
        [],
        ["GET /thuaDat/{id} query/ngay: must be sent now"],
    ),
    (
        setting(*GET, "parameters", 1, "schema", to={"enum": ["a", "c"]}),
        ["GET /thuaDat/{id} query/loai: takes c, too"],
        ["GET /thuaDat/{id} query/loai: no longer takes b"],
    ),
    (
        setting(*GET, "parameters", 0, "schema", to={"type": "string", "format": "date-time"}),
        [],
        [
            "GET /thuaDat/{id} query/ngay: changes its type from string(date) to string(date-time)",
        ],
    ),
    (
        _thua("ghi_chu", {"type": "object", "properties": {"a": {"type": "string"}}}),
        [
            "GET /thuaDat/{id} 200/ghi_chu: is answered, too",
            "POST /thuaDat body/ghi_chu: can be sent",
        ],
        [],
    ),
    (
        setting("components", "schemas", "thua", "allOf", 0, "required", to=[]),
        ["POST /thuaDat body/so_to: need not be sent"],
        ["GET /thuaDat/{id} 200/so_to: may be missing now"],
    ),
    (
        _thua("so_to", {"type": "integer", "enum": [1, 2]}),
        [],
        ["POST /thuaDat body/so_to: takes only 1, 2 now"],
    ),
]


@pytest.mark.parametrize(
    ("change", "new", "breaking"), DIFFERING, ids=map(str, range(len(DIFFERING)))
)
def test_a_difference_is_a_sentence_and_told_as_what_it_means(
    change: Callable[[Any], None], new: list[str], breaking: list[str]
) -> None:
    found = differences(read(FULL), read(changed(change)))
    told = {kind: [one.text_en for one in found if one.kind is kind] for kind in ChangeKind}
    assert told == {ChangeKind.BREAKING: breaking, ChangeKind.NEW: new}
    assert [one.kind for one in found] == sorted(one.kind for one in found)


def test_the_same_document_differs_in_nothing() -> None:
    assert differences(read(FULL), read(FULL)) == ()


def test_a_soap_operation_that_asks_for_more_breaks() -> None:
    more = '<x:element name="soThua" type="x:int"/><x:element name="xa" type="x:string"/>'
    after = XML_EXAMPLE.replace('<x:element name="soThua" type="x:int"/>', more)
    before = read_description(XML_EXAMPLE.encode(), XML)
    found = differences(before, read_description(after.encode(), XML))
    assert [one.text_en for one in found] == ["timThuaDat body/timThuaDat/xa: must be sent now"]
