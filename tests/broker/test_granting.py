from datetime import timedelta
from typing import Any

import pytest

from tests.broker.shared import (
    SOMEBODY,
    address,
    consumer,
    done,
    granted,
    published,
    registered,
    terms,
)
from tests.builders import evidence_of
from tests.gateway import Api, Gateway

EXPLAIN = "/v1/services/land/explanation"
WHY = {"reason": "Hệ thống đã ngừng sử dụng."}


@pytest.fixture
def land(province: Gateway, keeper: Api) -> Any:
    """A published service, and a client that has nothing of it yet."""
    consumer(province)
    return published(keeper)


def _why(api: Api, path: str = "/thuaDat/1", **changes: Any) -> Any:
    question = {"client_id": SOMEBODY, "method": "GET", "path": path} | changes
    answer = api.post(EXPLAIN, json=question)
    assert answer.status_code == 200, answer.text
    return answer.json()["reason"]


def test_nothing_is_allowed_that_was_not_granted(keeper: Api, land: Any) -> None:
    del land
    assert _why(keeper) == "not-granted"
    granted(keeper, SOMEBODY)
    assert _why(keeper) is None
    assert _why(keeper, "/thuaDat/timKiem", method="POST") == "not-granted"
    assert _why(keeper, "/khac") == "no-operation"
    assert _why(keeper, "/thuaDat/../admin") == "unsafe-path"
    assert _why(keeper, version="7.0") == "unknown-service"


def test_a_grant_is_for_one_version(keeper: Api, land: Any) -> None:
    del land
    granted(keeper, SOMEBODY)
    done(keeper, f"{address(registered(keeper, version='2.0'))}/publication", {})
    assert _why(keeper, version="2.0") == "not-granted"


def test_a_grant_ends_at_its_moment(province: Gateway, keeper: Api, land: Any) -> None:
    del land
    granted(keeper, SOMEBODY, expires_at="2026-11-02T09:30:00+07:00")
    province.clock.advance(timedelta(minutes=29))
    assert _why(keeper) is None
    province.clock.advance(timedelta(minutes=1))
    assert _why(keeper) == "expired"
    assert keeper.get("/v1/grants").json()["items"][0]["state"] == "expired"


def test_a_grant_is_suspended_resumed_and_revoked(
    province: Gateway, keeper: Api, land: Any
) -> None:
    del land
    grant = f"/v1/grants/{granted(keeper, SOMEBODY)['id']}"
    assert done(keeper, f"{grant}/suspension", WHY)["state"] == "suspended"
    assert _why(keeper) == "suspended"
    again = keeper.post(f"{grant}/suspension", json=WHY)
    assert (again.status_code, again.json()["state"]) == (409, "suspended")
    assert again.json()["detail"] == "Quyền sử dụng đang ở trạng thái “Tạm dừng”."
    assert done(keeper, f"{grant}/resumption", {})["state"] == "good"
    assert _why(keeper) is None
    assert keeper.post(f"{grant}/resumption", json={}).status_code == 409
    over = done(keeper, f"{grant}/revocation", WHY)
    assert (over["state"], over["reason"]) == ("revoked", WHY["reason"])
    assert _why(keeper) == "revoked"
    assert keeper.post(f"{grant}/revocation", json=WHY).json()["state"] == "revoked"
    assert keeper.post(f"{grant}/resumption", json={}).status_code == 409
    subject = f"grant:{grant.rpartition('/')[2]}"
    acts = [one.act for one in evidence_of(province, subject)]
    assert acts == ["grant.give", "grant.suspend", "grant.resume", "grant.revoke"]


def test_another_grant_counts_where_one_was_revoked(keeper: Api, land: Any) -> None:
    del land
    first = granted(keeper, SOMEBODY)
    second = granted(keeper, SOMEBODY, operations=["*"], purpose="Thống kê")
    done(keeper, f"/v1/grants/{first['id']}/revocation", WHY)
    question = {"client_id": SOMEBODY, "method": "GET", "path": "/thuaDat/1"}
    said = keeper.post(EXPLAIN, json=question).json()
    assert (said["is_allowed"], said["grant_id"]) == (True, second["id"])


@pytest.mark.parametrize(
    ("changes", "slug", "pointer"),
    [
        ({"client_id": "client-nobody"}, "consumer-refused", "/client_id"),
        ({"operations": ["GET /khac"]}, "operation-refused", "/operations/0"),
        ({"operations": ["GET /thuaDat/{id}", "*"]}, "operation-refused", "/operations/1"),
        ({"operations": []}, "invalid-input", "/operations"),
        ({"expires_at": "2026-11-02T08:59:59+07:00"}, "not-in-future", "/expires_at"),
        ({"purpose": ""}, "invalid-input", "/purpose"),
        ({"legal_basis": ""}, "invalid-input", "/legal_basis"),
        ({"cache_seconds": -1}, "invalid-input", "/cache_seconds"),
    ],
)
def test_what_cannot_be_granted_is_refused_by_name(
    keeper: Api, land: Any, changes: dict[str, Any], slug: str, pointer: str
) -> None:
    del land
    answer = keeper.post("/v1/grants", json=terms(client_id=SOMEBODY) | changes)
    said = answer.json()
    assert said["type"] == f"/problems/{slug}"
    assert [one["pointer"] for one in said["errors"]] == [pointer]


def test_a_client_of_another_province_is_not_granted_what_is_not_shared(
    province: Gateway, keeper: Api, land: Any
) -> None:
    del land
    consumer(province, "H53", "client-far")
    body = terms(client_id="client-far")
    assert keeper.post("/v1/grants", json=body).json()["type"] == "/problems/consumer-refused"
    published(keeper, code="maps", context="apiBanDo", shared_with=["H53"])
    assert keeper.post("/v1/grants", json=body | {"service": "maps"}).status_code == 201


def test_strangers_see_and_change_nothing(province: Gateway, keeper: Api, land: Any) -> None:
    del land
    grant = f"/v1/grants/{granted(keeper, SOMEBODY)['id']}"
    stranger, consumers = province.client("H38.13"), province.client("H38.21")
    assert stranger.get(grant).status_code == 404
    assert stranger.get("/v1/grants").json()["items"] == []
    assert consumers.get(grant).json()["purpose"] == terms()["purpose"]
    assert len(consumers.get("/v1/grants").json()["items"]) == 1
    for one in (stranger, consumers):
        assert one.post(f"{grant}/revocation", json=WHY).status_code == 404
        assert one.post("/v1/grants", json=terms(client_id=SOMEBODY)).status_code == 404
        question = {"client_id": SOMEBODY, "method": "GET", "path": "/thuaDat/1"}
        told = one.post(EXPLAIN, json=question)
        assert (told.status_code, told.json()["type"]) == (404, "/problems/unknown-shared-service")


def test_grants_are_listed_in_pages_and_narrowed(province: Gateway, keeper: Api, land: Any) -> None:
    del land
    consumer(province, "H38.61", "client-two")
    given = [granted(keeper, one)["id"] for one in (SOMEBODY, "client-two", SOMEBODY)]
    first = keeper.get("/v1/grants", params={"limit": 2}).json()
    rest = keeper.get("/v1/grants", params={"limit": 2, "after": first["next"]}).json()
    assert [one["id"] for one in (*first["items"], *rest["items"])] == given
    mine = keeper.get("/v1/grants", params={"client_id": "client-two"}).json()["items"]
    assert [one["id"] for one in mine] == [given[1]]
    assert keeper.get("/v1/grants", params={"service": "other"}).json()["items"] == []


def test_a_service_that_shrinks_keeps_no_grant_of_what_is_gone(keeper: Api, land: Any) -> None:
    granted(keeper, SOMEBODY)
    body = {"operations": [{"method": "GET", "pattern": "/thuaDat/{so}"}]}
    kept = ("owner_code", "title", "protocol", "contact", "personal_data", "upstreams")
    revised = {name: land[name] for name in kept} | body
    assert done(keeper, f"{address(land)}/revision", revised)["operations"][0]["name"] == ""
    assert _why(keeper) == "not-granted"


def test_a_revoked_client_is_told_in_the_explanation(
    province: Gateway, keeper: Api, land: Any
) -> None:
    del land
    from app.access import use_cases as access

    granted(keeper, SOMEBODY)
    province.transact(access.revoke, province.clock, client_id=SOMEBODY)
    question = {"client_id": SOMEBODY, "method": "GET", "path": "/thuaDat/1"}
    assert keeper.post(EXPLAIN, json=question).json()["is_client_revoked"]
    again = keeper.post("/v1/grants", json=terms(client_id=SOMEBODY))
    assert again.json()["type"] == "/problems/consumer-refused"
