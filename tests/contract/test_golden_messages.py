"""The documents of `openapi/` agree with each other, and their judges refuse what is wrong."""

import base64
import hashlib
import hmac
import io
import json
import re
import zipfile

import pytest
from lxml import etree
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.contract import corrupted
from tests.contract.judges import (
    MESSAGES,
    NAMESPACE,
    OPENAPI,
    Message,
    description,
    faults_of_json,
    faults_of_packet,
    golden,
    message,
)

PACKETS = [entry for entry in golden() if entry.judged_by == "edxml.xsd"]
_DESCRIPTIONS = sorted(
    path.name
    for path in OPENAPI.glob("*.yaml")
    if re.search(r"^openapi: 3\.1", path.read_text(encoding="utf-8"), re.MULTILINE)
)
"""Every file that describes a wire; the others are tables."""
JSON_MESSAGES = [entry for entry in golden() if "#" in entry.judged_by]
WRITTEN = [entry for entry in PACKETS if entry.valid]
READABLE = [entry for entry in PACKETS if entry.reader == "accept"]


def _name_of(entry: Message) -> str:
    return entry.name


@pytest.mark.parametrize("name", _DESCRIPTIONS)
def test_the_description_is_valid_openapi(name: str) -> None:
    assert list(OpenAPIV31SpecValidator(description(name)).iter_errors()) == []


def test_the_index_names_every_message_and_no_other() -> None:
    files = {path.relative_to(MESSAGES).as_posix() for path in MESSAGES.rglob("*.*")}
    assert files - {"index.json"} == {entry.name for entry in golden()}


def test_every_message_has_a_judge() -> None:
    known = {"edxml.xsd", "gateway.yaml", "hmac-sha256", "payments.yaml", "sha256"}
    judged = {entry.judged_by.partition("#")[0] for entry in golden()}
    assert judged == known | {"dvcqg.yaml", "ministry_statistics.yaml", "vxp.yaml"}


@pytest.mark.parametrize("entry", JSON_MESSAGES, ids=_name_of)
def test_a_json_message_passes_its_schema(entry: Message) -> None:
    assert faults_of_json(entry.judged_by, entry.json()) == []


@pytest.mark.parametrize("entry", PACKETS, ids=_name_of)
def test_a_packet_passes_the_schema_if_its_index_entry_says_so(entry: Message) -> None:
    faults = faults_of_packet(entry.read())
    assert (not faults) == entry.valid, faults


@pytest.mark.parametrize("entry", READABLE, ids=_name_of)
def test_a_packet_for_readers_is_of_the_one_namespace_and_its_attachments_decode(
    entry: Message,
) -> None:
    root = etree.fromstring(entry.read())
    assert root.tag == f"{{{NAMESPACE}}}edXML"
    for element in root.iter(f"{{{NAMESPACE}}}ContentTransferEncoded"):
        content = base64.b64decode(element.text or "", validate=True)
        assert content
        if content.startswith(b"PK"):
            assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_there_is_a_packet_of_each_business_type_and_each_status_code() -> None:
    texts = {"BussinessDocType": set[str](), "StatusCode": set[str]()}
    for entry in WRITTEN:
        for name, seen in texts.items():
            elements = etree.fromstring(entry.read()).iter(f"{{{NAMESPACE}}}{name}")
            seen.update(element.text or "" for element in elements)
    assert texts["BussinessDocType"] == {"0", "1", "2", "3"}
    assert texts["StatusCode"] == {"01", "02", "03", "04", "05", "06", "13", "15", "16"}


def test_the_sign_vector_is_what_its_secret_gives() -> None:
    vector = message("vxp_sign_vector.json").json()
    signed = vector["sign_header"].encode()
    mac = hmac.new(vector["secret"].encode(), signed, hashlib.sha256).hexdigest()
    digest = hashlib.sha256(vector["file"].encode()).digest()
    assert mac == vector["hash_header"]
    assert digest.hex() == vector["sha256"]
    assert "".join(f"{byte:x}" for byte in digest) == vector["hash_file"] != vector["sha256"]
    names = [f"XroadVnpt-{name}" for name in vector["sign_header_key"].split(";")]
    assert list(json.loads(signed)) == names
    assert faults_of_json("vxp.yaml#/components/schemas/SignHeader", json.loads(signed)) == []


@pytest.mark.parametrize("name", corrupted.CORE)
def test_every_json_mutant_is_refused(name: str) -> None:
    entry = message(name)
    mutants = list(corrupted.of_json(entry.json(), corrupted.CORE[name]))
    passed = [one.fault for one in mutants if not faults_of_json(entry.judged_by, one.content)]
    assert mutants
    assert passed == []


def test_every_mutant_of_the_full_dossier_record_is_refused() -> None:
    entry = message("dvcqg_dong_bo_ho_so_mc_request_full.json")
    mutants = list(corrupted.of_json(entry.json(), []))
    passed = [one.fault for one in mutants if not faults_of_json(entry.judged_by, one.content)]
    assert len(mutants) > 100
    assert passed == []


@pytest.mark.parametrize("entry", WRITTEN, ids=_name_of)
def test_every_packet_mutant_is_refused(entry: Message) -> None:
    core = corrupted.CORE_OF_STATUS if entry.kind == "status" else corrupted.CORE_OF_EDOC
    mutants = list(corrupted.of_packet(entry.read(), core))
    passed = [one.fault for one in mutants if not faults_of_packet(one.content)]
    assert len(mutants) > 30
    assert passed == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("isUpdating", True),
        ("isUpdating", "true"),
        ("data.0.NgayTiepNhan", ""),
        ("data.0.NgayHenTra", "2026-11-09T17:00:00+07:00"),
        ("data.0.TrangThaiHoSo", 2),
        ("data.0.TrangThaiHoSo", "11"),
        ("data.0.KenhThucHien", "online"),
        ("data.0.LoaiDoiTuong", "5"),
        ("service", "DongBoHoSo"),
        ("data", []),
    ],
)
def test_a_dossier_push_with_a_wrong_value_is_refused(path: str, value: object) -> None:
    entry = message("dvcqg_dong_bo_ho_so_mc_request.json")
    body = entry.json()
    *steps, last = path.split(".")
    inner = body
    for step in steps:
        inner = inner[int(step) if step.isdigit() else step]
    inner[last] = value
    assert faults_of_json(entry.judged_by, body)


def test_an_eleventh_progress_row_is_refused() -> None:
    entry = message("dvcqg_cap_nhat_tien_do_ho_so_mc_request.json")
    body = entry.json()
    body["data"] = body["data"][:1] * 10
    assert faults_of_json(entry.judged_by, body) == []
    body["data"] = body["data"] * 2
    assert faults_of_json(entry.judged_by, body)


@pytest.mark.parametrize(
    "change",
    [
        {"ErrorDesc": None},
        {"ErrorDesc": "Thành công"},
        {"ErrorCode": "1"},
        {"status": "Success"},
        {"data": None},
        {"data": [{"docId": "a1", "from": None}]},
    ],
)
def test_a_list_answer_that_real_clients_cannot_read_is_refused(change: dict[str, object]) -> None:
    entry = message("vxp_received_list_answer.json")
    assert faults_of_json(entry.judged_by, entry.json() | change)


@pytest.mark.parametrize("entry", JSON_MESSAGES, ids=_name_of)
def test_a_request_of_the_portal_fits_exactly_the_service_it_names(entry: Message) -> None:
    body = entry.json()
    if {"session", "service"} <= body.keys():
        asked = faults_of_json("dvcqg.yaml#/components/schemas/ServiceRequest", body)
        assert asked == []
        assert entry.judged_by.endswith(f"/{body['service']}Request")


def _wire_names() -> set[str]:
    names = {
        element.get("name", "")
        for element in etree.parse(OPENAPI / "edxml.xsd").iter("{*}element", "{*}attribute")
    }
    for file in ("dvcqg.yaml", "ministry_statistics.yaml", "payments.yaml", "vxp.yaml"):
        names |= set(_keys(description(file)["components"]["schemas"]))
    return names


def _keys(node: object) -> list[str]:
    if isinstance(node, list):
        return [key for inner in node for key in _keys(inner)]
    if not isinstance(node, dict):
        return []
    own = list(node["properties"]) if isinstance(node.get("properties"), dict) else []
    return own + [key for inner in node.values() for key in _keys(inner)]


def test_every_wire_name_has_a_row_in_the_glossary() -> None:
    rows = [line.split("|") for line in (OPENAPI / "glossary.md").read_text("utf-8").splitlines()]
    wire = {row[2].strip().strip("`") for row in rows if len(row) == 6}
    assert _wire_names() - wire == set()
