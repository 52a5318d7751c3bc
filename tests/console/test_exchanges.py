"""The page of calls of shared services, one by one."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from app.access.domain import Scope
from app.broker.domain.watching import Exchange, Outcome, Sought
from app.console.use_cases.exchanges import PAGE as PER_PAGE
from app.console.use_cases.exchanges import Wanted, list_calls
from tests.broker.test_reviewing import LAND, noted
from tests.broker.test_watching import ONE
from tests.console.plans import plans_of
from tests.console.signing import opened
from tests.console.tables import rows
from tests.gateway import Gateway
from tests.public_services.pages import Page, faults_of, page_of

PAGE = "/luot-goi"
REFUSED = replace(LAND, outcome=Outcome.REFUSED, reason="not-granted", status=403, upstream=None)


def seen(gateway: Gateway, path: str = PAGE) -> Page:
    answer = opened(gateway, path, Scope.WATCH_TRAFFIC)
    assert answer.status_code == 200, answer.text
    page = page_of(answer)
    assert faults_of(page) == []
    return page


def calls(page: Page) -> list[list[str]]:
    return [row for row in rows(page) if len(row) == 8][1:]


def totals(page: Page) -> list[list[str]]:
    return [row for row in rows(page) if len(row) == 4][1:]


def ways(page: Page) -> dict[str, str]:
    return {one.text: str(one.attributes["href"]) for one in page.all("a")}


def numbered(number: int, **changes: Any) -> list[Exchange]:
    return [replace(ONE, request_id=f"r{one}", **changes) for one in range(number)]


def test_calls_are_shown_the_newest_first_without_their_content(gateway: Gateway) -> None:
    noted(gateway, ONE, REFUSED)
    page = seen(gateway)
    assert calls(page) == [
        ["09:00 02/11/2026", "land 1.0 op-1", "client-b H38.21", "Đất đai",
         "Bị từ chối, 403: chưa được cấp quyền", "40", "–", ""],
        ["09:00 02/11/2026", "population 1.0 op-1", "client-a H38.12", "Giải quyết hồ sơ",
         "Có trả lời, 200", "40", "35", ""],
    ]  # fmt: skip
    assert next(one.text for one in page.all("code")) == "not-granted"
    assert ONE.request_id in page.text


def test_look_ups_of_the_population_stand_above_all(gateway: Gateway) -> None:
    noted(gateway, replace(LAND, service="aaa"), REFUSED, LAND, ONE)
    assert totals(seen(gateway)) == [
        ["population", "Giải quyết hồ sơ", "1", "40"],
        ["aaa", "Đất đai", "1", "40"],
        ["land", "Đất đai", "2", "40"],
    ]


def test_calls_are_found_by_service_client_purpose_and_outcome(gateway: Gateway) -> None:
    noted(gateway, ONE, LAND, REFUSED, replace(ONE, service="", outcome=Outcome.REFUSED))
    for query, number in (
        ("dich-vu=land", 2),
        ("dich-vu=+land+&ung-dung=&muc-dich=&ket-qua=", 2),
        ("ung-dung=client-a", 2),
        ("muc-dich=%C4%90%E1%BA%A5t+%C4%91ai", 2),
        ("ket-qua=refused", 2),
        ("ket-qua=refused&dich-vu=land", 1),
        ("ket-qua=timed-out", 0),
    ):
        page = seen(gateway, f"{PAGE}?{query}")
        found = [row for row in calls(page) if row[0] != "Không có lượt gọi nào như vậy."]
        assert len(found) == number, query
    page = seen(gateway, f"{PAGE}?ung-dung=client-b&ket-qua=refused")
    kept = {one.attributes["id"]: one.attributes["value"] for one in page.all("input")}
    assert kept == {"dich-vu": "", "ung-dung": "client-b", "muc-dich": ""}
    (chosen,) = (one for one in page.all("option") if "selected" in one.attributes)
    assert chosen.attributes["value"] == "refused"


def test_calls_come_in_pages_that_keep_what_was_asked(gateway: Gateway) -> None:
    noted(gateway, *numbered(PER_PAGE + 3), LAND)
    first = seen(gateway, f"{PAGE}?dich-vu=population")
    assert len(calls(first)) == PER_PAGE
    older = ways(first)["Các lượt cũ hơn"]
    assert "dich-vu=population" in older
    second = seen(gateway, older)
    assert len(calls(second)) == 3
    assert "Các lượt cũ hơn" not in ways(second)
    assert ways(second)["Mới nhất"] == f"{PAGE}?dich-vu=population"


def test_what_no_index_finds_is_looked_for_in_steps_that_lead_on(gateway: Gateway) -> None:
    noted(gateway, LAND, *numbered(25), LAND, *numbered(3))
    wanted, found = Wanted(Sought(client_id="client-b"), reach=10), []
    while True:
        calls = gateway.transact(list_calls, gateway.clock, wanted)
        found.append([one.client_id for one in calls.shown])
        if calls.before is None:
            break
        wanted = replace(wanted, before=calls.before)
    assert found == [["client-b"], [], ["client-b"]]


@pytest.mark.parametrize(
    "query", ["ket-qua=khac", "truoc=0", "truoc=9223372036854775808", "dich-vu=%00", "truoc=x"]
)
def test_what_cannot_be_looked_for_is_said_on_a_page(gateway: Gateway, query: str) -> None:
    answer = opened(gateway, f"{PAGE}?{query}", Scope.WATCH_TRAFFIC)
    assert answer.status_code == 422
    assert faults_of(page_of(answer)) == []


@pytest.mark.parametrize(
    "sought",
    [
        Sought(),
        Sought(service="land"),
        Sought(client_id="client-b"),
        Sought(service="land", outcome=Outcome.REFUSED),
    ],
)
def test_no_list_of_calls_reads_and_sorts_the_whole_table(gateway: Gateway, sought: Sought) -> None:
    noted(gateway, ONE, LAND)

    def look(connection: Connection) -> list[str]:
        act = lambda: list_calls(connection, gateway.clock, Wanted(sought))  # noqa: E731
        return [plan for sql, plan in plans_of(connection, act) if "FROM exchanges" in sql]

    assert all("TEMP B-TREE" not in plan for plan in gateway.transact(look))
