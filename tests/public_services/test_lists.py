"""Public lists: received and finished on a day, and late ones by agency."""

from datetime import timedelta
from typing import Any

from app.dossiers import tables
from app.public_services.domain.standing import IN_HAND
from tests.acting import done, staged
from tests.builders import a_dossier
from tests.gateway import Api, Gateway

LISTS = "/v1/public-services/dossiers"
DAYS = "/v1/public-services/days"


def codes(gateway: Gateway, **query: Any) -> list[str]:
    answer = gateway.http.get(LISTS, params=query)
    assert answer.status_code == 200, answer.text
    return [one["code"] for one in answer.json()["items"]]


def submitted(province: Api, **changes: Any) -> str:
    answer = province.post("/v1/dossiers", json=a_dossier(**changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def test_a_day_begins_at_midnight_in_vietnam(gateway: Gateway, province: Api) -> None:
    times = {"submitted_at": None, "due_at": "2026-11-09T17:00:00+07:00"}
    late = submitted(province, received_at="2026-11-01T23:59:59+07:00", **times)
    early = submitted(province, received_at="2026-11-02T00:00:00+07:00", **times)
    assert codes(gateway, on="2026-11-01") == [late]
    assert codes(gateway) == codes(gateway, on="2026-11-02") == [early]
    assert codes(gateway, on="2026-11-02", agency="H38.11") == []
    assert codes(gateway, on="2026-11-02", agency="000.00.12.H38") == [early]


def test_what_was_finished_and_what_is_late(gateway: Gateway, province: Api) -> None:
    finished = staged(province, "completion")
    done(province, finished, "completion")
    late = staged(province, "extensions")
    waiting = staged(province, "supplements")
    done(province, waiting, "supplements")
    registered = submitted(province)
    assert codes(gateway, list="finished") == [finished]
    assert codes(gateway, list="late") == []
    gateway.clock.advance(timedelta(days=9, hours=12))
    (one,) = gateway.http.get(LISTS, params={"list": "late"}).json()["items"]
    assert (one["code"], one["days_late"]) == (late, 2)
    assert one["agency_code"] == "H38.12"
    assert registered not in codes(gateway, list="finished", on="2026-11-11")
    counted = gateway.http.get(DAYS, params={"on": "2026-11-02"}).json()
    assert counted == {
        "on": "2026-11-02",
        "agencies": [
            {
                "agency_code": "H38.12",
                "agency_name": one["agency_name"],
                "received": 4,
                "finished": 1,
                "late": 1,
            }
        ],
    }
    assert gateway.http.get(DAYS, params={"agency": "H38.11"}).json()["agencies"] == []


def test_a_list_is_read_page_by_page(gateway: Gateway, province: Api) -> None:
    made = [submitted(province) for _ in range(5)]
    found, after = [], None
    while True:
        query = {"limit": 2} | ({"after": after} if after else {})
        page = gateway.http.get(LISTS, params=query).json()
        found += [one["code"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert found == made


def test_a_cursor_of_another_list_is_refused(gateway: Gateway) -> None:
    for cursor in ("x", "WyJ4IiwxXQ", "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwxXQ"):
        assert gateway.http.get(LISTS, params={"after": cursor}).status_code == 422


def test_the_index_of_what_is_late_and_the_rule_name_the_same_statuses() -> None:
    named = ", ".join(f"'{status}'" for status in IN_HAND)
    assert f"status IN ({named})" == tables.IN_HAND
