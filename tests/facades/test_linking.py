"""The portal's deep link leads to registered filing pages, and nowhere else."""

import base64
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import AnyHttpUrl
from sqlalchemy import Connection, update
from starlette.testclient import TestClient

from app.catalogue.tables import members
from app.codes import AgencyCode
from app.facades.dvcqg.domain.linking import NoFilingPageError, UnsafePageError
from app.facades.dvcqg.use_cases.linking import forget_page, register_page
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.acting import done
from tests.builders import a_dossier, evidence_of, seed_catalogue
from tests.gateway import Gateway

PATH = "/api/dvcqg/NopHoSo"
PAGE = "https://motcua.example.vn/nop-ho-so"
LINK = {
    "vnconnect": "1",
    "MaTTHCDP": "1.003560.000.00.00.H38",
    "MaCoQuanThucHien": "000.00.12.H38",
    "MaDVC": "1.003560.01",
}
SIGN_ON = {
    "deep_link_authorize_url": AnyHttpUrl("https://xacthuc.example.vn/oauth2/authorize"),
    "deep_link_client_id": "tinh-vi-du",
    "deep_link_redirect_uri": AnyHttpUrl("https://motcua.example.vn/dang-nhap"),
}


@pytest.fixture
def chosen(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(getattr(request, "param", {}))


@pytest.fixture
def portal(settings: Settings, clock: FrozenClock, chosen: dict[str, Any]) -> Iterator[Gateway]:
    changed = settings.model_copy(update=chosen)
    with TestClient(create_app(changed, clock=clock), raise_server_exceptions=False) as http:
        gateway = Gateway(http, changed, clock)
        seed_catalogue(gateway)
        register(gateway, "H38", PAGE)
        yield gateway


def register(gateway: Gateway, agency: str, url: str) -> None:
    gateway.transact(register_page, gateway.clock, agency=AgencyCode(agency), url=url)


def follow(gateway: Gateway, accept: str = "*/*", **changes: Any) -> httpx.Response:
    said = {name: value for name, value in (LINK | changes).items() if value is not None}
    headers = {"Accept": accept}
    answer: httpx.Response = gateway.http.get(
        PATH, params=said, headers=headers, follow_redirects=False
    )
    return answer


def target(gateway: Gateway, **changes: Any) -> tuple[str, dict[str, list[str]]]:
    answer = follow(gateway, **changes)
    assert answer.status_code == 302, answer.text
    location = urlsplit(answer.headers["location"])
    base = f"{location.scheme}://{location.netloc}{location.path}"
    return base, parse_qs(location.query)


def test_it_leads_to_the_page_of_the_agency_or_of_the_nearest_above_it(portal: Gateway) -> None:
    base, said = target(portal)
    assert base == PAGE
    assert said == {
        "vnconnect": ["1"],
        "MaTTHCDP": [LINK["MaTTHCDP"]],
        "MaCoQuanThucHien": ["H38.12"],
        "MaDVC": [LINK["MaDVC"]],
    }
    register(portal, "H38.12", "https://so.example.vn/nop")
    assert target(portal)[0] == "https://so.example.vn/nop"
    assert target(portal, MaCoQuanThucHien="H38.61")[0] == PAGE
    answer = follow(portal)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_an_agency_that_closed_is_the_one_that_took_its_place(portal: Gateway) -> None:
    def close(connection: Connection) -> None:
        changes = {"valid_to": date(2026, 11, 2), "successor": "H38.61"}
        connection.execute(update(members).where(members.c.code == "H38.12").values(**changes))

    portal.transact(close)
    assert target(portal)[1]["MaCoQuanThucHien"] == ["H38.61"]


@pytest.mark.parametrize("chosen", [SIGN_ON], indirect=True)
def test_without_a_session_signing_on_begins_with_the_page_in_its_state(portal: Gateway) -> None:
    base, asked = target(portal)
    assert base == "https://xacthuc.example.vn/oauth2/authorize"
    state = base64.b64decode(asked.pop("state")[0], validate=True).decode()
    assert asked == {
        "response_type": ["code"],
        "client_id": ["tinh-vi-du"],
        "redirect_uri": ["https://motcua.example.vn/dang-nhap"],
        "scope": ["openid"],
        "acr_values": ["LoA1"],
    }
    assert state.startswith(f"{PAGE}?vnconnect=1&MaTTHCDP=1.003560")
    for vnconnect in ("0", None):
        assert target(portal, vnconnect=vnconnect)[0] == PAGE
    portal.http.cookies.set("lgsp_citizen", "x")
    assert target(portal)[0] == PAGE


@pytest.mark.parametrize(
    ("changes", "status", "slug"),
    [
        ({"MaTTHCDP": "9.999999"}, 404, "portal-link-unknown"),
        ({"MaCoQuanThucHien": "H38.99"}, 404, "portal-link-unknown"),
        ({"MaCoQuanThucHien": "H53"}, 404, "portal-link-unknown"),
        ({"MaTTHCDP": None}, 422, "portal-link-broken"),
        ({"MaCoQuanThucHien": "Sở"}, 422, "portal-link-broken"),
        ({"MaDVC": "https://xau.example"}, 422, "portal-link-broken"),
        ({"MaDVC": "a\r\nLocation: x"}, 422, "portal-link-broken"),
        ({"vnconnect": "2"}, 422, "portal-link-broken"),
        ({"MaDVC": ["1.003560.01", "x"]}, 422, "portal-link-broken"),
    ],
)
def test_what_leads_nowhere_is_said_to_people_and_to_programs(
    portal: Gateway, changes: dict[str, Any], status: int, slug: str
) -> None:
    told = follow(portal, **changes)
    assert (told.status_code, told.json()["type"]) == (status, f"/problems/{slug}")
    page = follow(portal, "text/html,*/*;q=0.8", **changes)
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert told.json()["detail"] in page.text
    assert "location" not in page.headers


def test_without_a_page_nobody_is_led_anywhere(portal: Gateway) -> None:
    portal.transact(forget_page, portal.clock, agency=AgencyCode("H38"))
    assert follow(portal).json()["type"] == "/problems/portal-link-no-page"
    with pytest.raises(NoFilingPageError):
        portal.transact(forget_page, portal.clock, agency=AgencyCode("H38"))
    acts = [entry.act for entry in evidence_of(portal, "agency:H38", member="")]
    assert acts == ["filing-page.register", "filing-page.forget"]


@pytest.mark.parametrize(
    "url",
    [
        "http://motcua.example.vn/",
        "https://motcua.example.vn/?a=1",
        "https://motcua.example.vn/#a",
        "https://ten:mk@motcua.example.vn/",
        "https://motcua.example.vn\\@xau.example/",
        "//motcua.example.vn/",
        "javascript:alert(1)",
        "https:///nop",
        "https://motcua.example.vn:99999/",
        "https://một-cửa.example.vn/",
    ],
)
def test_what_may_not_be_a_page_is_not_registered(portal: Gateway, url: str) -> None:
    with pytest.raises(UnsafePageError):
        register(portal, "H38.12", url)


def test_a_page_of_this_machine_may_be_registered_without_tls(portal: Gateway) -> None:
    register(portal, "H38.12", "http://127.0.0.1:8000/nop")
    assert target(portal)[0] == "http://127.0.0.1:8000/nop"


def test_what_is_filed_there_is_marked(portal: Gateway) -> None:
    api = portal.client()
    intake = {"source": "portal", "entry": "deep_link"}
    created = api.post("/v1/dossiers", json=a_dossier(intake=intake)).json()
    assert created["intake"]["entry"] == "deep_link"
    done(api, created["code"], "acceptance")
    counter = a_dossier(channel="counter", intake={"source": "counter", "entry": "deep_link"})
    refused = api.post("/v1/dossiers", json=counter)
    assert refused.json()["type"] == "/problems/intake-mismatch"
    other = a_dossier(intake=intake | {"entry": "promotion_notice"})
    assert api.post("/v1/dossiers", json=other).status_code == 422
