from datetime import timedelta
from typing import Any

import pytest

from app.access.domain import Scope
from app.main import ROUTERS, reserved_segments
from app.openapi import routes_of
from tests.broker.shared import a_service, address, consumer, done, granted, published, registered
from tests.builders import evidence_of
from tests.gateway import Api, Gateway

ACTS: dict[str, dict[str, Any]] = {
    "publication": {},
    "default": {},
    "deprecation": {"retires_on": "2027-01-01"},
    "retirement": {},
}
REVISION = {
    name: value
    for name, value in a_service().items()
    if name not in {"code", "version", "context", "tenant_code", "operations"}
}


@pytest.mark.parametrize("path", ["/v1/services", "/v1/services/land", "/v1/grants"])
def test_without_a_token_nothing_is_shown(province: Gateway, path: str) -> None:
    assert province.http.get(path).status_code == 401
    assert province.http.post(path, json={}).status_code in {401, 405}


def test_each_act_wants_its_scope(province: Gateway, keeper: Api) -> None:
    made = registered(keeper)
    reader = province.client("H38", Scope.READ_SERVICES)
    granter = province.client("H38", Scope.GRANT_SERVICES)
    assert reader.post("/v1/services", json=a_service(code="x1")).status_code == 403
    assert granter.post(f"{address(made)}/publication", json={}).status_code == 403
    assert granter.get("/v1/services").status_code == 403
    assert reader.get("/v1/services").status_code == 200


def test_a_version_is_registered_published_deprecated_and_retired(
    province: Gateway, keeper: Api
) -> None:
    made = registered(keeper)
    assert (made["state"], made["is_default"]) == ("draft", False)
    public = done(keeper, f"{address(made)}/publication", {})
    assert (public["state"], public["is_default"]) == ("published", True)
    ending = done(keeper, f"{address(made)}/deprecation", ACTS["deprecation"])
    assert (ending["state"], ending["deprecated_on"]) == ("deprecated", "2026-11-02")
    over = done(keeper, f"{address(made)}/retirement", {})
    assert (over["state"], over["retires_on"]) == ("retired", "2026-11-02")
    acts = [entry.act for entry in evidence_of(province, "shared-service:land/1.0")]
    steps = ("register", "publish", "deprecate", "retire")
    assert acts == [f"shared-service.{step}" for step in steps]


def test_a_deprecated_version_ends_on_its_day_by_itself(province: Gateway, keeper: Api) -> None:
    made = published(keeper)
    done(keeper, f"{address(made)}/deprecation", {"retires_on": "2026-11-04"})
    granted(keeper, consumer(province), expires_at="2028-01-01T00:00:00+07:00")
    question = {
        "client_id": "client-0193a5c0-7e1e-7000-8000-000000000001",
        "method": "GET",
        "path": "/thuaDat/1",
    }
    path = "/v1/services/land/explanation"
    assert keeper.post(path, json=question).json()["is_allowed"]
    province.clock.advance(timedelta(days=2))
    later = province.client("H38")
    assert later.post(path, json=question).json()["reason"] == "not-published"
    assert later.get(address(made)).json()["state"] == "retired"


@pytest.mark.parametrize(
    ("before", "act", "status"),
    [
        ([], "publication", 201),
        ([], "default", 409),
        ([], "deprecation", 409),
        ([], "retirement", 201),
        (["publication"], "publication", 409),
        (["publication"], "default", 201),
        (["publication", "deprecation"], "deprecation", 201),
        (["publication", "deprecation"], "default", 201),
        (["retirement"], "publication", 409),
        (["retirement"], "default", 409),
        (["retirement"], "deprecation", 409),
        (["retirement"], "retirement", 409),
    ],
)
def test_a_state_allows_what_it_allows(
    keeper: Api, before: list[str], act: str, status: int
) -> None:
    made = registered(keeper)
    for one in before:
        done(keeper, f"{address(made)}/{one}", ACTS[one])
    answer = keeper.post(f"{address(made)}/{act}", json=ACTS[act])
    assert answer.status_code == status, answer.text
    assert status == 201 or answer.json()["type"] == "/problems/forbidden-service-move"


def test_an_end_must_lie_ahead(keeper: Api) -> None:
    made = published(keeper)
    answer = keeper.post(f"{address(made)}/deprecation", json={"retires_on": "2026-11-02"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/retires_on")


def test_one_version_is_the_default(keeper: Api) -> None:
    published(keeper)
    second = published(keeper, version="2.0")
    assert not second["is_default"]
    done(keeper, f"{address(second)}/default", {})
    versions = keeper.get("/v1/services/land").json()["versions"]
    assert [(one["version"], one["is_default"]) for one in versions] == [
        ("1.0", False), ("2.0", True),
    ]  # fmt: skip


def test_the_gateways_own_first_segments_are_refused(keeper: Api) -> None:
    for segment in sorted(reserved_segments()):
        for written in (segment, segment.upper()):
            answer = keeper.post("/v1/services", json=a_service(context=written))
            assert answer.status_code == 422, written


def test_every_route_reserves_its_first_segment() -> None:
    first = {route.path.split("/")[1] for route in routes_of(ROUTERS)}
    assert {one for one in first if "{" not in one} <= reserved_segments()
    assert {"v1", "oauth2", "docs", "problems", "r1", "token", "api"} <= reserved_segments()


@pytest.mark.parametrize(
    ("changes", "slug", "pointer"),
    [
        ({"context": "metrics"}, "context-refused", "/context"),
        ({"context": "a/b"}, "invalid-input", "/context"),
        ({"context": ".well-known"}, "invalid-input", "/context"),
        ({"context": "api%20"}, "invalid-input", "/context"),
        ({"code": "Land"}, "invalid-input", "/code"),
        ({"version": ".."}, "invalid-input", "/version"),
        ({"owner_code": "H38.98"}, "unknown-member", "/owner_code"),
        ({"tenant_code": "H53"}, "agency-not-yours", "/tenant_code"),
        ({"shared_with": ["H38.98"]}, "unknown-member", "/shared_with/0"),
        ({"upstreams": []}, "invalid-input", "/upstreams"),
        ({"upstreams": [{"url": "http://127.0.0.1"}]}, "unsafe-target", "/upstreams/0/url"),
        (
            {"upstreams": [{"url": "https://a.vn"}, {"url": "http://169.254.169.254/latest"}]},
            "unsafe-target",
            "/upstreams/1/url",
        ),
        (
            {"operations": [{"method": "GET", "pattern": "a"}]},
            "operation-refused",
            "/operations/0",
        ),
        (
            {"operations": [{"method": "LOOK", "pattern": "/a"}]},
            "operation-refused",
            "/operations/0",
        ),
        (
            {
                "operations": [
                    {"method": "GET", "pattern": "/{a}"},
                    {"method": "GET", "pattern": "/{b}"},
                ]
            },
            "operation-refused",
            "/operations/1",
        ),
        ({"route": "satellite"}, "invalid-input", "/route"),
        (
            {"route": "ngsp", "upstreams": [{"url": "https://a.vn", "via": "lgsp"}]},
            "route-unserved",
            "/route",
        ),
        ({"timeout_seconds": 0}, "invalid-input", "/timeout_seconds"),
        ({"colour": "red"}, "invalid-input", "/colour"),
    ],
)
def test_what_is_wrong_is_refused_by_name(
    keeper: Api, changes: dict[str, Any], slug: str, pointer: str
) -> None:
    answer = keeper.post("/v1/services", json=a_service(**changes))
    said = answer.json()
    assert said["type"] == f"/problems/{slug}"
    assert [one["pointer"] for one in said["errors"]] == [pointer]
    assert keeper.get("/v1/services").json()["items"] == []


def test_a_context_is_one_services(keeper: Api) -> None:
    registered(keeper)
    again = keeper.post("/v1/services", json=a_service())
    assert (again.status_code, again.json()["type"]) == (409, "/problems/shared-service-taken")
    other = keeper.post("/v1/services", json=a_service(code="land-two", context="APIDATDAI"))
    assert (other.status_code, other.json()["type"]) == (422, "/problems/context-refused")
    moved = keeper.post("/v1/services", json=a_service(version="2.0", context="apiKhac"))
    assert (moved.status_code, moved.json()["type"]) == (422, "/problems/context-refused")
    assert registered(keeper, version="2.0")["context"] == "apiDatDai"


def test_a_draft_is_its_own_peoples(province: Gateway, keeper: Api) -> None:
    made = registered(keeper)
    neighbour = province.client("H38.21")
    assert neighbour.get(address(made)).status_code == 404
    assert neighbour.get("/v1/services").json()["items"] == []
    assert neighbour.post(f"{address(made)}/publication", json={}).status_code == 404
    done(keeper, f"{address(made)}/publication", {})
    seen = neighbour.get(address(made)).json()
    assert (seen["upstreams"], seen["credential"]) == (None, None)
    assert len(keeper.get(address(made)).json()["upstreams"]) == 1


def test_two_provinces_on_one_gateway_see_what_is_shared_with_them(province: Gateway) -> None:
    here, there = province.client("H38"), province.client("H53")
    published(here)
    shared = published(here, code="maps", context="apiBanDo", shared_with=["H53"])
    published(there, code="far", context="apiXa", tenant_code="H53", owner_code="H53")
    listed = [one["code"] for one in there.get("/v1/services").json()["items"]]
    assert listed == ["maps", "far"]
    assert there.get("/v1/services/land").status_code == 404
    assert there.post(f"{address(shared)}/retirement", json={}).status_code == 404
    taken = there.post("/v1/services", json=a_service(version="9", tenant_code="H53"))
    assert taken.status_code == 409


def test_the_list_has_pages_and_is_narrowed(keeper: Api) -> None:
    for number in range(5):
        registered(keeper, code=f"s{number}", context=f"api{number}")
    published(keeper, owner_code="H38")
    first = keeper.get("/v1/services", params={"limit": 4}).json()
    rest = keeper.get("/v1/services", params={"limit": 4, "after": first["next"]}).json()
    codes = [one["code"] for one in (*first["items"], *rest["items"])]
    assert codes == ["s0", "s1", "s2", "s3", "s4", "land"]
    assert rest["next"] is None
    narrowed = keeper.get("/v1/services", params={"state": "published"}).json()["items"]
    assert [one["code"] for one in narrowed] == ["land"]
    owned = keeper.get("/v1/services", params={"owner": "H38.12"}).json()["items"]
    assert len(owned) == 5


def test_a_revision_changes_where_and_how_and_leaves_the_rest(
    province: Gateway, keeper: Api
) -> None:
    made = published(keeper)
    wanted = REVISION | {"title": "Thửa đất", "upstreams": [{"url": "https://moi.example.vn"}]}
    after = done(keeper, f"{address(made)}/revision", wanted)
    assert (after["title"], after["state"]) == ("Thửa đất", "published")
    assert after["operations"] == made["operations"]
    assert after["context"] == made["context"]
    unsafe = wanted | {"upstreams": [{"url": "http://10.0.0.1"}]}
    refused = keeper.post(f"{address(made)}/revision", json=unsafe)
    assert refused.json()["type"] == "/problems/unsafe-target"
    stranger = province.client("H38.21")
    assert stranger.post(f"{address(made)}/revision", json=wanted).status_code == 404


def test_a_repeated_registration_gets_the_first_answer(keeper: Api) -> None:
    first, again = (keeper.post("/v1/services", key="one", json=a_service()) for _ in range(2))
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.headers["location"] == "/v1/services/land/versions/1.0"
