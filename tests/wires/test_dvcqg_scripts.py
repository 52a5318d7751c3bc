"""Systems that speak to the portal speak to our gateway unchanged: the same bytes, both ways."""

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import httpx

from tests.contract.judges import message
from tests.e2e.stage import Stage
from tests.wires import dvcqg_scripts as scripts
from tests.wires.conftest import PUSH_SECRET
from tests.wires.dvcqg_client import Answer, Provincial
from tests.wires.dvcqg_scripts import CODE, OLD_CODE, a_record, a_row

Script = Callable[[Provincial], Sequence[Answer]]
ADAPTER: list[Script] = [
    scripts.insert_duplicate_update_progress,
    scripts.check_then_insert_or_update,
    scripts.refusals,
    scripts.without_a_session,
]
"""`/mapi/login` and `/mapi/g`: the nation's own dialect, which our gateway speaks for it."""

FRONT: list[Script] = [
    scripts.bare_arrays,
    scripts.double_encoded_reads,
    scripts.reported_statuses,
]
"""A REST front is a province's and not the nation's: our gateway is one, the mock plays another.

These scripts are all there is of a dialect that goes up. What comes down (a dossier filed at the
portal, a promotion notice) only the nation says, and only our gateway hears.
"""
PATIENCE = 60.0


def held_by_the_nation(stage: Stage, code: str, *, rows: int) -> dict[str, Any]:
    """Return what the nation holds of a dossier as soon as it has so many rows."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = httpx.get(f"{stage.nation.url}/_axis/v1/dossiers/{code}", trust_env=False)
        if answer.status_code == 200 and len(answer.json()["progress"]) >= rows:
            return dict(answer.json())
        assert time.monotonic() < deadline, answer.text


def test_the_same_bytes_get_the_same_bytes_from_nation_and_gateway(
    at_the_nation: Provincial, at_the_facade: Provincial, stage: Stage
) -> None:
    answers = {}
    for script in ADAPTER:
        told = [(answer.status, answer.body) for answer in script(at_the_nation)]
        answers[script] = script(at_the_facade)
        assert at_the_facade.sent == at_the_nation.sent
        assert [(one.status, one.body) for one in answers[script]] == told
    first = answers[scripts.insert_duplicate_update_progress]
    assert [one.error_code for one in first] == [0, 3, 0, 3, 0, *[0] * 7]
    assert "đã tồn tại" in first[1].message
    assert [one.message for one in answers[scripts.refusals]] == scripts.REFUSALS
    the_nation_ends_with_what_was_told(stage)
    the_dossier_is_one_of_v1_too(stage)


def test_both_fronts_answer_the_same_bytes_with_the_same_bytes(
    at_the_nation: Provincial, at_the_facade: Provincial, stage: Stage
) -> None:
    at_the_nation.bearer, at_the_facade.bearer = "bat-ky", stage.token()
    answers = {}
    for script in FRONT:
        told = [(answer.status, answer.body) for answer in script(at_the_nation)]
        answers[script] = script(at_the_facade)
        assert at_the_facade.sent == at_the_nation.sent
        assert [(one.status, one.body) for one in answers[script]] == told
    arrays = [one.error_code for one in answers[scripts.bare_arrays]]
    assert arrays == [0, 3, 0, 0, 0, 0, 0, 3, -1, -1, -1]
    reads = answers[scripts.double_encoded_reads]
    assert [one.error_code for one in reads] == [*[0] * 10, -1, -1]
    assert all("result" in json.loads(one.message) for one in reads[:10])
    assert [one.error_code for one in answers[scripts.reported_statuses]] == [0, 0]
    held = held_by_the_nation(stage, scripts.FRONT_CODE, rows=2)
    assert [row["TrangThai"] for row in held["progress"]] == ["2", "4"]
    for system in (at_the_nation, at_the_facade):
        system.bearer = ""
        assert system.front("LayDanhSachTTHC").status == 401


def the_nation_ends_with_what_was_told(stage: Stage) -> None:
    held = held_by_the_nation(stage, CODE, rows=24)
    assert [row["TrangThai"] for row in held["progress"]] == ["2", *["4"] * 22, "9"]
    record = held["record"]
    told = json.loads(a_record(status="9", NgayKetThucXuLy='"20261108150000"'))
    lists = ("TaiLieuNop", "DanhSachLePhi", "DanhSachTepDinhKemKhac", "DanhSachHoSoBoSung")
    plain = {name: value for name, value in told.items() if name not in (*lists, "MaDoiTuong")}
    assert {name: record[name] for name in plain} == plain
    assert record["DanhSachHoSoBoSung"][0]["TrangThaiBoSung"] == "True"
    assert record["DanhSachTepDinhKemKhac"][0]["SoLuong"] == "2"
    assert record["DanhSachLePhi"][0]["Gia"] == "20000"


def the_dossier_is_one_of_v1_too(stage: Stage) -> None:
    headers = {"Authorization": f"Bearer {stage.token()}"}
    address = f"{stage.province.url}/v1/dossiers/{OLD_CODE}"
    shown = httpx.get(address, headers=headers, trust_env=False).json()
    assert (shown["status"], shown["agency_code"]) == ("processing", "H38.12")
    assert shown["applicant"]["identity_number"] == "000000001"
    rows = httpx.get(f"{address}/progress", headers=headers, trust_env=False).json()["items"]
    assert [row["status"] for row in rows] == ["accepted", "processing"]


def test_the_front_before_the_portal_is_spoken_too(at_the_facade: Provincial, stage: Stage) -> None:
    takes_a_bare_array(at_the_facade, stage)
    reads_in_an_envelope_within_an_envelope(at_the_facade)
    asks_the_nation_what_is_not_ours(at_the_facade)
    what_a_citizen_files_at_the_portal_comes_down_and_is_told_back(stage)
    a_promotion_notice_comes_down_and_is_told_back(stage)


def takes_a_bare_array(system: Provincial, stage: Stage) -> None:
    assert system.push_bare(a_record(), unit="000.00.00.H38", updating="False").status == 401
    system.bearer = stage.token()
    inserted = system.push_bare(a_record(), unit="000.00.00.H38", updating="False")
    again = system.push_bare(a_record(), unit="000.00.00.H38", updating="False")
    updated = system.push_bare(a_record(status="4"), unit="000.00.00.H38", updating="True")
    assert [one.error_code for one in (inserted, again, updated)] == [0, 3, 0]
    assert "đã tồn tại" in again.message
    progress = system.front_post("CapNhatTienDoHoSoMC", f"[{a_row(1, '2')},{a_row(2, '4')}]")
    assert "thành công" in progress.body.decode()
    older = json.loads(a_record(OLD_CODE))
    for name in ("KenhThucHien", "DinhDanhCHS"):
        del older[name]
    text = json.dumps(older, ensure_ascii=False)
    assert system.push_bare(text, unit="000.00.12.H38", updating="False").error_code == 0
    foreign = system.push_bare(a_record(), unit="000.00.00.H53", updating="False")
    assert (foreign.status, foreign.error_code) == (403, -1)


def reads_in_an_envelope_within_an_envelope(system: Provincial) -> None:
    listed = json.loads(system.front("LayDanhSachTTHC").message)["result"]
    assert {"MATTHC": "1.003560.H38"}.items() <= listed[1].items()
    (procedure,) = json.loads(system.front("LayThuTuc", maTTHC="1.003560").message)["result"]
    assert procedure["LINHVUCTHUCHIEN"][0]["MALINHVUC"] == "G03-GD10"
    own = json.loads(system.front("LayDanhSachTTHCDonVi", maDonVi="H53").message)["result"]
    assert len(own) == 2
    account = json.loads(system.front("TraCuuTechID", mstorcmnd="000000000001").message)
    assert account["result"] == [{"TECHNICALID": "tech-gia-dinh-0001"}]
    assert json.loads(system.front("LayQDCB", idQDCB="1").message)["result"] == []
    assert system.front("LayThuTuc").error_code == -1
    assert system.front("XoaHoSo").error_code == -1


def asks_the_nation_what_is_not_ours(system: Provincial) -> None:
    (question,) = json.loads(system.call("LayDanhSachHoiDapGuiTuDVCQG").body)["result"]
    assert question["HOIDAPID"] == 101
    answer = (
        '"data":[{"HOIDAPID":101,"MADONVI":"H38","NGUOITRALOI":"Ví Dụ",'
        '"NGAYTRALOI":"20261103090000","NOIDUNGTRALOI":"Chỉ cần đơn."}]'
    )
    assert system.call("DongBoKetQuaHoiDapGuiTuDVCQG", answer).error_code == 0
    (given,) = json.loads(system.call("LayNoiDungTraLoiTheoCauHoi", '"cauhoiid":101').body)[
        "result"
    ]
    assert given["NOIDUNGTRALOI"] == "Chỉ cần đơn."
    refused = system.call("DongBoKetQuaHoiDapGuiTuDVCQG", answer.replace("101", "999"))
    assert (refused.error_code, refused.message) == (-1, "Câu hỏi 999 không tồn tại")


def a_promotion_notice_comes_down_and_is_told_back(stage: Stage) -> None:
    notice = message("dvcqg_thong_bao_khuyen_mai.json").json()
    code, api, nation = notice["MaHoSo"], stage.province.url, f"{stage.nation.url}/_axis/v1"
    with httpx.Client(trust_env=False, timeout=60) as http:
        account = {"number": notice["MaSoThue"], "TECHNICALID": "tech-doanh-nghiep-0001"}
        http.post(f"{nation}/accounts", json=account).raise_for_status()
        given = {"madonvi": "H38.12", "data": notice}
        first = http.post(f"{nation}/promotions", json=given).json()
        again = http.post(f"{nation}/promotions/{code}/push").json()
        assert [one["answer"]["error_code"] for one in (first, again)] == [0, 1]
        keyed = {"Authorization": f"Bearer {stage.token()}", "Idempotency-Key": "notice"}
        step = {"status": "accepted", "staff_name": "Ví Dụ"}
        progress = http.post(f"{api}/v1/dossiers/{code}/progress", json=step, headers=keyed)
        assert progress.status_code == 201, progress.text
        deadline = time.monotonic() + PATIENCE
        while not (told := http.get(f"{nation}/promotions/{code}").json()["statuses"]):
            assert time.monotonic() < deadline
    assert [(one["TrangThai"], one["MaDoiTuong"]) for one in told] == [
        ("2", "tech-doanh-nghiep-0001")
    ]


def what_a_citizen_files_at_the_portal_comes_down_and_is_told_back(stage: Stage) -> None:
    code, api = "H38.12-261102-0021", stage.province.url
    nation = f"{stage.nation.url}/_axis/v1"
    born = {"NoiNopHoSo": '"1"', "NgayTiepNhan": '""', "NgayHenTra": '""'}
    filed = {"madonvi": "H38.12", "data": json.loads(a_record(code, "1", **born))}
    with httpx.Client(trust_env=False, timeout=60) as http:
        row = {"member": "H38", "url": api, "secret": PUSH_SECRET}
        http.post(f"{nation}/provinces", json=row).raise_for_status()
        first = http.post(f"{nation}/dossiers", json=filed).json()
        again = http.post(f"{nation}/dossiers/{code}/push").json()
        assert [one["answer"]["error_code"] for one in (first, again)] == [0, 1]
        bearer = {"Authorization": f"Bearer {stage.token()}"}
        feed = http.get(f"{api}/v1/dossiers/feed", headers=bearer).json()
        assert [one["dossier"]["code"] for one in feed["items"]] == [code]
        step = {"status": "accepted", "staff_name": "Ví Dụ"}
        keyed = bearer | {"Idempotency-Key": "once"}
        progress = http.post(f"{api}/v1/dossiers/{code}/progress", json=step, headers=keyed)
        assert progress.status_code == 201, progress.text
    held = held_by_the_nation(stage, code, rows=1)
    record = held["record"]
    assert (record["TrangThaiHoSo"], record["NoiNopHoSo"]) == ("2", "1")
    assert record["NgayTiepNhan"]
