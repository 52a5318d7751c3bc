"""What a land system says moves dossiers by their own rules, once, under a code in the address."""

import json
from typing import Any

import httpx
import pytest

from app.access.domain import Scope
from app.codes import AgencyCode
from app.errands.schemas.land import HANDOVER
from app.facades.land import store
from app.facades.land.use_cases import systems
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.ngsp.land.calling import OPERATIONS, STATUSES, TAKE, body_of
from tests.acting import done, staged
from tests.builders import evidence_of, seed_catalogue
from tests.gateway import Api, Gateway
from tests.lookups.nation import refusal_of

CODE = "mot-ma-bao-mat-du-dai-va-ngau-nhien"
LISTS = ("GetDanhMucNguoiDung", "GetDanhMucThuTuc", "GetDanhMucTrangThai")
DONE = {"Result": True, "Message": "Thành công"}


class Land:
    """A land system as it calls the gateway."""

    def __init__(self, gateway: Gateway, code: str = CODE) -> None:
        self.gateway = gateway
        self.code = code

    def say(self, operation: str, number: str, **changes: Any) -> httpx.Response:
        body = body_of(operation, number, self.gateway.clock.now(), changes)
        return self.post(operation, body)

    def post(self, operation: str, body: Any) -> httpx.Response:
        answer: httpx.Response = self.gateway.http.post(
            f"/vbdlis/{operation}/{self.code}", json=body
        )
        return answer

    def done(self, operation: str, number: str, **changes: Any) -> Any:
        answer = self.say(operation, number, **changes)
        assert (answer.status_code, answer.json()["Result"]) == (200, True), answer.text
        return answer.json()


@pytest.fixture
def api(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


@pytest.fixture
def land(gateway: Gateway) -> Land:
    member = AgencyCode("H38")
    gateway.transact(systems.register, gateway.clock, name="vbdlis", member=member, code=CODE)
    return Land(gateway)


def handed_over(api: Api, stage: str = "forwardings") -> str:
    code = staged(api, stage)
    answer = api.post("/v1/land-handovers", json=HANDOVER | {"dossier_code": code})
    assert answer.status_code == 201, answer.text
    return code


def status_of(api: Api, code: str) -> str:
    return str(api.get(f"/v1/dossiers/{code}").json()["status"])


def rows_of(api: Api, code: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = api.get(f"/v1/dossiers/{code}/progress").json()["items"]
    return rows


def notices_of(api: Api, code: str) -> list[dict[str, Any]]:
    answer = api.get(f"/v1/dossiers/{code}/tax-notices")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


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


def test_a_dossier_goes_the_land_systems_whole_way(land: Land, api: Api) -> None:
    code = handed_over(api)
    course = {
        "ChuyenHoSo": "processing",
        "YeuCauBoSungHoSo": "supplement_requested",
        "NhanBoSungHoSo": "accepted",
        "GuiKetQuaThue": "payment_requested",
        "YeuCauCapNhatHoSo": "payment_requested",
        "KetThucHoSo": "finished",
    }
    assert set(course) == set(STATUSES)
    for operation, status in course.items():
        assert land.done(operation, code) == DONE
        assert status_of(api, code) == status, operation
    (line,) = api.get(f"/v1/dossiers/{code}/errands").json()["items"]
    assert (line["state"], line["status"]) == ("ended", "KetThucHoSo")
    events = api.get(f"/v1/errands/{line['id']}").json()["events"]
    assert {one["code"] for one in events} == set(course)
    (asked,) = api.get(f"/v1/dossiers/{code}").json()["handling"]["supplements"]
    assert (asked["content"], asked["papers"]) == ("Thiếu trích lục bản đồ", ["Trích lục bản đồ"])
    staff = {row["staff_name"] for row in rows_of(api, code)[2:]}
    assert staff == {"Cán bộ Đất Đai Mẫu", "Cán bộ Thuế Mẫu"}


def test_every_act_stands_in_the_evidence_under_the_systems_name(
    gateway: Gateway, land: Land, api: Api
) -> None:
    code = handed_over(api)
    land.done("ChuyenHoSo", code)
    land.done("GuiKetQuaThue", code)
    land.done("YeuCauCapNhatHoSo", code)
    entries = [one for one in evidence_of(gateway, f"dossier:{code}") if "land" in one.client_id]
    assert {one.client_id for one in entries} == {"system:land:vbdlis"}
    assert [one.act for one in entries] == [
        "dossier.progress", "dossier.tax_notices.keep", "dossier.progress", "dossier.note",
    ]  # fmt: skip


@pytest.mark.parametrize("operation", STATUSES)
def test_the_same_word_again_changes_nothing(land: Land, api: Api, operation: str) -> None:
    code = handed_over(api)
    if operation == "NhanBoSungHoSo":
        land.done("YeuCauBoSungHoSo", code)
    land.done(operation, code)
    before = (status_of(api, code), rows_of(api, code), notices_of(api, code))
    body = body_of(operation, code, land.gateway.clock.now(), {})
    again = dict(reversed(body.items()))
    assert land.post(operation, again).json() == DONE
    assert (status_of(api, code), rows_of(api, code), notices_of(api, code)) == before


def test_tax_notices_are_kept_once_for_each_number(land: Land, api: Api) -> None:
    code = handed_over(api)
    land.done("GuiKetQuaThue", code)
    rows = len(rows_of(api, code))
    told = body_of("GuiKetQuaThue", code, land.gateway.clock.now(), {})["DanhSachThongBaoThue"]
    corrected = [told[0] | {"HoTenChu": "Trần Thị Ví Dụ"}]
    land.done("GuiKetQuaThue", code, DanhSachThongBaoThue=corrected)
    assert len(rows_of(api, code)) == rows
    first, second = notices_of(api, code)
    assert (first["number"], first["owner_name"]) == ("TB-0001/2026", "Trần Thị Ví Dụ")
    assert (second["kind"], second["handled_by"]) == ("Thuế thu nhập cá nhân", "Cán bộ Thuế Mẫu")
    assert first["resulted_at"] == "2026-11-02T09:00:00+07:00"
    land.done("GuiKetQuaThue", code, DanhSachThongBaoThue=[told[0] | {"SoThongBaoThue": "TB-0003"}])
    assert [one["number"] for one in notices_of(api, code)][2] == "TB-0003"
    assert len(rows_of(api, code)) == rows + 1


def test_tax_notices_are_read_by_whom_they_concern(gateway: Gateway, land: Land, api: Api) -> None:
    code = handed_over(api)
    land.done("GuiKetQuaThue", code)
    path = f"/v1/dossiers/{code}/tax-notices"
    assert gateway.http.get(path).status_code == 401
    assert gateway.client("H38", Scope.PLACE_LAND_FILES).get(path).status_code == 403
    assert refusal_of(gateway.client("H38.13").get(path)) == (404, "unknown-dossier")


def test_papers_that_the_counter_received_are_only_noted(land: Land, api: Api) -> None:
    code = handed_over(api)
    land.done("YeuCauBoSungHoSo", code)
    done(api, code, "supplements/{number}/receipt")
    status = status_of(api, code)
    land.done("NhanBoSungHoSo", code)
    assert status_of(api, code) == status
    assert rows_of(api, code)[-1]["content"] == "Đã nhận giấy tờ bổ sung"


def test_what_the_dossiers_own_rules_forbid_is_refused_in_words(land: Land, api: Api) -> None:
    code = handed_over(api)
    land.done("KetThucHoSo", code)
    answer = land.say("YeuCauBoSungHoSo", code)
    assert (answer.status_code, answer.json()["Result"]) == (200, False)
    assert status_of(api, code) == "finished"
    assert land.say("YeuCauBoSungHoSo", code).json()["Result"] is False, "a refusal is no word"


def test_a_dossier_that_it_does_not_have_is_not_there_for_it(
    gateway: Gateway, land: Land, api: Api
) -> None:
    mine = staged(api, "forwardings")
    for number in (mine, "H38.12-261102-9999", "VP-1"):
        answer = land.say("ChuyenHoSo", number).json()
        assert answer["Result"] is False
        assert answer["Message"].startswith("SoBienNhan: không có hồ sơ")
    member = AgencyCode("H38.13")
    gateway.transact(systems.register, gateway.clock, name="khac", member=member, code="khac" * 9)
    code = handed_over(api)
    assert Land(gateway, "khac" * 9).say("ChuyenHoSo", code).json()["Result"] is False


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
