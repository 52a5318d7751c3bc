"""The land system: dossiers go to it with their papers, in order, in either of its dialects."""

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.access.domain import Scope
from app.errands.schemas.land import HANDOVER
from mock_ngsp.faults import Fault
from mock_ngsp.ngsp.land.files import DEFAULT_ACCOUNT, DONE, RETURNED
from tests.acting import done, staged
from tests.builders import a_dossier, evidence_of
from tests.errands.post_office import Errands, placed, shown
from tests.gateway import Api, Gateway
from tests.lookups.nation import BASE, refusal_of
from tests.uploads import PDF, a_paper, uploaded

HANDOVERS, SUPPLEMENTS = "/v1/land-handovers", "/v1/land-supplements"
RETURNS, CORRECTIONS = "/v1/land-returns", "/v1/land-corrections"
PLACES = {
    "vbdlis": ("apiVBDLIS/tiepnhan", "apiVBDLIS/capnhattrangthaibosunghoso",
               "apiVBDLIS/capnhattrangthaitraketquahoso", "apiVBDLIS/phanhoihososaiketqua"),
    "ilis": ("apiILIS/TiepNhanHoSo", "apiILIS/BoSungHoSo", "apiILIS/CapNhatTrangThaiHoSo",
             "apiILIS/phanhoihososaiketqua"),
}  # fmt: skip


def a_handover(code: str, **changes: Any) -> dict[str, Any]:
    return HANDOVER | {"dossier_code": code} | changes


def ilis(gateway: Gateway, folder: Path, **changes: Any) -> Errands:
    (folder / "land-secret").write_text(DEFAULT_ACCOUNT.client_secret)
    (folder / "land-password").write_text(DEFAULT_ACCOUNT.password)
    known: dict[str, Any] = {
        "land_dialect": "ilis",
        "land_url": f"{BASE}/apiILIS",
        "land_client": DEFAULT_ACCOUNT.client_id,
        "land_client_secret_file": folder / "land-secret",
        "land_username": DEFAULT_ACCOUNT.username,
        "land_password_file": folder / "land-password",
    }
    return Errands(gateway, folder, **(known | changes))


@pytest.fixture(params=PLACES)
def dialect(request: pytest.FixtureRequest, gateway: Gateway, tmp_path: Path) -> Errands:
    if request.param == "ilis":
        return ilis(gateway, tmp_path)
    return Errands(gateway, tmp_path)


def places(errands: Errands) -> tuple[str, ...]:
    return PLACES[errands.settings.land_dialect]


def handed_over(api: Api, errands: Errands, **changes: Any) -> str:
    code = staged(api, "forwardings", **changes)
    placed(api, HANDOVERS, a_handover(code))
    errands.deliver()
    return code


@pytest.mark.parametrize("address", [HANDOVERS, SUPPLEMENTS, RETURNS, CORRECTIONS])
def test_who_may_not_is_refused(gateway: Gateway, province: Api, address: str) -> None:
    body = {"dossier_code": staged(province, "forwardings")}
    assert gateway.http.post(address, json=body).status_code == 401
    assert gateway.client("H38", Scope.READ_DOSSIERS).post(address, json=body).status_code == 403
    whole = {
        HANDOVERS: body, SUPPLEMENTS: body, RETURNS: body,
        CORRECTIONS: body | {"content": "x", "handled_by": "y"},
    }[address]  # fmt: skip
    other = gateway.client("H38.13").post(address, json=whole)
    assert refusal_of(other) == (404, "unknown-dossier")
    assert refusal_of(province.post(address, json=whole | {"la": 1})) == (422, "invalid-input")


def test_a_dossier_in_hand_is_handed_over_with_its_papers(
    gateway: Gateway, province: Api, dialect: Errands
) -> None:
    file = uploaded(province, PDF, "so-do.pdf")["id"]
    url = "https://onestop.example.vn/1"
    named = {"component_code": "TP02", "name": "don.pdf", "digitised": True, "url": url}
    papers = [a_paper(file, name="Sơ đồ thửa đất"), named]
    code = staged(province, "forwardings", attachments=papers)
    errand = placed(province, HANDOVERS, a_handover(code, is_of_province=True))
    dialect.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reference"], found["number"]) == ("accepted", "1", code)
    (held,) = dialect.nation.universe.ngsp.land.shown()
    asked = held["asked"]
    assert (held["face"], asked["SoBienNhan"]) == (dialect.settings.land_dialect, code)
    assert asked["MaHoSoMotCua"] == code
    assert (asked["LaQuyTrinhCapTinh"], asked["TinhId"], asked["XaId"]) == (True, 10, 2680)
    assert asked["NgayTiepNhan"].count("/") == 2
    assert asked["ThongTinNguoiNopDon"]["HoTen"]
    assert asked["ThongTinThuaDat"] == [
        {"SoThuTuThua": "12", "SoHieuBanDo": "38", "DienTich": 120.5, "DiaChiChiTiet": ""}
    ]
    with_file, without = asked["DanhSachGiayToDinhKem"]
    assert with_file["TapTin"] == {
        "name": "so-do.pdf", "characters": len(base64.b64encode(PDF))
    }  # fmt: skip
    assert "TapTin" not in without
    assert [one.act for one in evidence_of(gateway, f"errand:{errand['id']}")] == ["errand.place"]


def test_a_workflow_of_the_land_system_stands_for_a_procedure(
    gateway: Gateway, province: Api, tmp_path: Path
) -> None:
    procedure = a_dossier()["procedure_code"]
    errands = Errands(gateway, tmp_path, land_workflows={procedure: "QT-01"})
    handed_over(province, errands)
    (held,) = errands.nation.universe.ngsp.land.shown()
    assert held["asked"]["ThongTinQuyTrinh"]["MaQuyTrinh"] == "QT-01"


def test_a_dossier_is_handed_over_once_and_only_in_hand(province: Api, errands: Errands) -> None:
    code = handed_over(province, errands)
    again = province.post(HANDOVERS, json=a_handover(code))
    assert refusal_of(again) == (409, "errand-number-taken")
    assert again.json()["errors"][0]["pointer"] == "/dossier_code"
    over = staged(province, "results")
    refused = province.post(HANDOVERS, json=a_handover(over))
    assert refusal_of(refused) == (409, "land-nothing-to-tell")
    assert (refused.json()["status"], refused.json()["present"]) == (409, "finished")


def test_papers_that_do_not_go_into_one_message_are_refused(
    gateway: Gateway, province: Api
) -> None:
    file = uploaded(province, PDF, "so-do.pdf")["id"]
    code = staged(province, "forwardings", attachments=[a_paper(file)])
    context = gateway.context
    small = context.settings.model_copy(update={"land_paper_bytes": len(PDF) - 1})
    object.__setattr__(context, "settings", small)
    answer = province.post(HANDOVERS, json=a_handover(code))
    assert refusal_of(answer) == (422, "land-papers-too-large")
    assert answer.json()["limit"] == len(PDF) - 1


@pytest.mark.parametrize("address", [SUPPLEMENTS, RETURNS, CORRECTIONS])
def test_nothing_is_told_of_a_dossier_that_the_land_system_does_not_have(
    province: Api, address: str
) -> None:
    body: dict[str, Any] = {"dossier_code": staged(province, "forwardings")}
    if address == CORRECTIONS:
        body |= {"content": "Sai số thửa", "handled_by": "Một cửa"}
    assert refusal_of(province.post(address, json=body)) == (409, "land-not-handed-over")


def test_a_whole_course_is_told_in_order(province: Api, dialect: Errands) -> None:
    code = handed_over(province, dialect)
    body = {"dossier_code": code}
    assert refusal_of(province.post(SUPPLEMENTS, json=body)) == (409, "land-nothing-to-tell")
    assert refusal_of(province.post(RETURNS, json=body)) == (409, "land-nothing-to-tell")
    done(province, code, "supplements")
    done(province, code, "supplements/{number}/receipt")
    brought = placed(province, SUPPLEMENTS, body)
    assert brought["number"] == f"{code}/1"
    missing = province.post(SUPPLEMENTS, json=body | {"round": 2})
    assert refusal_of(missing) == (409, "land-nothing-to-tell")
    done(province, code, "completion")
    done(province, code, "results")
    returned = placed(province, RETURNS, body)
    words = body | {"content": "Sai số thửa trên giấy", "handled_by": "Bộ phận một cửa"}
    wrong = placed(province, CORRECTIONS, words)
    assert refusal_of(province.post(CORRECTIONS, json=words)) == (409, "errand-number-taken")
    land = dialect.nation.universe.ngsp.land
    land.held[code].status = DONE
    for _ in range(3):
        dialect.deliver()
    assert [shown(province, one)["state"] for one in (brought, returned, wrong)] == ["accepted"] * 3
    names = [set(one) for one in land.held[code].told]
    assert {"NgayBoSung"} <= names[0]
    assert names[1] & {"NgayTraKetQua", "TrangThai"}
    assert land.held[code].told[2]["NoiDung"] == "Sai số thửa trên giấy"
    assert [one for one in dialect.nation.asked() if "token" not in one] == list(places(dialect))
    kinds = [one["kind"] for one in province.get(f"/v1/dossiers/{code}/errands").json()["items"]]
    assert kinds == ["land_correction", "land_return", "land_supplement", "land_handover"]


def test_ilis_is_told_the_status_that_it_takes(
    gateway: Gateway, province: Api, tmp_path: Path
) -> None:
    errands = ilis(gateway, tmp_path)
    code = handed_over(province, errands)
    done(province, code, "completion")
    done(province, code, "results")
    errands.nation.universe.ngsp.land.held[code].status = DONE
    placed(province, RETURNS, {"dossier_code": code})
    errands.deliver()
    file = errands.nation.universe.ngsp.land.held[code]
    assert (file.told[-1]["TrangThai"], file.status) == ("10", RETURNED)
    assert errands.nation.asked("apiILIS/token") == ["apiILIS/token"], "one token for both"


def test_a_lost_answer_is_made_up_for_by_the_wording(
    gateway: Gateway, province: Api, dialect: Errands
) -> None:
    code = staged(province, "forwardings")
    place = places(dialect)[0]
    dialect.nation.universe.faults.add(Fault(place, 1, status=503, after=True))
    errand = placed(province, HANDOVERS, a_handover(code))
    dialect.deliver()
    assert shown(province, errand)["state"] == "deferred"
    gateway.clock.advance(timedelta(minutes=30))
    dialect.deliver()
    assert shown(province, errand)["state"] == "accepted"
    assert len(dialect.nation.asked(place)) == 2


@pytest.mark.parametrize(
    ("end", "state", "reason"),
    [
        ("0001", "accepted", None),
        ("0403", "refused", "403: Đơn vị chưa được cấp quyền"),
        ("0422", "deferred", "contract-breach"),
        ("0504", "deferred", "timeout"),
        ("0503", "deferred", "http-503"),
    ],
)
def test_each_way_that_a_handover_goes(
    province: Api, dialect: Errands, end: str, state: str, reason: str | None
) -> None:
    code = staged(province, "forwardings", code=f"H38.12-000101-{end}")
    errand = placed(province, HANDOVERS, a_handover(code))
    dialect.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reason"]) == (state, reason)


def test_what_the_land_system_does_not_find_is_refused_in_its_words(
    province: Api, dialect: Errands
) -> None:
    code = handed_over(province, dialect, code="H38.12-000101-0404")
    words = {"dossier_code": code, "content": "Sai", "handled_by": "Một cửa"}
    errand = placed(province, CORRECTIONS, words)
    dialect.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reason"]) == ("refused", "404: Không tìm thấy hồ sơ")


def test_without_its_settings_nothing_is_sent(
    gateway: Gateway, province: Api, tmp_path: Path
) -> None:
    for errands in (
        Errands(gateway, tmp_path, land_url=None),
        ilis(gateway, tmp_path, land_username=None),
    ):
        assert errands.services.land is None
    code = staged(province, "forwardings")
    errand = placed(province, HANDOVERS, a_handover(code))
    Errands(gateway, tmp_path, land_url=None).deliver()
    assert shown(province, errand)["state"] == "owed"


def test_a_wrong_password_at_ilis_waits_for_a_person(
    gateway: Gateway, province: Api, tmp_path: Path
) -> None:
    errands = ilis(gateway, tmp_path, land_client="ai-do")
    errand = placed(province, HANDOVERS, a_handover(staged(province, "forwardings")))
    errands.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reason"]) == ("deferred", "no-token")
