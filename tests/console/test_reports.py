"""The page of periodic reports: who handed in, when it was due, what it comes to."""

from datetime import timedelta

import httpx
import pytest

from app.access.domain import Scope
from app.console.schemas.pages import number
from tests.console.signing import opened
from tests.console.tables import rows
from tests.gateway import Api, Gateway
from tests.public_services.pages import Element, Page, faults_of, page_of
from tests.reports.reporting import FORM, accepted, begun, done
from tests.reports.test_forms import OTHER, take_over

PAGE = "/bao-cao"
NOTE = "Nguyễn Văn Ghi Chú"


def seen(gateway: Gateway, query: str = "", member: str = "H38") -> Page:
    answer = opened(gateway, f"{PAGE}{query}", Scope.READ_REPORTS, member=member)
    assert answer.status_code == 200, answer.text
    page = page_of(answer)
    assert faults_of(page) == []
    return page


def ways(page: Page) -> list[Element]:
    return [one for one in page.all("a") if str(one.attributes["href"]).startswith(f"{PAGE}?")]


def test_the_page_says_who_handed_in_and_what_it_comes_to(gateway: Gateway, province: Api) -> None:
    accepted(province, "H38.11", note=NOTE)
    done(province, begun(province, "H38.12"), "submission")
    page = seen(gateway)
    assert "tháng 10/2026" in page.all("h1")[0].text
    assert "2 trên 8 đơn vị, đã chấp nhận 1" in page.text
    assert "17:00 06/11/2026" in page.text
    states = sorted(row[1] for row in rows(page) if len(row) == 4)
    assert states.count("Chưa lập") == 6
    assert {"Đã chấp nhận", "Đã nộp, chờ kiểm tra"} <= set(states)
    assert ["Tiếp nhận mới trong kỳ", "hồ sơ", "120"] in rows(page)
    assert NOTE not in page.text


def test_the_page_says_how_punctual_units_were_with_each_form(
    gateway: Gateway, province: Api
) -> None:
    take_over(gateway, OTHER)
    done(province, begun(province, "H38.11"), "submission")
    gateway.clock.advance(timedelta(days=7))
    done(gateway.client("H38"), begun(gateway.client("H38"), "H38.12"), "submission")
    page = seen(gateway, f"?bieu={FORM}&ky=2026-10")
    (quarterly,) = (row for row in rows(page) if row[0] == "Biểu quý")
    assert quarterly[1:] == ["8", "0", "0", "8", "0,00"]
    (monthly,) = (row for row in rows(page) if len(row) == 6 and row[1:3] == ["8", "1"])
    assert monthly[3:] == ["1", "6", "12,50"]
    assert sum("quá hạn" in row[1] for row in rows(page) if len(row) == 4) == 7


def test_the_page_leads_to_other_forms_and_periods(gateway: Gateway, province: Api) -> None:
    del province
    take_over(gateway, OTHER)
    page = seen(gateway, "?bieu=quy-khac&ky=2026-Q3&don-vi=H38.11")
    assert "quý III/2026" in page.all("h1")[0].text
    addresses = [one.attributes["href"] for one in ways(page)]
    assert f"{PAGE}?bieu={FORM}&don-vi=H38.11" in addresses
    here = [one for one in ways(page) if one.attributes.get("aria-current") == "page"]
    assert [one.attributes["href"] for one in here] == [f"{PAGE}?bieu=quy-khac&don-vi=H38.11"]
    assert "0 trên 1 đơn vị" in page.text


def test_a_unit_sees_its_own_report_alone(gateway: Gateway, province: Api) -> None:
    accepted(province, "H38.12")
    page = seen(gateway, member="H38.11")
    assert "0 trên 1 đơn vị, đã chấp nhận 0" in page.text
    assert "Chưa có báo cáo nào được chấp nhận." in page.text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?bieu=khac", 404, "biểu"),
        ("?ky=2026-Q1", 422, "Kỳ báo cáo"),
        ("?don-vi=H53", 403, "H53"),
    ],
)
def test_what_cannot_be_shown_is_said_on_a_page(
    gateway: Gateway, province: Api, query: str, status: int, said: str
) -> None:
    del province
    answer = opened(gateway, f"{PAGE}{query}", Scope.READ_REPORTS)
    assert answer.status_code == status
    page = page_of(answer)
    assert faults_of(page) == []
    assert said in page.text
    assert "WWW-Authenticate" not in answer.headers


def test_the_page_asks_strangers_for_a_password(gateway: Gateway) -> None:
    http: httpx.Client = gateway.http
    answer = http.get(PAGE)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert "reports:read" in page_of(answer).text
    assert opened(gateway, PAGE, Scope.READ_DOSSIERS).status_code == 403


def test_figures_are_written_as_people_here_write_them() -> None:
    written = [number(one) for one in (1234567, 90.769, 0, None, "văn bản")]
    assert written == ["1.234.567", "90,77", "0", "", "văn bản"]
