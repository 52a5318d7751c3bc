"""The pages in a real browser, on a phone and on a desk."""

from datetime import timedelta
from typing import Any

import pytest

from tests.acting import done, staged
from tests.browser.conftest import Window
from tests.browser.judging import judge
from tests.builders import a_dossier
from tests.conftest import Tell
from tests.gateway import Api, Gateway
from tests.public_services.conftest import a_decision, decided

pytestmark = pytest.mark.browser


@pytest.fixture
def dossier(province: Api) -> dict[str, Any]:
    """A dossier with an apology, beside one that is new."""
    province.post("/v1/dossiers", json=a_dossier())
    code = staged(province, "extensions")
    done(province, code, "extensions")
    found: dict[str, Any] = province.get(f"/v1/dossiers/{code}").json()
    return found


def test_a_person_finds_out_where_a_dossier_stands(
    window: Window, width: int, dossier: dict[str, Any], tell: Tell
) -> None:
    window.open("/tra-cuu")
    judge(window, "tra-cuu", width, tell)
    window.submit(Mã_hồ_sơ=dossier["code"], Mã_tra_cứu=dossier["tracking_code"])
    assert window.page.get_by_text("Hồ sơ đang được giải quyết.").is_visible()
    assert window.page.get_by_text("Cơ quan xin lỗi").first.is_visible()
    assert window.page.locator("figure svg").is_visible()
    assert window.page.url.endswith("/tra-cuu")
    judge(window, "ho-so", width, tell)
    assert window.asked == ["GET /tra-cuu", "POST /tra-cuu"]


def test_a_wrong_code_is_said_aloud(
    window: Window, width: int, dossier: dict[str, Any], tell: Tell
) -> None:
    window.open(f"/tra-cuu?ma={dossier['code']}")
    window.submit(Mã_tra_cứu="2" * 20)
    assert "không đúng" in window.page.get_by_role("alert").inner_text()
    judge(window, "khong-dung", width, tell)


def test_the_coverage_page(window: Window, width: int, province: Api, tell: Tell) -> None:
    decided(province, a_decision())
    decided(province, a_decision(agency_code="H38", service={"kind": "partial"}))
    window.open("/dich-vu-cong")
    assert window.page.get_by_text("2 (một phần 1, toàn trình 1)").is_visible()
    judge(window, "dich-vu-cong", width, tell)


def test_the_page_of_a_day(
    gateway: Gateway, window: Window, width: int, dossier: dict[str, Any], tell: Tell
) -> None:
    window.open("/ho-so-trong-ngay")
    assert window.page.get_by_role("link", name=dossier["code"]).first.is_visible()
    gateway.clock.advance(timedelta(days=20))
    window.open("/ho-so-trong-ngay")
    assert window.page.get_by_text("(quá ").first.is_visible()
    judge(window, "ho-so-trong-ngay", width, tell)


def test_the_keyboard_alone_reaches_the_content(window: Window, province: Api) -> None:
    del province
    window.open("/tra-cuu")
    window.page.keyboard.press("Tab")
    skip = window.page.get_by_role("link", name="Đến nội dung chính")
    assert skip.evaluate("one => one === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_a_spoilt_page_would_be_found_out(window: Window, province: Api) -> None:
    del province
    window.open("/tra-cuu")
    window.page.evaluate(
        "document.querySelectorAll('label').forEach(one => one.remove());"
        "document.body.style.width = '5000px'"
    )
    assert [one for one in window.findings() if one.startswith("critical")]
    assert window.is_wider_than_the_window()
