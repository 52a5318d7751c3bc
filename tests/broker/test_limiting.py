"""Quotas over `/v1/quotas`."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.access.domain import Scope
from app.broker.domain.allowances import Exhausted, Taken
from app.broker.domain.quotas import Call
from app.broker.use_cases.quotas import Quotas
from app.evidence.tables import evidence
from tests.broker.shared import consumer, published
from tests.gateway import Api, Gateway

SECOND = timedelta(seconds=1)
OPERATION = "GET /thuaDat/{id}"


def a_quota(**changes: Any) -> dict[str, Any]:
    return {"service": "land", "limit": 2, "window_seconds": 60} | changes


def set_quota(api: Api, **changes: Any) -> httpx.Response:
    return api.post("/v1/quotas", json=a_quota(**changes))


def counted(province: Gateway, call: Call, *, times: int) -> list[bool]:
    quotas: Quotas = province.http.app.state.quotas  # type: ignore[attr-defined]
    assert province.http.portal is not None
    told: list[Taken | Exhausted] = [
        province.http.portal.call(quotas.count, call) for _ in range(times)
    ]
    return [isinstance(one, Taken) for one in told]


def test_without_a_token_or_the_scope_nothing_is_limited(province: Gateway) -> None:
    assert province.http.get("/v1/quotas").status_code == 401
    stranger = province.client("H38", Scope.READ_SERVICES)
    assert set_quota(stranger).json()["scope"] == "services:limit"


def test_who_provides_a_service_limits_it(province: Gateway, keeper: Api) -> None:
    published(keeper)
    made = set_quota(keeper, operation=OPERATION, client_id="*")
    assert made.status_code == 201
    assert made.json() | {"id": "?"} == {
        "id": "?",
        "client_id": "*",
        "service": "land",
        "operation": OPERATION,
        "limit": 2,
        "window_seconds": 60,
        "level": "resource",
        "kind": "usual",
        "fault_code": 900802,
    }
    (listed,) = keeper.get("/v1/quotas", params={"service": "land"}).json()["items"]
    assert listed == made.json()
    assert counted(province, Call("a", "land", OPERATION), times=3) == [True, True, False]
    assert counted(province, Call("b", "land", OPERATION), times=1) == [True]
    assert counted(province, Call("a", "land", "POST /thuaDat/timKiem"), times=3) == [True] * 3


def test_a_quota_is_changed_and_lifted(province: Gateway, keeper: Api) -> None:
    published(keeper)
    path = f"/v1/quotas/{set_quota(keeper).json()['id']}/limit"
    call = Call("a", "land", OPERATION)
    assert counted(province, call, times=3) == [True, True, False]
    assert keeper.post(path, json={"limit": 3}).json()["limit"] == 3
    province.clock.advance(SECOND)
    assert counted(province, call, times=2) == [True, False]
    assert keeper.post(path, json={"limit": None}).json()["limit"] is None
    province.clock.advance(SECOND)
    assert counted(province, call, times=5) == [True] * 5
    assert keeper.get("/v1/quotas").json()["items"] == []
    assert keeper.post(path, json={"limit": 3}).status_code == 404
    acts = select(evidence.c.act, evidence.c.outcome).where(evidence.c.act.like("quota.%"))
    told = province.transact(lambda c: [tuple(row) for row in c.execute(acts)])
    assert told == [("quota.set", "done"), ("quota.change", "done"), ("quota.lift", "done")]


def test_a_repeated_request_sets_one_quota(keeper: Api) -> None:
    published(keeper)
    first, second = (keeper.post("/v1/quotas", key="once", json=a_quota()).json() for _ in range(2))
    assert first == second
    taken = set_quota(keeper, limit=9)
    assert (taken.status_code, taken.json()["quota"]) == (409, first["id"])


@pytest.mark.parametrize(
    ("changes", "status", "slug", "pointer"),
    [
        ({"service": None}, 422, "quota-without-subject", "/service"),
        ({"service": None, "client_id": "a", "operation": "x"}, 422, "quota-without-subject",
         "/service"),
        ({"operation": "GET /nothing"}, 422, "operation-refused", "/operation"),
        ({"client_id": "client-unknown"}, 422, "consumer-refused", "/client_id"),
        ({"service": "unknown"}, 404, "unknown-shared-service", None),
        ({"kind": "burst"}, 422, "quota-kind-misplaced", "/kind"),
        ({"kind": "soft"}, 422, "invalid-input", "/kind"),
        ({"limit": -1}, 422, "invalid-input", "/limit"),
        ({"window_seconds": 0}, 422, "invalid-input", "/window_seconds"),
        ({"window_seconds": 10**9}, 422, "invalid-input", "/window_seconds"),
    ],
)  # fmt: skip
def test_a_wrong_quota_is_refused_by_name(
    keeper: Api, changes: dict[str, Any], status: int, slug: str, pointer: str | None
) -> None:
    published(keeper)
    refused = set_quota(keeper, **changes)
    said = refused.json()
    assert (refused.status_code, said["type"]) == (status, f"/problems/{slug}")
    assert [one["pointer"] for one in said.get("errors", [])] == ([pointer] if pointer else [])


def test_a_kind_decides_by_which_fault_it_is_told_and_no_calls_at_all_block(keeper: Api) -> None:
    published(keeper)
    made = set_quota(keeper, kind="hard").json()
    assert (made["kind"], made["level"], made["fault_code"]) == ("hard", "api", 900801)
    assert keeper.get("/v1/quotas").json()["items"] == [made]
    blocked = keeper.post(f"/v1/quotas/{made['id']}/limit", json={"limit": 0}).json()
    assert (blocked["kind"], blocked["fault_code"]) == ("hard", 900805)


def test_others_neither_set_nor_see_nor_change_it(province: Gateway, keeper: Api) -> None:
    published(keeper)
    made = set_quota(keeper).json()
    other = province.client("H38.21")
    assert set_quota(other, window_seconds=5).status_code == 404
    assert other.get("/v1/quotas").json()["items"] == []
    assert other.post(f"/v1/quotas/{made['id']}/limit", json={"limit": 1}).status_code == 404


def test_a_member_limits_its_own_clients_and_only_the_province_each(province: Gateway) -> None:
    own = consumer(province, "H38.21.01", "client-own")
    foreign = consumer(province, "H38.22", "client-foreign")
    member = province.client("H38.21")
    made = set_quota(member, service=None, client_id=own)
    assert (made.status_code, made.json()["level"]) == (201, "application")
    for client_id in (foreign, "*"):
        refused = set_quota(member, service=None, client_id=client_id)
        assert (refused.status_code, refused.json()["type"]) == (
            403,
            "/problems/not-yours-to-limit",
        )
    assert set_quota(province.client("H38"), service=None, client_id="*").status_code == 201


def test_quotas_are_listed_in_pages(keeper: Api) -> None:
    published(keeper)
    made = {set_quota(keeper, window_seconds=seconds).json()["id"] for seconds in (1, 2, 3)}
    first = keeper.get("/v1/quotas", params={"limit": 2}).json()
    rest = keeper.get("/v1/quotas", params={"limit": 2, "after": first["next"]}).json()
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert {one["id"] for one in [*first["items"], *rest["items"]]} == made
