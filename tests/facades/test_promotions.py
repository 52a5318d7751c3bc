"""Promotion notices: taken once by the receiver's rules, run like any dossier, told back."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.access.domain import Scope
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.dvcqg.promotions import DieuChinhKM, ThongBaoKM
from mock_ngsp.dvcqg.wire import Wire
from mock_ngsp.faults import Fault
from tests.acting import done
from tests.builders import evidence_of
from tests.facades.born import (
    CODE,
    PDF,
    SECRET,
    Born,
    a_change,
    a_notice,
    born,
    shown,
)
from tests.facades.test_arrivals import feed
from tests.wires.dvcqg_scripts import a_record


@pytest.fixture
def chosen(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(getattr(request, "param", {}))


@pytest.fixture
def nation(
    settings: Settings, clock: FrozenClock, tmp_path: Path, chosen: dict[str, Any]
) -> Iterator[Born]:
    with born(settings, clock, tmp_path, **chosen) as made:
        yield made


def test_a_push_without_the_secret_is_refused(nation: Born) -> None:
    assert nation.push(a_notice(), "sai").status_code == 401
    assert feed(nation.gateway)["items"] == []


def test_a_notice_is_a_dossier_of_the_mapped_agency_once(nation: Born) -> None:
    first, again = nation.push(a_notice()).json(), nation.push(a_notice()).json()
    assert first == {"error_code": 0, "message": "Thành công"}
    assert again == {"error_code": 1, "message": f"Hồ sơ {CODE} đã tồn tại"}
    (arrival,) = feed(nation.gateway)["items"]
    dossier = arrival["dossier"]
    assert (dossier["code"], dossier["agency_code"]) == (CODE, "H38.12")
    assert (dossier["status"], dossier["channel"]) == ("registered", "online")
    assert dossier["submitted_at"] == "2026-11-02T08:00:00+07:00"
    assert (dossier["applicant"]["kind"], dossier["applicant"]["identity_type"]) == (
        "enterprise",
        "tax_code",
    )
    assert dossier["intake"]["entry"] == "promotion_notice"
    assert dossier["intake"]["reference"] == CODE
    (entry,) = evidence_of(nation.gateway, f"dossier:{CODE}")
    assert (entry.act, entry.client_id) == ("dossier.arrive", "system:dvcqg")


def test_what_it_says_is_kept_word_for_word_and_its_files_byte_for_byte(nation: Born) -> None:
    nation.push(a_notice())
    came = shown(nation, "/received")
    (said,) = came["notices"]
    told = a_notice()
    del told["TepDonDangKy"], told["TaiLieuNop"], told["DiaChiDoanhNghiep"]
    kept = said["content"]
    assert {name: kept.get(name, "") for name in told} == told
    assert kept["DiaChiDoanhNghiep"]["DiaChiChiTiet"] == "Số 0 đường Ví Dụ"
    assert kept["TaiLieuNop"] == ["the-le.pdf"]
    assert [one["number"] for one in came["files"]] == [1, 2]
    first, second = (one["file"] for one in came["files"])
    assert (first["name"], first["media_type"]) == ("thong-bao.pdf", "application/pdf")
    assert (first["sha256"], first["size"]) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert (second["name"], second["dossier_code"]) == ("the-le.pdf", CODE)


def test_others_see_nothing_of_it(nation: Born) -> None:
    nation.push(a_notice())
    file = shown(nation)["attachments"][0]["file_id"]
    for path in (f"/v1/dossiers/{CODE}/received", f"/v1/files/{file}"):
        assert nation.gateway.client("H38.61").get(path).status_code == 404
        other = nation.gateway.client("H38", Scope.SUBMIT_DOSSIERS)
        assert other.get(path).status_code == 403
        assert nation.gateway.http.get(path).status_code == 401


@pytest.mark.parametrize("name", ["MaHoSo", "MaTTHC", "TenThuongNhan", "MaSoThue"])
@pytest.mark.parametrize("empty", ["", "  ", None])
def test_what_the_known_receiver_demands_is_demanded(
    nation: Born, name: str, empty: str | None
) -> None:
    answer = nation.push(a_notice(**{name: empty})).json()
    assert (answer["error_code"], name in answer["message"]) == (-1, True)


def test_a_tax_code_without_a_national_account_is_refused(nation: Born) -> None:
    answer = nation.push(a_notice(MaSoThue="0000000009")).json()
    assert (answer["error_code"], "TechID" in answer["message"]) == (-1, True)
    assert feed(nation.gateway)["items"] == []


def test_while_the_nation_does_not_answer_the_notice_can_be_sent_again(nation: Born) -> None:
    nation.universe.faults.add(Fault("TraCuuTechID", 1, 503, reset=False, delay=None, after=False))
    answer = nation.push(a_notice())
    assert (answer.status_code, answer.json()["error_code"]) == (503, -1)
    assert nation.code_of(a_notice()) == 0


def test_a_procedure_that_nobody_is_mapped_to_is_refused(nation: Born) -> None:
    answer = nation.push(a_notice(MaTTHC="1.003560")).json()
    assert answer == {"error_code": -1, "message": "MaTTHC: chưa ánh xạ thủ tục 1.003560"}
    assert nation.code_of(a_notice(MaTTHC="2.900001.000.00.00.H38")) == 0


@pytest.mark.parametrize("chosen", [{"promotion_reply": "status"}], indirect=True)
def test_the_second_dialect_answers_in_its_own_numbers(nation: Born) -> None:
    answers = [
        nation.push(a_notice()),
        nation.push(a_notice()),
        nation.push(a_notice(MaSoThue="")),
    ]
    assert [one.json()["status"] for one in answers] == [200, 201, 500]
    assert {one.status_code for one in answers} == {200}
    assert nation.push(a_notice(), "sai").status_code == 401


@pytest.mark.parametrize("chosen", [{"received_file_bytes": 16}], indirect=True)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("JVBERi0x*", "không phải base64"),
        ("JVBERi0x\nLjQK", "không phải base64"),
        ("JVBERi0xL", "không phải base64"),
        (base64.b64encode(b"x" * 17).decode(), "quá lớn"),
        (base64.b64encode(b"x" * 1000).decode(), "quá lớn"),
    ],
)
def test_a_file_is_read_strictly_and_within_the_limit(
    nation: Born, content: str, words: str
) -> None:
    papers = [{"TenTepDinhKem": "a.pdf", "Base64": content}]
    answer = nation.push(a_notice(TaiLieuNop=papers)).json()
    assert (answer["error_code"], answer["message"]) == (
        -1,
        f"Dữ liệu không hợp lệ: TaiLieuNop.0.Base64: {words}",
    )
    assert nation.push(a_notice(TenTepDonDangKy="")).json()["error_code"] == -1
    assert feed(nation.gateway)["items"] == []
    full = [{"TenTepDinhKem": "a.pdf", "Base64": base64.b64encode(b"x" * 16).decode()}]
    assert nation.code_of(a_notice(TaiLieuNop=full)) == 0


def test_null_is_nothing_and_a_number_is_its_text(nation: Born) -> None:
    empty = {"TaiLieuNop": None, "TepDonDangKy": None, "TenTepDonDangKy": None, "Fax": None}
    assert nation.code_of(a_notice(**empty, SoLuongHangHoaDichVu=100)) == 0
    came = shown(nation, "/received")
    assert came["files"] == []
    assert came["notices"][0]["content"]["SoLuongHangHoaDichVu"] == "100"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", json.dumps(a_notice() | {"x": 1}).encode()])
def test_what_is_no_notice_is_refused(nation: Born, body: bytes) -> None:
    assert nation.push(body).json()["error_code"] == -1


def test_a_code_that_is_no_dossiers_code_stays_beside_our_own(nation: Born) -> None:
    assert nation.code_of(a_notice(MaHoSo="KM/2026/0001")) == 0
    assert nation.code_of(a_notice(MaHoSo="KM/2026/0001")) == 1
    (arrival,) = feed(nation.gateway)["items"]
    code = arrival["dossier"]["code"]
    assert code.startswith("H38.12-261102-")
    assert arrival["dossier"]["intake"]["reference"] == "KM/2026/0001"
    done(nation.gateway.client(), code, "acceptance")
    nation.relay()
    (status,) = nation.universe.statuses
    assert (status["MaHoSo"], status["MaHoSoDonVi"]) == ("KM/2026/0001", code)


def test_a_notice_and_the_general_push_are_one_store(nation: Born) -> None:
    nation.push(a_notice())
    body = {"madonvi": "H38.12", "data": {"MaHoSo": CODE}}
    told = {"NoiNopHoSo": '"1"', "NgayTiepNhan": '""', "NgayHenTra": '""'}
    body["data"] = json.loads(a_record(CODE, "1", **told))
    headers = {"Authorization": f"Bearer {SECRET}"}
    answer = nation.gateway.http.post("/api/dvcqg/TiepNhanHoSo", json=body, headers=headers)
    assert answer.json()["error_code"] == 1


def test_the_mock_spells_a_notice_as_described() -> None:
    kinds: list[tuple[type[Wire], Any]] = [(ThongBaoKM, a_notice()), (DieuChinhKM, a_change())]
    for kind, body in kinds:
        assert kind.model_validate(body).model_dump() == body
