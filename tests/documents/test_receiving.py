"""What the axis brings that was not sent by a gateway of ours, or that cannot be taken."""

import base64
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from app.access.domain import Scope
from mock_ngsp.faults import Fault
from mock_ngsp.settings import Settings as AxisSettings
from mock_ngsp.universe import Universe
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


ODD = {"DueDate": "1900/01/01", "PageAmount": "03 trang", "Priority": "Khẩn", "Paper": "true"}


def test_a_packet_with_optional_elements_that_do_not_fit_is_taken_without_them(
    away: Connected,
) -> None:
    bring(away, a_packet("H53.71", **ODD), "H53.71")
    assert away.receive() == 1
    (item,) = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert (item["due_on"], item["priority"]) == (None, None)


def test_a_recipient_elsewhere_whose_code_is_none_keeps_a_packet_from_nobody(
    away: Connected,
) -> None:
    bring(away, a_packet("H53.71", "vxp.saas.03"), "H53.71")
    assert away.receive() == 1
    (item,) = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [one["code"] for one in item["recipients"]] == ["H53.71"]


def test_a_file_without_content_loses_no_document(away: Connected) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("ghi-chu.txt", b"")
    content = base64.b64encode(empty.getvalue()).decode()
    packet = a_packet("H53.71")
    start = packet.index(b">", packet.index(b"<edXML:ContentTransferEncoded")) + 1
    end = packet.index(b"<", start)
    bring(away, packet[:start] + content.encode() + packet[end:], "H53.71")
    assert away.receive() == 1
    api = away.gateway.client("H53")
    (item,) = api.get("/v1/documents/inbox").json()["items"]
    files = api.get(f"/v1/documents/{item['id']}").json()["attachments"]
    assert [one["name"] for one in files] == ["42-SKTDL-VP.pdf"]


def test_by_setting_what_does_not_fit_is_refused(away: Connected) -> None:
    bring(away, a_packet("H53.71", **ODD), "H53.71")
    strict = away.gateway.settings.model_copy(update={"vxp_packet_values": "strict"})
    assert away.run(away.receiver(settings=strict).turn) == 0
    assert outcomes(away) == [("document.receive", "edxml-wrong-date")]


def test_whom_the_list_names_though_the_packet_does_not_gets_what_was_sent_to_nobody_else_here(
    away: Connected,
) -> None:
    bring(away, a_packet("G22"), "000.00.71.H53")
    assert away.receive() == 1
    (item,) = away.gateway.client("H53.71").get("/v1/documents/inbox").json()["items"]
    assert [one["member"] for one in item["recipients"]] == ["H53.71"]


def test_a_list_that_names_the_system_adds_nobody_to_those_the_packet_names(
    away: Connected,
) -> None:
    bring(away, a_packet("H53.71"), "000.00.00.H53")
    assert away.receive() == 1
    (item,) = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [one["member"] for one in item["recipients"]] == ["H53.71"]


def test_what_cannot_be_taken_and_is_listed_for_ever_is_tried_less_and_less_often(
    away: Connected,
) -> None:
    universe = Universe(AxisSettings(relist_after_fail=1000))
    kept = Connected(away.gateway, universe)
    bring(kept, b"not xml", "H53.71")
    receiver = kept.receiver()
    tried = []
    for minutes in (0, 0, 0, 0, 0, 1, 1, 1, 60, 59, 1):
        kept.gateway.clock.advance(timedelta(minutes=minutes))
        assert kept.run(receiver.turn) == 0
        tried.append(len(outcomes(kept)))
    assert tried == [1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 8]


def test_the_sender_is_told_why_a_document_was_not_taken(away: Connected) -> None:
    serving = away.gateway.settings.model_copy(update={"other_members": ("H02",)})
    bring(away, a_packet("H02"), "H02")
    bring(away, a_packet("H53.99"), "H53.99")
    bring(away, b"not xml", "H53.71")
    assert away.run(away.receiver(settings=serving).turn) == 0
    assert [one.description.partition(":")[0] for one in away.waiting()] == [
        (
            "Ma H02 (UBND tinh Bac Giang) da dong tu ngay 01/07/2025; "
            "hay dung ma H05 (UBND tinh Bac Ninh)."
        ),
        "Danh muc khong co co quan, to chuc nao mang ma H53.99.",
        "Du lieu khong phai la tai lieu XML dung cu phap, ma hoa UTF-8",
    ]


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
