"""The golden packets of openapi/messages, handed to the axis as their senders would."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from mock_ngsp.systems import System, Systems
from mock_ngsp.universe import Universe
from mock_ngsp.vxp import edxml
from mock_ngsp.vxp.intake import BodyHash
from mock_ngsp.vxp.refusals import AxisRefusalError
from tests.mock_ngsp.driving import MESSAGES, AxisCaller, nation

TAKEN = sorted(MESSAGES.glob("*.edxml"))
REFUSED = sorted((MESSAGES / "refused").glob("*.edxml"))


def names(files: list[Path]) -> list[str]:
    return [file.stem for file in files]


@pytest.mark.parametrize("file", REFUSED, ids=names(REFUSED))
def test_a_packet_of_a_refused_variant_is_refused(file: Path) -> None:
    with pytest.raises(AxisRefusalError):
        edxml.read(file.read_bytes())


@pytest.mark.parametrize("file", TAKEN, ids=names(TAKEN))
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"><", b"> \n <"),
        (b"</", b"\r\n\t <!-- x --> </"),
        (b"OrganId>0", b"OrganId> <![CDATA[ ]]> <!-- x --> 0"),
    ],
)
def test_blanks_between_elements_say_nothing(file: Path, old: bytes, new: bytes) -> None:
    packet = file.read_bytes().replace(old, new)
    full, brief = edxml.read(packet), edxml.read(packet, blanks=False)
    assert replace(brief, root=full.root) == full
    assert list(edxml.named(brief)) == list(edxml.named(full))
    assert list(edxml.attached(brief.root)) == list(edxml.attached(full.root))


@pytest.mark.parametrize("file", TAKEN, ids=names(TAKEN))
def test_every_other_packet_arrives_whole(
    universe: Universe, client: TestClient, file: Path
) -> None:
    packet = edxml.read(file.read_bytes())
    for code in {packet.sender, *packet.recipients}:
        universe.systems.put(System(code, "invented", code))
    sender = AxisCaller(client, packet.sender, "invented")
    assert sender.send(file.read_bytes())["status"] == "OK"
    for code in packet.recipients:
        receiver = AxisCaller(client, code, "invented")
        (item,) = receiver.inbox(packet.message_type)
        arrived = edxml.read(receiver.fetch(item["docId"]))
        assert arrived.document_id == packet.document_id
        assert contents(arrived.root) == contents(packet.root)


def contents(root: etree._Element) -> list[str]:
    found = root.iterfind(f".//{edxml.Q}ContentTransferEncoded")
    return ["".join((element.text or "").split()) for element in found]


def test_the_golden_signature_is_let_in() -> None:
    vector = json.loads((MESSAGES / "vxp_sign_vector.json").read_text("utf-8"))
    universe = Universe(systems=Systems((System("000.00.00.H40", vector["secret"], "H40"),)))
    headers = {
        "XroadVnpt-sign-header-key": vector["sign_header_key"],
        "XroadVnpt-sign-header": vector["sign_header"],
        "XroadVnpt-hash-header": vector["hash_header"],
    }
    answer = nation(universe).post("/getAgenciesList", headers=headers).json()
    assert answer["status"] == "OK"


def test_the_golden_hash_is_that_of_its_file() -> None:
    vector = json.loads((MESSAGES / "vxp_sign_vector.json").read_text("utf-8"))
    file = vector["file"].encode()
    body = BodyHash()
    body.update(file + b"\r\n")
    for claimed in (vector["sha256"], vector["hash_file"]):
        assert body.match(claimed) == (bytes.fromhex(vector["sha256"]), 2)
