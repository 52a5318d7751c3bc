"""Systems of one province and the national axis: what comes lies in the right inbox."""

import pytest

from mock_ngsp.universe import Universe
from tests.documents.axis import Connected
from tests.documents.packets import a_packet
from tests.facades.systems import DocumentSystem, Systems, a_status
from tests.gateway import Gateway
from tests.mock_ngsp.driving import H53, AxisCaller, nation

COMMUNE = "000.00.61.H38"
ABROAD = "000.00.12.H53"
ID = "000.00.12.H53,2026/03/02,42/SKTDL-VP"


@pytest.fixture
def universe() -> Universe:
    return Universe()


@pytest.fixture
def home(knowing: Gateway, universe: Universe) -> Connected:
    return Connected(knowing, universe)


@pytest.fixture
def commune(systems: Systems) -> DocumentSystem:
    return systems.connect(COMMUNE, member="H38.61")


def from_abroad() -> bytes:
    packet = a_packet(COMMUNE).replace(b"000.00.12.H38", ABROAD.encode())
    assert ID.encode() in packet
    return packet


def test_a_document_of_the_axis_lies_in_the_inbox_and_its_status_goes_back(
    home: Connected, universe: Universe, commune: DocumentSystem
) -> None:
    with nation(universe) as axis:
        abroad = AxisCaller(axis, H53)
        assert abroad.send(from_abroad(), from_=ABROAD)["status"] == "OK"
        assert home.receive() == 1
        [item] = commune.inbox()
        assert (item["from"], item["to"]) == (ABROAD, COMMUNE)
        assert b"Subject" in commune.fetch(item["docId"])
        commune.acknowledge(item["docId"])
        commune.sent(a_status("03", by=COMMUNE, to=ABROAD, document_id=ID), from_=COMMUNE)
        home.relay()
        home.relay()
        told = [abroad.fetch(one["docId"]) for one in abroad.inbox("status")]
    codes = [code for code in (b"01", b"03") for one in told if b"StatusCode>" + code in one]
    assert codes == [b"01", b"03"]
    assert [row["sendStatus"] for row in commune.sent_list("status")] == ["done", "done"]


def test_a_status_of_the_axis_lies_in_the_senders_inbox(
    home: Connected, universe: Universe, systems: Systems
) -> None:
    sender = systems.connect("000.00.12.H38", member="H38.12")
    sender.sent(a_packet("H53.71"))
    assert home.relay() == 1
    assert [row["sendStatus"] for row in sender.sent_list()] == ["done"]
    status = a_status(
        "03",
        by="000.00.71.H53",
        to="000.00.12.H38",
        document_id="000.00.12.H38,2026/03/02,42/SKTDL-VP",
    )
    with nation(universe) as axis:
        assert AxisCaller(axis, H53).send(status, from_="000.00.71.H53")["status"] == "OK"
    assert home.receive() == 1
    [item] = sender.inbox("status")
    assert (item["from"], item["messageType"]) == ("H53.71", "status")
    assert b"StatusCode>03<" in sender.fetch(item["docId"])


def test_a_take_back_of_a_sender_nobody_knows_is_fetched(
    home: Connected, universe: Universe, commune: DocumentSystem
) -> None:
    unknown = "000.00.98.H53"
    packet = from_abroad().replace(ABROAD.encode(), unknown.encode())
    start = packet.index(b"<edXML:OrganName>")
    end = packet.index(b"</edXML:OrganName>") + len(b"</edXML:OrganName>")
    wish = a_status(
        "13", by=unknown, to=COMMUNE, document_id=ID.replace(ABROAD, unknown), why="Gửi nhầm"
    )
    with nation(universe) as axis:
        abroad = AxisCaller(axis, H53)
        assert abroad.send(packet[:start] + packet[end:], from_=unknown)["status"] == "OK"
        assert abroad.send(wish, from_=unknown)["status"] == "OK"
    assert home.receive() == 2
    [item] = commune.inbox("status")
    fetched = commune.fetch(item["docId"])
    assert b"StatusCode>13<" in fetched
    assert f"<edXML:OrganName>{unknown}<".encode() in fetched
