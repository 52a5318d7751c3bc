import string
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.codes import AgencyCode, DocumentId
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
    Priority,
    Replacement,
    Signer,
    Staff,
    StatusCode,
    StatusPacket,
    Steering,
    TraceHop,
)
from app.exchange.vxp.edxml.reader import read
from app.exchange.vxp.edxml.writer import write, write_status

MESSAGES = Path(__file__).parents[2] / "openapi" / "messages"
QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"

digits = string.digits
agencies = st.one_of(
    st.from_regex(
        r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}", fullmatch=True, alphabet=st.characters(codec="ascii")
    ),
    st.from_regex(
        r"[A-Z]\d{2}(\.[0-9A-Z]{1,8}){0,3}", fullmatch=True, alphabet=st.characters(codec="ascii")
    ),
).map(AgencyCode)
held = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"],
        exclude_characters="\ufffe\uffff",
        include_characters="\t\n\r",
    ),
    max_size=20,
)
texts = held.filter(lambda text: text.strip(" \t\r\n") not in {"", "null"})
maybe = st.none() | held
ids = (
    st.from_regex(r"[!-~]([ -~à-ỹ]{0,20}[!-~])?", fullmatch=True)
    .filter(lambda text: text != "null")
    .map(DocumentId)
)
numbers = st.integers(0, 999_999_999)
days = st.dates(date(1901, 1, 1), date(2198, 12, 31))
moments = st.integers(-2 * 10**9, 7 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))
organisations = st.builds(Organisation, agencies, maybe, maybe, maybe, maybe, maybe, maybe, maybe)
staff = st.builds(Staff, maybe, maybe, maybe, maybe)
references = st.builds(
    DocumentReference, st.none() | agencies, st.none() | ids, maybe, st.none() | days
)
names = st.tuples(
    st.text(string.ascii_letters + "ệ -_", min_size=1, max_size=8).filter(
        lambda text: text.strip()
    ),
    st.sampled_from(["pdf", "doc", "docx", "xls", "zip", "odt", "txt", "PDF", "jpg", "a b"]),
).map(".".join)
contents = st.binary(min_size=1, max_size=60) | st.sampled_from(
    [b"PK\x03\x04", b"PK\x03\x04 no archive", b"PK\x05\x06" + bytes(18)]
)


@st.composite
def attachments(draw: st.DrawFn) -> tuple[Attachment, ...]:
    keys = draw(st.lists(texts, max_size=3, unique_by=lambda text: text.strip(" \t\r\n")))
    return tuple(Attachment(key, draw(names), draw(contents), draw(maybe)) for key in keys)


def tuples(one: st.SearchStrategy[object], least: int = 0) -> st.SearchStrategy[object]:
    return st.lists(one, min_size=least, max_size=3).map(tuple)


businesses = st.builds(
    Business,
    st.sampled_from(BusinessKind), maybe, st.none() | ids, st.booleans(), st.booleans(),
    tuples(agencies), tuples(agencies), st.none() | staff, st.booleans(),
    tuples(st.builds(Replacement, ids, tuples(agencies))),
)  # fmt: skip
packets = st.builds(
    Packet,
    organisations, tuples(organisations, 1), texts, texts, ids, maybe, st.none() | days,
    st.builds(DocumentType, st.none() | numbers, maybe, st.none() | numbers), maybe, maybe,
    st.builds(Signer, maybe, maybe, maybe), st.none() | days, tuples(held),
    st.builds(
        OtherInfo, st.none() | st.sampled_from(Priority), maybe, maybe, st.none() | numbers,
        st.none() | numbers, tuples(held),
    ),
    tuples(references), st.none() | st.sampled_from(Steering),
    tuples(st.builds(TraceHop, maybe, st.none() | moments)), businesses, attachments(),
)  # fmt: skip
statuses = st.builds(
    StatusPacket,
    organisations, st.builds(DocumentReference, agencies, ids, maybe, st.none() | days),
    st.sampled_from(StatusCode), moments, maybe, st.none() | staff,
)  # fmt: skip


def reread(data: bytes) -> Packet | StatusPacket:
    return read(data, limits=Limits())


@settings(deadline=None)
@given(packets)
def test_any_packet_that_can_be_made_is_read_back_equal(packet: Packet) -> None:
    assert reread(write(packet)) == packet


@settings(deadline=None)
@given(statuses)
def test_any_status_that_can_be_made_is_read_back_equal(packet: StatusPacket) -> None:
    assert reread(write_status(packet)) == packet


@settings(deadline=None)
@given(packets)
def test_the_same_packet_always_writes_the_same_bytes(packet: Packet) -> None:
    again = reread(write(packet))
    assert isinstance(again, Packet)
    assert write(again) == write(packet)


@pytest.mark.parametrize("path", sorted(MESSAGES.glob("*.edxml")), ids=lambda path: path.stem)
def test_a_golden_message_survives_reading_and_writing(path: Path) -> None:
    packet = reread(path.read_bytes())
    written = write(packet) if isinstance(packet, Packet) else write_status(packet)
    assert reread(written) == packet


def shape(element: etree._Element) -> list[object]:
    text = (element.text or "").strip()
    is_content = str(element.tag).endswith("ContentTransferEncoded")
    return [element.prefix, element.tag, "" if is_content else text, *map(shape, element)]


def test_the_sample_is_written_again_element_by_element_with_its_prefixes() -> None:
    sample = (MESSAGES / "edoc_new.edxml").read_bytes()
    packet = reread(sample)
    assert isinstance(packet, Packet)
    assert shape(etree.fromstring(write(packet))) == shape(etree.fromstring(sample))


def test_the_sample_status_is_written_again_element_by_element() -> None:
    sample = (MESSAGES / "status_03.edxml").read_bytes()
    packet = reread(sample)
    assert isinstance(packet, StatusPacket)
    assert shape(etree.fromstring(write_status(packet))) == shape(etree.fromstring(sample))


def test_the_packet_opens_with_the_declaration_and_the_default_namespace() -> None:
    written = write_status(a_status())
    assert written.startswith(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="%b">' % QCVN.encode()
    )


def a_status(at: datetime = datetime(2026, 3, 2, tzinfo=UTC)) -> StatusPacket:
    about = DocumentReference(AgencyCode("H38.12"), DocumentId("x"))
    return StatusPacket(Organisation(AgencyCode("H53")), about, StatusCode.ARRIVED, at)


def a_packet(*files: Attachment) -> Packet:
    home = Organisation(AgencyCode("H38.12"))
    return Packet(home, (home,), "1", "VP", DocumentId("x"), attachments=files)


@pytest.mark.parametrize(
    ("name", "content", "declared"),
    [
        ("a.pdf", b"%PDF", "application/pdf"),
        ("A.PDF", b"%PDF", "application/pdf"),
        ("a.xlsx", b"PK\x03\x04..", "application/xlsx"),
        ("a.zip", b"PK\x03\x04..", "application/zip"),
        ("a.txt", b"chu", "application/zip"),
        ("a", b"chu", "application/zip"),
        ("a.pdf", b"PK\x03\x04..", "application/zip"),
    ],
)
def test_a_file_travels_as_it_is_or_zipped_by_its_extension(
    name: str, content: bytes, declared: str
) -> None:
    root = etree.fromstring(write(a_packet(Attachment("a1", name, content))))
    found = [one.text for one in root.iter(f"{{{QCVN}}}ContentType")]
    assert found == [declared, declared]


def test_times_are_written_in_vietnam_time_to_the_second() -> None:
    at = datetime(2026, 3, 1, 18, 0, 0, 999_999, tzinfo=UTC)
    assert b">2026/03/02 01:00:00<" in write_status(a_status(at))
    assert a_status(at).at == at - timedelta(microseconds=999_999)


def test_a_moment_without_a_zone_is_not_taken() -> None:
    with pytest.raises(ValueError, match="zone"):
        a_status(datetime(2026, 3, 1))  # noqa: DTZ001 -- a naive moment is what must be refused


def test_a_new_document_writes_its_business_as_zero() -> None:
    assert b"<edXML:BussinessDocType>0</edXML:BussinessDocType>" in write(a_packet())
