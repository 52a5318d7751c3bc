"""Every service of the portal: what we ask, and what the mock answers, judged by `openapi/`."""

import asyncio
import json
from datetime import date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.exchange.dvcqg.wire import (
    AnswerToCitizen,
    Call,
    DraftedQuestion,
    FetchMinistryFile,
    FindAccount,
    FindDossier,
    GetDecision,
    GetProcedure,
    ListAgencies,
    ListAnswers,
    ListDrafted,
    ListEntries,
    ListMinistryDossiers,
    ListProcedures,
    ListQuestions,
    ListSectors,
    ListUnitProcedures,
    NationalDossierStatus,
    PushAnswers,
    PushDrafted,
    ReportStatus,
    StatusPaper,
)
from app.platform.clock import VIETNAM
from mock_ngsp.dvcqg.ministry import HoSoBoCoTep
from mock_ngsp.universe import Universe
from tests.contract import corrupted
from tests.contract.judges import faults_of_json, golden, message
from tests.exchange.nation import bodies, client_of
from tests.mock_ngsp.driving import Province, nation

SCHEMAS = "dvcqg.yaml#/components/schemas"
MOMENT = datetime(2026, 11, 3, 9, tzinfo=VIETNAM)
CALLS: list[Call] = [
    FindAccount(number="000000000001"),
    FetchMinistryFile(path="/G11.38-261102-000001/1"),
    FindDossier(dossier_code="H38.12-261102-0007"),
    GetDecision(decision_id="1"),
    GetProcedure(procedure_code="1.003560"),
    ListAgencies(),
    ListAnswers(question_id="101"),
    ListDrafted(),
    ListEntries(service="LayDanhMucDanToc"),
    ListMinistryDossiers(unit="H38", first=date(2026, 11, 1), last=date(2026, 11, 7)),
    ListProcedures(),
    ListQuestions(),
    ListSectors(),
    ListUnitProcedures(unit_code="H38"),
    PushAnswers(
        answers=(
            AnswerToCitizen(
                question_id=101, agency_code="H38", answered_by="Ví Dụ", position="Chuyên viên",
                answered_at=MOMENT, answer="Đơn.",
            ),
        )
    ),
    PushDrafted(
        questions=(
            DraftedQuestion(
                question_id=7, sector_code="G03-GD10", content="Ở đâu?", agency_code="H38",
                agency_name="UBND", answer_id=1, answer="Tại một cửa.",
            ),
        )
    ),
    ReportStatus(
        told=NationalDossierStatus(
            status="11", national_code="G02.24-261102-000001", own_code="H38.12-261102-0001",
            content="Từ chối", happened_at=MOMENT,
            papers=(StatusPaper(file_name="a.pdf", url="https://onestop.example.vn/a.pdf"),),
        )
    ),
]  # fmt: skip
REQUESTS = [
    entry
    for entry in golden()
    if entry.name.startswith("dvcqg_") and entry.name.endswith("_request.json")
    and "login" not in entry.name
]  # fmt: skip
ANSWERS = {
    "LayDanhSachHoiDapGuiTuDVCQG": "LayDanhSachHoiDapResponse",
    "LayDanhSachHoiDapBoCoQuan": "LayDanhSachHoiDapResponse",
    "DongBoTrangThaiHoSo": "WriteResponse",
    "DongBoHoiDap": "WriteResponse",
    "DongBoKetQuaHoiDapGuiTuDVCQG": "WriteResponse",
}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.service)
def test_what_we_ask_is_described_and_a_misspelt_name_would_be_seen(call: Call) -> None:
    universe = Universe()
    asyncio.run(client_of(universe).ask(call))
    (body,) = bodies(universe)
    assert faults_of_json(f"{SCHEMAS}/ServiceRequest", body) == []
    mutants = [one for one in corrupted.of_json(body, []) if one.fault.startswith("misspelt")]
    assert len(mutants) >= 3
    passed = [
        one.fault for one in mutants if not faults_of_json(f"{SCHEMAS}/ServiceRequest", one.content)
    ]
    assert passed == []


@pytest.mark.parametrize("entry", REQUESTS, ids=lambda entry: entry.name)
def test_the_mock_answers_every_golden_request_as_described(entry: Any) -> None:
    with nation(Universe()) as client:
        asked = entry.json()
        answer = _answered(client, asked)
    schema = ANSWERS.get(asked["service"], f"{asked['service']}Response")
    if answer["error_code"] != 0:
        schema = "WriteResponse"
    assert faults_of_json(f"{SCHEMAS}/{schema}", answer) == []


@pytest.mark.parametrize("entry", REQUESTS, ids=lambda entry: entry.name)
def test_the_mock_refuses_a_misspelt_name(entry: Any) -> None:
    mutants = [
        one for one in corrupted.of_json(entry.json(), []) if one.fault.startswith("misspelt")
    ]
    with nation(Universe()) as client:
        answers = {one.fault: _answered(client, one.content) for one in mutants}
    assert [fault for fault, answer in answers.items() if answer["error_code"] == 0] == []


def _answered(client: TestClient, asked: dict[str, Any]) -> dict[str, Any]:
    caller = Province(client)
    caller.login()
    given = {"session": caller.session} if "session" in asked else {}
    body = json.dumps(asked | given)
    answer: dict[str, Any] = client.post("/mapi/g", content=body).json()
    return answer


MINISTRY = ("DanhSachHoSo", "TraCuuHoSo", "LayTaiLieuHoSo")
_PATH = "/G11.38-261102-000001/1"


def _asked(service: str) -> dict[str, Any]:
    parameters: dict[str, dict[str, str]] = {
        "DanhSachHoSo": {"donViXuLy": "H38", "ngayNhan1": "2026-11-01", "ngayNhan2": "2026-11-07"},
        "TraCuuHoSo": {"mahoso": "G11.38-261102-000001"},
        "LayTaiLieuHoSo": {"duongdanteptin": _PATH},
    }
    return {"madonvi": "H38", "service": service, **parameters[service]}


def _at_ministry(client: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    caller = Province(client)
    caller.login()
    content = json.dumps(body | {"session": caller.session})
    answer: dict[str, Any] = client.post("/tcdbdvcdata/mapi/g", content=content).json()
    return answer


@pytest.mark.parametrize("service", MINISTRY)
def test_the_ministry_answers_as_described_and_refuses_a_misspelt_name(service: str) -> None:
    universe = Universe()
    (row,) = message("ministry_danh_sach_ho_so_answer.json").json()["data"]
    files = [{"TenTaiLieu": "don.pdf", "Base64": "JVBERi0xLjQKbWF1"}]
    universe.ministry.put(HoSoBoCoTep.model_validate({"row": row, "files": files}))
    golden_of = {
        "DanhSachHoSo": "ministry_danh_sach_ho_so_answer.json",
        "TraCuuHoSo": "ministry_tra_cuu_ho_so_answer.json",
        "LayTaiLieuHoSo": "ministry_lay_tai_lieu_ho_so_answer.json",
    }
    with nation(universe) as client:
        answer = _at_ministry(client, _asked(service))
        assert answer == message(golden_of[service]).json()
        mutants = [
            one
            for one in corrupted.of_json(_asked(service), [])
            if one.fault.startswith("misspelt") and "service" not in one.fault
        ]
        codes = [_at_ministry(client, one.content)["error_code"] for one in mutants]
    assert codes
    assert 0 not in codes
