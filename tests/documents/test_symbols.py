"""Số và ký hiệu: a sender uses each once a year, for one document."""

import pytest

from tests.documents.axis import Connected
from tests.documents.packets import (
    PDF,
    Refusal,
    a_case,
    a_draft,
    a_packet,
    send,
    send_form,
    sent,
    sent_form,
)
from tests.documents.test_receiving import bring
from tests.gateway import Api, Gateway

ORIGINAL = "000.00.12.H38,2026/03/02,43/SKTDL-VP"


def test_the_same_document_again_is_the_first(sender: Api) -> None:
    first = sent_form(sender, ("a.pdf", PDF))
    again = send_form(sender, a_draft(), ("a.pdf", PDF))
    assert (again.status_code, again.json()["id"]) == (200, first["id"])


def test_another_document_with_the_same_symbol_is_refused_and_both_are_named(
    sender: Api,
) -> None:
    first = sent_form(sender)
    answer = send_form(sender, a_draft(document_id="ma-khac", subject="Khác"))
    assert Refusal.of(answer) == Refusal(409, "duplicate-symbol", ("/document_id",))
    body = answer.json()
    assert (body["document_id"], body["first_document_id"], body["first_id"]) == (
        "ma-khac",
        ORIGINAL,
        first["id"],
    )
    assert "ma-khac" in body["detail"]
    assert ORIGINAL in body["detail"]


@pytest.mark.parametrize(
    "change",
    [
        {"promulgated_on": "2025-03-02"},
        {"number": "44"},
        {"notation": "SKTDL-TC"},
    ],
)
def test_another_year_number_or_notation_is_another_document(
    sender: Api, change: dict[str, str]
) -> None:
    sent_form(sender)
    assert send_form(sender, a_draft(**change)).status_code == 201


def test_another_member_has_symbols_of_its_own(knowing: Gateway, sender: Api) -> None:
    sent_form(sender)
    other = a_draft(**{"from": "H38.13"})
    assert send_form(knowing.client("H38.13"), other).status_code == 201


def test_packets_are_held_to_it_too(sender: Api) -> None:
    sent(sender, a_packet("H38.61"))
    other = a_packet("H38.61").replace(b"42/SKTDL-VP</edXML:DocumentId>", b"x</edXML:DocumentId>")
    assert Refusal.of(send(sender, other)).slug == "duplicate-symbol"


def test_what_is_about_an_earlier_document_may_share_its_symbol(sender: Api) -> None:
    sent_form(sender, to=["H38.61"])
    for kind in ("update", "revoke"):
        business = a_case(kind, original=ORIGINAL)
        answer = send_form(
            sender, a_draft(to=["H38.61"], document_id=f"ma-{kind}", business=business)
        )
        assert answer.status_code == 201, answer.text


def test_what_the_axis_brings_is_never_refused_for_it(away: Connected) -> None:
    bring(away, a_packet("H53.71"), "H53.71")
    bring(away, a_packet("H53.71", DocumentId="ma-khac"), "H53.71")
    assert away.receive() == 2
    items = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [item["symbol"] for item in items] == ["42/SKTDL-VP"] * 2


def test_a_state_secret_is_refused_and_nothing_is_guessed(sender: Api) -> None:
    refused = Refusal.of(send_form(sender, a_draft(state_secret=True)))
    assert refused == Refusal(422, "state-secret", ("/state_secret",))
    assert sender.get("/v1/documents/outbox").json()["items"] == []
    assert send_form(sender, a_draft(subject="Tuyệt mật", state_secret=False)).status_code == 201
