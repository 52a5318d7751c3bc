import json
from typing import Any

import httpx
import pytest

from app.broker.schemas.documents import JSON, LARGEST, XML, YAML
from app.broker.schemas.documents.examples import JSON_EXAMPLE, XML_EXAMPLE, YAML_EXAMPLE
from tests.broker.described import FULL, OK, changed, setting
from tests.broker.shared import address, done, published, registered
from tests.builders import evidence_of
from tests.gateway import Api, Gateway


@pytest.fixture
def draft(keeper: Api) -> Any:
    return registered(keeper, operations=[])


def _describe(api: Api, service: Any, document: Any, media_type: str = JSON) -> httpx.Response:
    raw = document if isinstance(document, str) else json.dumps(document)
    headers = {"Content-Type": media_type}
    path = f"{address(service)}/descriptions"
    return api.post(path, content=raw.encode(), headers=headers)


@pytest.mark.parametrize(
    ("document", "media_type", "operations"),
    [
        (JSON_EXAMPLE, JSON, ["GET /thuaDat/{id}"]),
        (YAML_EXAMPLE, YAML, ["GET /thuaDat/{id}"]),
        (XML_EXAMPLE, "text/xml", ["POST"]),
        (FULL, "application/openapi+json", ["GET /thuaDat/{id}", "POST /thuaDat"]),
    ],
)
def test_a_document_says_which_operations_there_are(
    keeper: Api, draft: Any, document: Any, media_type: str, operations: list[str]
) -> None:
    answer = _describe(keeper, draft, document, media_type)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["operations"], answer.json()["changes"]) == (operations, [])
    shown = keeper.get(address(draft)).json()
    assert [one["id"] for one in shown["operations"]] == operations
    assert shown["description_digest"] == answer.json()["digest"]


def test_the_document_is_given_out_byte_for_byte(
    province: Gateway, keeper: Api, draft: Any
) -> None:
    path = f"{address(draft)}/description"
    assert keeper.get(path).json()["type"] == "/problems/no-service-description"
    _describe(keeper, draft, XML_EXAMPLE, "application/wsdl+xml")
    found = keeper.get(path)
    assert (found.text, found.headers["content-type"]) == (XML_EXAMPLE, XML)
    assert province.client("H38.21").get(path).status_code == 404


def test_without_operations_nothing_is_published(keeper: Api, draft: Any) -> None:
    answer = keeper.post(f"{address(draft)}/publication", json={})
    assert answer.json()["type"] == "/problems/forbidden-service-move"
    _describe(keeper, draft, JSON_EXAMPLE)
    done(keeper, f"{address(draft)}/publication", {})


def test_what_breaks_consumers_of_a_published_version_wants_a_word(
    province: Gateway, keeper: Api, draft: Any
) -> None:
    _describe(keeper, draft, FULL)
    done(keeper, f"{address(draft)}/publication", {})
    breaking = changed(lambda one: one["paths"].pop("/thuaDat"))
    refused = _describe(keeper, draft, breaking)
    said = refused.json()
    assert (refused.status_code, said["type"]) == (409, "/problems/breaking-description")
    assert [one["detail_en"] for one in said["errors"]] == ["POST /thuaDat: the operation is gone"]
    assert len(keeper.get(address(draft)).json()["operations"]) == 2
    path = f"{address(draft)}/descriptions"
    raw = json.dumps(breaking).encode()
    headers = {"Content-Type": JSON}
    taken = keeper.post(path, params={"breaking": "accepted"}, content=raw, headers=headers)
    assert taken.status_code == 201, taken.text
    assert [one["kind"] for one in taken.json()["changes"]] == ["breaking"]
    acts = [one.act for one in evidence_of(province, "shared-service:land/1.0")]
    assert acts.count("shared-service.describe") == 2


def test_what_is_only_new_is_taken_and_told(keeper: Api, draft: Any) -> None:
    _describe(keeper, draft, FULL)
    done(keeper, f"{address(draft)}/publication", {})
    more = changed(setting("paths", "/moi", to={"get": {"responses": OK}}))
    taken = _describe(keeper, draft, more).json()
    assert [one["text"] for one in taken["changes"]] == ["GET /moi: thao tác mới"]
    first, second = keeper.get(f"{address(draft)}/descriptions").json()["items"]
    assert (first["digest"], len(second["changes"])) == (taken["digest"], 0)
    page = keeper.get(f"{address(draft)}/descriptions", params={"limit": 1}).json()
    rest = {"limit": 1, "after": page["next"]}
    behind = keeper.get(f"{address(draft)}/descriptions", params=rest).json()
    assert [one["digest"] for one in behind["items"]] == [second["digest"]]


def test_a_new_version_is_compared_with_the_one_before(keeper: Api, draft: Any) -> None:
    _describe(keeper, draft, FULL)
    second = registered(keeper, version="2.0", operations=[])
    less = changed(lambda one: one["paths"].pop("/thuaDat"))
    taken = _describe(keeper, second, less)
    assert taken.status_code == 201, taken.text
    assert [one["kind"] for one in taken.json()["changes"]] == ["breaking"]


def test_a_revision_does_not_overrule_a_document(keeper: Api, draft: Any) -> None:
    _describe(keeper, draft, FULL)
    kept = ("owner_code", "title", "protocol", "contact", "personal_data", "upstreams")
    body = {name: draft[name] for name in kept}
    operations = {"operations": [{"method": "GET", "pattern": "/x"}]}
    refused = keeper.post(f"{address(draft)}/revision", json=body | operations)
    assert refused.json()["errors"][0]["pointer"] == "/operations"
    assert len(done(keeper, f"{address(draft)}/revision", body)["operations"]) == 2


@pytest.mark.parametrize(
    ("document", "media_type", "status", "slug"),
    [
        ("{", JSON, 422, "bad-service-description"),
        ("<a/>", XML, 422, "bad-service-description"),
        ("x", "text/plain", 415, "unsupported-media-type"),
        (" " * (LARGEST + 1), JSON, 413, "body-too-large"),
    ],
)
def test_a_bad_document_is_refused(
    keeper: Api, draft: Any, document: str, media_type: str, status: int, slug: str
) -> None:
    answer = _describe(keeper, draft, document, media_type)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")
    assert keeper.get(f"{address(draft)}/descriptions").json()["items"] == []


def test_two_operations_of_the_same_paths_are_refused(keeper: Api, draft: Any) -> None:
    parameter = {"name": "so", "in": "path", "required": True, "schema": {"type": "string"}}
    twin = {"get": {"parameters": [parameter], "responses": OK}}
    answer = _describe(keeper, draft, changed(setting("paths", "/thuaDat/{so}", to=twin)))
    assert answer.json()["type"] == "/problems/operation-refused"


def test_a_stranger_describes_nothing(province: Gateway, keeper: Api) -> None:
    made = published(keeper)
    assert _describe(province.client("H38.21"), made, JSON_EXAMPLE).status_code == 404
