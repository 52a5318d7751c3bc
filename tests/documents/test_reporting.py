"""POST and GET /v1/documents/{id}/statuses."""

from typing import Any

import pytest

from app.access.domain import Scope
from tests.builders import evidence_of
from tests.documents.packets import (
    Refusal,
    a_packet,
    a_revocation,
    history,
    report,
    sent,
    standing,
)
from tests.gateway import Api, Gateway

NOBODYS = "01a20e3a-ad2f-7c66-99e2-a8fd116bce09"


@pytest.fixture
def document(sender: Api) -> str:
    """A document from H38.12 to H38.61."""
    return str(sent(sender, a_packet("H38.61"))["id"])


def test_nobody_reports_without_a_token(gateway: Gateway) -> None:
    answer = gateway.http.post(f"/v1/documents/{NOBODYS}/statuses", json={"code": "03"})
    assert answer.status_code == 401


def test_a_client_without_the_scope_is_refused(gateway: Gateway, document: str) -> None:
    reader = gateway.client("H38.61", Scope.READ_DOCUMENTS)
    assert Refusal.of(report(reader, document, "03")).slug == "insufficient-scope"


def test_a_document_that_is_not_there_is_not_found(commune: Api) -> None:
    answers = [report(commune, number, "03") for number in (NOBODYS, "1", "%00")]
    assert {answer.status_code for answer in answers} == {404}


def test_a_document_of_others_is_not_found(document: str, stranger: Api) -> None:
    assert Refusal.of(report(stranger, document, "03")).slug == "unknown-document"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"code": "07"}, "/code"),
    ({"code": 3}, "/code"),
    ({}, "/code"),
    ({"code": "03", "ly_do": "x"}, "/ly_do"),
    ({"code": "03", "recipient": "x y"}, "/recipient"),
    ({"code": "03", "staff": ""}, "/staff"),
]


def test_a_wrong_field_is_named(commune: Api, document: str) -> None:
    path = f"/v1/documents/{document}/statuses"
    for body, pointer in WRONG:
        answer = commune.post(path, json=body)
        assert Refusal.of(answer) == Refusal(422, "invalid-input", (pointer,))


def test_some_statuses_must_say_why(sender: Api, commune: Api, document: str) -> None:
    wanted = Refusal(422, "reason-needed", ("/reason",))
    for api, code in ((commune, "02"), (commune, "16"), (sender, "13")):
        assert Refusal.of(report(api, document, code)) == wanted


def test_each_party_reports_its_own_statuses(sender: Api, commune: Api, document: str) -> None:
    theirs = report(sender, document, "03")
    ours = report(commune, document, "13", reason="x")
    for answer in (theirs, ours):
        assert Refusal.of(answer) == Refusal(403, "status-not-yours", ("/code",))


def test_a_status_that_may_not_follow_is_refused(
    gateway: Gateway, commune: Api, document: str
) -> None:
    answer = report(commune, document, "06")
    assert Refusal.of(answer) == Refusal(409, "forbidden-status", ("/code",))
    assert (answer.json()["present"], answer.json()["wanted"]) == ("01", "06")
    assert [entry.act for entry in evidence_of(gateway, f"document:{document}")] == [
        "document.send"
    ]


def test_a_recipient_reports_and_both_see_it(
    gateway: Gateway, sender: Api, commune: Api, document: str
) -> None:
    answer = report(commune, document, "03", reason="Vào sổ số 118", staff="Văn thư")
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/documents/{document}/statuses"
    assert {**answer.json(), "at": ""} == {
        "recipient": "H38.61",
        "code": "03",
        "label": "Đã tiếp nhận",
        "legal_state": "received",
        "legal_state_label": "Đã tiếp nhận",
        "at": "",
        "reason": "Vào sổ số 118",
        "staff": "Văn thư",
        "department": None,
        "source": "member",
        "is_unexpected": False,
        "delivery": None,
    }
    for api in (sender, commune):
        assert history(api, document) == [("H38.61", "01"), ("H38.61", "03")]
        assert standing(api, document) == {"H38.61": "03"}
    entries = evidence_of(gateway, f"document:{document}")
    assert [entry.act for entry in entries] == ["document.send", "document.status"]


def test_the_same_status_again_changes_nothing(commune: Api, document: str) -> None:
    first = report(commune, document, "03")
    again = report(commune, document, "03")
    assert (again.status_code, again.json()) == (200, first.json())
    assert len(history(commune, document)) == 2


def test_a_repeated_request_gets_the_first_answer(commune: Api, document: str) -> None:
    path = f"/v1/documents/{document}/statuses"
    answers = [commune.post(path, key="k-1", json={"code": "03"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content


def test_a_take_back_that_is_declined_leaves_the_status_before(
    sender: Api, commune: Api, document: str
) -> None:
    report(commune, document, "03")
    assert report(sender, document, "13", reason="Gửi nhầm").status_code == 201
    assert standing(sender, document) == {"H38.61": "13"}
    assert report(commune, document, "16", reason="Đã xử lý").status_code == 201
    assert standing(sender, document) == {"H38.61": "03"}
    assert report(sender, document, "13", reason="Gửi nhầm").status_code == 201


def test_a_take_back_that_is_agreed_is_the_end(sender: Api, commune: Api, document: str) -> None:
    report(sender, document, "13", reason="Gửi nhầm")
    assert report(commune, document, "15").status_code == 201
    assert Refusal.of(report(commune, document, "03")).slug == "forbidden-status"
    assert report(commune, document, "15").status_code == 200


def test_an_answer_without_a_take_back_is_refused(commune: Api, document: str) -> None:
    assert Refusal.of(report(commune, document, "15")).slug == "forbidden-status"


def test_a_revocation_can_be_agreed_to(sender: Api, commune: Api, document: str) -> None:
    assert document
    revoking = sent(sender, a_revocation("H38.61"))["id"]
    assert report(commune, revoking, "15").status_code == 201


def test_of_several_recipients_one_must_be_named(province: Api, sender: Api) -> None:
    document = sent(sender, a_packet("H38.61", "H38.62"))["id"]
    answer = report(province, document, "03")
    assert Refusal.of(answer) == Refusal(422, "recipient-needed", ("/recipient",))
    assert report(province, document, "03", recipient="000.00.62.H38").status_code == 201
    assert standing(sender, document) == {"H38.61": "01", "H38.62": "03"}
    assert Refusal.of(report(sender, document, "13", reason="x")).slug == "recipient-needed"


def test_a_recipient_that_is_none_is_refused(commune: Api, document: str) -> None:
    for code in ("H38.62", "H38.99", "H53.71"):
        answer = report(commune, document, "03", recipient=code)
        assert Refusal.of(answer) == Refusal(422, "wrong-recipient", ("/recipient",))


def test_a_history_comes_in_pages(sender: Api, commune: Api, document: str) -> None:
    for code in ("03", "04", "05"):
        report(commune, document, code)
    path = f"/v1/documents/{document}/statuses"
    first = sender.get(f"{path}?limit=3").json()
    second = sender.get(f"{path}?limit=3&after={first['next']}").json()
    codes = [entry["code"] for entry in first["items"] + second["items"]]
    assert (codes, second["next"]) == (["01", "03", "04", "05"], None)


def test_a_recipient_does_not_see_what_others_report(
    gateway: Gateway, sender: Api, commune: Api
) -> None:
    document = sent(sender, a_packet("H38.61", "H38.62"))["id"]
    report(gateway.client("H38.62"), document, "03")
    assert history(commune, document) == [("H38.61", "01")]
    assert len(history(sender, document)) == 3
