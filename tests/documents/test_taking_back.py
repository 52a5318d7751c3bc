"""Lấy lại, thu hồi: by status 13 and by a packet of type 1, from both counters."""

from datetime import timedelta

import pytest

from tests.builders import evidence_of
from tests.documents.axis import Connected, carry
from tests.documents.packets import (
    PDF,
    Refusal,
    a_case,
    a_packet,
    a_revocation,
    content_answers,
    history,
    related,
    report,
    seen,
    send,
    sent,
    sent_form,
    standing,
)
from tests.gateway import Api, Gateway

ORIGINAL = "000.00.12.H38,2026/03/02,43/SKTDL-VP"


@pytest.fixture
def document(sender: Api) -> str:
    """A document from H38.12 to H38.61."""
    return str(sent(sender, a_packet("H38.61"))["id"])


def withdrawn(api: Api, document: str) -> None:
    for answer in content_answers(api, document):
        assert Refusal.of(answer) == Refusal(410, "document-withdrawn", ())
        assert answer.json()["cause"] == "taken_back"
        assert "thu hồi" in answer.json()["detail"]


def readable(api: Api, document: str) -> None:
    assert {answer.status_code for answer in content_answers(api, document)} == {200}


def test_before_consent_the_recipient_reads_on(sender: Api, commune: Api, document: str) -> None:
    report(sender, document, "13", reason="Gửi nhầm")
    assert standing(sender, document)["H38.61"] == "13"
    readable(commune, document)


def test_on_consent_the_copy_is_gone_and_its_record_stays(
    gateway: Gateway, sender: Api, commune: Api, document: str
) -> None:
    report(commune, document, "03")
    report(sender, document, "13", reason="Gửi nhầm")
    assert report(commune, document, "15").status_code == 201
    withdrawn(commune, document)
    found = seen(commune, document, "H38.61")
    assert (found["status"], found["legal_state"], found["withdrawn"]["cause"]) == (
        "15",
        "recalled",
        "taken_back",
    )
    assert commune.get(f"/v1/documents/{document}").json()["subject"] is not None
    assert [code for _, code in history(commune, document)] == ["01", "03", "13", "15"]
    acts = [entry.act for entry in evidence_of(gateway, f"document:{document}")]
    assert acts == ["document.send", *["document.status"] * 3]


def test_the_sender_keeps_what_it_sent(sender: Api, commune: Api, document: str) -> None:
    report(sender, document, "13", reason="Gửi nhầm")
    report(commune, document, "15")
    withdrawn(commune, document)
    readable(sender, document)
    assert standing(sender, document)["H38.61"] == "15"


def test_other_recipients_keep_their_copy(gateway: Gateway, sender: Api, commune: Api) -> None:
    document = sent(sender, a_packet("H38.61", "H38.62"))["id"]
    report(sender, document, "13", reason="Gửi nhầm", recipient="H38.61")
    report(commune, document, "15")
    withdrawn(commune, document)
    readable(gateway.client("H38.62"), document)
    assert standing(sender, document) == {"H38.61": "15", "H38.62": "01"}


def test_on_refusal_the_copy_stays(sender: Api, commune: Api, document: str) -> None:
    report(sender, document, "13", reason="Gửi nhầm")
    report(commune, document, "16", reason="Đã xử lý xong")
    readable(commune, document)
    assert seen(commune, document, "H38.61")["withdrawn"] is None


def test_a_revocation_withdraws_the_document_and_what_came_with_itself(
    sender: Api, commune: Api, document: str
) -> None:
    revoking = sent(sender, a_revocation("H38.61"))["id"]
    assert related(commune, document) == [("revoked_by", revoking)]
    assert related(commune, revoking) == [("revokes", document)]
    readable(commune, document)
    assert report(commune, revoking, "15").status_code == 201
    withdrawn(commune, document)
    withdrawn(commune, revoking)
    assert standing(sender, document) == standing(sender, revoking) == {"H38.61": "15"}
    assert seen(sender, document, "H38.61")["withdrawn"]["by"] == revoking


def test_a_revocation_that_is_declined_leaves_the_document(
    sender: Api, commune: Api, document: str
) -> None:
    revoking = sent(sender, a_revocation("H38.61"))["id"]
    assert report(commune, revoking, "16", reason="Đã ban hành").status_code == 201
    readable(commune, document)
    assert standing(sender, document) == {"H38.61": "01"}
    assert report(commune, document, "03").status_code == 201


def test_one_answer_closes_a_13_and_a_revocation(sender: Api, commune: Api, document: str) -> None:
    report(sender, document, "13", reason="Gửi nhầm")
    revoking = sent(sender, a_revocation("H38.61"))["id"]
    assert report(commune, document, "16", reason="Không được").status_code == 201
    assert standing(sender, document) == standing(sender, revoking) == {"H38.61": "01"}
    assert Refusal.of(report(commune, revoking, "15")).slug == "forbidden-status"


def test_a_revocation_is_no_document_to_work_on(sender: Api, commune: Api, document: str) -> None:
    revoking = sent(sender, a_revocation("H38.61"))["id"]
    assert report(commune, revoking, "03").status_code == 201
    assert standing(commune, document) == {"H38.61": "03"}
    assert history(commune, revoking) == [("H38.61", "01")]


def test_a_form_revokes(sender: Api, commune: Api) -> None:
    document = sent_form(sender, ("a.pdf", PDF), to=["H38.61"])["id"]
    business = a_case("revoke", original=ORIGINAL)
    revoking = sent_form(sender, to=["H38.61"], business=business)
    assert (revoking["business"], revoking["business_reason"]) == ("revoke", "Lý do mẫu")
    assert revoking["document_id"] == ORIGINAL
    report(commune, revoking["id"], "15")
    withdrawn(commune, document)


def test_a_revocation_of_nothing_or_without_reason_is_refused(sender: Api) -> None:
    trace = "/edXML/edXMLEnvelope/edXMLHeader/TraceHeaderList/Bussiness"
    unknown = Refusal.of(send(sender, a_revocation("H38.61")))
    assert unknown == Refusal(422, "unknown-original", (f"{trace}/DocumentId",))
    sent(sender, a_packet("H38.61"))
    silent = a_packet("H38.61", BussinessDocType="1", BussinessDocReason="")
    assert Refusal.of(send(sender, silent)).slug == "business-reason-needed"
    beyond = Refusal.of(send(sender, a_revocation("H38.62")))
    assert beyond.slug == "not-its-recipient"


def test_over_the_axis_consent_withdraws_there_and_tells_here(
    home: Connected, away: Connected, sender: Api
) -> None:
    document = sent(sender, a_packet("000.00.71.H53"))["id"]
    carry(home, away)
    there, clerk = away.inbox(), away.gateway.client("H53.71")
    home.gateway.clock.advance(timedelta(minutes=5))
    report(sender, document, "13", reason="Gửi nhầm")
    carry(home, away)
    home.gateway.clock.advance(timedelta(minutes=5))
    assert report(clerk, there, "15").json()["delivery"] == "queued"
    withdrawn(clerk, there)
    carry(home, away)
    assert standing(sender, document) == {"000.00.71.H53": "15"}
    assert seen(sender, document, "H53.71")["withdrawn"]["cause"] == "taken_back"
    readable(sender, document)


def test_over_the_axis_a_revocation_is_answered_and_the_answer_finds_its_way(
    home: Connected, away: Connected, sender: Api
) -> None:
    document = sent(sender, a_packet("000.00.71.H53"))["id"]
    carry(home, away)
    revoking = sent(sender, a_revocation("000.00.71.H53"))["id"]
    carry(home, away)
    clerk = away.gateway.client("H53.71")
    assert report(clerk, away.inbox("revoke"), "15").status_code == 201
    withdrawn(clerk, away.inbox())
    carry(home, away)
    assert standing(sender, document) == standing(sender, revoking) == {"000.00.71.H53": "15"}
