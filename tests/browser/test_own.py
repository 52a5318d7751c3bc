"""Signing in, seeing one's own dossiers, and signing out, in a real browser without scripts."""

import pytest
from starlette.testclient import TestClient

from mock_ngsp.front import Nation
from tests.browser.conftest import BASE, Window
from tests.browser.judging import judge
from tests.builders import a_dossier
from tests.conftest import Tell
from tests.gateway import Api, Gateway
from tests.public_services.accounts import Accounts

pytestmark = pytest.mark.browser
NATION = "http://nation.test"


@pytest.fixture
def accounts(gateway: Gateway, window: Window) -> Accounts:
    made = Accounts(gateway)
    made.universe.clock.advance(gateway.clock.now() - made.universe.clock.now())
    made.offer_pages()
    window.others[NATION] = TestClient(Nation(made.universe), base_url=NATION)
    return made


@pytest.mark.usefixtures("accounts")
def test_a_person_signs_in_sees_their_dossiers_and_signs_out(
    window: Window, width: int, province: Api, tell: Tell
) -> None:
    applicant = a_dossier()["applicant"] | {"identity_number": "000000000001"}
    code = province.post("/v1/dossiers", json=a_dossier(applicant=applicant)).json()["code"]
    page = window.page
    window.open("/ho-so-cua-toi")
    judge(window, "dang-nhap", width, tell)
    page.get_by_role("link", name="Đăng nhập").click()
    page.wait_for_url(f"{NATION}/oauth2/authorize*")
    page.get_by_role("link", name="Nguyễn Thị Giả Định").click()
    page.wait_for_url(f"{BASE}/ho-so-cua-toi")
    assert page.get_by_role("link", name=code).is_visible()
    judge(window, "ho-so-cua-toi", width, tell)
    page.get_by_role("link", name=code).click()
    page.wait_for_url(f"{BASE}/ho-so-cua-toi?ma={code}")
    assert page.get_by_text("Hồ sơ đã gửi đến và đang chờ kiểm tra.").is_visible()
    judge(window, "ho-so-cua-toi-mot", width, tell)
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{BASE}/ho-so-cua-toi")
    assert page.get_by_role("link", name="Đăng nhập").is_visible()
    assert code not in page.content()
    assert page.context.cookies() == []
