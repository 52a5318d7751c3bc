from collections.abc import Iterator
from urllib.parse import quote

from app.access.domain import Scope
from app.platform.paging import cursor_of
from tests.gateway import Api, Gateway

LISTS = ["/v1/members", "/v1/procedures", "/v1/provinces", "/v1/provinces/15/communes"]
ONES = ["/v1/members/H38", "/v1/procedures/1.003560.H38"]
TRICKS = [
    "\x00", "H38\x00", "'", "' OR 1=1 --", '"', "../H38", "..", "%00", "%", "_", "\\", "H38;", "ﾎ",
    "h38", "H38\n", " H38", "H38.", "\ud7ff", "A" * 5000, "0" * 5000, "1.003560.H38'", "-1", "{}",
]  # fmt: skip


MISSING = {
    "/v1/members/H99": "member-not-found",
    "/v1/members/000.00.99.H38": "member-not-found",
    "/v1/procedures/1.999999": "procedure-not-found",
    "/v1/procedures/1.003560.H01": "procedure-not-found",
    "/v1/provinces/99/communes": "province-not-found",
    "/v1/provinces/H38/communes": "province-not-found",
}
WRONG_QUERIES = {
    "kind=bank": "query/kind",
    "root=h38": "query/root",
    "limit=0": "query/limit",
    "limit=201": "query/limit",
    "limit=x": "query/limit",
    "q=": "query/q",
    "q=%00": "query/q",
    f"q={'a' * 201}": "query/q",
    "colour=red": "query/colour",
    f"after={'a' * 501}": "query/after",
}
CURSORS = [
    "x", "%00", "ﾎ", "W10", "W1tbW1tb", cursor_of(1), cursor_of("H38", "x"), cursor_of("H38\x00"),
    cursor_of("\ud800"),
]  # fmt: skip


def test_without_a_token_nothing_is_shown(gateway: Gateway) -> None:
    answers = {path: gateway.http.get(path).status_code for path in [*LISTS, *ONES]}
    assert set(answers.values()) == {401}, answers


def test_another_scope_does_not_open_the_catalogue(gateway: Gateway) -> None:
    stranger = gateway.client("H38", Scope.READ_DOSSIERS)
    for path in [*LISTS, *ONES]:
        answer = stranger.get(path)
        assert (answer.status_code, answer.json()["scope"]) == (403, "catalogue:read"), path


def test_what_does_not_exist_is_404(reader: Api) -> None:
    answers = {path: reader.get(path) for path in MISSING}
    assert {answer.status_code for answer in answers.values()} == {404}
    types = {path: answer.json()["type"] for path, answer in answers.items()}
    assert types == {path: f"/problems/{slug}" for path, slug in MISSING.items()}


def test_a_wrong_query_is_422_and_named(reader: Api) -> None:
    answers = {query: reader.get(f"/v1/members?{query}") for query in WRONG_QUERIES}
    assert {answer.status_code for answer in answers.values()} == {422}
    places = {query: answer.json()["errors"][0]["pointer"] for query, answer in answers.items()}
    assert places == WRONG_QUERIES


def test_a_cursor_that_is_not_ours_is_422(reader: Api) -> None:
    for path in LISTS:
        for cursor in CURSORS:
            answer = reader.get(f"{path}?after={cursor}")
            assert answer.status_code == 422, (path, cursor)
            assert answer.json()["errors"][0]["pointer"] == "query/after"


def tricky_requests() -> Iterator[str]:
    for trick in TRICKS:
        text = quote(trick, safe="")
        yield f"/v1/members/{text}"
        yield f"/v1/procedures/{text}"
        yield f"/v1/provinces/{text}/communes"
        yield f"/v1/members?root={text}"
        yield f"/v1/procedures?after={text}"


def test_tricks_are_refused_cleanly(reader: Api) -> None:
    answers = {path: reader.get(path) for path in tricky_requests()}
    wrong = {
        path[:80]: answer.status_code
        for path, answer in answers.items()
        if answer.status_code not in {404, 422}
    }
    assert wrong == {}
    assert all(a.headers["content-type"] == "application/problem+json" for a in answers.values())


def test_tricks_in_a_search_find_nothing_or_are_refused(reader: Api) -> None:
    for trick in TRICKS:
        for path in ("/v1/members", "/v1/procedures"):
            answer = reader.get(path, params={"q": trick})
            assert answer.status_code in {200, 422}, trick
    assert reader.get("/v1/members", params={"q": "%"}).json()["items"] == []
    assert reader.get("/v1/members", params={"q": "_"}).json()["items"] == []
    assert reader.get("/v1/procedures", params={"sector": "' OR 1=1 --"}).json()["items"] == []
    assert reader.get("/v1/members").status_code == 200
