"""Documents and statuses between units of one province, over the axis's wire."""

from datetime import timedelta

import pytest

from tests.builders import evidence_of
from tests.documents.packets import DOCUMENT_ID, SAMPLE, a_packet, history, sent
from tests.facades.systems import DocumentSystem, Systems, a_status
from tests.gateway import Gateway

SENDER, COMMUNE = "000.00.12.H38", "000.00.61.H38"


@pytest.fixture
def sender(systems: Systems) -> DocumentSystem:
    return systems.connect(SENDER, member="H38.12")


@pytest.fixture
def commune(systems: Systems) -> DocumentSystem:
    return systems.connect(COMMUNE, member="H38.61")


def test_a_document_goes_from_system_to_system(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    packet = a_packet("H38.61")
    doc_id = sender.sent(packet)
    waiting = commune.inbox()
    assert [item | {"docId": ""} for item in waiting] == [
        {
            "docId": "",
            "serviceType": "eDoc",
            "messageType": "edoc",
            "created_time": "2026/11/02 09:00:00",
            "updated_time": "2026/11/02 09:00:00",
            "from": SENDER,
            "to": "H38.61",
            "status": "initial",
        }
    ]
    delivery = waiting[0]["docId"]
    assert delivery != doc_id
    assert commune.fetch(delivery) == packet
    download = commune.request("downloadEdoc", docId=delivery, filePath="D:/vb/den")
    assert download.content == packet
    assert download.headers["content-length"] == str(len(packet))
    assert commune.inbox() == waiting
    commune.acknowledge(delivery)
    assert commune.inbox() == []
    assert knowing.client("H38.61").get(f"/v1/documents/{doc_id}").status_code == 200
    assert [entry.act for entry in evidence_of(knowing, f"delivery:{delivery}")] == [
        "delivery.done"
    ]


def test_both_doors_lead_to_one_store(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    by_api = sent(knowing.client("H38.12"), a_packet("H38.61", number="1"))
    by_wire = sender.sent(a_packet("H38.61", number="2"))
    assert len(commune.inbox()) == 2
    listed = knowing.client("H38.61").get("/v1/documents/inbox").json()["items"]
    assert [one["id"] for one in listed] == [by_wire, by_api["id"]]
    acts = [entry.client_id for entry in evidence_of(knowing, f"document:{by_wire}")]
    assert acts == [f"vxp:{SENDER}"]


def test_the_same_packet_again_has_the_same_doc_id(
    sender: DocumentSystem, commune: DocumentSystem
) -> None:
    packet = a_packet("H38.61")
    assert {sender.sent(packet) for _ in range(3)} == {sender.sent(packet)}
    assert len(commune.inbox()) == 1


def test_another_packet_under_the_same_document_id_is_refused_with_both_named(
    sender: DocumentSystem,
) -> None:
    first = sender.sent(a_packet("H38.61"))
    answer = sender.send(a_packet("H38.61", Subject="Khác hẳn"))
    assert (answer["ErrorCode"], answer["DocId"]) == ("1062", "0")
    assert first in answer["ErrorDesc"]


def test_each_recipient_has_a_delivery_of_its_own(
    systems: Systems, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    other = systems.connect("000.00.62.H38", member="H38.13")
    sender.sent(a_packet("H38.61", "H38.13"))
    ids = [box.inbox()[0]["docId"] for box in (commune, other)]
    assert len(set(ids)) == 2
    assert other.refused("getEdoc", b"{}", docId=ids[0]) == "1030"
    assert other.refused("updateStatus", b"{}", docid=ids[0], status="done") == "1030"
    rows = sender.sent_list()
    assert [(row["toCode"], row["receiverDocId"]) for row in rows] == [
        ("H38.61", ids[0]),
        ("H38.13", ids[1]),
    ]
    assert {row["senderDocId"] for row in rows} == {rows[0]["senderDocId"]}


def test_statuses_come_back_to_the_senders_list(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    doc_id = sender.sent(a_packet("H38.61"))
    status = a_status("03", by=COMMUNE, to=SENDER, document_id=DOCUMENT_ID)
    first = commune.sent(status, from_=COMMUNE)
    assert commune.sent(status, from_=COMMUNE) == first
    told = sender.inbox("status")
    assert [(item["from"], item["to"], item["messageType"]) for item in told] == [
        ("H38.61", SENDER, "status")
    ] * 2
    codes = [code for _, code in history(knowing.client("H38"), doc_id)]
    assert codes == ["01", "03"]
    packets = [sender.fetch(item["docId"]) for item in told]
    assert [b"StatusCode>01<" in packets[0], b"StatusCode>03<" in packets[1]] == [True, True]
    assert sender.fetch(told[1]["docId"]) == packets[1]
    for item in told:
        sender.acknowledge(item["docId"])
    assert sender.inbox("status") == []
    assert [row["senderDocId"] for row in commune.sent_list("status")][-1] == first


def test_a_status_that_is_sent_again_when_the_next_was_told_changes_nothing(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    doc_id = sender.sent(a_packet("H38.61"))
    told = {"by": COMMUNE, "to": SENDER, "document_id": DOCUMENT_ID}
    received = a_status("03", at="2026/11/02 09:10:00", **told)
    first = commune.sent(received, from_=COMMUNE)
    commune.sent(a_status("05", at="2026/11/02 09:11:00", **told), from_=COMMUNE)
    assert commune.sent(received, from_=COMMUNE) == first
    another = a_status("03", at="2026/11/02 09:12:00", **told)
    assert commune.send(another, from_=COMMUNE)["ErrorCode"] == "1064"
    assert [code for _, code in history(knowing.client("H38"), doc_id)] == ["01", "03", "05"]


def test_a_take_back_goes_to_the_recipients_list(
    sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.sent(a_packet("H38.61"))
    wish = a_status("13", by=SENDER, to="H38.61", document_id=DOCUMENT_ID, why="Gửi nhầm")
    sender.sent(wish)
    [item] = commune.inbox("status")
    assert item["from"] == SENDER
    assert b"StatusCode>13<" in commune.fetch(item["docId"])


def test_a_status_that_the_table_forbids_is_refused_in_the_envelope(
    sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.sent(a_packet("H38.61"))
    finished = a_status("06", by=COMMUNE, to=SENDER, document_id=DOCUMENT_ID)
    unknown = a_status("03", by=COMMUNE, to=SENDER, document_id="nowhere")
    answers = [commune.send(one, from_=COMMUNE) for one in (finished, unknown)]
    assert [(one["ErrorCode"], one["DocId"]) for one in answers] == [("1064", "0"), ("1063", "0")]


def test_a_failed_delivery_is_listed_again_a_number_of_times(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.sent(a_packet("H38.61"))
    delivery = commune.inbox()[0]["docId"]
    seen = []
    for _ in range(knowing.settings.vxp_relist_after_fail + 1):
        commune.acknowledge(delivery, "fail", description="khong luu duoc")
        seen.append([item["status_desc"] for item in commune.inbox()])
    assert seen == [["khong luu duoc"]] * knowing.settings.vxp_relist_after_fail + [[]]
    commune.acknowledge(delivery, "initial")
    assert [item["status"] for item in commune.inbox()] == ["initial"]
    commune.acknowledge(delivery, "processing")
    assert [item["status"] for item in commune.inbox()] == ["processing"]


def test_counts_are_those_of_the_lists(sender: DocumentSystem, commune: DocumentSystem) -> None:
    for number in ("1", "2", "3"):
        sender.sent(a_packet("H38.61", number=number))
    commune.acknowledge(commune.inbox()[0]["docId"])
    counts = [commune.ok("countReceiveEdoc", b"{}")["count"]]
    counts += [sender.ok("countReceiveStatus", b"{}")["count"]]
    assert counts == [2, 3]


def test_a_list_can_be_bounded_by_time(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.sent(a_packet("H38.61", number="1"))
    knowing.clock.advance(timedelta(hours=2))
    sender.sent(a_packet("H38.61", number="2"))
    later = {"fromDate": "02/11/2026 10:00:00", "toDate": "02/11/2026 11:30:00"}
    assert len(commune.inbox(**later)) == 1
    assert len(sender.sent_list(**later)) == 1
    ever = {"fromDate": "01/01/0001 00:00:00", "toDate": "31/12/9999 23:59:59"}
    assert (len(commune.inbox(**ever)), len(sender.sent_list(**ever))) == (2, 2)
    assert commune.refused("getReceivedEdocList", fromDate="2026-11-02") == "1032"


def test_the_centre_has_the_mail_of_units_without_a_system_of_their_own(
    systems: Systems, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    centre = systems.connect("00.38.W00", member="H38", root="H38")
    sender.sent(a_packet("H38.61", "H38.13"))
    assert [item["to"] for item in centre.inbox()] == ["H38.13"]
    assert [item["to"] for item in commune.inbox()] == ["H38.61"]
    assert centre.sent(a_packet("H38.61", number="7")) != ""


def test_a_document_for_another_province_is_owed_to_the_axis(
    knowing: Gateway, sender: DocumentSystem
) -> None:
    doc_id = sender.sent(SAMPLE)
    recipients = knowing.client("H38").get(f"/v1/documents/{doc_id}").json()["recipients"]
    assert {one["delivery"] for one in recipients} <= {"queued", "delivered"}
    assert "queued" in {one["delivery"] for one in recipients}
    assert "processing" in {row["sendStatus"] for row in sender.sent_list()}


def test_an_inbox_begins_when_its_system_was_connected(
    knowing: Gateway, systems: Systems, sender: DocumentSystem
) -> None:
    sender.sent(a_packet("H38.61", number="1"))
    knowing.clock.advance(timedelta(minutes=1))
    late = systems.connect(COMMUNE, member="H38.61")
    assert late.inbox() == []
    sender.sent(a_packet("H38.61", number="2"))
    assert len(late.inbox()) == 1
