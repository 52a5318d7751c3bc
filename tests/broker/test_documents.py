"""Description documents: what is taken over, what is refused, and by which places."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.broker.domain.describing import Description
from app.broker.domain.errors import BadDescriptionError
from app.broker.schemas.documents import (
    JSON,
    LARGEST,
    XML,
    YAML,
    media_type_of_file,
    plain_media_type,
    read_description,
)
from app.broker.schemas.documents.examples import JSON_EXAMPLE, XML_EXAMPLE, YAML_EXAMPLE
from app.platform.bodies import BodyTooLargeError, UnsupportedMediaTypeError
from tests.broker.described import FULL, GET, ID, OK, SWAGGER, changed, read, setting


def test_json_and_yaml_say_the_same() -> None:
    assert read(JSON_EXAMPLE) == read_description(YAML_EXAMPLE.encode(), YAML)


def test_operations_with_what_goes_in_and_out() -> None:
    found = read(FULL)
    assert list(found.operations) == ["GET /thuaDat/{id}", "POST /thuaDat"]
    shown, made = found.operations.values()
    assert {place: one.type for place, one in shown.inputs.items()} == {
        "path/id": "string", "query/ngay": "string(date)", "query/loai": "any",
    }  # fmt: skip
    assert shown.inputs["query/loai"].values == ("a", "b")
    assert {place: (one.type, one.required) for place, one in made.inputs.items()} == {
        "body": ("object", True),
        "body/so_to": ("integer", True),
        "body/chu": ("array", False),
        "body/chu[]": ("object", True),
        "body/chu[]/ten": ("null | string", False),
        "body/chu[]/con": ("object", False),
    }
    assert "200/chu[]/ten" in shown.outputs
    assert made.name == "tao"


def test_swagger_2_isread() -> None:
    (operation,) = read(SWAGGER).operations.values()
    assert list(operation.inputs) == ["query/q", "body", "body/a"]
    assert operation.inputs["body"].required
    assert operation.outputs["200"].type == "string"


def test_wsdl_has_one_operation_to_grant_and_tells_them_all() -> None:
    found = read_description(XML_EXAMPLE.encode(), XML)
    assert [(one.id, one.name) for one in found.callable_operations()] == [("POST", "ThuaDat")]
    (operation,) = found.operations.values()
    assert [*operation.inputs] == [
        "body/timThuaDat", "body/timThuaDat/soTo", "body/timThuaDat/soThua",
    ]  # fmt: skip
    assert not operation.outputs["200/thuaDat/loaiDat"].required


def test_what_is_kept_is_read_again() -> None:
    for found in (read(FULL), read_description(XML_EXAMPLE.encode(), XML)):
        assert Description.of_plain(json.loads(json.dumps(found.plain()))) == found


BROKEN = [
    (setting("openapi", to="4.0.0"), "/openapi"),
    (setting("openapi", to=3.1), "/openapi"),
    (setting("info", to={"title": "x"}), "/info/version"),
    (setting("info", to=[]), "/info"),
    (setting("paths", to={}), "/paths"),
    (setting("paths", to={"x": {"get": {"responses": OK}}}), "/paths/x"),
    (setting("paths", to={"/a{b}": {"get": {"responses": OK}}}), "/paths/~1a{b}/get"),
    (setting("paths", "/a", to={"trace": {"responses": OK}}), "/paths/~1a/trace"),
    (setting("paths", "/a", to={"look": {}}), "/paths/~1a/look"),
    (setting("paths", "/a", to={"get": {}}), "/paths/~1a/get/responses"),
    (
        setting("paths", "/a", to={"get": {"responses": {"2000": {}}}}),
        "/paths/~1a/get/responses/2000",
    ),
    (setting("paths", "/a/{x}", to={"get": {"responses": OK}}), "/paths/~1a~1{x}/get/parameters"),
    (
        setting("paths", "/a", to={"get": {"operationId": "tao", "responses": OK}}),
        "/paths/~1a/get/operationId",
    ),
    (setting(*GET, "parameters", to={}), "/paths/~1thuaDat~1{id}/get/parameters"),
    (setting(*GET, "parameters", to=[{"in": "query"}]), "/paths/~1thuaDat~1{id}/get/parameters/0"),
    (
        setting(*GET, "parameters", to=[ID | {"required": False}]),
        "/paths/~1thuaDat~1{id}/get/parameters/0",
    ),
    (
        setting(*GET, "responses", to={"200": {"$ref": "https://a.vn/x"}}),
        "/paths/~1thuaDat~1{id}/get/responses/200",
    ),
    (
        setting(*GET, "responses", to={"200": {"$ref": "#/components/none"}}),
        "/paths/~1thuaDat~1{id}/get/responses/200",
    ),
    (
        setting("components", "responses", "thua", to={"$ref": "#/components/responses/thua"}),
        "/paths/~1thuaDat~1{id}/get/responses/200",
    ),
]


@pytest.mark.parametrize(("change", "pointer"), BROKEN, ids=map(str, range(len(BROKEN))))
def test_a_broken_document_is_refused_by_its_places(
    change: Callable[[Any], None], pointer: str
) -> None:
    with pytest.raises(BadDescriptionError) as refusal:
        read(changed(change))
    assert pointer in [one.pointer for one in refusal.value.errors]


@pytest.mark.parametrize(
    ("raw", "media_type"),
    [
        (b"{", JSON),
        (b"[]", JSON),
        (b'{"openapi": "3.0.0", "openapi": "3.0.0"}', JSON),
        (b'{"a": NaN}', JSON),
        (b"[" * 5000 + b"]" * 5000, JSON),
        (b"\xff", JSON),
        (b"a: &x [1]\nb: *x", YAML),
        (b"a: 1\na: 2", YAML),
        (b"a: !!python/object:os.system {}", YAML),
        (b"a: [", YAML),
        (b"a: b: c", YAML),
        (b"- " * 100, YAML),
        (b"<a", XML),
        (b"<a/>", XML),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", XML),
        (XML_EXAMPLE.replace("s:binding", "s:other").encode(), XML),
        (XML_EXAMPLE.replace("<types>", '<import location="x"/><types>').encode(), XML),
        (
            XML_EXAMPLE.replace(
                'elementFormDefault="qualified">', '><x:import schemaLocation="http://a.vn"/>'
            ).encode(),
            XML,
        ),
        (XML_EXAMPLE.replace('message="t:Hoi"', 'message="t:Khong"').encode(), XML),
        (XML_EXAMPLE.replace('type="t:Cong"', 'type="t:Khong"').encode(), XML),
        (XML_EXAMPLE.replace(' element="t:timThuaDat"', "").encode(), XML),
    ],
)
def test_what_is_no_plain_document_is_refused(raw: bytes, media_type: str) -> None:
    with pytest.raises(BadDescriptionError):
        read_description(raw, media_type)


def test_schemas_that_grow_without_end_are_refused() -> None:
    wide = {f"p{number}": {"$ref": "#/components/schemas/next"} for number in range(40)}
    schemas: dict[str, Any] = {"next": {"properties": {"leaf": {"type": "string"}}}}
    for depth in range(8):
        target = f"#/components/schemas/s{depth + 1}" if depth < 7 else "#/components/schemas/next"
        schemas[f"s{depth}"] = {"properties": {name: {"$ref": target} for name in wide}}
    large = changed(setting("components", "schemas", to=schemas | {"thua": {"$ref": "#/x"}}))
    large["components"]["schemas"]["thua"] = {"$ref": "#/components/schemas/s0"}
    with pytest.raises(BadDescriptionError):
        read(large)


def test_only_three_languages_and_four_mebibytes_areread() -> None:
    with pytest.raises(UnsupportedMediaTypeError):
        read_description(b"x", "text/plain")
    with pytest.raises(BodyTooLargeError):
        read_description(b" " * (LARGEST + 1), JSON)


def test_media_types_and_endings_have_one_of_three_names() -> None:
    names = ("a.json", "a.yaml", "a.YML", "a.wsdl", "a.xml", "a")
    assert [media_type_of_file(name) for name in names] == [JSON, YAML, YAML, XML, XML, JSON]
    kinds = ("text/xml", "application/openapi+yaml", "application/openapi+json")
    assert [plain_media_type(kind) for kind in kinds] == [XML, YAML, JSON]
