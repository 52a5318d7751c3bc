import gzip
import json

import pytest
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.errors import ConflictError, ProblemError
from app.platform.problems import known_problems, render, status_of
from app.platform.settings import Settings
from tests.builders import a_dossier
from tests.gateway import Gateway

MEDIA_TYPE = "application/problem+json"


def test_an_unknown_address_is_a_problem(gateway: Gateway) -> None:
    for path in ("/nowhere", "/v1/", "/../etc/passwd", "/v1/dossiers/../../x", "/%00"):
        answer = gateway.http.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, MEDIA_TYPE)


def test_no_cache_keeps_what_v1_answers(gateway: Gateway) -> None:
    api = gateway.client("H38", Scope.READ_DOSSIERS)
    for answer in (api.get("/v1/dossiers"), api.get("/v1/dossiers/x"), api.post("/v1/dossiers")):
        assert answer.headers.get_list("cache-control") == ["no-store"]
    assert "cache-control" not in gateway.http.get("/openapi.json").headers


def test_a_wrong_method_is_a_problem_that_names_the_right_ones(gateway: Gateway) -> None:
    answer = gateway.http.delete("/livez")
    assert (answer.status_code, answer.headers["content-type"]) == (405, MEDIA_TYPE)
    assert answer.headers["allow"] == "GET"
    assert gateway.http.patch("/v1/dossiers").headers["allow"] == "GET, POST"


def test_facts_of_a_refusal_never_replace_what_every_problem_says() -> None:
    facts = {"status": "stopped", "detail": "z", "present": "stopped"}
    answer = render(ConflictError("x", "x", extensions=facts), request_id="1")
    said = json.loads(bytes(answer.body))
    assert (said["status"], said["detail"]) == (409, "x")
    assert said["present"] == "stopped"


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip", "x"])
def test_a_compressed_body_is_refused_by_name(gateway: Gateway, encoding: str) -> None:
    api = gateway.client("H38", Scope.SUBMIT_DOSSIERS)
    body = gzip.compress(json.dumps(a_dossier()).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    answer = api.post("/v1/dossiers", content=body, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (
        415, "/problems/unsupported-content-encoding",
    )  # fmt: skip
    assert answer.json()["errors"][0]["pointer"] == "header/Content-Encoding"


def test_a_body_over_the_limit_is_a_problem(settings: Settings, clock: FrozenClock) -> None:
    small = settings.model_copy(update={"max_body_bytes": 1024})
    with TestClient(create_app(small, clock=clock)) as http:
        declared = http.post("/oauth2/token", content=b"x" * 1025)
        streamed = http.post(
            "/oauth2/token",
            content=(b"x" * 512 for _ in range(3)),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
    for answer in (declared, streamed):
        assert (answer.status_code, answer.json()["limit"]) == (413, 1024)


def test_an_unforeseen_failure_is_a_problem_without_details(gateway: Gateway) -> None:
    async def broken() -> None:
        raise ZeroDivisionError("secret detail")

    gateway.http.app.add_api_route("/broken", broken)  # type: ignore[attr-defined]
    answer = gateway.http.get("/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, MEDIA_TYPE)
    assert "secret detail" not in answer.text
    assert answer.json()["instance"].endswith(answer.headers["x-request-id"])


def test_every_problem_is_in_the_catalogue_with_both_languages(gateway: Gateway) -> None:
    listed = {entry["slug"]: entry for entry in gateway.http.get("/problems").json()}
    assert listed.keys() == known_problems().keys()
    for slug, entry in listed.items():
        assert gateway.http.get(f"/problems/{slug}").json() == entry
        assert entry["title"] != entry["title_en"]
        assert entry["meaning"]


def test_a_problem_that_does_not_exist_is_not_described(gateway: Gateway) -> None:
    assert gateway.http.get("/problems/none").status_code == 404


@pytest.mark.parametrize("kind", known_problems().values(), ids=lambda kind: kind.slug)
def test_every_problem_has_a_status(kind: type[ProblemError]) -> None:
    assert 400 <= status_of(kind) <= 507


def test_problems_are_utf8_json(gateway: Gateway) -> None:
    body = gateway.http.get("/nowhere").content
    assert "Không tìm thấy" in body.decode()
    assert json.loads(body)["status"] == 404
