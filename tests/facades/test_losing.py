"""What document software sees of documents that its unit loses before it fetched them."""

import pytest

from tests.contract.judges import faults_of_packet
from tests.documents.packets import DOCUMENT_ID, a_packet, content_answers, seen
from tests.facades.systems import DocumentSystem, Systems, a_status
from tests.gateway import Gateway

SENDER, COMMUNE = "000.00.12.H38", "000.00.61.H38"
DROPPING = (
    "<edXML:DocumentInfo>0</edXML:DocumentInfo><edXML:DocumentReceiver>1</edXML:DocumentReceiver>"
    "<edXML:ReceiverList><edXML:Receiver><edXML:ReceiverType>0</edXML:ReceiverType>"
    f"<edXML:OrganId>{COMMUNE}</edXML:OrganId></edXML:Receiver></edXML:ReceiverList>"
)


@pytest.fixture
def sender(systems: Systems) -> DocumentSystem:
    return systems.connect(SENDER, member="H38.12")


@pytest.fixture
def commune(systems: Systems) -> DocumentSystem:
    return systems.connect(COMMUNE, member="H38.61")


def an_update(reason: str) -> bytes:
    packet = a_packet(
        "H38.13", BussinessDocType="2", BussinessDocReason=reason, Subject="Nội dung mới"
    ).decode()
    end = "</edXML:BussinessDocReason>"
    info = f"<edXML:BussinessDocumentInfo>{DROPPING}</edXML:BussinessDocumentInfo>"
    return packet.replace(
        end, f"{end}{info}<edXML:DocumentId>{DOCUMENT_ID}</edXML:DocumentId>", 1
    ).encode()


def counted(system: DocumentSystem) -> int:
    return int(system.ok("countReceiveEdoc", b"{}")["count"])


def test_what_was_taken_back_unread_waits_no_more(
    sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.sent(a_packet("H38.61"))
    (item,) = commune.inbox()
    sender.sent(a_status("13", by=SENDER, to=COMMUNE, document_id=DOCUMENT_ID, why="Gửi nhầm"))
    assert (len(commune.inbox()), counted(commune)) == (1, 1)
    commune.sent(a_status("15", by=COMMUNE, to=SENDER, document_id=DOCUMENT_ID), from_=COMMUNE)
    assert (commune.inbox(), counted(commune)) == ([], 0)
    assert commune.refused("getEdoc", b"{}", docId=item["docId"]) == "1068"
    commune.acknowledge(item["docId"], "fail")
    assert (commune.inbox(), counted(commune)) == ([], 0)
    assert [one["messageType"] for one in commune.inbox("status")] == ["status"]


def test_who_is_dropped_learns_that_and_nothing_of_what_the_document_says_now(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.sent(a_packet("H38.61", "H38.13"))
    (item,) = commune.inbox()
    update = sender.sent(an_update("Gửi nhầm nơi"))
    assert commune.refused("getEdoc", b"{}", docId=item["docId"]) == "1068"
    (told,) = commune.inbox()
    assert (told["from"], counted(commune)) == (SENDER, 1)
    packet = commune.fetch(told["docId"])
    assert commune.request("downloadEdoc", docId=told["docId"]).content == packet
    assert faults_of_packet(packet) == []
    text = packet.decode()
    for said in (
        ">2</edXML:BussinessDocType>", ">Gửi nhầm nơi</edXML:BussinessDocReason>",
        ">0</edXML:ReceiverType>", f">{COMMUNE}</edXML:OrganId>",
        f">{DOCUMENT_ID}</edXML:DocumentId>",
    ):  # fmt: skip
        assert said in text, said
    assert ("H38.13" in text, "<Attachment>" in text) == (False, False)
    commune.acknowledge(told["docId"])
    assert (commune.inbox(), counted(commune)) == ([], 0)
    api = knowing.client("H38.61")
    assert {answer.status_code for answer in content_answers(api, update)} == {410}
    assert seen(api, update, "H38.61")["role"] == "dropped"
