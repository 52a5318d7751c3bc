"""POST /v1/documents with metadata and files."""

import json
from typing import Any

import pytest

from app.documents.routes.describing import XML_EXAMPLE
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Packet, Priority
from app.exchange.vxp.edxml.reader import read
from tests.contract.judges import faults_of_packet
from tests.documents.packets import PDF, Refusal, a_draft, send, send_form
from tests.gateway import Api


def packet_of(api: Api, document: str) -> tuple[bytes, Packet]:
    raw = api.get(f"/v1/documents/{document}/edxml").content
    packet = read(raw, limits=Limits())
    assert isinstance(packet, Packet)
    return raw, packet


def test_a_form_becomes_a_packet_that_the_schema_accepts(sender: Api) -> None:
    answer = send_form(sender, a_draft(), ("Tờ trình.pdf", PDF), ("ghi-chu.txt", "Ổn".encode()))
    assert answer.status_code == 201, answer.text
    raw, packet = packet_of(sender, answer.json()["id"])
    assert faults_of_packet(raw) == []
    assert packet.document_id == "000.00.12.H38,2026/03/02,43/SKTDL-VP"
    assert packet.other.priority is Priority.URGENT
    assert [one.name for one in packet.recipients] == ["Văn phòng Chính phủ", "UBND xã Ví Dụ"]
    assert [(one.name, one.content) for one in packet.attachments] == [
        ("Tờ trình.pdf", PDF),
        ("ghi-chu.txt", "Ổn".encode()),
    ]


def test_files_are_not_needed(sender: Api) -> None:
    answer = send_form(sender, a_draft())
    assert (answer.status_code, answer.json()["attachments"]) == (201, [])


def test_only_the_facts_of_every_document_are_needed(sender: Api) -> None:
    needed = {"from", "to", "number", "notation", "promulgated_on", "subject", "type_name"}
    draft = {name: said for name, said in a_draft(notation="SKTDL ").items() if name in needed}
    answer = send_form(sender, draft)
    assert answer.status_code == 201, answer.text
    assert answer.json()["document_id"] == "000.00.12.H38,2026/03/02,43/SKTDL"
    assert (answer.json()["priority"], answer.json()["type_code"]) == (None, None)


def test_metadata_may_be_a_file_part_too(sender: Api) -> None:
    parts = {"metadata": ("metadata.json", json.dumps(a_draft()), "application/json")}
    assert sender.post("/v1/documents", files=parts).status_code == 201


def test_every_field_reaches_the_packet(sender: Api) -> None:
    draft = a_draft(
        document_id="mot-ma-rieng", place="Thành phố Mẫu", content="Tóm tắt",
        due_on="2026-03-16", to_places=["Như trên", "Lưu: VT"], circulation="Nội bộ",
        drafter="PTGD", copies=2, pages=3, appendixes=["Phụ lục"], has_paper=True,
        response_for=[{"agency": "000.00.00.G22", "document_id": "abc", "symbol": "1/VPCP"}],
    )  # fmt: skip
    answer = send_form(sender, draft)
    assert answer.status_code == 201, answer.text
    _, packet = packet_of(sender, answer.json()["id"])
    assert (packet.document_id, packet.place, packet.content) == (
        "mot-ma-rieng",
        "Thành phố Mẫu",
        "Tóm tắt",
    )
    assert (packet.to_places, packet.other.appendixes) == (("Như trên", "Lưu: VT"), ("Phụ lục",))
    assert (packet.other.copies, packet.other.pages) == (2, 3)
    assert packet.business.has_paper
    assert [one.document_id for one in packet.response_for] == ["abc"]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"tieu_de": "x"}, "/tieu_de"),
    ({"subject": ""}, "/subject"),
    ({"to": []}, "/to"),
    ({"to": ["H38.61", "sai mã"]}, "/to/1"),
    ({"from": 12}, "/from"),
    ({"promulgated_on": "02/03/2026"}, "/promulgated_on"),
    ({"priority": "asap"}, "/priority"),
    ({"signer": {"name": "x"}}, "/signer/full_name"),
    ({"subject": "hai\ndòng"}, "/subject"),
    ({"due_on": "9999-12-31"}, "/due_on"),
    ({"promulgated_on": "1900-12-31"}, "/promulgated_on"),
]


def test_a_wrong_field_is_named(sender: Api) -> None:
    for changes, pointer in WRONG:
        refusal = Refusal.of(send_form(sender, a_draft(**changes)))
        assert (refusal.status, refusal.slug) == (422, "invalid-input")
        assert pointer in refusal.pointers


REFUSED: list[tuple[dict[str, Any], Refusal]] = [
    ({"to": ["H38.61", "H38.99"]}, Refusal(422, "unknown-member", ("/to/1",))),
    ({"to": ["H02"]}, Refusal(422, "closed-member", ("/to/0",))),
    ({"from": "H38.11"}, Refusal(403, "agency-not-yours", ("/from",))),
    ({"subject": "a\ufffe"}, Refusal(422, "edxml-unwritable-text", ("/subject",))),
]


def test_a_wrong_party_is_named(sender: Api) -> None:
    for changes, refusal in REFUSED:
        assert Refusal.of(send_form(sender, a_draft(**changes))) == refusal


def test_metadata_that_is_no_json_is_refused(sender: Api) -> None:
    assert Refusal.of(send_form(sender, "{")).slug == "not-json"


METADATA = ("metadata", (None, json.dumps(a_draft())))
PARTS: list[tuple[list[Any], str]] = [
    ([("files", ("a.pdf", PDF))], "/metadata"),
    ([METADATA, METADATA], "/metadata"),
    ([("metadata", (None, "{}")), ("file", ("a.pdf", PDF))], "/file"),
    ([METADATA, ("files", ("", PDF))], "/files/0"),
    ([METADATA, ("files", ("a.pdf", PDF)), ("files", ("x" * 256, PDF))], "/files/1"),
    ([METADATA, ("files", ("a.pdf", b""))], "/files/0"),
]


def test_a_wrong_part_is_named(sender: Api) -> None:
    for parts, pointer in PARTS:
        answer = sender.post("/v1/documents", files=parts)
        assert Refusal.of(answer) == Refusal(422, "invalid-input", (pointer,))


def test_a_file_name_with_control_characters_is_refused(sender: Api) -> None:
    body = (
        "--b\r\nContent-Disposition: form-data; name=metadata\r\n\r\n"
        + json.dumps(a_draft())
        + '\r\n--b\r\nContent-Disposition: form-data; name=files; filename="a\tb"\r\n\r\n'
        + "x\r\n--b--\r\n"
    )
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = sender.post("/v1/documents", content=body.encode(), headers=kind)
    assert Refusal.of(answer).pointers == ("/files/0",)


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_what_only_claims_to_be_a_form_is_refused(sender: Api, kind: str) -> None:
    answer = sender.post("/v1/documents", content=b"nothing", headers={"Content-Type": kind})
    assert Refusal.of(answer).slug == "not-a-form"


def test_a_folder_in_a_file_name_is_dropped(sender: Api) -> None:
    answer = send_form(sender, a_draft(), ("..\\..\\etc/passwd.pdf", PDF))
    assert [file["name"] for file in answer.json()["attachments"]] == ["passwd.pdf"]


def test_the_same_form_again_is_the_first_document(sender: Api) -> None:
    first = send_form(sender, a_draft(), ("a.pdf", PDF))
    again = send_form(sender, a_draft(), ("a.pdf", PDF))
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])


def test_the_same_form_with_another_file_is_refused(sender: Api) -> None:
    send_form(sender, a_draft(), ("a.pdf", PDF))
    answer = send_form(sender, a_draft(), ("a.pdf", PDF + b" "))
    assert Refusal.of(answer) == Refusal(409, "duplicate-document", ("/document_id",))


def test_the_packet_in_the_description_is_accepted(sender: Api) -> None:
    assert send(sender, XML_EXAMPLE.encode()).status_code == 201
