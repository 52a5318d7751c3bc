"""The pages of those who run things, in a real browser."""

from datetime import timedelta

import pytest

from app.access.domain import Scope
from app.exchange.messages import State
from app.platform.ids import new_id
from tests.acting import staged
from tests.broker.shared import consumer, granted, published
from tests.broker.shared import done as done_once
from tests.broker.test_reviewing import LAND, noted
from tests.broker.test_watching import ONE
from tests.browser.conftest import BASE, Window
from tests.browser.judging import judge
from tests.builders import a_dossier
from tests.conftest import Tell
from tests.console.signing import credentials
from tests.console.test_exchanges import REFUSED
from tests.console.test_owed import keep, owe
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


def test_the_pages_of_shared_services(
    gateway: Gateway, window: Window, width: int, province: Api, tell: Tell
) -> None:
    published(province)
    granted(province, consumer(gateway))
    quota = {"service": "land", "limit": 10, "window_seconds": 3600}
    done_once(province, "/v1/quotas", quota)
    noted(gateway, LAND, REFUSED)
    window.sign_on(*credentials(gateway, Scope.WATCH_TRAFFIC))
    window.open("/dich-vu-chia-se")
    judge(window, "dich-vu-chia-se", width, tell)
    window.submit(**{"Mã, tên hoặc đơn vị": "land"})
    assert window.page.url.endswith("/dich-vu-chia-se?tim=land&trang-thai=")
    window.page.get_by_role("link", name="land 1.0").click()
    assert window.page.get_by_role("heading", name="Quyền đang hiệu lực").is_visible()
    assert window.page.get_by_text("chưa được cấp quyền").is_visible()
    judge(window, "dich-vu-chia-se-mot", width, tell)


def test_the_page_of_calls(
    gateway: Gateway, window: Window, width: int, province: Api, tell: Tell
) -> None:
    del province
    noted(gateway, ONE, LAND, REFUSED)
    window.sign_on(*credentials(gateway, Scope.WATCH_TRAFFIC))
    window.open("/luot-goi")
    judge(window, "luot-goi", width, tell)
    window.page.get_by_label("Kết quả").select_option("Bị từ chối")
    window.page.get_by_role("button", name="Lọc").click()
    window.page.wait_for_url(f"{BASE}/luot-goi?*ket-qua=refused")
    assert window.page.get_by_text("chưa được cấp quyền").is_visible()
    judge(window, "luot-goi-bi-tu-choi", width, tell)


def test_the_page_of_what_does_not_move(
    gateway: Gateway, window: Window, width: int, province: Api, tell: Tell
) -> None:
    province.post("/v1/dossiers", json=a_dossier())
    parked = {"state": State.PARKED, "attempts": 9, "reason": "dead-letter: http-503"}
    owe(gateway, {"message_id": new_id(), **parked}, {"message_id": "2", "reason": "http-503"})
    keep(gateway, 1, timedelta(hours=9))
    window.sign_on(*credentials(gateway, Scope.WATCH_TRAFFIC))
    window.open("/ton-dong")
    assert window.page.get_by_text("dead-letter: http-503").is_visible()
    judge(window, "ton-dong", width, tell)


def test_a_stranger_is_told_what_it_takes(window: Window, width: int, tell: Tell) -> None:
    window.open("/bao-cao")
    assert window.page.get_by_text("reports:read").is_visible()
    judge(window, "can-dang-nhap", width, tell)
