"""Packets of some MiB over the axis's wire: kept once, and given back by either operation."""

import base64

import pytest

from tests.documents.large import LARGE, a_file, make_full, stored, with_file
from tests.documents.packets import a_packet
from tests.facades.systems import DocumentSystem, Systems
from tests.gateway import Gateway

FILE = a_file()
PACKET = with_file(FILE, of=a_packet("H38.61"))


@pytest.fixture
def sender(systems: Systems) -> DocumentSystem:
    return systems.connect("000.00.12.H38", member="H38.12")


@pytest.fixture
def commune(systems: Systems) -> DocumentSystem:
    return systems.connect("000.00.61.H38", member="H38.61")


def test_a_large_packet_goes_from_system_to_system_and_is_kept_once(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    sender.sent(PACKET)
    (waiting,) = commune.inbox()
    assert LARGE < stored(knowing).size < LARGE + 20_000
    fetched = commune.request("getEdoc", b"{}", docId=waiting["docId"])
    assert int(fetched.headers["content-length"]) == len(fetched.content)
    assert base64.b64decode(fetched.json()["data"]) == PACKET
    assert commune.request("downloadEdoc", docId=waiting["docId"]).content == PACKET


def test_a_large_packet_that_is_refused_leaves_nothing(
    knowing: Gateway, sender: DocumentSystem
) -> None:
    other = with_file(FILE, of=a_packet("H38.61", OrganId="000.00.11.H38"))
    assert sender.send(other)["status"] == "FAIL"
    assert sender.send(PACKET, hash_file="0" * 64)["status"] == "FAIL"
    assert stored(knowing).parts == 0


def test_a_full_disk_is_told_as_the_nation_tells_it_and_small_packets_still_pass(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    make_full(knowing)
    answer = sender.send(PACKET)
    assert (answer["ErrorCode"], answer["DocId"]) == ("1043", "0")
    assert (stored(knowing).parts, commune.inbox()) == (0, [])
    sender.sent(a_packet("H38.61"))
    assert len(commune.inbox()) == 1
