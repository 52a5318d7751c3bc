"""Signing in on the pages with an account of the national portal, and one's own dossiers."""

from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from app.platform.settings import Settings
from mock_ngsp.faults import Fault
from mock_ngsp.front import Nation
from tests.builders import a_dossier
from tests.gateway import Api, Gateway
from tests.public_services.accounts import OTHER, OWNER, Accounts
from tests.public_services.pages import faults_of, page_of

OWN = "/ho-so-cua-toi"
BACK = "http://127.0.0.1:8080/dang-nhap"


@pytest.fixture
def accounts(gateway: Gateway) -> Accounts:
    made = Accounts(gateway)
    made.universe.clock.advance(gateway.clock.now() - made.universe.clock.now())
    made.offer_pages()
    return made


class Person:
    """Somebody with a browser: its cookies, and who they are at the provider."""

    def __init__(self, accounts: Accounts, tech_id: str = OWNER) -> None:
        self.accounts, self.tech_id = accounts, tech_id
        self.cookies: dict[str, str] = {}
        self.set: list[str] = []

    def ask(self, path: str, method: str = "GET") -> httpx.Response:
        """Ask the gateway, with the cookies it gave and no others."""
        http = self.accounts.gateway.http
        http.cookies.clear()
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer: httpx.Response = http.request(
            method, path, headers={"Cookie": sent} if sent else {}, follow_redirects=False
        )
        self.set = answer.headers.get_list("set-cookie")
        for one in self.set:
            for name, kept in SimpleCookie(one).items():
                self.cookies[name] = kept.value
                if kept["max-age"] == "0":
                    del self.cookies[name]
        return answer

    def begin(self) -> dict[str, str]:
        """Return what the provider is asked."""
        away = self.ask("/dang-nhap")
        assert away.status_code == 303
        return dict(parse_qsl(urlsplit(away.headers["location"]).query))

    def come_back(self, asked: dict[str, str], **changes: str) -> httpx.Response:
        """Sign in at the provider, and follow it back."""
        nation = TestClient(Nation(self.accounts.universe), base_url="http://nation.test")
        given = asked | {"nguoi": self.tech_id} | changes
        led = nation.get("/oauth2/authorize", params=given, follow_redirects=False)
        where = urlsplit(led.headers["location"])
        assert where.path == "/dang-nhap"
        return self.ask(f"{where.path}?{where.query}")

    def sign_in(self) -> None:
        home = self.come_back(self.begin())
        assert (home.status_code, home.headers["location"]) == (303, OWN)


def filed(province: Api, number: str = "000000000001", **changes: Any) -> str:
    applicant = a_dossier()["applicant"] | {"identity_number": number}
    answer = province.post("/v1/dossiers", json=a_dossier(applicant=applicant, **changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


@pytest.mark.usefixtures("accounts")
def test_without_signing_in_the_page_says_how(gateway: Gateway, province: Api) -> None:
    code = filed(province)
    for path in (OWN, f"{OWN}?ma={code}"):
        answer = gateway.http.get(path)
        page = page_of(answer)
        assert faults_of(page) == []
        assert [one.attributes["href"] for one in page.all("a") if one.text == "Đăng nhập"] == [
            "/dang-nhap"
        ]
        assert code not in page.text


def test_where_signing_in_is_not_connected_it_is_not_offered(gateway: Gateway) -> None:
    page = page_of(gateway.http.get(OWN))
    assert "chưa kết nối đăng nhập" in page.text
    assert gateway.http.get("/dang-nhap", follow_redirects=False).status_code == 404


def test_a_person_sees_their_own_dossiers_and_no_others(province: Api, accounts: Accounts) -> None:
    mine, other = filed(province), filed(province, "000000000002")
    person = Person(accounts)
    person.sign_in()
    answer = person.ask(OWN)
    page = page_of(answer)
    assert faults_of(page) == []
    assert mine in page.text
    assert other not in page.text
    assert answer.headers["cache-control"] == "no-store"
    seen = page_of(person.ask(f"{OWN}?ma={mine}"))
    assert faults_of(seen) == []
    assert "Hồ sơ đã gửi đến và đang chờ kiểm tra." in seen.text
    assert person.ask(f"{OWN}?ma={other}").status_code == 404
    for value in ("Nguyễn Thị Giả Định", "000000000001", "gia.dinh@example.vn"):
        assert value not in answer.text + seen.text
    somebody = Person(accounts, OTHER)
    somebody.sign_in()
    assert mine not in somebody.ask(OWN).text


def test_many_dossiers_come_in_pages(province: Api, accounts: Accounts) -> None:
    codes = [filed(province) for _ in range(53)]
    person = Person(accounts)
    person.sign_in()
    first = page_of(person.ask(OWN))
    (older,) = [one for one in first.all("a") if one.text == "Các hồ sơ cũ hơn"]
    rest = page_of(person.ask(str(older.attributes["href"])))
    shown = [one.text for page in (first, rest) for one in page.all("a") if one.text in codes]
    assert shown == codes[::-1]


def test_what_the_provider_is_asked_and_the_cookies_that_are_given(accounts: Accounts) -> None:
    person = Person(accounts)
    asked = person.begin()
    assert (asked["response_type"], asked["scope"]) == ("code", "openid")
    assert asked["redirect_uri"] == BACK
    assert asked["code_challenge_method"] == "S256"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert all(len(asked[name]) >= 43 for name in ("state", "nonce", "code_challenge"))
    (attempt,) = person.set
    assert not any(asked[name] in attempt for name in ("state", "nonce"))
    person.come_back(asked)
    session, ended = person.set
    for one in (attempt, session):
        assert "HttpOnly" in one
        assert "SameSite=lax" in one
    assert "Max-Age=900" in session
    assert "Max-Age=0" in ended
    assert "000000000001" not in session
    assert list(person.cookies) == ["lgsp-phien"]


def test_over_https_the_cookies_are_secure(gateway: Gateway, accounts: Accounts) -> None:
    context = gateway.context
    secure = Settings.model_validate(
        context.settings.model_dump() | {"public_url": "https://dvc.example.vn"}
    )
    state = gateway.http.app.state  # type: ignore[attr-defined]
    state.context = type(context)(secure, context.database, context.clock, context.metrics)
    person = Person(accounts)
    person.begin()
    assert "Secure" in person.set[0]


def test_a_session_ends_by_itself_and_by_signing_out(
    gateway: Gateway, province: Api, accounts: Accounts
) -> None:
    mine = filed(province)
    person = Person(accounts)
    person.sign_in()
    gone = person.ask("/dang-xuat", "POST")
    assert (gone.status_code, gone.headers["location"]) == (303, OWN)
    assert person.cookies == {}
    assert mine not in person.ask(OWN).text
    person.sign_in()
    assert mine in person.ask(OWN).text
    gateway.clock.advance(timedelta(minutes=15))
    assert mine not in person.ask(OWN).text


def test_an_answer_to_another_attempt_signs_nobody_in(accounts: Accounts) -> None:
    victim, attacker = Person(accounts), Person(accounts, OTHER)
    theirs, asked = attacker.begin(), victim.begin()
    for changes in ({"state": theirs["state"]}, {"nonce": theirs["nonce"]},
                    {"code_challenge": theirs["code_challenge"]}):  # fmt: skip
        answer = victim.come_back(asked | changes)
        assert answer.status_code == 401
        assert "lgsp-phien" not in victim.cookies
        assert page_of(answer).all("h1")
    stranger = Person(accounts)
    assert stranger.come_back(asked).status_code == 401


@pytest.mark.parametrize(
    "query", ["code=x", "state=y", "error=access_denied", "code=x&state=y", "code=%00&state=é"]
)
def test_whatever_comes_back_wrong_is_one_page(accounts: Accounts, query: str) -> None:
    person = Person(accounts)
    person.begin()
    answer = person.ask(f"/dang-nhap?{query}")
    assert answer.status_code == 401
    page = page_of(answer)
    assert faults_of(page) == []
    assert "Đăng nhập không thành công" in page.text


def test_a_code_is_good_once_and_an_attempt_for_ten_minutes(
    gateway: Gateway, accounts: Accounts
) -> None:
    person = Person(accounts)
    asked = person.begin()
    kept = dict(person.cookies)
    person.come_back(asked)
    person.cookies = kept
    nation = accounts.universe.provider
    code = next(iter(nation.spent))
    assert person.ask(f"/dang-nhap?code={code}&state={asked['state']}").status_code == 401
    late = Person(accounts)
    asked = late.begin()
    gateway.clock.advance(timedelta(minutes=10))
    assert late.come_back(asked).status_code == 401


def test_a_cookie_that_was_changed_is_none(province: Api, accounts: Accounts) -> None:
    mine = filed(province)
    person = Person(accounts)
    person.sign_in()
    good = person.cookies["lgsp-phien"]
    person.begin()
    for forged in (good[:-4] + "AAAA", "x", "", "A" * 5000, person.cookies["lgsp-dang-nhap"]):
        person.cookies = {"lgsp-phien": forged}
        answer = person.ask(OWN)
        assert answer.status_code == 200
        assert mine not in answer.text


def test_while_the_provider_is_away_nobody_is_signed_in(accounts: Accounts) -> None:
    person = Person(accounts)
    asked = person.begin()
    accounts.universe.faults.add(Fault("token", 1, status=503))
    answer = person.come_back(asked)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "lgsp-phien" not in person.cookies
    person.sign_in()
