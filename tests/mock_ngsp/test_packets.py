"""Which packets the axis takes, and what becomes of them on the way."""

import re
from datetime import UTC, datetime

import pytest
from lxml import etree
from typing_extensions import override

from mock_ngsp.clock import Clock
from mock_ngsp.settings import Settings
from mock_ngsp.universe import Universe
from mock_ngsp.vxp.edxml import Q
from tests.mock_ngsp.driving import DOCUMENT, H38, H53, STATUS, AxisCaller, nation

ENTITY = b'<?xml version="1.0"?><!DOCTYPE edXML [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
OTHER = b"http://www.e-doc.vn/Schema/"
NAMESPACE = b"http://www.mic.gov.vn/TBT/QCVN_102_2016"
SECTION = re.compile(rb"<AttachmentEncoded>.*</AttachmentEncoded>", re.DOTALL)
AT_ONCE, PIECE_BY_PIECE = 65_536, 0
STRANGE = (
    b'<Attachment id="a &amp; &quot;b&quot;" xml:lang="vi" x:y="1&#10;2" xmlns:x="urn:x">'
    b'<x:Note>a &lt; b &gt; &amp;&#13;<!-- x --><![CDATA[<c>]]></x:Note><Plain xmlns=""/>'
)


class StoppedClock(Clock):
    @override
    def now(self) -> datetime:
        return datetime(2026, 3, 2, 2, 15, tzinfo=UTC)


def world(memory_bytes: int) -> Universe:
    return Universe(Settings(memory_bytes=memory_bytes), clock=StoppedClock())


@pytest.fixture(params=[AT_ONCE, PIECE_BY_PIECE])
def universe(request: pytest.FixtureRequest) -> Universe:
    """Every rule holds for packets that are read at once and for those taken apart as they come."""
    return world(request.param)


def without(name: str, file: bytes = DOCUMENT) -> bytes:
    """The packet without an element, wherever it stands."""
    tag = name.encode()
    return re.sub(rb"<edXML:%s>.*?</edXML:%s>" % (tag, tag), b"", file, flags=re.DOTALL)


def texts(file: bytes, path: str) -> list[str | None]:
    found = etree.fromstring(file).iterfind(".//" + "/".join(Q + name for name in path.split("/")))
    return [element.text for element in found]


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"not xml",
        b"1212" + DOCUMENT,
        DOCUMENT[:-20],
        DOCUMENT.replace(b"<AttachmentEncoded>", b"<x:AttachmentEncoded>"),
        DOCUMENT.decode().encode("utf-16"),
        DOCUMENT.replace("Công văn".encode(), b"\xff\xfe"),
    ],
)
def test_what_is_not_xml_is_refused(h38: AxisCaller, file: bytes) -> None:
    answer = h38.send(file, messagetype="edoc")
    assert (answer["ErrorCode"], answer["DocId"]) == ("1020", "0")


@pytest.mark.parametrize(
    "prolog", [ENTITY, b"<!DOCTYPE edXML>", b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "y">']
)
def test_a_dtd_is_refused(h38: AxisCaller, prolog: bytes) -> None:
    assert h38.send(prolog + DOCUMENT.partition(b"?>")[2])["ErrorCode"] == "1021"


@pytest.mark.parametrize(
    "file",
    [b"<edXML/>", DOCUMENT.replace(NAMESPACE, OTHER), b"<a>" + DOCUMENT.partition(b"?>")[2]],
)
def test_another_vocabulary_is_refused(h38: AxisCaller, file: bytes) -> None:
    whole = file + b"</a>" if file.startswith(b"<a>") else file
    assert h38.send(whole)["ErrorCode"] == "1022"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("From", "From/OrganId"),
        ("To", "To/OrganId"),
        ("CodeNumber", "Code/CodeNumber"),
        ("CodeNotation", "Code/CodeNotation"),
        ("DocumentId", "DocumentId"),
    ],
)
def test_a_document_without_a_needed_element_is_refused(
    h38: AxisCaller, name: str, told: str
) -> None:
    answer = h38.send(without(name))
    assert (answer["ErrorCode"], told in answer["ErrorDesc"]) == ("1023", True)


@pytest.mark.parametrize("name", ["From", "DocumentId", "Timestamp", "ResponseFor"])
def test_a_status_without_a_needed_element_is_refused(h53: AxisCaller, name: str) -> None:
    answer = h53.send(without(name, STATUS))
    assert (answer["ErrorCode"], name in answer["ErrorDesc"]) == ("1023", True)


@pytest.mark.parametrize("code", [b"3", b"003", b"", b"ab"])
def test_a_status_code_of_another_form_is_refused(h53: AxisCaller, code: bytes) -> None:
    answer = h53.send(STATUS.replace(b">03<", b">" + code + b"<"))
    assert answer["ErrorCode"] == "1023"


@pytest.mark.parametrize("content", [b"", b"null!", b"A", "đ".encode()])
def test_an_attachment_that_does_not_decode_is_refused(h38: AxisCaller, content: bytes) -> None:
    file = re.sub(rb"JVBERi[^<]*", content, DOCUMENT)
    answer = h38.send(file)
    assert (answer["ErrorCode"], "a002" in answer["ErrorDesc"]) == ("1024", True)


def test_a_reference_without_its_attachment_is_refused(h38: AxisCaller) -> None:
    file = DOCUMENT.replace(b"<ContentId>cid:a002<", b"<ContentId>cid:a003<")
    assert h38.send(file)["ErrorCode"] == "1024"


def test_one_side_may_leave_the_cid_prefix_out(h38: AxisCaller) -> None:
    file = DOCUMENT.replace(b"<ContentId>cid:", b"<ContentId>")
    assert h38.send(file)["status"] == "OK"


def test_an_attachment_larger_than_any_text_limit_is_taken(h38: AxisCaller) -> None:
    file = re.sub(rb"JVBERi[^<]*", b"QUJD" * 3_000_000, DOCUMENT)
    assert h38.send(file)["status"] == "OK"


def test_the_axis_appends_its_trace_and_defaults_and_moves_the_document_id(
    universe: Universe, h38: AxisCaller, h53: AxisCaller
) -> None:
    h38.send(DOCUMENT.replace(b"<edXML:Subject>", b"<!-- a note --><edXML:Subject>"))
    got = h53.fetch(h53.inbox()[0]["docId"])
    assert texts(got, "TraceHeader/OrganId") == ["000.00.12.H38", universe.settings.axis_node]
    assert texts(got, "DocumentType/TypeDetail") == ["0"]
    assert texts(got, "OtherInfo/Direction") == ["false"]
    assert got.index(b"2026/03/02,42") < got.index(b"CodeNumber")
    assert b"a note" not in got
    assert b"\n" not in got.replace(b"\r\n", b"")


def test_the_axis_leaves_texts_and_attachments_as_they_are(
    h38: AxisCaller, h53: AxisCaller
) -> None:
    h38.send()
    got = h53.fetch(h53.inbox()[0]["docId"])
    for path in ("ContentTransferEncoded", "Subject", "OrganName", "AttachmentName", "Place"):
        assert texts(got, path) == texts(DOCUMENT, path)


def test_what_the_manifest_leaves_out_is_filled_in(h38: AxisCaller, h53: AxisCaller) -> None:
    kept = DOCUMENT.replace(b"<edXML:ContentType>application/pdf</edXML:ContentType>", b"")
    h38.send(kept.replace(b"ghi-chu.txt", b"ghi-chu"))
    got = h53.fetch(h53.inbox()[0]["docId"])
    assert texts(got, "Reference/ContentType") == ["application/zip", "application/pdf"]


def test_a_packet_without_traces_gets_the_first(h38: AxisCaller, h53: AxisCaller) -> None:
    h38.send(without("TraceHeaderList"))
    got = h53.fetch(h53.inbox()[0]["docId"])
    assert texts(got, "edXMLHeader/TraceHeaderList/TraceHeader/OrganId") == ["001.00.00.W00"]


def test_a_status_keeps_its_shape(h38: AxisCaller, h53: AxisCaller) -> None:
    h53.send(STATUS)
    got = h38.fetch(h38.inbox("status")[0]["docId"])
    assert texts(got, "StatusCode") == ["03"]
    assert b"TraceHeader" not in got


def test_rewriting_can_be_left_off() -> None:
    client = nation(Universe(Settings(rewriting="off")))
    AxisCaller(client, H38).send()
    receiver = AxisCaller(client, H53)
    assert receiver.fetch(receiver.inbox()[0]["docId"]) == DOCUMENT


def test_rewriting_can_keep_the_order() -> None:
    client = nation(Universe(Settings(rewriting="in-order")))
    AxisCaller(client, H38).send()
    receiver = AxisCaller(client, H53)
    got = receiver.fetch(receiver.inbox()[0]["docId"])
    assert got.index(b"2026/03/02,42") > got.index(b"CodeNumber")
    assert len(texts(got, "TraceHeader/OrganId")) == 2


def test_attachments_may_stand_before_the_envelope(h38: AxisCaller, h53: AxisCaller) -> None:
    found = SECTION.search(DOCUMENT)
    assert found is not None
    rest = SECTION.sub(b"", DOCUMENT)
    place = rest.index(b"<edXML:edXMLEnvelope")
    answer = h38.send(rest[:place] + found[0] + rest[place:])
    assert answer["status"] == "OK"
    got = h53.fetch(h53.inbox()[0]["docId"])
    assert got.index(b"edXMLEnvelope") < got.index(b"AttachmentEncoded")
    root = etree.fromstring(got)
    assert [child.tag for child in root] == [f"{Q}edXMLEnvelope", f"{Q}AttachmentEncoded"]


@pytest.mark.parametrize(
    "file",
    [
        DOCUMENT,
        STATUS,
        DOCUMENT.replace(b"<Attachment>", STRANGE, 1),
        DOCUMENT.replace(b"<Attachment>", b"<Attachment>" + b"<n>" * 200 + b"</n>" * 200, 1),
        DOCUMENT.replace(b"Attachment>", b"Attachment\n>").replace(b"  <A", b"\t\r\n<A"),
        re.sub(rb">([^<]*)</(Description|AttachmentName)>", rb"></\2>", DOCUMENT),
        without("Reference", SECTION.sub(b"", DOCUMENT)),
    ],
)
def test_a_packet_becomes_the_same_however_it_is_read(file: bytes) -> None:
    got = []
    for universe in (world(AT_ONCE), world(PIECE_BY_PIECE)):
        client = nation(universe)
        sender, receiver = (H53, H38) if file == STATUS else (H38, H53)
        assert AxisCaller(client, sender).send(file)["status"] == "OK"
        caller = AxisCaller(client, receiver)
        (item,) = caller.inbox("status" if file == STATUS else "edoc")
        got.append(caller.fetch(item["docId"]))
    assert got[0] == got[1]
