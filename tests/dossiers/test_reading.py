"""GET /v1/dossiers and GET /v1/dossiers/{code}."""

from typing import Any

from app.access.domain import Scope
from tests.builders import a_dossier
from tests.gateway import Api, Gateway

TRICKS = [
    "..%2F..%2Fetc%2Fpasswd",
    "%2e%2e",
    "H38.12-261102-0001'%20OR%20'1'='1",
    "H38.12-261102-0001%00",
    "H38.12-261102-0001%0A",
    "%F0%9F%92%A9",
    "a" * 3000,
]
WRONG_FILTERS = [
    ("colour", "red"),
    ("status", "9"),
    ("procedure", "x"),
    ("agency", "x"),
    ("received_from", "2026-11-02"),
    ("limit", "0"),
    ("limit", "201"),
    ("after", "abc"),
]


def submit(api: Api, **changes: Any) -> str:
    answer = api.post("/v1/dossiers", json=a_dossier(**changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def codes_of(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["code"] for item in answer.json()["items"]]


def test_nobody_reads_without_a_token(gateway: Gateway) -> None:
    assert gateway.http.get("/v1/dossiers").status_code == 401
    assert gateway.http.get("/v1/dossiers/H38.12-261102-0001").status_code == 401


def test_reading_wants_its_scope(gateway: Gateway) -> None:
    submitter = gateway.client("H38", Scope.SUBMIT_DOSSIERS)
    assert submitter.get("/v1/dossiers").status_code == 403
    assert submitter.get("/v1/dossiers/H38.12-261102-0001").status_code == 403


def test_somebody_elses_dossier_and_one_that_does_not_exist_look_the_same(
    province: Api, stranger: Api
) -> None:
    code = submit(province)
    theirs = stranger.get(f"/v1/dossiers/{code}")
    nobodys = stranger.get("/v1/dossiers/H38.12-261102-9999")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json() | {"instance": ""} == nobodys.json() | {"instance": ""}


def test_a_trick_in_place_of_a_code_finds_nothing(province: Api) -> None:
    submit(province)
    for trick in TRICKS:
        for path in (f"/v1/dossiers/{trick}", f"/v1/dossiers/{trick}/progress"):
            answer = province.get(path)
            assert answer.status_code == 404
            assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_owner_agency_reads_the_whole_dossier(province: Api) -> None:
    created = province.post("/v1/dossiers", json=a_dossier()).json()
    assert province.get(f"/v1/dossiers/{created['code']}").json() == created
    assert len(created["tracking_code"]) == 20


def test_a_wrong_filter_is_refused_by_name(province: Api) -> None:
    for name, value in WRONG_FILTERS:
        answer = province.get("/v1/dossiers", params={name: value})
        assert answer.status_code == 422
        assert [wrong["pointer"].strip("/") for wrong in answer.json()["errors"]] == [
            f"query/{name}"
        ]


def test_a_list_shows_ones_own_subtree_and_nothing_personal(
    gateway: Gateway, province: Api, stranger: Api
) -> None:
    code = submit(province)
    assert codes_of(province.get("/v1/dossiers")) == [code]
    assert codes_of(gateway.client("H38.12").get("/v1/dossiers")) == [code]
    assert codes_of(gateway.client("H38.1").get("/v1/dossiers")) == []
    assert codes_of(stranger.get("/v1/dossiers")) == []
    text = province.get("/v1/dossiers").text
    assert not [word for word in ("Giả Định", "000000000001", "tracking") if word in text]


def test_filters_narrow_the_list(province: Api) -> None:
    early = submit(province, received_at="2026-10-01T08:00:00+07:00")
    late = submit(province, channel="counter", agency_code="H38")

    def ask(**query: str) -> list[str]:
        return codes_of(province.get("/v1/dossiers", params=query))

    assert ask(status="accepted") == [late]
    assert ask(agency="000.00.12.H38") == [early]
    assert ask(agency="H53") == []
    assert ask(procedure="1.003560.H38") == [early, late]
    assert ask(procedure="1.003561.H38") == []
    assert ask(received_to="2026-11-02T08:40:00+07:00") == [early]
    assert ask(received_from="2026-11-02T08:40:00+07:00", received_to="2026-11-03T00:00:00Z") == [
        late
    ]


def test_pages_give_every_dossier_once_while_more_come(province: Api) -> None:
    codes = [submit(province) for _ in range(5)]
    seen: list[str] = []
    query: dict[str, str] = {"limit": "2"}
    while True:
        page = province.get("/v1/dossiers", params=query)
        seen += codes_of(page)
        if len(seen) == 2:
            codes.append(submit(province))
        if page.json()["next"] is None:
            break
        query["after"] = page.json()["next"]
    assert seen == codes
