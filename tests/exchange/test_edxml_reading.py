import base64
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import (
    Business,
    BusinessKind,
    DocumentReference,
    OtherInfo,
    Packet,
    Priority,
    Staff,
    StatusCode,
    StatusPacket,
    Steering,
    TraceHop,
)
from app.exchange.vxp.edxml.reader import read

MESSAGES = Path(__file__).parents[2] / "openapi" / "messages"
EDOC = (MESSAGES / "edoc_new.edxml").read_text("utf-8")
STATUS = (MESSAGES / "status_03.edxml").read_text("utf-8")
DOCUMENT_ID = "000.00.12.H38,2026/03/02,42/SKTDL-VP"


def document(text: str) -> Packet:
    found = read(text.encode(), limits=Limits())
    assert isinstance(found, Packet)
    return found


def status(text: str) -> StatusPacket:
    found = read(text.encode(), limits=Limits())
    assert isinstance(found, StatusPacket)
    return found


def changed(old: str, new: str, text: str = EDOC) -> str:
    assert old in text
    return text.replace(old, new, 1)


def with_business(inner: str) -> Packet:
    start = EDOC.index("<edXML:Bussiness>")
    end = EDOC.index("</edXML:TraceHeaderList>")
    return document(
        EDOC[:start] + inner.replace("<", "<edXML:").replace("<edXML:/", "</edXML:") + EDOC[end:]
    )


def zipped(*contents: bytes, kind: str = "bin") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"{number}.{kind}", content)
    return packed.getvalue()


def first_file(name: str, content: bytes) -> bytes:
    start = EDOC.index("UEsDB")
    end = EDOC.index("</edXML:ContentTransferEncoded>", start)
    text = EDOC[:start] + base64.b64encode(content).decode() + EDOC[end:]
    return document(text.replace("ghi-chu.txt", name)).attachments[0].content


def test_the_sample_document_is_read_whole() -> None:
    found = document(EDOC)
    assert (found.sender.code, found.sender.in_charge) == ("000.00.12.H38", "UBND tỉnh Mẫu")
    assert [one.code for one in found.recipients] == ["000.00.00.G22", "000.00.71.H53"]
    assert (found.symbol, found.document_id) == ("42/SKTDL-VP", DOCUMENT_ID)
    assert (found.promulgated_on, found.due_on) == (date(2026, 3, 2), date(2026, 3, 16))
    assert (found.document_type.code, found.document_type.name) == (18, "Công văn")
    assert found.signer.authority == "KT. GIÁM ĐỐC"
    assert found.to_places == ("Như trên", "Lưu: VT")
    assert found.other == OtherInfo(
        Priority.URGENT, "Nội bộ hai cơ quan", "PTGD", 2, 1, ("Phụ lục số liệu giả lập",)
    )
    assert found.steering is Steering.NO_DIRECTIVE
    assert found.hops == (TraceHop("000.00.12.H38", datetime(2026, 3, 2, 2, 15, tzinfo=UTC)),)
    assert found.business == Business(
        BusinessKind.NEW,
        "Phát hành lần đầu",
        staff=Staff("Văn phòng Sở", "Lê Văn Ví Dụ", "0000000002", "vidu@example.vn"),
    )


def test_the_sample_attachments_come_out_of_base64_and_zip() -> None:
    text, pdf = document(EDOC).attachments
    assert (text.content_id, text.name, text.content_type) == ("a001", "ghi-chu.txt", "text/plain")
    assert text.content == b"Noi dung thu nghiem so 1 - khong co gia tri phap ly.\n"
    assert (pdf.content[:5], pdf.content_type) == (b"%PDF-", "application/pdf")


def test_the_sample_status_is_read_whole() -> None:
    found = status(STATUS)
    assert found.code is StatusCode.RECEIVED
    assert found.sender.code == "000.00.71.H53"
    assert found.response_for.agency == "000.00.12.H38"
    assert found.response_for.document_id == DOCUMENT_ID
    assert found.at == datetime(2026, 3, 2, 3, 2, 41, tzinfo=UTC)
    assert found.staff is not None


@pytest.mark.parametrize("code", StatusCode)
def test_every_known_status_code_is_read(code: StatusCode) -> None:
    assert status(STATUS.replace(">03<", f">{code.value}<")).code is code


def test_variant_a_is_read_with_its_order_and_its_foreign_signature() -> None:
    moved = f"<edXML:DocumentId>{DOCUMENT_ID}</edXML:DocumentId>"
    text = changed("<edXML:Code>", moved + "<edXML:Code>", changed(moved, ""))
    signed = changed(
        "</edXML:edXMLHeader>",
        "<edXML:Signature><edXML:SignedInfo/></edXML:Signature></edXML:edXMLHeader>",
        text,
    )
    assert document(signed) == document(EDOC)


def test_variant_b_is_read_with_attributes_and_ids_without_cid() -> None:
    text = EDOC.replace("<ContentId>cid:", "<ContentId>")
    text = changed(
        "<edXML:Reference>",
        '<edXML:Reference xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="cid:a001">',
        text,
    )
    text = changed("<edXML:TraceHeaderList>", '<edXML:TraceHeaderList id="1" version="1.0">', text)
    assert document(text) == document(EDOC)


def test_variant_c_is_read_whatever_its_prefixes() -> None:
    text = EDOC.replace("edXML:", "ns1:").replace("xmlns:edXML", "xmlns:ns1")
    assert document(text.replace("<ContentId>cid:", "<ContentId>")) == document(EDOC)


def test_variant_i_is_read_with_its_empty_and_null_texts_absent() -> None:
    text = changed(">UBND tỉnh Mẫu<", ">null<")
    text = changed("</edXML:OtherInfo>", "</edXML:OtherInfo><edXML:ResponseFor/>", text)
    text = changed(
        "<edXML:Bussiness>",
        "<edXML:TraceHeader><edXML:Timestamp>2026/03/02 09:15:01</edXML:Timestamp>"
        "</edXML:TraceHeader><edXML:Bussiness>",
        text,
    )
    text = changed(">2026/03/16<", "> \n <", text)
    found = document(text)
    assert (found.sender.in_charge, found.due_on, found.response_for) == (None, None, ())
    assert found.hops[1] == TraceHop(None, datetime(2026, 3, 2, 2, 15, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("variant", "number"), [("a", 46), ("b", 48), ("c", 47), ("f", 49), ("i", 50)]
)
def test_a_golden_variant_is_read_to_its_last_attachment(variant: str, number: int) -> None:
    found = document((MESSAGES / f"edoc_variant_{variant}.edxml").read_text("utf-8"))
    assert found.symbol == f"{number}/SKTDL-VP"
    assert found.attachments[-1].name == f"{number}-SKTDL-VP.pdf"
    assert found.attachments[-1].content.startswith(b"%PDF")
    assert not any(one.content.startswith(b"PK") for one in found.attachments)
    assert found.business.kind is BusinessKind.NEW


def test_every_golden_message_a_reader_must_take_is_taken() -> None:
    index = json.loads((MESSAGES / "index.json").read_text("utf-8"))
    wanted = [n for n, one in index.items() if n.endswith(".edxml") and one["reader"] == "accept"]
    assert len(wanted) >= 18
    for name in wanted:
        found = read((MESSAGES / name).read_bytes(), limits=Limits())
        assert isinstance(found, Packet) is (index[name]["kind"] == "edoc")


def test_unknown_elements_comments_and_other_namespaces_are_passed_over() -> None:
    text = changed("<edXML:Subject>", "<edXML:Direction>false</edXML:Direction><edXML:Subject>")
    text = changed("<edXML:To>", '<To xmlns="urn:other"/><!-- x --><?y z?><edXML:To>', text)
    text = changed("V/v chạy", "V/v <!-- một chú thích -->chạy", text)
    assert document(text) == document(EDOC)


def test_a_declared_encoding_other_than_the_real_one_does_not_matter() -> None:
    assert document(changed('encoding="UTF-8"', 'encoding="utf-16"')) == document(EDOC)


def test_a_byte_order_mark_does_not_matter() -> None:
    assert read(b"\xef\xbb\xbf" + EDOC.encode(), limits=Limits()) == document(EDOC)


def test_a_packet_without_business_brings_a_new_document() -> None:
    assert with_business("").business == Business(BusinessKind.NEW)


def test_a_packet_without_trace_manifest_or_attachments_is_read() -> None:
    text = EDOC.replace("edXML:TraceHeaderList>", "edXML:T>").replace(
        "edXML:edXMLBody>", "edXML:B>"
    )
    found = document(text.replace("AttachmentEncoded>", "A>"))
    assert (found.hops, found.attachments) == ((), ())


def test_a_revocation_names_the_document_and_why() -> None:
    found = with_business(
        "<Bussiness><BussinessDocType>1</BussinessDocType><BussinessDocReason>Gửi nhầm"
        f"</BussinessDocReason><DocumentId>{DOCUMENT_ID}</DocumentId><Paper>1</Paper></Bussiness>"
    ).business
    assert (found.kind, found.reason) == (BusinessKind.REVOKE, "Gửi nhầm")
    assert (found.document_id, found.has_paper) == (DOCUMENT_ID, True)


def test_an_update_tells_who_gains_and_who_loses_the_document() -> None:
    found = with_business(
        "<Bussiness><BussinessDocType>2</BussinessDocType><BussinessDocumentInfo>"
        "<DocumentInfo>0</DocumentInfo><DocumentReceiver>1</DocumentReceiver><ReceiverList>"
        "<Receiver><ReceiverType>1</ReceiverType><OrganId>H38.21.06</OrganId></Receiver>"
        "<Receiver><OrganId>000.00.71.H53</OrganId><ReceiverType>0</ReceiverType></Receiver>"
        "</ReceiverList></BussinessDocumentInfo></Bussiness>"
    ).business
    assert (found.kind, found.is_content_changed, found.are_receivers_changed) == (
        BusinessKind.UPDATE,
        False,
        True,
    )
    assert (found.added, found.dropped) == (("H38.21.06",), ("000.00.71.H53",))


def test_a_replacement_lists_documents_with_their_recipients() -> None:
    (found,) = with_business(
        "<Bussiness><BussinessDocType>3</BussinessDocType><ReplacementInfoList><ReplacementInfo>"
        "<DocumentId>x</DocumentId><OrganIdList><OrganId>000.05.21.H40</OrganId>"
        "<OrganId>H38</OrganId></OrganIdList></ReplacementInfo></ReplacementInfoList></Bussiness>"
    ).business.replacements
    assert (found.document_id, found.recipients) == ("x", ("000.05.21.H40", "H38"))


def test_a_reply_names_the_document_it_answers() -> None:
    text = changed(
        "<edXML:SteeringType>",
        "<edXML:ResponseFor><edXML:Code>7/VP</edXML:Code>"
        "<edXML:PromulgationDate>2026-03-01</edXML:PromulgationDate></edXML:ResponseFor>"
        "<edXML:SteeringType>",
    )
    assert document(text).response_for == (
        DocumentReference(symbol="7/VP", promulgated_on=date(2026, 3, 1)),
    )


def test_an_attachment_the_manifest_does_not_name_follows_at_the_end() -> None:
    start = EDOC.index("<edXML:Reference>")
    end = EDOC.index("</edXML:Reference>") + len("</edXML:Reference>")
    names = [one.name for one in document(EDOC[:start] + EDOC[end:]).attachments]
    assert names == ["42-SKTDL-VP.pdf", "ghi-chu.txt"]


def test_base64_may_be_broken_into_lines() -> None:
    assert document(EDOC.replace("UEsDB", "UEs\r\n\t DB")) == document(EDOC)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", zipped(b"chu"), b"chu"),
        ("a.pdf", zipped(b"%PDF-1"), b"%PDF-1"),
        ("a.pdf", b"%PDF-1", b"%PDF-1"),
        ("a.txt", b"chu", b"chu"),
        ("khong-duoi", zipped(b"chu"), b"chu"),
        ("a.zip", zipped(b"chu"), zipped(b"chu")),
        ("a.dat", zipped(b"1", b"2"), zipped(b"1", b"2")),
        ("a.docx", zipped(b"1", b"2"), zipped(b"1", b"2")),
        ("a.DOCX", zipped(zipped(b"1", b"2"), kind="docx"), zipped(b"1", b"2")),
        ("a.kmz", zipped(b"<kml/>", kind="kml"), zipped(b"<kml/>", kind="kml")),
        ("a.docx", zipped(b"<xml/>"), zipped(b"<xml/>")),
        ("a.docx", b"PK\x03\x04 hong", b"PK\x03\x04 hong"),
    ],
)
def test_the_bytes_and_not_the_declared_type_decide_about_unpacking(
    name: str, content: bytes, expected: bytes
) -> None:
    assert first_file(name, content) == expected


def test_a_file_behind_a_directory_of_unknown_size_stays_as_it_is() -> None:
    archive = zipped(b"chu")
    locator = b"PK\x06\x07" + bytes(16)
    assert first_file("a.txt", archive[:-22] + locator + archive[-22:]) == (
        archive[:-22] + locator + archive[-22:]
    )
