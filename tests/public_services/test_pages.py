"""The pages for people: the same facts as the JSON, in HTML that needs no script."""

import base64
import hashlib
import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.acting import done, staged
from tests.builders import a_dossier
from tests.gateway import Api, Gateway
from tests.public_services.conftest import a_decision, decided
from tests.public_services.pages import faults_of, page_of

PAGES = ("/tra-cuu", "/ho-so-cua-toi", "/dich-vu-cong", "/ho-so-trong-ngay")


@pytest.fixture
def dossier(province: Api) -> dict[str, Any]:
    found: dict[str, Any] = province.post("/v1/dossiers", json=a_dossier()).json()
    return found


def track(gateway: Gateway, code: str, secret: str) -> httpx.Response:
    http: httpx.Client = gateway.http
    return http.post("/tra-cuu", data={"ma": code, "ma-tra-cuu": secret})


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_open_to_everybody(
    gateway: Gateway, province: Api, dossier: dict[str, Any], path: str
) -> None:
    del dossier
    decided(province, a_decision())
    answer = gateway.http.get(path)
    assert answer.status_code == 200
    page = page_of(answer)
    assert faults_of(page) == []
    current = [one.attributes for one in page.all("a") if "aria-current" in one.attributes]
    assert [one["href"] for one in current] == [path]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_lets_nothing_in_but_its_own_style(gateway: Gateway, path: str) -> None:
    answer = gateway.http.get(path)
    style = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers


def test_the_holder_of_both_codes_sees_where_the_dossier_stands(
    gateway: Gateway, dossier: dict[str, Any]
) -> None:
    answer = track(gateway, f" {dossier['code'].lower()} ", dossier["tracking_code"])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    page = page_of(answer)
    assert faults_of(page) == []
    for text in (
        f"Hồ sơ {dossier['code']}",
        "Hồ sơ đã gửi đến và đang chờ kiểm tra.",
        f"Đang chờ: {dossier['agency_name']}.",
        "17:00 ngày 09/11/2026",
        "Hồ sơ được ghi nhận.",
    ):
        assert text in page.text
    assert page.all("svg")
    assert dossier["tracking_code"] not in answer.text


def test_whatever_is_wrong_the_page_is_one_and_the_same(
    gateway: Gateway, dossier: dict[str, Any]
) -> None:
    code, secret = dossier["code"], dossier["tracking_code"]
    answers = [
        track(gateway, code, secret[:-1]),
        track(gateway, code, ""),
        track(gateway, "H38.12-261102-9999", secret),
        track(gateway, "<script>", secret),
        track(gateway, "\x00", "\U0001f600"),
        gateway.http.post("/tra-cuu", content=b"\xff=%ff&ma"),
        gateway.http.post("/tra-cuu"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    page = page_of(answers[0])
    assert faults_of(page) == []
    assert "Mã hồ sơ hoặc mã tra cứu không đúng." in page.text


def test_the_page_and_the_json_share_one_limit(gateway: Gateway, dossier: dict[str, Any]) -> None:
    path = f"/v1/public-services/dossiers/{dossier['code']}"
    for _ in range(gateway.settings.tracking_attempts_per_minute):
        assert gateway.http.get(path).status_code == 404
    answer = track(gateway, dossier["code"], dossier["tracking_code"])
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Xin thử lại sau 60 giây." in page_of(answer).text


def test_a_code_in_the_address_is_filled_in_and_escaped(gateway: Gateway) -> None:
    answer = gateway.http.get("/tra-cuu", params={"ma": "x" * 9000})
    assert "x" * 50 in answer.text
    assert "x" * 51 not in answer.text
    answer = gateway.http.get("/tra-cuu", params={"ma": '"><script>x'})
    (field,) = [one for one in page_of(answer).all("input") if one.attributes["name"] == "ma"]
    assert field.attributes["value"] == '"><script>x'
    assert faults_of(page_of(answer)) == []


def test_a_form_that_is_too_long_is_refused(gateway: Gateway) -> None:
    assert track(gateway, "x" * 5000, "").status_code == 413


def test_an_apology_and_the_new_date_are_shown(gateway: Gateway, province: Api) -> None:
    code = staged(province, "extensions")
    done(province, code, "extensions", reason="Lý do riêng tư")
    secret = province.get(f"/v1/dossiers/{code}").json()["tracking_code"]
    told = "Cơ quan xin lỗi vì không trả kết quả kịp 17:00 ngày 09/11/2026 và hẹn lại 17:00 ngày"
    answer = track(gateway, code, secret)
    assert f"{told} 16/11/2026." in page_of(answer).text
    assert "Lý do riêng tư" not in answer.text
    found = gateway.http.get(
        f"/v1/public-services/dossiers/{code}", headers={"X-Tracking-Code": secret}
    ).json()
    assert found["apology"]["due_after"] == "2026-11-16T17:00:00+07:00"
    assert found["timeline"][-1]["text"] == "Cơ quan xin lỗi và hẹn lại ngày trả kết quả."
    gateway.clock.advance(timedelta(days=20))
    assert "Hồ sơ đã quá ngày hẹn trả kết quả." in page_of(track(gateway, code, secret)).text


def test_a_day_that_is_none_is_said_on_a_page(gateway: Gateway) -> None:
    for path in ("/dich-vu-cong", "/ho-so-trong-ngay"):
        answer = gateway.http.get(path, params={"ngay": "hôm qua"})
        assert answer.status_code == 422
        assert faults_of(page_of(answer)) == []


def test_the_coverage_page_counts_as_the_json_does(gateway: Gateway, province: Api) -> None:
    decided(province, a_decision())
    decided(province, a_decision(agency_code="H38", service={"kind": "partial"}))
    text = page_of(gateway.http.get("/dich-vu-cong", params={"ngay": "2026-11-01"})).text
    assert "2 (một phần 1, toàn trình 1)" in text
    assert "Lĩnh vực mẫu" in text
    text = page_of(gateway.http.get("/dich-vu-cong", params={"ngay": "2026-10-31"})).text
    assert "Chưa có quyết định nào có hiệu lực." in text


def test_the_page_of_a_day_lists_dossiers_by_their_codes(
    gateway: Gateway, dossier: dict[str, Any]
) -> None:
    page = page_of(gateway.http.get("/ho-so-trong-ngay", params={"ngay": "2026-11-02"}))
    links = [one.attributes["href"] for one in page.all("a")]
    assert f"/tra-cuu?ma={dossier['code']}" in links
    assert dossier["agency_name"] in page.text


def test_faults_of_a_page_would_be_seen() -> None:
    spoilt = (
        '<html><body><h1>a</h1><h3>b</h3><p id="x" id="y"><input><img><table><th></table>'
        "<script></script><p style='x'></b>"
    )
    answer = httpx.Response(200, html=spoilt)
    found = "; ".join(faults_of(page_of(answer)))
    for fault in ("twice", "closes nothing", "lang=vi", "h3 behind h1", "label", "scope",
                  "caption", "<script>", "<img>", "style", "0 × main"):  # fmt: skip
        assert fault in found
