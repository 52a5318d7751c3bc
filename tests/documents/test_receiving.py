"""What the axis brings that was not sent by a gateway of ours, or that cannot be taken."""

from datetime import UTC, datetime

import pytest

from app.access.domain import Scope
from mock_ngsp.faults import Fault
from tests.documents.arrivals import a_status, bring, outcomes
from tests.documents.axis import Connected
from tests.documents.packets import (
    DOCUMENT_ID,
    STATUS,
    a_packet,
    a_revocation,
    history,
    report,
    sent,
    standing,
)
from tests.gateway import Api


@pytest.mark.parametrize(
    ("packet", "outcome"),
    [
        (b"not xml", "edxml-not-xml"),
        (b'<!DOCTYPE edXML [<!ENTITY a "b">]><edXML/>', "edxml-doctype"),
        (a_packet("H53.99"), "unknown-member"),
        (a_packet("H38.61"), "unknown-member"),
    ],
)
def test_a_packet_that_cannot_be_taken_is_refused_and_in_the_evidence(
    away: Connected, packet: bytes, outcome: str
) -> None:
    bring(away, packet, "H53.99")
    assert away.receive() == 0
    (delivery,) = away.waiting()
    assert delivery.status.value == "fail"
    assert outcomes(away) == [("document.receive", outcome)]


def test_one_unknown_recipient_does_not_hinder_the_others(away: Connected) -> None:
    bring(away, a_packet("H53.71", "H53.99"), "H53.71", "H53.99")
    assert away.receive() == 1
    assert outcomes(away) == [("document.receive", "unknown-member")]
    items = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [[one["code"] for one in item["recipients"]] for item in items] == [["H53.71"]]


def test_a_list_that_names_no_unit_hinders_nothing(away: Connected) -> None:
    bring(away, a_packet("H53.71", "H53.99"), "vxp.saas.03")
    assert away.receive() == 1
    assert len(away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]) == 1


def test_a_sender_that_is_in_no_catalogue_is_taken(away: Connected) -> None:
    bring(away, a_packet("H53.71", OrganId="000.00.98.H38"), "H53.71")
    assert away.receive() == 1
    (item,) = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert item["from"]["member"] == "H38.98"


def test_a_later_recipient_of_a_known_document_gets_it_too(away: Connected) -> None:
    bring(away, a_packet("H53.71"), "H53.71")
    bring(away, a_packet("H53.72"), "H53.72")
    assert away.receive() == 2
    (item,) = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [one["code"] for one in item["recipients"]] == ["H53.71", "H53.72"]


def test_a_revocation_is_a_document_of_its_own_and_its_sender_is_told_no_arrival(
    away: Connected,
) -> None:
    bring(away, a_packet("H53.71"), "H53.71")
    bring(away, a_revocation("H53.71"), "H53.71")
    bring(away, a_revocation("H53.71"), "H53.71")
    assert away.receive() == 3
    api = away.gateway.client("H53")
    items = api.get("/v1/documents/inbox").json()["items"]
    assert [item["business"] for item in items] == ["revoke", "new"]
    told = [
        api.get(f"/v1/documents/{item['id']}/statuses").json()["items"][0]["delivery"]
        for item in items
    ]
    assert told == [None, "queued"]


def test_a_document_that_comes_back_is_not_delivered_twice(
    home: Connected, sender: Api, commune: Api
) -> None:
    document = sent(sender, a_packet("H38.61", "G22"))["id"]
    bring(home, a_packet("H38.61", "G22"), "H38.61")
    assert home.receive() == 1
    assert [one["id"] for one in commune.get("/v1/documents/inbox").json()["items"]] == [document]
    assert history(sender, document) == [("H38.61", "01")]


def test_the_sample_status_is_noted(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    bring(home, STATUS, "H38.12")
    assert home.receive() == 1
    assert history(sender, document) == [("000.00.71.H53", "03")]


def test_a_rejection_without_a_reason_is_noted_and_marked(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    bring(home, a_status("02", description=None), "H38.12")
    assert home.receive() == 1
    (entry,) = sender.get(f"/v1/documents/{document}/statuses").json()["items"]
    assert (entry["code"], entry["is_unexpected"]) == ("02", True)


def test_a_status_with_the_other_spellings_is_understood(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    status = a_status(
        "03", by="H53.71", to="H38.12", document_id=DOCUMENT_ID.replace("2026/03/02", "2026-03-02")
    )
    bring(home, status, "H38.12")
    assert home.receive() == 1
    assert standing(sender, document)["000.00.71.H53"] == "03"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (a_status("03", by="000.00.99.H53"), "unknown-document"),
        (a_status("03", by="000.00.61.H38"), "unknown-document"),
        (a_status("13"), "status-not-yours"),
    ],
)
def test_a_status_of_somebody_who_may_not_send_it_is_refused(
    home: Connected, sender: Api, status: bytes, outcome: str
) -> None:
    document = sent(sender, a_packet("000.00.71.H53", "H38.61"))["id"]
    bring(home, status, "H38.12")
    assert home.receive() == 0
    assert outcomes(home) == [("document.status", outcome)]
    assert history(sender, document) == [("H38.61", "01")]


def test_a_status_against_the_table_is_noted_and_marked(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    bring(home, a_status("06"), "H38.12")
    assert home.receive() == 1
    (entry,) = sender.get(f"/v1/documents/{document}/statuses").json()["items"]
    assert (entry["code"], entry["is_unexpected"]) == ("06", True)
    assert standing(sender, document)["000.00.71.H53"] == "06"


def test_statuses_that_overtake_each_other_come_to_the_same_as_in_order(
    home: Connected, sender: Api
) -> None:
    document = sent(sender)["id"]
    for hour, code in ((6, "06"), (4, "03"), (5, "05"), (3, "01")):
        bring(home, a_status(code, at=datetime(2026, 11, 2, hour, tzinfo=UTC)), "H38.12")
        assert home.receive() == 1
    assert standing(sender, document)["000.00.71.H53"] == "06"
    entries = sender.get(f"/v1/documents/{document}/statuses").json()["items"]
    assert [entry["is_unexpected"] for entry in entries] == [False] * 4


def test_a_status_that_contradicts_a_later_one_is_marked(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    bring(home, a_status("03", at=datetime(2026, 11, 2, 4, tzinfo=UTC)), "H38.12")
    bring(home, a_status("02", at=datetime(2026, 11, 2, 3, tzinfo=UTC)), "H38.12")
    assert home.receive() == 2
    assert standing(sender, document)["000.00.71.H53"] == "03"
    entries = sender.get(f"/v1/documents/{document}/statuses").json()["items"]
    assert [entry["is_unexpected"] for entry in entries] == [True, False]


def test_the_same_status_in_two_deliveries_is_noted_once(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    for _ in range(2):
        bring(home, a_status("03"), "H38.12")
        assert home.receive() == 1
    assert history(sender, document) == [("000.00.71.H53", "03")]


@pytest.mark.parametrize("code", ["01", "02", "03", "06"])
def test_the_same_status_with_another_time_is_noted_once(
    home: Connected, sender: Api, code: str
) -> None:
    document = sent(sender)["id"]
    for hour in (3, 4):
        bring(home, a_status(code, at=datetime(2026, 11, 2, hour, tzinfo=UTC)), "H38.12")
        assert home.receive() == 1
    assert history(sender, document) == [("000.00.71.H53", code)]


def test_a_take_back_is_noted_once_until_it_is_declined(away: Connected) -> None:
    bring(away, a_packet("H53.71"), "H53.71")
    away.receive()
    api, document = away.gateway.client("H53.71"), away.inbox()

    def asked(hour: int) -> None:
        at = datetime(2026, 11, 2, hour, tzinfo=UTC)
        bring(away, a_status("13", by="000.00.12.H38", to="000.00.71.H53", at=at), "H53.71")
        assert away.receive() == 1

    asked(3)
    asked(4)
    report(api, document, "16", reason="Đã xử lý")
    asked(3)
    asked(5)
    assert [code for _, code in history(api, document)] == ["01", "13", "16", "13"]


def test_a_status_whose_acknowledgement_was_lost_is_noted_once(
    home: Connected, sender: Api
) -> None:
    document = sent(sender)["id"]
    bring(home, a_status("03"), "H38.12")
    home.universe.faults.add(Fault("updateStatus", 1, status=500))
    assert (home.receive(), home.receive()) == (0, 1)
    assert history(sender, document) == [("000.00.71.H53", "03")]


def test_an_answer_to_a_revocation_is_noted_with_it(home: Connected, sender: Api) -> None:
    document, revoking = sent(sender)["id"], sent(sender, a_revocation())["id"]
    bring(home, a_status("15"), "H38.12")
    assert home.receive() == 1
    assert standing(sender, revoking)["000.00.71.H53"] == "15"
    assert standing(sender, document)["000.00.71.H53"] == "15"


def test_an_answer_that_nothing_asked_for_is_marked(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]
    bring(home, a_status("16"), "H38.12")
    assert home.receive() == 1
    (entry,) = sender.get(f"/v1/documents/{document}/statuses").json()["items"]
    assert entry["is_unexpected"]


def test_an_item_that_the_axis_does_not_hand_out_is_in_the_evidence(away: Connected) -> None:
    bring(away, a_packet("H53.71"), "H53.71")
    (delivery,) = away.waiting()
    delivery.doc_id, delivery.item = "another-id", None
    assert away.receive() == 0
    assert outcomes(away) == [("document.receive", "axis-unavailable")]


def test_an_axis_that_does_not_answer_is_asked_again_later(away: Connected) -> None:
    bring(away, a_packet("H53.71"), "H53.71")
    away.universe.faults.add(Fault("getReceivedEdocList", 1, status=500))
    assert away.receive() == 0
    assert away.receive() == 1


def test_an_arrival_that_cannot_be_told_is_shown_as_refused(away: Connected) -> None:
    bring(away, a_packet("H53.71", OrganId="000.00.00.G01"), "H53.71")
    assert (away.receive(), away.relay()) == (1, 1)
    api = away.gateway.client("H53")
    (item,) = api.get("/v1/documents/inbox").json()["items"]
    (entry,) = api.get(f"/v1/documents/{item['id']}/statuses").json()["items"]
    assert (entry["code"], entry["delivery"]) == ("01", "refused")


def test_a_doc_id_that_is_no_name_is_passed_over(away: Connected) -> None:
    bring(away, a_packet("H53.71"), "H53.71")
    (delivery,) = away.waiting()
    delivery.doc_id, delivery.item = "../../etc/passwd", None
    assert away.receive() == 0
    api = away.gateway.client("H53", Scope.READ_DOCUMENTS)
    assert api.get("/v1/documents/inbox").json()["items"] == []
