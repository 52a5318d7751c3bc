"""Who may call as a land system, and how what it says is read."""

import json
from typing import Any

import pytest

from app.facades.land import store
from app.facades.land.use_cases import systems
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.ngsp.land.calling import OPERATIONS, TAKE
from tests.builders import evidence_of
from tests.facades.land_system import (
    CODE,
    LISTS,
    Land,
    handed_over,
    notices_of,
    rows_of,
    status_of,
)
from tests.gateway import Api, Gateway


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_wrong_code_is_refused_in_the_land_systems_words(
    gateway: Gateway, land: Land, api: Api, operation: str
) -> None:
    code = handed_over(api)
    answer = Land(gateway, "sai").say(operation, code)
    assert answer.status_code == 401
    assert answer.json() == {"Result": False, "Message": "Mã bảo mật không đúng"}
    gateway.transact(systems.revoke, gateway.clock, name="vbdlis")
    assert land.say(operation, code).status_code == 401
    assert len(rows_of(api, code)) == 2


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize("name", LISTS)
def test_lists_are_given_under_the_code_only(gateway: Gateway, land: Land, name: str) -> None:
    assert gateway.http.get(f"/vbdlis/{name}/sai").status_code == 401
    answer = gateway.http.get(f"/vbdlis/{name}/{land.code}").json()
    assert (answer["Result"], answer["Message"]) == (True, "Thành công")
    assert isinstance(answer["Data"], list)
    if name == "GetDanhMucTrangThai":
        assert answer["Data"][8] == {"MaTrangThai": "9", "TenTrangThai": "Đã xử lý xong"}
    if name == "GetDanhMucThuTuc":
        assert {"MaThuTuc", "TenThuTuc"} == set(answer["Data"][0])


def test_only_the_hash_of_a_code_is_kept_and_no_log_has_it(
    gateway: Gateway, land: Land, capsys: pytest.CaptureFixture[str]
) -> None:
    ((system, kept),) = gateway.transact(store.in_force)
    assert (system.name, len(kept)) == ("vbdlis", 64)
    assert CODE not in kept
    land.say("ChuyenHoSo", "H38.12-261102-9999")
    gateway.http.get(f"/vbdlis/KhongCo/{CODE}")
    gateway.http.put(f"/vbdlis/ChuyenHoSo/{CODE}")
    said = capsys.readouterr()
    assert CODE not in said.out + said.err
    assert "/vbdlis/ChuyenHoSo/{security_code}" in said.out
    assert CODE not in gateway.http.get("/metrics").text
    acts = [str(one) for one in evidence_of(gateway, "POST /vbdlis/ChuyenHoSo/{security_code}")]
    assert len(acts) == 1
    assert CODE not in acts[0]


@pytest.mark.parametrize(
    ("operation", "changes", "place"),
    [
        ("ChuyenHoSo", {"SoBienNhan": None}, "SoBienNhan: thiếu trường bắt buộc"),
        ("ChuyenHoSo", {"NgayXuLy": "hôm qua"}, "NgayXuLy: không đúng định dạng"),
        ("ChuyenHoSo", {"NgayXuLy": 1}, "NgayXuLy: không đúng định dạng"),
        ("YeuCauBoSungHoSo", {"NoiDung": ""}, "NoiDung: không được để trống"),
        ("GuiKetQuaThue", {"DanhSachThongBaoThue": []}, "DanhSachThongBaoThue: không có dòng nào"),
        ("GuiKetQuaThue", {"DanhSachThongBaoThue": [{}]}, "DanhSachThongBaoThue.0.HoTenChu"),
        (TAKE, {"MaDonVi": "khong"}, "MaDonVi: không đúng định dạng"),
        (TAKE, {"ThongTinQuyTrinh": {"MaQuyTrinh": "QT-0"}}, "ThongTinQuyTrinh.MaQuyTrinh"),
        (TAKE, {"NgayHenTra": "01/11/2026"}, ""),
    ],
)
def test_a_wrong_field_is_named(
    land: Land, api: Api, operation: str, changes: dict[str, Any], place: str
) -> None:
    answer = land.say(operation, handed_over(api), **changes)
    assert answer.status_code == 200
    assert answer.json()["Result"] is False
    assert place in answer.json()["Message"]


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", json.dumps({"SoBienNhan": "\x00"}).encode()])
def test_what_is_no_json_object_is_refused(land: Land, raw: bytes) -> None:
    answer = land.gateway.http.post(f"/vbdlis/ChuyenHoSo/{CODE}", content=raw)
    assert answer.json() == {
        "Result": False, "Message": "Nội dung không phải một đối tượng JSON"
    }  # fmt: skip


@pytest.mark.parametrize(
    "moment",
    ["02/11/2026", "02/11/2026 09:00", "20261102090000", "2026-11-02T09:00:00",
     "2026-11-02T09:00:00+07:00"],
)  # fmt: skip
def test_a_moment_is_read_in_every_form(land: Land, api: Api, moment: str) -> None:
    code = handed_over(api)
    land.done("ChuyenHoSo", code, NgayXuLy=moment)
    assert rows_of(api, code)[-1]["happened_at"].startswith("2026-11-02T0")


def test_a_dossier_that_the_land_system_received_is_taken_once_and_fed(
    land: Land, api: Api
) -> None:
    told = land.done(TAKE, "VP-0001")
    code = told["Data"]
    assert land.done(TAKE, "VP-0001") == told
    assert land.done(TAKE, "VP-0001", DiaChiTaiSan="Nơi khác")["Data"] == code
    dossier = api.get(f"/v1/dossiers/{code}").json()
    assert (dossier["status"], dossier["agency_code"]) == ("accepted", "H38.12")
    assert dossier["applicant"]["identity_number"] == "000000000001"
    assert dossier["summary"] == "Hồ sơ đất đai VP-0001, Thôn Ví Dụ, Xã Giả Định"
    (arrival,) = api.get("/v1/dossiers/feed").json()["items"]
    assert arrival["dossier"]["code"] == code
    land.done("ChuyenHoSo", "VP-0001")
    assert status_of(api, code) == "processing"
    land.done("GuiKetQuaThue", code)
    assert len(notices_of(api, code)) == 2
    words = {"dossier_code": code, "content": "Sai", "handled_by": "Một cửa"}
    wrong = api.post("/v1/land-corrections", json=words)
    assert wrong.status_code == 201, wrong.text


@pytest.mark.parametrize(
    ("number", "kind", "type_"),
    [
        ("000000001", "citizen", "identity_card"),
        ("0000000001", "enterprise", "tax_code"),
        ("GIADINH1", "citizen", "other"),
        ("", "citizen", None),
    ],
)
def test_a_number_tells_by_its_digits_what_it_is(
    land: Land, api: Api, number: str, kind: str, type_: str | None
) -> None:
    owner = {"HoTen": "Nguyễn Thị Giả Định", "SoChungMinh": number}
    code = land.done(TAKE, "VP-0002", ThongTinNguoiNopDon=owner)["Data"]
    applicant = api.get(f"/v1/dossiers/{code}").json()["applicant"]
    assert applicant["kind"] == kind
    assert applicant["identity_type"] == type_


class TestSettings:
    """Another province, with its own settings."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(
            update={
                "land_result_form": "number",
                "land_tax_asks_payment": False,
                "land_staff": {"cb.mot-cua": "Nguyễn Văn Ví Dụ"},
                "land_workflows": {"1.003560.H38": "QT-01"},
            }
        )

    def test_what_is_set_is_followed(self, land: Land, api: Api, clock: FrozenClock) -> None:
        code = handed_over(api)
        assert land.say("GuiKetQuaThue", code).json() == {"Result": 1, "Message": "Thành công"}
        assert clock.now() == land.gateway.clock.now()
        assert status_of(api, code) == "accepted"
        assert len(notices_of(api, code)) == 2
        staff = land.gateway.http.get(f"/vbdlis/GetDanhMucNguoiDung/{CODE}").json()["Data"]
        assert staff == [{"TaiKhoan": "cb.mot-cua", "HoTen": "Nguyễn Văn Ví Dụ"}]
        told = land.say(TAKE, "VP-0003", ThongTinQuyTrinh={"MaQuyTrinh": "QT-01"}).json()
        taken = api.get(f"/v1/dossiers/{told['Data']}").json()
        assert taken["procedure_code"] == "1.003560.H38"
