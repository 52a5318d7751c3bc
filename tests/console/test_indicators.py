"""The page of the indicators: five groups, two periods, one indicator by agency."""

from datetime import timedelta

import httpx
import pytest

from app.access.domain import Scope
from app.console.schemas.indicators import EVERY, Asking, period_name, periods_of
from app.dossiers.domain.measuring.figures import Months
from app.platform.clock import FrozenClock
from app.statistics.domain.indicators import IndicatorGroup
from tests.acting import staged
from tests.builders import a_dossier
from tests.console.signing import opened
from tests.console.tables import rows
from tests.gateway import START, Api, Gateway
from tests.public_services.pages import Page, faults_of, page_of

PAGE = "/chi-tieu"


def seen(gateway: Gateway, query: str = "", member: str = "H38") -> Page:
    answer = opened(gateway, f"{PAGE}{query}", Scope.READ_STATISTICS, member=member)
    assert answer.status_code == 200, answer.text
    page = page_of(answer)
    assert faults_of(page) == []
    return page


def test_every_indicator_is_shown_in_its_group_beside_the_period_before(
    gateway: Gateway, province: Api
) -> None:
    staged(province, "results")
    page = seen(gateway)
    headings = [one.text for one in page.all("h2")]
    assert headings[:5] == [group.label for group in IndicatorGroup]
    names = {one.text for one in page.all("a")}
    assert {one.name.vi for one in EVERY.values()} <= names
    assert "tháng 11/2026" in page.all("h1")[0].text
    assert "so với tháng 10/2026" in page.text
    assert ["", "hồ sơ", "1", "0", "1"] in rows(page)


def test_one_indicator_is_shown_by_agency_with_its_meaning(gateway: Gateway, province: Api) -> None:
    staged(province, "results")
    page = seen(gateway, "?chi-tieu=received")
    assert EVERY["received"].definition.vi in page.text
    assert EVERY["received"].source in page.text
    (svg,) = page.all("svg")
    assert svg.attributes["role"] == "img"
    (agency,) = (row for row in rows(page) if len(row) == 2 and row[1] == "1")
    assert agency[0]
    procedures = seen(gateway, "?chi-tieu=published_full_rate")
    assert ["UBND tỉnh Lào Cai", "50,00"] in rows(procedures)


def test_nothing_of_a_person_is_there(gateway: Gateway, province: Api) -> None:
    staged(province, "results")
    text = opened(gateway, PAGE, Scope.READ_STATISTICS).text
    owner = a_dossier()["applicant"]
    assert owner["full_name"] not in text
    assert owner["identity_number"] not in text


def test_an_agency_sees_itself_alone(gateway: Gateway, province: Api) -> None:
    staged(province, "results")
    page = seen(gateway, "?chi-tieu=received", member="H38.61")
    assert "Chưa có số liệu." in page.text
    refused = opened(gateway, f"{PAGE}?don-vi=H53", Scope.READ_STATISTICS)
    assert refused.status_code == 403
    assert faults_of(page_of(refused)) == []


@pytest.mark.parametrize("query", ["?chi-tieu=khac", "?tu=2026-13", "?den=11"])
def test_what_is_no_indicator_or_month_is_refused(
    gateway: Gateway, province: Api, query: str
) -> None:
    del province
    answer = opened(gateway, f"{PAGE}{query}", Scope.READ_STATISTICS)
    assert answer.status_code == 422


def test_the_page_needs_the_scope_of_statistics(gateway: Gateway) -> None:
    http: httpx.Client = gateway.http
    assert http.get(PAGE).status_code == 401
    assert opened(gateway, PAGE, Scope.READ_REPORTS).status_code == 403


def test_the_ways_lead_to_twelve_months_and_two_years() -> None:
    asking = Asking("ended", Months("2026-10", "2026-10"), "H38.12")
    links = periods_of(PAGE, asking, FrozenClock(START + timedelta(days=1)))
    assert [one.name for one in links][:2] == ["tháng 11/2026", "tháng 10/2026"]
    assert [one.name for one in links][-3:] == ["tháng 12/2025", "năm 2026", "năm 2025"]
    assert [one.name for one in links if one.is_here] == ["tháng 10/2026"]
    assert links[-1].address == (f"{PAGE}?chi-tieu=ended&tu=2025-01&den=2025-12&don-vi=H38.12")
    assert period_name(Months("2026-01", "2026-12")) == "từ tháng 1/2026 đến tháng 12/2026"
