"""What the gateway writes for the nation, judged by the documents of `openapi/`."""

import json
from dataclasses import replace
from typing import Any

import pytest

from app.dossiers.domain.dossier import Step
from app.dossiers.domain.intake import Entry, Intake, IntakeSource
from app.dossiers.domain.statuses import Status
from app.dossiers.sync import record_of, row_of
from app.dossiers.sync.notices import status_of
from app.exchange.dvcqg.wire import PushDossiers, PushProgress, ReportStatus
from mock_ngsp.settings import Settings
from mock_ngsp.universe import Universe
from tests.builders import RECEIVED, a_filing, a_handling, a_held_dossier
from tests.contract import corrupted
from tests.contract.judges import faults_of_json, faults_of_packet
from tests.documents.axis import Connected
from tests.documents.packets import PDF, a_draft, a_packet, report, send_form
from tests.gateway import Gateway
from tests.mock_ngsp.driving import H53, AxisCaller, nation

_SCHEMAS = "dvcqg.yaml#/components/schemas"
_CODE = "H38.12-261102-0007"
_SESSION = {"session": "s-1", "madonvi": "H38"}
_DRAFTS: dict[str, dict[str, Any]] = {
    "least": {},
    "everything": {
        "document_id": "mot-ma-rieng",
        "place": "Thành phố Mẫu",
        "content": "Tóm tắt & <ghi chú>",
        "due_on": "2026-03-16",
        "to_places": ["Như trên", "Lưu: VT"],
        "circulation": "Nội bộ",
        "drafter": "PTGD",
        "copies": 3,
        "pages": 2,
        "appendixes": ["Phụ lục 1"],
        "has_paper": True,
    },
}


@pytest.mark.parametrize("name", _DRAFTS)
def test_a_packet_written_from_a_form_obeys_the_schema(knowing: Gateway, name: str) -> None:
    api = knowing.client("H38.12")
    answer = send_form(api, a_draft(**_DRAFTS[name]), ("Tờ trình.pdf", PDF))
    assert answer.status_code == 201, answer.text
    packet = api.get(f"/v1/documents/{answer.json()['id']}/edxml").content
    assert faults_of_packet(packet) == []
    mutants = list(corrupted.of_packet(packet, []))
    assert len(mutants) > 30
    assert [one.fault for one in mutants if not faults_of_packet(one.content)] == []


def test_the_packets_that_arrive_at_the_axis_obey_the_schema(knowing: Gateway) -> None:
    universe = Universe(Settings(rewriting="off"))
    home = Connected(knowing, universe)
    send_form(knowing.client("H38.12"), a_draft(to=["H53.71"]), ("Tờ trình.pdf", PDF))
    home.relay()
    with nation(universe) as axis:
        received = AxisCaller(axis, H53)
        (edoc,) = received.inbox()
        assert faults_of_packet(received.fetch(edoc["docId"])) == []


@pytest.mark.parametrize("code", ["03", "02"])
def test_the_statuses_that_arrive_at_the_axis_obey_the_schema(knowing: Gateway, code: str) -> None:
    universe = Universe()
    home = Connected(knowing, universe)
    with nation(universe) as axis:
        other = AxisCaller(axis, H53)
        assert other.send(a_packet("H38.61", OrganId="H53.71"))["status"] == "OK"
        assert home.receive() == 1
        commune = knowing.client("H38.61")
        (document,) = commune.get("/v1/documents/inbox").json()["items"]
        answer = report(commune, document["id"], code, reason="Lý do & <lời>", staff="Văn thư")
        assert answer.status_code == 201, answer.text
        while home.relay():
            pass
        statuses = [other.fetch(one["docId"]) for one in other.inbox("status")]
    assert len(statuses) == 2
    assert [faults_of_packet(packet) for packet in statuses] == [[], []]


@pytest.mark.parametrize("status", Status)
def test_a_dossier_push_is_what_the_nation_describes(status: Status) -> None:
    dossier = replace(a_held_dossier(status, filing=a_filing()), handling=a_handling())
    record = record_of(dossier.facts())
    push = PushDossiers(is_updating="False", dossiers=(record,))
    body = json.loads(push.model_dump_json()) | _SESSION
    assert faults_of_json(f"{_SCHEMAS}/DongBoHoSoMCRequest", body) == []


@pytest.mark.parametrize("status", Status)
def test_a_progress_row_is_what_the_nation_describes(status: Status) -> None:
    step = Step(status, RECEIVED, "Trần Văn Ví Dụ", "Xong", "Chuyên viên", "Phòng mẫu", RECEIVED)
    push = PushProgress(rows=(row_of(_CODE, step.facts()),))
    body = json.loads(push.model_dump_json()) | _SESSION
    assert faults_of_json(f"{_SCHEMAS}/CapNhatTienDoHoSoMCRequest", body) == []


@pytest.mark.parametrize("status", Status)
def test_a_status_of_a_promotion_notice_is_what_the_nation_describes(status: Status) -> None:
    intake = Intake(
        IntakeSource.PORTAL, entry=Entry.PROMOTION, reference="KM/2026/0001", account="tech-1"
    )
    dossier = replace(a_held_dossier(status, filing=a_filing(intake=intake)), handling=a_handling())
    step = Step(status, RECEIVED, "Trần Văn Ví Dụ", "Xong")
    told = status_of(dossier.facts(), step.facts())
    body = json.loads(ReportStatus(told=told).model_dump_json()) | _SESSION
    assert faults_of_json(f"{_SCHEMAS}/DongBoTrangThaiHoSoRequest", body) == []
    assert (body["data"]["MaHoSo"], body["data"]["MaHoSoDonVi"]) == ("KM/2026/0001", _CODE)
    assert (body["data"]["TrangThai"] == "11") is (status is Status.REJECTED)
    mutants = [one for one in corrupted.of_json(body, []) if one.fault.startswith("misspelt")]
    assert len(mutants) > 10
    schema = f"{_SCHEMAS}/DongBoTrangThaiHoSoRequest"
    assert [one.fault for one in mutants if not faults_of_json(schema, one.content)] == []


def test_a_misspelt_alias_of_a_record_would_be_seen() -> None:
    dossier = replace(a_held_dossier(), handling=a_handling())
    record = json.loads(record_of(dossier.facts()).model_dump_json())
    mutants = [one for one in corrupted.of_json(record, []) if one.fault.startswith("misspelt")]
    assert len(mutants) > 30
    passed = [one.fault for one in mutants if not faults_of_json(f"{_SCHEMAS}/HoSo", one.content)]
    assert passed == []


def test_a_misspelt_alias_of_a_row_would_be_seen() -> None:
    step = Step(Status.FINISHED, RECEIVED, "Trần Văn Ví Dụ", "Xong", "x", "y", RECEIVED)
    row = json.loads(row_of(_CODE, step.facts()).model_dump_json())
    mutants = [one for one in corrupted.of_json(row, []) if one.fault.startswith("misspelt")]
    assert len(mutants) == len(row)
    passed = [one.fault for one in mutants if not faults_of_json(f"{_SCHEMAS}/TienDo", one.content)]
    assert passed == []
