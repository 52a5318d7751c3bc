"""Requests for access: a trail, and two working days (NĐ 194/2025/NĐ-CP)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.broker.shared import done, published, registered, terms
from tests.builders import evidence_of
from tests.gateway import Api, Gateway

PATH = "/v1/access-requests"
NO = {"reasons": "Mục đích chưa có căn cứ."}


@pytest.fixture
def asker(province: Gateway, keeper: Api) -> Api:
    published(keeper)
    return province.client("H38.21")


def test_a_request_is_due_in_two_working_days(province: Gateway, asker: Api) -> None:
    monday = done(asker, PATH, terms())
    assert (monday["state"], monday["due_at"]) == ("asked", "2026-11-04T09:00:00+07:00")
    province.clock.advance(timedelta(days=4, hours=9))
    friday_evening = done(province.client("H38.21"), PATH, terms())
    assert friday_evening["due_at"] == "2026-11-10T17:00:00+07:00"


def test_a_request_is_granted_as_asked(province: Gateway, keeper: Api, asker: Api) -> None:
    asked = done(asker, PATH, terms(fields=["so_to"], cache_seconds=60))
    decided = done(keeper, f"{PATH}/{asked['id']}/approval", {})
    assert (decided["state"], decided["is_late"]) == ("granted", False)
    grant = asker.get(f"/v1/grants/{decided['grant_id']}").json()
    assert (grant["request_id"], grant["client_id"]) == (asked["id"], asked["client_id"])
    assert (grant["fields"], grant["cache_seconds"]) == (["so_to"], 60)
    acts = [one.act for one in evidence_of(province, f"access-request:{asked['id']}")]
    assert acts == ["access.ask", "access.grant"]


def test_whoever_grants_may_narrow_it(keeper: Api, asker: Api) -> None:
    asked = done(asker, PATH, terms(operations=["*"], cache_seconds=60))
    narrower = {
        "operations": ["POST /thuaDat/timKiem"],
        "fields": ["so_to"],
        "cache_seconds": 0,
        "expires_at": "2026-12-31T00:00:00+07:00",
    }
    decided = done(keeper, f"{PATH}/{asked['id']}/approval", narrower)
    grant = keeper.get(f"/v1/grants/{decided['grant_id']}").json()
    assert {name: grant[name] for name in narrower} == narrower
    assert decided["operations"] == ["*"]


def test_a_request_is_refused_with_reasons_that_are_read(keeper: Api, asker: Api) -> None:
    asked = done(asker, PATH, terms())
    assert keeper.post(f"{PATH}/{asked['id']}/refusal", json={}).status_code == 422
    done(keeper, f"{PATH}/{asked['id']}/refusal", NO)
    seen = asker.get(f"{PATH}/{asked['id']}").json()
    assert (seen["state"], seen["reasons"]) == ("refused", NO["reasons"])
    assert asker.get("/v1/grants").json()["items"] == []


@pytest.mark.parametrize("act", ["approval", "refusal", "withdrawal"])
def test_a_request_is_decided_once(keeper: Api, asker: Api, act: str) -> None:
    asked = done(asker, PATH, terms())
    done(asker, f"{PATH}/{asked['id']}/withdrawal", {})
    who, body = (asker, {}) if act == "withdrawal" else (keeper, NO if act == "refusal" else {})
    again = who.post(f"{PATH}/{asked['id']}/{act}", json=body)
    said = again.json()
    assert (again.status_code, said["type"]) == (409, "/problems/access-request-decided")
    assert said["state"] == "withdrawn"


def test_what_is_late_is_listed(province: Gateway, asker: Api) -> None:
    first, second, third = (done(asker, PATH, terms())["id"] for _ in range(3))
    province.clock.advance(timedelta(days=1))
    keeper = province.client("H38")
    done(keeper, f"{PATH}/{first}/refusal", NO)
    province.clock.advance(timedelta(days=1, seconds=1))
    keeper = province.client("H38")
    late = keeper.get(PATH, params={"late": "true"}).json()["items"]
    assert [(one["id"], one["is_late"]) for one in late] == [(second, True), (third, True)]
    done(keeper, f"{PATH}/{second}/approval", {})
    assert keeper.get(f"{PATH}/{second}").json()["is_late"]
    assert not keeper.get(f"{PATH}/{first}").json()["is_late"]
    assert len(keeper.get(PATH, params={"late": "true"}).json()["items"]) == 1


def test_requests_are_listed_in_pages_and_narrowed(keeper: Api, asker: Api) -> None:
    made = [done(asker, PATH, terms())["id"] for _ in range(3)]
    done(keeper, f"{PATH}/{made[0]}/refusal", NO)
    first = keeper.get(PATH, params={"limit": 2}).json()
    rest = keeper.get(PATH, params={"limit": 2, "after": first["next"]}).json()
    assert [one["id"] for one in (*first["items"], *rest["items"])] == made
    waiting = keeper.get(PATH, params={"state": "asked"}).json()["items"]
    assert [one["id"] for one in waiting] == made[1:]
    assert keeper.get(PATH, params={"service": "other"}).json()["items"] == []


def test_only_what_is_published_can_be_asked_for(keeper: Api, asker: Api) -> None:
    registered(keeper, code="draft", context="apiDuThao")
    assert asker.post(PATH, json=terms(service="draft")).status_code == 404
    assert asker.post(PATH, json=terms(service="none")).status_code == 404
    wrong = asker.post(PATH, json=terms(operations=["GET /khac"]))
    assert wrong.json()["type"] == "/problems/operation-refused"


def test_a_retired_version_is_no_longer_granted(keeper: Api, asker: Api) -> None:
    asked = done(asker, PATH, terms())
    done(keeper, "/v1/services/land/versions/1.0/retirement", {})
    answer = keeper.post(f"{PATH}/{asked['id']}/approval", json={})
    assert answer.json()["type"] == "/problems/forbidden-service-move"
    assert keeper.get(f"{PATH}/{asked['id']}").json()["state"] == "asked"


def test_strangers_neither_see_nor_decide(province: Gateway, asker: Api) -> None:
    asked: Any = done(asker, PATH, terms())
    path = f"{PATH}/{asked['id']}"
    stranger, sibling = province.client("H38.13"), province.client("H38.21")
    assert stranger.get(path).status_code == 404
    assert stranger.get(PATH).json()["items"] == []
    assert sibling.get(path).status_code == 200
    for act, body in (("approval", {}), ("refusal", NO)):
        assert sibling.post(f"{path}/{act}", json=body).status_code == 404
        assert stranger.post(f"{path}/{act}", json=body).status_code == 404
    assert sibling.post(f"{path}/withdrawal", json={}).status_code == 404
