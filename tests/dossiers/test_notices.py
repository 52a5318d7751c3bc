"""GET /v1/dossiers/{code}/notices/{form}: the seven forms, as data and as a page."""

from typing import Any

import pytest
from lxml import html

from app.access.domain import Scope
from app.dossiers.domain.notices import Case, Form, notice_of
from app.dossiers.schemas.notices import page_of
from tests.acting import done, staged
from tests.builders import a_dossier, a_filing, a_held_dossier
from tests.gateway import Api, Gateway

TRICK = "<script>alert(1)</script>&\"'"


def read(api: Api, code: str, form: str, **headers: str) -> Any:
    return api.get(f"/v1/dossiers/{code}/notices/{form}", headers=headers)


def parsed(page: str) -> Any:
    return html.fromstring(page)


def said(answer: Any) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {entry["name"]: entry["value"] for entry in answer.json()["entries"]}


def test_a_notice_wants_a_token_its_scope_and_a_dossier_of_ones_own(
    gateway: Gateway, province: Api, stranger: Api
) -> None:
    code = staged(province, "acceptance")
    path = f"/v1/dossiers/{code}/notices/06"
    assert gateway.http.get(path).status_code == 401
    assert gateway.client("H38", Scope.SUBMIT_DOSSIERS).get(path).status_code == 403
    theirs = stranger.get(path)
    assert (theirs.status_code, theirs.json()["type"]) == (404, "/problems/unknown-dossier")


def test_a_form_that_tells_of_nothing_does_not_exist(province: Api) -> None:
    code = staged(province, "acceptance")
    for form in ("01", "02", "03", "04", "05", "08", "1", "01.pdf", "%2e%2e"):
        answer = read(province, code, form)
        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/notice-unavailable"


def test_the_receipt_says_when_and_why_then(province: Api) -> None:
    code = staged(province, "forwardings")
    answer = read(province, code, "01")
    found = said(answer)
    assert answer.json()["title"] == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    assert found["due_at"] == "17:00 ngày 09/11/2026"
    assert found["due_explanation"] == "Do hệ thống một cửa ấn định."
    assert found["applicant"] == "Nguyễn Thị Giả Định"
    assert len(found["tracking_code"]) == 20
    tables = {table["caption"]: table["rows"] for table in answer.json()["tables"]}
    assert tables == {
        "Thành phần hồ sơ nộp": [["1", "TP01", "don-de-nghi.pdf"]],
        "Phí, lệ phí": [["1", "Lệ phí mẫu", "20.000 đồng"]],
    }


def test_the_request_to_supplement_is_the_last_one(province: Api) -> None:
    code = staged(province, "supplements/{number}/receipt")
    found = said(read(province, code, "02"))
    assert (found["round"], found["content"]) == ("1", "Hồ sơ thiếu giấy tờ")
    assert found["answer_by"] == "09:00 ngày 11/11/2026"


@pytest.mark.parametrize(
    ("act", "form", "reason"),
    [
        ("refusal", "03", "Không thuộc thẩm quyền giải quyết"),
        ("extensions", "04", "Cần xác minh thêm"),
        ("stops", "05", "Đang có tranh chấp"),
    ],
)
def test_a_decision_is_told_with_its_reason(
    province: Api, act: str, form: str, reason: str
) -> None:
    code = staged(province, act)
    done(province, code, act)
    assert said(read(province, code, form))["reason"] == reason


def test_the_apology_tells_both_dates(province: Api) -> None:
    code = staged(province, "extensions")
    done(province, code, "extensions")
    found = said(read(province, code, "04"))
    assert (found["due_before"], found["due_after"]) == (
        "17:00 ngày 09/11/2026",
        "17:00 ngày 16/11/2026",
    )


def test_the_control_sheet_has_a_row_for_every_step(province: Api) -> None:
    code = staged(province, "completion")
    (table,) = read(province, code, "06").json()["tables"]
    assert [row[2] for row in table["rows"]] == ["Người nộp hồ sơ", *["Bộ phận một cửa"] * 2]
    assert table["rows"][-1][4:] == ["Chuyển xử lý: Phòng Chuyên môn", "Đang xử lý"]


def test_the_register_is_that_of_the_agency_and_the_day(province: Api) -> None:
    code = staged(province, "acceptance")
    same = staged(province, "forwardings", received_at="2026-11-02T16:00:00+07:00")
    staged(province, "acceptance", received_at="2026-11-03T00:00:00+07:00", due_at=None)
    staged(province, "acceptance", agency_code="H38")
    (table,) = read(province, code, "07").json()["tables"]
    assert [row[1] for row in table["rows"]] == [code, same]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("text/html", "text/html"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("text/html;q=0.5, application/json", "application/json"),
        ("text/html;q=x", "application/json"),
    ],
)
def test_who_wants_a_page_gets_one(province: Api, accept: str, kind: str) -> None:
    answer = read(province, staged(province, "acceptance"), "06", Accept=accept)
    assert answer.headers["Content-Type"].partition(";")[0] == kind
    assert (answer.headers["Vary"], answer.headers["Cache-Control"]) == ("Accept", "no-store")


def test_a_page_needs_nothing_else_and_runs_nothing(province: Api) -> None:
    code = staged(province, "forwardings")
    answer = read(province, code, "01.html")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = parsed(answer.text)
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@href | //@onclick") == []
    assert "url(" not in answer.text
    assert "@media print" in answer.text


def test_a_page_can_be_read_aloud() -> None:
    dossier = a_held_dossier(filing=a_filing())
    page = parsed(page_of(notice_of(Form.CONTROL, Case(dossier, []))))
    assert page.get("lang") == "vi"
    assert [one.text for one in page.xpath("//h1")] == [Form.CONTROL.heading]
    assert page.xpath("//title")[0].text.startswith(Form.CONTROL.heading)
    assert len(page.xpath("//main")) == len(page.xpath("//header")) == 1
    assert page.xpath("//table/caption")[0].text == "Quá trình giải quyết"
    assert all(head.get("scope") == "col" for head in page.xpath("//th"))
    assert len(page.xpath("//dl/dt")) == len(page.xpath("//dl/dd"))


def test_what_people_wrote_is_text_on_a_page(province: Api) -> None:
    created = province.post("/v1/dossiers", json=a_dossier(summary=TRICK, channel="counter"))
    answer = read(province, created.json()["code"], "01.html")
    page = parsed(answer.text)
    assert page.xpath("//script") == []
    assert TRICK in page.xpath("//dd/text()")
