"""The pages of those who run things, in a real browser."""

import pytest

from app.access.domain import Scope
from tests.acting import staged
from tests.browser.conftest import Window
from tests.browser.judging import judge
from tests.builders import a_dossier
from tests.conftest import Tell
from tests.console.signing import credentials
from tests.gateway import Api, Gateway
from tests.reports.reporting import FORM, accepted, begun, done
from tests.reports.test_forms import OTHER, take_over

pytestmark = pytest.mark.browser


def test_the_page_of_reports(
    gateway: Gateway, window: Window, width: int, province: Api, tell: Tell
) -> None:
    take_over(gateway, OTHER)
    accepted(province, "H38.11")
    done(province, begun(province, "H38.12"), "submission")
    window.sign_on(*credentials(gateway, Scope.READ_REPORTS))
    window.open(f"/bao-cao?bieu={FORM}")
    assert window.page.get_by_text("2 trên 8 đơn vị, đã chấp nhận 1").is_visible()
    judge(window, "bao-cao", width, tell)
    window.page.get_by_role("link", name="Biểu quý").click()
    assert window.page.get_by_role("heading", name="quý III/2026").is_visible()
    judge(window, "bao-cao-quy", width, tell)


def test_the_page_of_the_indicators(
    gateway: Gateway, window: Window, width: int, province: Api, tell: Tell
) -> None:
    staged(province, "results")
    window.sign_on(*credentials(gateway, Scope.READ_STATISTICS))
    window.open("/chi-tieu")
    assert window.page.get_by_role("heading", name="Công khai, minh bạch").is_visible()
    judge(window, "chi-tieu", width, tell)
    window.page.get_by_role("link", name="Hồ sơ tiếp nhận", exact=True).click()
    assert window.page.get_by_role("heading", name="Hồ sơ tiếp nhận theo đơn vị").is_visible()
    assert window.page.locator("figure svg").is_visible()
    judge(window, "chi-tieu-theo-don-vi", width, tell)


def test_the_page_of_the_traffic(
    gateway: Gateway, window: Window, width: int, province: Api, tell: Tell
) -> None:
    province.post("/v1/dossiers", json=a_dossier())
    window.sign_on(*credentials(gateway, Scope.WATCH_TRAFFIC))
    window.open("/van-hanh")
    assert window.page.get_by_text("dossiers.sync").is_visible()
    judge(window, "van-hanh", width, tell)


def test_a_stranger_is_told_what_it_takes(window: Window, width: int, tell: Tell) -> None:
    window.open("/bao-cao")
    assert window.page.get_by_text("reports:read").is_visible()
    judge(window, "can-dang-nhap", width, tell)
