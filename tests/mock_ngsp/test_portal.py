"""The portal: sessions, strict reading, look-ups, the way in through a security server."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from mock_ngsp.settings import Settings
from mock_ngsp.universe import Universe
from tests.mock_ngsp.driving import Json, Province, a_record, a_row, nation

CODE = a_record()["MaHoSo"]
PROVIDER = "VN:GOV:000.00.00.G22:vpcpdvcprovider"


@pytest.mark.parametrize("changes", [{"password": "wrong"}, {"user": "nobody"}, {"user": ""}])
def test_a_wrong_name_or_password_opens_nothing(
    client: TestClient, changes: dict[str, str]
) -> None:
    answer = Province(client).login(**changes)
    assert (answer["error_code"], "session" in answer) == (-1, False)


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"username":1}', b"\xff"])
@pytest.mark.parametrize("path", ["/mapi/login", "/mapi/g"])
def test_an_unreadable_body_is_refused(client: TestClient, path: str, body: bytes) -> None:
    answer = client.post(path, content=body)
    assert answer.status_code == 200
    assert answer.json()["error_code"] != 0


def test_a_call_without_a_session_is_refused(client: TestClient) -> None:
    assert Province(client).call("LayDanhSachTTHC")["error_code"] == -2
    assert Province(client, "made up").call("LayDanhSachTTHC")["error_code"] == -2


def test_a_session_ends_and_a_new_login_helps(universe: Universe, province: Province) -> None:
    assert province.call("LayDanhSachTTHC")["error_code"] == 0
    universe.clock.advance(universe.settings.session_ttl)
    assert province.call("LayDanhSachTTHC")["error_code"] == -2
    province.login()
    assert province.call("LayDanhSachTTHC")["error_code"] == 0


def test_the_form_of_error_codes_is_a_setting() -> None:
    settings = Settings(
        error_code_form="text", session_error_code=401, session_ttl=timedelta(seconds=1)
    )
    caller = Province(nation(Universe(settings)))
    assert caller.call("LayDanhSachTTHC")["error_code"] == "401"
    assert caller.login()["error_code"] == "0"


def test_an_unknown_service_is_refused(province: Province) -> None:
    assert province.call("XoaHoSo")["error_code"] == -1


@pytest.mark.parametrize("missing", sorted(set(a_record()) - {"ChuHoSo"}))
def test_a_record_without_a_core_field_is_refused_by_its_name(
    province: Province, missing: str
) -> None:
    record = a_record()
    del record[missing]
    answer = province.push(record)
    assert (answer["error_code"], f"data.0.{missing}" in answer["message"]) == (-1, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "x"},
        {"maHoSo": "x"},
        {"TrangThaiHoSo": 2},
        {"TrangThaiHoSo": "11"},
        {"NgayTiepNhan": "2026-11-02"},
        {"NgayTiepNhan": ""},
        {"NgayNopHoSo": None},
        {"KenhThucHien": "online"},
        {"HinhThuc": "2"},
        {"TrichYeuHoSo": "x" * 1001},
        {"MaHoSo": "x" * 51},
        {"DinhDanhCHS": [{"LoaiDinhDanh": 1, "SoDinhDanh": "000000000001"}]},
        {"TaiLieuNop": [{"TenTepDinhKem": "don.pdf"}]},
        {"DanhSachLePhi": [{"Gia": 20000}]},
    ],
)
def test_a_record_of_another_shape_is_refused_by_the_field(
    province: Province, changes: Json
) -> None:
    answer = province.push(a_record(**changes))
    assert (answer["error_code"], next(iter(changes)) in answer["message"]) == (-1, True)
    assert province.call("TraCuuHoSo", mahoso=CODE)["result"] == []


@pytest.mark.parametrize("updating", [True, "true", "1", None])
def test_is_updating_is_text(province: Province, updating: object) -> None:
    answer = province.call("DongBoHoSoMC", isUpdating=updating, data=[a_record()])
    assert (answer["error_code"], "isUpdating" in answer["message"]) == (-1, True)


def test_an_unknown_parameter_is_refused(province: Province) -> None:
    assert province.call("TraCuuHoSo", MaHoSo=CODE)["error_code"] == -1
    assert province.call("TraCuuHoSo", mahoso=CODE, trang=1)["error_code"] == -1


@pytest.mark.parametrize("rows", [[], [a_row(NoiDungXuLy=f"{n}") for n in range(11)]])
def test_no_row_and_more_than_ten_are_refused(province: Province, rows: list[Json]) -> None:
    province.push(a_record())
    assert province.step(*rows)["error_code"] == -1


def test_a_dossier_that_was_pushed_is_found(province: Province) -> None:
    assert province.call("TraCuuHoSo", mahoso=CODE) == {
        "error_code": 0,
        "message": "Thành công",
        "result": [],
    }
    assert "thành công" in province.push(a_record())["message"].lower()
    (found,) = province.call("TraCuuHoSo", mahoso=CODE)["result"]
    assert (found["MaHoSo"], found["MaTrangThai"]) == (CODE, "2")
    assert found["TrangThaiHoSo"] == "Được tiếp nhận"


def test_the_largest_record_is_taken_as_it_is(province: Province) -> None:
    record = a_record(
        MaDoiTuong=None,
        TaiLieuNop=[{"TenTepDinhKem": "a", "DuongDanTaiTepTin": "b", "IsDeleted": "0"}],
        DanhSachLePhi=[{"TenPhiLePhi": "Lệ phí mẫu", "Gia": "20000"}],
        DanhSachTepDinhKemKhac=[{"TenGiayTo": "a", "SoLuong": 1, "LoaiGiayTo": "2"}],
        DanhSachHoSoBoSung=[{"HoSoBoSungId": 1, "TrangThaiBoSung": True}],
        DanhSachGiayToKetQua=[{"TenGiayTo": "a", "MaGiayToKetQua": "KQ.G22.000001"}],
        DSKetNoiCSDL=[{"MaCSDL": "7"}],
    )
    assert province.push(record)["error_code"] == 0
    assert province.held(CODE) == {"record": record, "progress": [], "repeated": 0}


def test_procedures_are_listed_and_read(province: Province) -> None:
    listed = province.call("LayDanhSachTTHC")["result"]
    assert {"1.003560", "1.003560.H38"} <= {row["MATTHC"] for row in listed}
    for row in listed:
        (full,) = province.call("LayThuTuc", maTTHC=row["MATTHC"])["result"]
        assert (full["MATTHC"], full["TENTTHC"]) == (row["MATTHC"], row["TENTTHC"])
        assert full["LINHVUCTHUCHIEN"]
    assert province.call("LayThuTuc", maTTHC="9.999999")["result"] == []


@pytest.mark.parametrize("adapter", ["XrdAdapter", "VXPAdapter"])
def test_a_security_server_refuses_a_call_without_the_providers_code(
    client: TestClient, adapter: str
) -> None:
    base = f"/{adapter}/RestService/forward/mapi/login"
    assert client.post(base).json()["type"] == "Client.BadRequest"
    unknown = client.post(f"{base}?dstcode=VN:GOV:000.00.00.G99:x")
    assert unknown.status_code == 500
    assert unknown.headers["x-road-error"] == "Server.ClientProxy.UnknownMember"


@pytest.mark.parametrize("adapter", ["XrdAdapter", "VXPAdapter"])
def test_a_security_server_passes_on_to_the_same_portal(
    client: TestClient, province: Province, adapter: str
) -> None:
    query = {"dstcode": PROVIDER, "providerurl": "http://portal.example.vn", "token": "x"}
    body = {
        "session": province.session,
        "madonvi": "H38",
        "service": "DongBoHoSoMC",
        "isUpdating": "False",
        "data": [a_record()],
    }
    answer = client.post(f"/{adapter}/RestService/forward/mapi/g", params=query, json=body)
    assert answer.json()["error_code"] == 0
    assert province.held(CODE)["record"]["MaHoSo"] == CODE


def test_another_address_and_method_are_http_errors(client: TestClient) -> None:
    assert client.post("/mapi/h").status_code == 404
    assert client.get("/mapi/g").status_code == 405
    lost = client.post(f"/XrdAdapter/RestService/forward/x?dstcode={PROVIDER}")
    assert lost.status_code == 404
