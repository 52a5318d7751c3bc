"""What was called, over `/v1/exchanges`."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.access.domain import Scope
from app.broker.domain.watching import Exchange, Outcome
from app.broker.use_cases.watching import Watcher
from tests.broker.shared import published
from tests.broker.test_watching import ONE
from tests.gateway import Api, Gateway

LAND = replace(ONE, service="land", member="H38.21", client_id="client-b", purpose="Đất đai")


def noted(province: Gateway, *exchanges: Exchange) -> None:
    watcher: Watcher = province.http.app.state.watcher  # type: ignore[attr-defined]
    assert province.http.portal is not None
    for one in exchanges:
        province.http.portal.call(watcher.note, one)
    province.http.portal.call(watcher.write)


def listed(api: Api, **query: Any) -> list[dict[str, Any]]:
    answer = api.get("/v1/exchanges", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def counted(api: Api, **query: Any) -> list[tuple[tuple[str, ...], int]]:
    answer = api.get("/v1/exchanges/statistics", params=query)
    assert answer.status_code == 200, answer.text
    return [(tuple(one["group"].values()), one["calls"]) for one in answer.json()["items"]]


def test_without_a_token_or_the_scope_nothing_is_shown(province: Gateway) -> None:
    for path in ("/v1/exchanges", "/v1/exchanges/statistics", "/v1/exchanges/statistics.csv"):
        assert province.http.get(path).status_code == 401
        refused = province.client("H38", Scope.READ_EVIDENCE).get(path)
        assert (refused.status_code, refused.json()["scope"]) == (403, "exchanges:read")


def test_a_member_sees_its_own_calls_and_those_below(province: Gateway) -> None:
    noted(province, ONE, replace(ONE, member="H38.12.03"), replace(ONE, member="H38.120"), LAND)
    reader = province.client("H38.12", Scope.READ_EXCHANGES)
    assert [one["member"] for one in listed(reader)] == ["H38.12.03", "H38.12"]
    assert listed(reader, member="H38.21") == []
    assert counted(reader) == [
        (("H38.12", "population", ONE.purpose), 1),
        (("H38.12.03", "population", ONE.purpose), 1),
    ]


def test_who_grants_a_service_sees_its_calls_whoever_calls(province: Gateway, keeper: Api) -> None:
    published(keeper, tenant_code="H38.12")
    noted(province, LAND, replace(LAND, service="other"))
    owner = province.client("H38.12", Scope.READ_EXCHANGES, Scope.GRANT_SERVICES)
    assert [one["service"] for one in listed(owner)] == ["land"]
    assert listed(province.client("H38.12", Scope.READ_EXCHANGES)) == []


def test_the_province_sees_every_call(province: Gateway, keeper: Api) -> None:
    noted(province, ONE, LAND, replace(ONE, member="K38"))
    assert [one["member"] for one in listed(keeper)] == ["K38", "H38.21", "H38.12"]
    reader = province.client("H38", Scope.READ_EXCHANGES)
    assert [one["member"] for one in listed(reader)] == ["H38.21", "H38.12"]


def test_a_call_is_told_without_anything_of_its_content(province: Gateway, keeper: Api) -> None:
    noted(province, replace(ONE, outcome=Outcome.REFUSED, reason="not-granted", status=403))
    (told,) = listed(keeper)
    assert told | {"number": 0} == {
        "number": 0,
        "at": "2026-11-02T09:00:00+07:00",
        "client_id": "client-a",
        "member": "H38.12",
        "service": "population",
        "version": "1.0",
        "operation": "op-1",
        "purpose": "Giải quyết hồ sơ",
        "method": "POST",
        "request_id": "00000000-0000-7000-8000-000000000001",
        "trace_id": "0af7651916cd43dd8448eb211c80319c",
        "sent_bytes": 1700,
        "received_bytes": 300,
        "milliseconds": 40,
        "upstream_milliseconds": 35,
        "outcome": "refused",
        "reason": "not-granted",
        "status": 403,
    }


def test_calls_are_found_by_what_they_were(province: Gateway, keeper: Api) -> None:
    late = replace(ONE, at=ONE.at + timedelta(hours=1), outcome=Outcome.TIMED_OUT)
    noted(province, ONE, late, LAND)
    for query, number in (
        ({"service": "land"}, 1),
        ({"member": "H38.12"}, 2),
        ({"client_id": "client-b"}, 1),
        ({"operation": "op-1"}, 3),
        ({"purpose": ONE.purpose}, 2),
        ({"outcome": "timed-out"}, 1),
        ({"from": "2026-11-02T09:30:00+07:00"}, 1),
        ({"to": "2026-11-02T09:30:00+07:00"}, 2),
    ):
        assert len(listed(keeper, **query)) == number, query


def test_calls_are_listed_in_pages(province: Gateway, keeper: Api) -> None:
    noted(province, *(replace(ONE, request_id=str(number)) for number in range(5)))
    seen, after = [], None
    while True:
        page = keeper.get(
            "/v1/exchanges", params={"limit": 2} | ({"after": after} if after else {})
        )
        seen += [one["request_id"] for one in page.json()["items"]]
        after = page.json()["next"]
        if after is None:
            break
    assert seen == ["4", "3", "2", "1", "0"]


def test_look_ups_of_the_population_stand_first(province: Gateway, keeper: Api) -> None:
    noted(province, replace(LAND, service="aaa"), LAND, LAND, ONE, ONE, ONE)
    assert counted(keeper, by="service") == [(("population",), 3), (("aaa",), 1), (("land",), 2)]
    assert counted(keeper, by=["service", "member"], service="population") == [
        (("H38.12", "population"), 3)
    ]


def test_totals_are_counted_by_day_and_month_and_in_pages(province: Gateway, keeper: Api) -> None:
    earlier = replace(ONE, at=ONE.at - timedelta(days=3))
    noted(province, ONE, ONE, earlier)
    assert counted(keeper, by="day") == [(("2026-10-30",), 1), (("2026-11-02",), 2)]
    assert counted(keeper, by="month", **{"from": "2026-11-01"}) == [(("2026-11",), 2)]
    assert counted(keeper, by="day", to="2026-10-31") == [(("2026-10-30",), 1)]
    first = keeper.get("/v1/exchanges/statistics", params={"by": "day", "limit": 1}).json()
    assert counted(keeper, by="day", limit=1, after=first["next"]) == [(("2026-11-02",), 2)]


def test_the_same_is_a_table_for_spreadsheets(province: Gateway, keeper: Api) -> None:
    noted(province, replace(ONE, purpose="=1+1"), replace(ONE, purpose="Hộ tịch"))
    answer = keeper.get("/v1/exchanges/statistics.csv", params={"by": ["purpose", "outcome"]})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "purpose,outcome,calls,sent_bytes,received_bytes,mean_milliseconds",
        "'=1+1,answered,1,1700,300,40",
        "Hộ tịch,answered,1,1700,300,40",
    ]
