"""The pages of shared services: which there are, who may call them, and how they do."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection

from app.access.domain import Scope
from app.broker.carrying.upstreams import Upstreams
from app.broker.domain.carrying import Failing
from app.broker.domain.quotas import window_at
from app.broker.domain.watching import Exchange, Glimpse, Outcome
from app.broker.store import quotas
from app.broker.store.quotas import Wish
from app.console.domain.shared_services import Figures, Pace, count_of, pace_of
from app.console.schemas.shared_services import plain_address
from app.console.use_cases.shared_services import figures
from tests.broker.shared import SOMEBODY, address, consumer, done, granted, published, registered
from tests.broker.shared import terms as asked_terms
from tests.broker.test_reviewing import noted
from tests.broker.test_watching import ONE
from tests.console.plans import plans_of
from tests.console.signing import opened
from tests.console.tables import rows
from tests.gateway import Api, Gateway
from tests.public_services.pages import Page, faults_of, page_of

PAGE = "/dich-vu-chia-se"
LAND = f"{PAGE}/land/1.0"
CALL = replace(ONE, service="land", version="1.0", operation="GET /thuaDat/{id}", member="H38.21")


def seen(gateway: Gateway, path: str = PAGE) -> Page:
    answer = opened(gateway, path, Scope.WATCH_TRAFFIC)
    assert answer.status_code == 200, answer.text
    page = page_of(answer)
    assert faults_of(page) == []
    return page


def codes(page: Page) -> list[str]:
    return [row[0].split()[0] for row in rows(page)[1:]]


def took(milliseconds: int, **changes: Any) -> Exchange:
    return replace(CALL, took=timedelta(milliseconds=milliseconds), **changes)


@pytest.mark.parametrize("path", [PAGE, LAND, "/luot-goi", "/ton-dong"])
def test_the_pages_ask_strangers_for_a_password_and_others_for_the_scope(
    gateway: Gateway, path: str
) -> None:
    http: httpx.Client = gateway.http
    answer = http.get(path)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert faults_of(page_of(answer)) == []
    refused = opened(gateway, path, *(one for one in Scope if one is not Scope.WATCH_TRAFFIC))
    assert refused.status_code == 403
    assert "traffic:watch" in page_of(refused).text


def test_services_are_listed_with_todays_calls_and_how_long_they_took(
    gateway: Gateway, province: Api
) -> None:
    published(province)
    registered(province, version="2.0", protocol="soap")
    yesterday = CALL.at - timedelta(days=1)
    noted(
        gateway,
        *(took(number) for number in (10, 20, 30, 400)),
        took(9, outcome=Outcome.REFUSED, upstream=None, reason="not-granted", status=403),
        took(50, outcome=Outcome.TIMED_OUT, status=504),
        took(7, at=yesterday),
    )
    page = seen(gateway)
    (row,) = rows(page)[1:]
    assert row[:2] == ["land Tra cứu thửa đất", "H38.12"]
    assert row[3:] == ["6", "20,00", "1", "20", "400"]
    assert "Đã công bố; REST; gọi được" in page.text
    assert "Dự thảo; SOAP; gọi được" in page.text
    links = {one.text: one.attributes["href"] for one in page.all("a")}
    assert links["land 1.0 (mặc định)"] == LAND
    assert links["land 2.0"] == f"{PAGE}/land/2.0"


def test_a_service_that_nobody_called_has_no_share_and_no_time(
    gateway: Gateway, province: Api
) -> None:
    published(province)
    assert rows(seen(gateway))[1][3:] == ["0", "–", "0", "–", "–"]


def test_services_are_found_by_state_and_by_text_without_accents(
    gateway: Gateway, province: Api
) -> None:
    published(province)
    registered(province, code="tax", context="apiThue", title="Thuế", owner_code="H38.61")
    blocked = published(province, code="law", context="apiLaw", title="Luật")
    done(province, f"{address(blocked)}/blocking", {"reason": "Bảo trì"})
    for query, found in (
        ("", ["land", "law", "tax"]),
        ("?trang-thai=draft", ["tax"]),
        ("?trang-thai=published", ["land", "law"]),
        ("?trang-thai=blocked", ["law"]),
        ("?tim=THUA+DAT", ["land"]),
        ("?tim=H38.61", ["tax"]),
        ("?tim=apilaw&trang-thai=published", ["law"]),
    ):
        assert codes(seen(gateway, f"{PAGE}{query}")) == found, query
    assert "Bảo trì" in seen(gateway, f"{PAGE}/law/1.0").text
    assert "Không có dịch vụ nào như vậy." in seen(gateway, f"{PAGE}?tim=khong").text


@pytest.mark.parametrize("query", ["?trang-thai=khac", "?tim=%00", "?tim=" + "x" * 101])
def test_what_cannot_be_looked_for_is_refused(gateway: Gateway, query: str) -> None:
    assert opened(gateway, f"{PAGE}{query}", Scope.WATCH_TRAFFIC).status_code == 422


def test_many_services_come_in_pages_that_keep_what_was_asked(
    gateway: Gateway, province: Api
) -> None:
    for number in range(27):
        registered(province, code=f"s{number:02}", context=f"api-{number}", title="Thửa")
    first = seen(gateway, f"{PAGE}?tim=thua&trang-thai=draft")
    assert codes(first) == [f"s{number:02}" for number in range(25)]
    ways = {one.text: str(one.attributes["href"]) for one in first.all("a")}
    second = seen(gateway, ways["Trang sau"])
    assert codes(second) == ["s25", "s26"]
    back = {one.text: str(one.attributes["href"]) for one in second.all("a")}
    assert "Trang sau" not in back
    assert codes(seen(gateway, back["Trang đầu"])) == codes(first)


def test_a_version_says_who_may_call_what_and_until_when(gateway: Gateway, province: Api) -> None:
    published(province)
    consumer(gateway)
    later = "2028-01-31T12:00:00+07:00"
    granted(province, SOMEBODY, operations=["*"], expires_at=later)
    granted(province, SOMEBODY)
    ended = granted(province, SOMEBODY)["id"]
    done(province, f"/v1/grants/{ended}/revocation", {"reason": "?"})
    done(gateway.client("H38.21"), "/v1/access-requests", asked_terms(purpose="Xin thêm"))
    page = seen(gateway, LAND)
    given = [row for row in rows(page) if row[0] == SOMEBODY]
    purpose, basis = "Giải quyết thủ tục đất đai", "Điều 133 Luật Đất đai"
    assert given == [
        [SOMEBODY, "H38.21", "GET /thuaDat/{id}", purpose, basis, "23:59 31/12/2027"],
        [SOMEBODY, "H38.21", "mọi thao tác", purpose, basis, "12:00 31/01/2028"],
    ]
    assert "2 quyền; đã thu hồi: 1" in page.text
    (request,) = (row for row in rows(page) if "Xin thêm" in row)
    assert request[1:3] == ["H38.21", "Xin thêm"]
    assert ["GET /thuaDat/{id}", "–"] in rows(page)
    gateway.clock.advance(timedelta(days=10))
    assert "quá hạn" in seen(gateway, LAND).text


def test_a_version_says_what_of_its_quotas_is_used_now(gateway: Gateway, province: Api) -> None:
    published(province)
    body = {"service": "land", "limit": 1000, "window_seconds": 3600}
    done(province, "/v1/quotas", body)
    each = done(province, "/v1/quotas", body | {"client_id": "*", "limit": 10})
    done(province, "/v1/quotas", {"client_id": "*", "limit": 9, "window_seconds": 60})
    elsewhere = registered(province, code="tax", context="apiThue")
    done(province, "/v1/quotas", body | {"service": elsewhere["code"], "limit": 77})

    def take(connection: Connection) -> None:
        quota = next(one for one in quotas.every(connection) if one.id == each["id"])
        window = window_at(quota.window, gateway.clock.now())
        quotas.take(connection, quota, "client-a", window, wish=Wish(10, 10))
        quotas.take(connection, quota, "client-b", window, wish=Wish(3, 3))

    gateway.transact(take)
    found = [row for row in rows(seen(gateway, LAND)) if len(row) == 7][1:]
    assert sorted(found) == [
        ["mọi ứng dụng cộng lại", "mọi thao tác", "1.000", "1 giờ", "0", "0", "900800"],
        ["mỗi ứng dụng riêng", "mọi dịch vụ", "9", "1 phút", "0", "0", "900803"],
        ["mỗi ứng dụng riêng", "mọi thao tác", "10", "1 giờ", "10, đã hết", "2", "900804"],
    ]
    gateway.clock.advance(timedelta(hours=1))
    later = [row for row in rows(seen(gateway, LAND)) if row[2:3] == ["10"]]
    assert [row[4:6] for row in later] == [["0", "0"]]


def test_a_version_says_why_calls_got_no_answer_lately(gateway: Gateway, province: Api) -> None:
    published(province)
    refused = replace(CALL, outcome=Outcome.REFUSED, reason="not-granted", status=403)
    noted(
        gateway,
        refused,
        replace(refused, client_id="client-b"),
        replace(CALL, outcome=Outcome.EXHAUSTED, reason="900803", status=429),
        replace(refused, version="2.0"),
        replace(refused, service="tax"),
        CALL,
        replace(CALL, at=CALL.at + timedelta(minutes=5), outcome=Outcome.UNREACHABLE,
                reason="connect-failed"),
    )  # fmt: skip
    page = seen(gateway, LAND)
    found = [row for row in rows(page) if len(row) == 5][1:]
    assert found == [
        ["Không kết nối được dịch vụ", "không nối được", "1", "1", "09:05 02/11/2026"],
        ["Hết hạn mức", "", "1", "1", "09:00 02/11/2026"],
        ["Bị từ chối", "chưa được cấp quyền", "2", "2", "09:00 02/11/2026"],
    ]
    assert [one.text for one in page.all("code")] == ["connect-failed", "900803", "not-granted"]


def test_a_version_says_how_its_addresses_do(gateway: Gateway, province: Api) -> None:
    secret = "https://ai-do:mat-khau@datdai.example.vn/api"
    published(province, upstreams=[{"url": "https://datdai.example.vn/api"}])
    upstreams: Upstreams = gateway.http.app.state.broker.carrier.upstreams  # type: ignore[attr-defined]
    standing = upstreams.of("https://datdai.example.vn/api")
    upstreams.answered(standing, seconds=0.25)
    for _ in range(gateway.settings.broker_breaker_failures):
        upstreams.failed(standing, Failing.CONNECT_FAILED)
    (row,) = (row for row in rows(seen(gateway, LAND)) if row[0].startswith("https://"))
    assert row[0] == "https://datdai.example.vn/api"
    assert row[2:5] == [
        "tạm ngừng gọi sau nhiều lỗi",
        "1",
        str(gateway.settings.broker_breaker_failures),
    ]
    assert row[6] == "09:00 02/11/2026: không nối được"
    assert row[7] == "250"
    assert "tạm ngừng gọi sau nhiều lỗi" in seen(gateway).text
    assert plain_address(f"{secret}?key=1") == "https://datdai.example.vn/api"


def test_a_version_that_nobody_registered_is_said_on_a_page(
    gateway: Gateway, province: Api
) -> None:
    published(province)
    for path in (f"{PAGE}/land/9.9", f"{PAGE}/none/1.0"):
        answer = opened(gateway, path, Scope.WATCH_TRAFFIC)
        assert answer.status_code == 404
        assert faults_of(page_of(answer)) == []


def test_figures_take_two_statements_and_an_index_however_many_services(
    gateway: Gateway,
) -> None:
    names = [f"s{number}" for number in range(25)]
    noted(gateway, *(replace(CALL, service=name) for name in names for _ in range(4)))

    found: dict[str, Figures] = {}

    def look(connection: Connection) -> list[tuple[str, str]]:
        return plans_of(connection, lambda: found.update(figures(connection, gateway.clock, names)))

    plans = [plan for _, plan in gateway.transact(look)]
    assert len(plans) == 2
    assert {one.today.calls for one in found.values()} == {4}
    assert {one.pace for one in found.values()} == {Pace(4, 40, 40)}
    if gateway.settings.database_url.startswith("sqlite"):
        assert plans[1].count("ix_exchanges_service_number") == len(names)


def test_half_and_nearly_all_are_ranks_of_calls_that_got_there() -> None:
    calls = [Glimpse("s", number, is_carried=True) for number in range(100)]
    refused = Glimpse("s", 10_000, is_carried=False)
    assert pace_of([*reversed(calls), refused]) == Pace(100, 49, 94)
    assert pace_of(calls[7:8]) == Pace(1, 7, 7)
    assert pace_of([refused]) is None


def test_only_what_the_service_is_to_blame_for_counts_as_its_failure() -> None:
    every = count_of((one, 1) for one in Outcome)
    assert (every.calls, every.answered, every.failed, every.turned_away) == (11, 1, 5, 4)
    assert every.failed_share == 83.33
    assert count_of([(Outcome.REFUSED, 3)]).failed_share is None
