"""Every golden packet and every broken one, handed to the gateway's reader and to the mock axis."""

from dataclasses import replace
from typing import Any

import pytest

from app.exchange.vxp.edxml.errors import EdxmlError
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Packet, StatusPacket
from app.exchange.vxp.edxml.reader import read
from mock_ngsp.systems import System, Systems
from mock_ngsp.universe import Universe
from mock_ngsp.vxp import edxml
from tests.contract.faults import Fault, faults, table
from tests.contract.judges import Message, description, golden
from tests.mock_ngsp.driving import AxisCaller, Json, nation

PACKETS = [entry for entry in golden() if entry.judged_by == "edxml.xsd"]
ACCEPTED = [entry for entry in PACKETS if entry.reader == "accept"]
REFUSED = [entry for entry in PACKETS if entry.reader == "refuse"]
PARTIES = ("H38", "H53", "G22")


def _name(entry: Message) -> str:
    return entry.name


def an_axis() -> Universe:
    """An axis to which everybody is connected whom the golden packets name."""
    return Universe(systems=Systems(tuple(System(code, "invented", code) for code in PARTIES)))


def handed_in(universe: Universe, sender: str, packet: bytes) -> Json:
    """Return what the axis answers to a sendEdoc of that sender's system."""
    system = next((code for code in PARTIES if code in sender), PARTIES[0])
    return AxisCaller(nation(universe), system, "invented").send(packet, from_=sender)


def handed_out(universe: Universe, recipient: str, kind: str) -> bytes:
    """Return what waits for a recipient at the axis."""
    system = next(code for code in PARTIES if code in recipient)
    caller = AxisCaller(nation(universe), system, "invented")
    (item,) = (one for one in caller.inbox(kind) if one["to"] == recipient)
    return caller.fetch(item["docId"])


def at_the_gateway(packet: bytes) -> str | Packet | StatusPacket:
    """Return what the gateway read, or the slug of its refusal."""
    try:
        return read(packet, limits=Limits())
    except EdxmlError as refused:
        return refused.slug


def facts(found: Packet | StatusPacket) -> dict[str, Any]:
    """Tell what the axis must know of a packet, as the gateway read it."""
    if isinstance(found, StatusPacket):
        about = found.response_for
        return {
            "message_type": "status",
            "sender": found.sender.code,
            "recipients": (about.agency,),
            "document_id": about.document_id,
            "subject": found.description or "",
            "notation": about.symbol or "",
            "status_code": found.code,
        }
    return {
        "message_type": "edoc",
        "sender": found.sender.code,
        "recipients": tuple(one.code for one in found.recipients),
        "document_id": found.document_id,
        "subject": found.subject or "",
        "notation": found.symbol,
        "status_code": None,
    }


@pytest.mark.parametrize("entry", ACCEPTED, ids=_name)
def test_both_sides_read_the_same_out_of_a_golden_packet(entry: Message) -> None:
    ours = at_the_gateway(entry.read())
    assert not isinstance(ours, str), ours
    theirs = edxml.read(entry.read())
    said = facts(ours)
    assert {name: getattr(theirs, name) for name in said} == said
    assert said["message_type"] == entry.kind


@pytest.mark.parametrize("entry", ACCEPTED, ids=_name)
def test_the_axis_hands_on_what_the_gateway_reads_in_the_original(entry: Message) -> None:
    universe = an_axis()
    sent = at_the_gateway(entry.read())
    assert not isinstance(sent, str), sent
    said = facts(sent)
    assert handed_in(universe, said["sender"], entry.read())["status"] == "OK"
    for recipient in said["recipients"]:
        got = at_the_gateway(handed_out(universe, recipient, said["message_type"]))
        assert _before_the_axis(got, universe.settings.axis_node) == _with_defaults(sent)


def _before_the_axis(packet: object, node: str) -> object:
    """Take the hop away that the axis appends to a document."""
    if not isinstance(packet, Packet):
        return packet
    assert packet.hops[-1].code == node
    return replace(packet, hops=packet.hops[:-1])


def _with_defaults(packet: Packet | StatusPacket) -> Packet | StatusPacket:
    """Return the packet with the one default of the axis that the gateway reads."""
    if isinstance(packet, StatusPacket) or packet.document_type.detail is not None:
        return packet
    return replace(packet, document_type=replace(packet.document_type, detail=0))


@pytest.mark.parametrize("entry", REFUSED, ids=_name)
def test_both_sides_refuse_what_nobody_reads_by_the_names_in_the_index(entry: Message) -> None:
    assert entry.refused_as is not None
    assert at_the_gateway(entry.read()) == entry.refused_as["gateway"]
    answer = handed_in(an_axis(), "000.00.12.H38", entry.read())
    assert (answer["ErrorCode"], answer["DocId"]) == (entry.refused_as["axis"], "0")


@pytest.mark.parametrize("fault", faults(), ids=str)
def test_the_axis_treats_a_broken_packet_as_the_table_says(fault: Fault) -> None:
    universe = an_axis()
    whole = edxml.read(fault.whole())
    answer = handed_in(universe, whole.sender, fault.broken())
    assert answer["ErrorCode"] == ("0" if fault.axis == "passes" else fault.axis)
    if fault.axis == "passes":
        arrived = handed_out(universe, whole.recipients[0], whole.message_type)
        assert at_the_gateway(arrived) == fault.gateway


def test_the_table_gives_a_known_reason_for_all_that_passes_and_a_known_code_for_the_rest() -> None:
    codes = description("vxp.yaml")["components"]["schemas"]["OurErrorCode"]["enum"]
    passing = {fault.why for fault in faults() if fault.axis == "passes"}
    refused = [fault for fault in faults() if fault.axis != "passes"]
    assert passing == set(table()["reasons"])
    assert {fault.axis for fault in refused} <= set(codes)
    assert all(fault.why is None for fault in refused)
