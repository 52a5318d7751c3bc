from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xmlschema

from app.codes import AgencyCode, DocumentId
from app.exchange.vxp.edxml.conformance import check, gaps
from app.exchange.vxp.edxml.errors import IncompletePacketError
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import (
    Attachment,
    Business,
    BusinessKind,
    DocumentReference,
    DocumentType,
    Organisation,
    OtherInfo,
    Packet,
    Replacement,
    Signer,
    StatusCode,
    StatusPacket,
    Steering,
    TraceHop,
)
from app.exchange.vxp.edxml.reader import read
from app.exchange.vxp.edxml.writer import write, write_status

OPENAPI = Path(__file__).parents[2] / "openapi"
SCHEMA = xmlschema.XMLSchema(OPENAPI / "edxml.xsd")
HEADER = "/edXML/edXMLEnvelope/edXMLHeader"
MESSAGE = f"{HEADER}/MessageHeader"
BUSINESS = f"{HEADER}/TraceHeaderList/Bussiness"
HOME = AgencyCode("H38.12")
ABOUT = DocumentReference(HOME, DocumentId("x"), "1/VP", date(2026, 3, 2))


def sample(name: str) -> Packet | StatusPacket:
    return read((OPENAPI / "messages" / name).read_bytes(), limits=Limits())


def a_packet(**changes: Any) -> Packet:
    packet = sample("edoc_new.edxml")
    assert isinstance(packet, Packet)
    return replace(packet, **changes)


def a_status(**changes: Any) -> StatusPacket:
    packet = sample("status_03.edxml")
    assert isinstance(packet, StatusPacket)
    return replace(packet, **changes)


def business(kind: BusinessKind, **rest: Any) -> Packet:
    return a_packet(business=Business(kind, "Vì thử", **rest))


GAPS = [
    (a_packet(sender=Organisation(HOME)), f"{MESSAGE}/From/OrganName"),
    (a_packet(recipients=(Organisation(HOME),)), f"{MESSAGE}/To[1]/OrganName"),
    (a_packet(promulgated_on=None), f"{MESSAGE}/PromulgationInfo/PromulgationDate"),
    (a_packet(document_type=DocumentType(1)), f"{MESSAGE}/DocumentType/TypeName"),
    (a_packet(document_type=DocumentType(name="x")), f"{MESSAGE}/DocumentType/Type"),
    (a_packet(subject=None), f"{MESSAGE}/Subject"),
    (a_packet(signer=Signer()), f"{MESSAGE}/SignerInfo/FullName"),
    (a_packet(other=OtherInfo(copies=1000)), f"{MESSAGE}/OtherInfo/PromulgationAmount"),
    (a_packet(other=OtherInfo(pages=1000)), f"{MESSAGE}/OtherInfo/PageAmount"),
    (a_packet(response_for=(replace(ABOUT, agency=None),)), f"{MESSAGE}/ResponseFor[1]/OrganId"),
    (a_packet(hops=()), f"{HEADER}/TraceHeaderList/TraceHeader"),
    (a_packet(hops=(TraceHop("H38"),)), f"{HEADER}/TraceHeaderList/TraceHeader[1]/Timestamp"),
    (
        a_packet(attachments=(Attachment("a b", "a.txt", b"x"),)),
        "/edXML/edXMLEnvelope/edXMLBody/edXMLManifest/Reference[1]/ContentId",
    ),
    (
        business(BusinessKind.REPLACE, replacements=(Replacement(DocumentId("x")),)),
        f"{BUSINESS}/ReplacementInfoList/ReplacementInfo[1]/OrganIdList/OrganId",
    ),
    (a_status(sender=Organisation(HOME)), f"{MESSAGE}/From/OrganName"),
    (a_status(response_for=replace(ABOUT, symbol=None)), f"{MESSAGE}/ResponseFor/Code"),
    (
        a_status(response_for=replace(ABOUT, promulgated_on=None)),
        f"{MESSAGE}/ResponseFor/PromulgationDate",
    ),
]

UNJUDGED_GAPS = [
    (
        a_packet(hops=(TraceHop(None, datetime(2026, 3, 2, tzinfo=UTC)),)),
        f"{HEADER}/TraceHeaderList/TraceHeader[1]/OrganId",
    ),
    (
        a_packet(business=Business(BusinessKind.REVOKE, document_id=DocumentId("x"))),
        f"{BUSINESS}/BussinessDocReason",
    ),
    (business(BusinessKind.REVOKE), f"{BUSINESS}/DocumentId"),
    (business(BusinessKind.UPDATE), f"{BUSINESS}/DocumentId"),
    (business(BusinessKind.REPLACE), f"{BUSINESS}/ReplacementInfoList/ReplacementInfo"),
]

COMPLETE = [
    a_packet(),
    a_packet(steering=Steering.UNSTATED, place=None, due_on=None, attachments=()),
    a_packet(response_for=(ABOUT, ABOUT), other=OtherInfo(copies=999)),
    business(BusinessKind.REVOKE, document_id=DocumentId("x"), has_paper=True),
    business(BusinessKind.UPDATE, document_id=DocumentId("x"), is_content_changed=True),
    business(
        BusinessKind.UPDATE,
        document_id=DocumentId("x"),
        are_receivers_changed=True,
        added=(HOME,),
        dropped=(AgencyCode("000.00.71.H53"),),
    ),
    business(BusinessKind.REPLACE, replacements=(Replacement(DocumentId("x"), (HOME, HOME)),)),
    *(a_status(code=code) for code in StatusCode),
    a_status(description=None, staff=None),
]


def written(packet: Packet | StatusPacket) -> bytes:
    return write(packet) if isinstance(packet, Packet) else write_status(packet)


@pytest.mark.parametrize(("packet", "gap"), [*GAPS, *UNJUDGED_GAPS])
def test_a_gap_is_named_by_its_xpath(packet: Packet | StatusPacket, gap: str) -> None:
    with pytest.raises(IncompletePacketError) as caught:
        check(packet)
    assert [one.pointer for one in caught.value.errors] == [gap]


@pytest.mark.parametrize(("packet", "gap"), GAPS)
def test_what_is_called_a_gap_is_one_by_the_schema(packet: Packet | StatusPacket, gap: str) -> None:
    assert gap
    assert not SCHEMA.is_valid(written(packet))


@pytest.mark.parametrize("packet", COMPLETE)
def test_a_packet_without_gaps_is_written_as_the_schema_demands(
    packet: Packet | StatusPacket,
) -> None:
    assert gaps(packet) == []
    SCHEMA.validate(written(packet))


@pytest.mark.parametrize(
    "path", sorted((OPENAPI / "messages").glob("*.edxml")), ids=lambda path: path.stem
)
def test_a_golden_message_is_written_again_as_the_schema_demands(
    path: Path,
) -> None:
    packet = read(path.read_bytes(), limits=Limits())
    check(packet)
    SCHEMA.validate(written(packet))


def test_all_gaps_are_named_at_once() -> None:
    assert len(gaps(a_packet(subject=None, signer=Signer(), hops=()))) == 3
