"""One packet in portions: sendEdoc again with another `to` reaches who had not been reached."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from mock_ngsp.universe import Universe
from tests.builders import evidence_of
from tests.documents.axis import Connected
from tests.documents.packets import a_packet, a_revocation, send, sent
from tests.facades.systems import DocumentSystem, Systems
from tests.gateway import Gateway

SENDER = "000.00.12.H38"


@pytest.fixture
def sender(systems: Systems) -> DocumentSystem:
    return systems.connect(SENDER, member="H38.12")


@pytest.fixture
def home(knowing: Gateway) -> Connected:
    return Connected(knowing, Universe())


def to(*codes: str) -> str:
    return json.dumps(codes)


def rows(sender: DocumentSystem) -> list[tuple[str, str]]:
    return [(row["toCode"], row["sendStatus"]) for row in sender.sent_list()]


def test_each_portion_is_owed_to_the_axis_and_settled_for_itself(
    home: Connected, sender: DocumentSystem
) -> None:
    packet = a_packet("H53.71", "H53.72", "H38.61")
    first = sender.sent(packet, to=to("H53.71"))
    assert home.relay() == 1
    assert sender.sent(packet, to=to("H53.72", "H53.71")) == first
    assert rows(sender) == [("H53.71", "done"), ("H53.72", "processing")]
    assert home.relay() == 1
    assert sender.sent(packet) == first
    assert home.relay() == 0
    assert rows(sender) == [("H53.71", "done"), ("H53.72", "done"), ("H38.61", "done")]
    arrived = home.universe.deliveries.waiting("000.00.00.H53")
    assert [one.to for one in arrived] == ["H53.71", "H53.72"]
    acts = [entry.act for entry in evidence_of(home.gateway, f"document:{first}")]
    assert acts == ["document.send"] * 3


def test_a_portion_that_the_axis_refuses_leaves_the_others_as_they_are(
    home: Connected, sender: DocumentSystem
) -> None:
    packet = a_packet("H53.71", "G11")
    document = sender.sent(packet, to=to("H53.71"))
    home.relay()
    sender.sent(packet, to=to("G11"))
    home.relay()
    assert rows(sender) == [("H53.71", "done"), ("G11", "fail")]
    happened = home.gateway.client("H38.12").get(f"/v1/documents/{document}/timeline").json()
    told = [(one["code"], [it["kind"] for it in one["timeline"]]) for one in happened["recipients"]]
    assert told == [("H53.71", ["sent"]), ("G11", ["undeliverable"])]


def test_one_that_the_axis_refuses_keeps_the_document_from_nobody_else(
    home: Connected, sender: DocumentSystem
) -> None:
    sender.sent(a_packet("G11", "H53.71"))
    assert [home.relay(), home.relay()] == [1, 2]
    assert rows(sender) == [("G11", "fail"), ("H53.71", "done")]


def test_what_was_refused_holds_what_follows_for_its_own_recipient_alone(
    home: Connected, sender: DocumentSystem
) -> None:
    packet = a_packet("G11", "H53.71")
    sender.sent(packet, to=to("G11"))
    home.relay()
    sender.sent(packet)
    sender.sent(a_revocation("G11", "H53.71"))
    while home.relay():
        pass
    assert rows(sender) == [
        ("G11", "fail"),
        ("H53.71", "done"),
        ("G11", "processing"),
        ("H53.71", "done"),
    ]
    arrived = home.universe.deliveries.waiting("000.00.00.H53")
    assert [one.to for one in arrived] == ["H53.71", "H53.71"]


def test_portions_at_the_same_time_reach_everybody_once(
    home: Connected, sender: DocumentSystem
) -> None:
    packet = a_packet("H53.71", "H53.72", "H38.61", "H38.13")
    chosen = [to("H53.71"), to("H53.72", "H38.61"), to("H38.13"), to("H53.71", "H38.13")] * 2
    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda codes: sender.sent(packet, to=codes), chosen))
    assert len(ids) == 1
    while home.relay():
        pass
    assert sorted(code for code, _ in rows(sender)) == ["H38.13", "H38.61", "H53.71", "H53.72"]
    arrived = home.universe.deliveries.waiting("000.00.00.H53")
    assert sorted(one.to for one in arrived) == ["H53.71", "H53.72"]


def test_the_other_door_completes_what_was_sent_in_part(
    knowing: Gateway, sender: DocumentSystem
) -> None:
    packet = a_packet("H38.61", "H38.13")
    first = sender.sent(packet, to=to("H38.61"))
    answer = send(knowing.client("H38.12"), packet)
    assert (answer.status_code, answer.json()["id"]) == (200, first)
    assert [code for code, _ in rows(sender)] == ["H38.61", "H38.13"]


def test_an_update_in_portions_is_one_document(knowing: Gateway, sender: DocumentSystem) -> None:
    sent(knowing.client("H38.12"), a_packet("H38.61", "H38.13"))
    update = a_packet(
        "H38.61", "H38.13", BussinessDocType="2", BussinessDocReason="Sửa số liệu", Subject="Đã sửa"
    )
    first = sender.sent(update, to=to("H38.61"))
    assert sender.sent(update, to=to("H38.13")) == first
    listed = knowing.client("H38.13").get("/v1/documents/inbox").json()["items"]
    assert [one["id"] for one in listed if one["business"] == "update"] == [first]


def test_a_portion_of_another_packet_is_refused(sender: DocumentSystem) -> None:
    first = sender.sent(a_packet("H38.61", "H38.13"), to=to("H38.61"))
    other = a_packet("H38.61", "H38.13", Subject="Khác hẳn")
    answer = sender.send(other, to=to("H38.13"))
    assert (answer["ErrorCode"], first in answer["ErrorDesc"]) == ("1062", True)
    assert [code for code, _ in rows(sender)] == ["H38.61"]
