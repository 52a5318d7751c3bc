"""What the portal gives out beside dossiers, and the questions it passes on."""

import pytest
from starlette.testclient import TestClient

from mock_ngsp.dvcqg.catalogues import NAMES
from mock_ngsp.settings import Settings
from mock_ngsp.universe import Universe
from tests.mock_ngsp.driving import Json, Province, nation

ANSWER = {
    "HOIDAPID": 101,
    "MADONVI": "H38",
    "NGUOITRALOI": "Trần Văn Ví Dụ",
    "NGAYTRALOI": "20261103090000",
    "NOIDUNGTRALOI": "Chỉ cần đơn.",
}
STATUS = {
    "TrangThai": "11",
    "MaHoSo": "G02.24-261102-000001",
    "MaHoSoDonVi": "H38.12-261102-0001",
    "NoiDung": "Từ chối",
    "NgayXuLy": "20261102150000",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_catalogue_is_read_and_can_be_replaced(
    client: TestClient, province: Province, name: str
) -> None:
    assert province.call(name)["error_code"] == 0
    rows = [{"MA": "1", "TEN": "Một"}]
    assert client.put(f"/_axis/v1/catalogues/{name}", json=rows).status_code == 204
    assert province.call(name)["result"] == rows
    client.post("/_axis/v1/reset")
    province.login()
    assert province.call(name)["result"] != rows


def test_a_catalogue_that_does_not_exist_is_not_replaced(client: TestClient) -> None:
    assert client.put("/_axis/v1/catalogues/LayThuTuc", json=[]).status_code == 404


def test_an_account_is_found_by_its_number(client: TestClient, province: Province) -> None:
    def found(number: str, provider: str = "wso2is") -> Json:
        return province.call("TraCuuTechID", provider=provider, mstorcmnd=number)

    assert found("000000000001")["result"] == [{"TECHNICALID": "tech-gia-dinh-0001"}]
    assert found("000000000009")["result"] == []
    assert found("000000000001", "google")["error_code"] == -1
    client.post("/_axis/v1/accounts", json={"number": "000000000009", "TECHNICALID": "tech-9"})
    assert found("000000000009")["result"] == [{"TECHNICALID": "tech-9"}]


def test_many_procedures_are_published_when_asked_for() -> None:
    caller = Province(nation(Universe(Settings(further_procedures=577))))
    caller.login()
    listed = caller.call("LayDanhSachTTHC")["result"]
    assert len({row["MATTHC"] for row in listed}) == 583
    own = caller.call("LayDanhSachTTHCDonVi", maDonVi="000.00.00.H53")["result"]
    assert [row["MATTHC"] for row in own] == ["1.003560.H53", "2.000001.H53"]


def test_a_procedure_is_changed_added_and_dropped(client: TestClient, province: Province) -> None:
    change = {"MATTHC": "1.003560.H38", "changes": {"TENTTHC": "Tên mới"}}
    assert client.post("/_axis/v1/procedures", json=change).status_code == 201
    assert client.post("/_axis/v1/procedures", json={"MATTHC": "3.000001.H38"}).status_code == 201
    assert client.delete("/_axis/v1/procedures/2.000001").status_code == 204
    assert client.delete("/_axis/v1/procedures/2.000001").status_code == 404
    names = {row["MATTHC"]: row["TENTTHC"] for row in province.call("LayDanhSachTTHC")["result"]}
    assert names["1.003560.H38"] == "Tên mới"
    assert {"3.000001.H38"} <= names.keys()
    assert "2.000001" not in names
    assert province.call("LayThuTuc", maTTHC="3.000001.H38")["result"][0]["LINHVUCTHUCHIEN"]


def test_a_decision_is_never_found(province: Province) -> None:
    assert province.call("LayQDCB", idQDCB="1")["result"] == []


def test_a_question_reaches_its_unit_and_is_answered(
    client: TestClient, province: Province
) -> None:
    question = {"HOIDAPID": 102, "MADONVI": "H53", "NOIDUNG": "Ở đâu?"}
    assert client.post("/_axis/v1/questions", json=question).status_code == 201
    (asked,) = province.call("LayDanhSachHoiDapGuiTuDVCQG")["result"]
    assert asked["HOIDAPID"] == 101
    assert province.call("DongBoKetQuaHoiDapGuiTuDVCQG", data=[ANSWER])["error_code"] == 0
    (answer,) = province.call("LayNoiDungTraLoiTheoCauHoi", cauhoiid="101")["result"]
    assert answer["NOIDUNGTRALOI"] == "Chỉ cần đơn."
    told = {row["HOIDAPID"]: row for row in client.get("/_axis/v1/questions").json()}
    assert told[101]["NOIDUNGTRALOI"] == "Chỉ cần đơn."


@pytest.mark.parametrize(
    "changes", [{"HOIDAPID": 7}, {"HOIDAPID": 0}, {"NGAYTRALOI": "03/11/2026"}, {"NOIDUNG": "x"}]
)
def test_an_answer_to_nothing_or_of_another_shape_is_refused(
    province: Province, changes: Json
) -> None:
    data = [ANSWER | changes]
    assert province.call("DongBoKetQuaHoiDapGuiTuDVCQG", data=data)["error_code"] == -1


def test_a_drafted_question_is_read_back_in_the_keys_of_a_read(province: Province) -> None:
    draft = {
        "HOIDAPID": 7,
        "MaLinhVuc": "G03-GD10",
        "NOIDUNG": "Nộp ở đâu?",
        "MADONVI": "H38",
        "TENDONVI": "UBND tỉnh Lào Cai",
    }
    assert province.call("DongBoHoiDap", data=[draft])["error_code"] == 0
    (found,) = province.call("LayDanhSachHoiDapBoCoQuan")["result"]
    assert (found["HOIDAPID"], found["MALINHVUC"]) == (7, "G03-GD10")
    assert province.call("LayNoiDungTraLoiTheoCauHoi", cauhoiid=7)["result"] == []
    assert province.call("DongBoHoiDap", data=[draft | {"MALINHVUC": "x"}])["error_code"] == -1


def test_a_status_of_a_national_dossier_is_one_object_and_knows_11(
    client: TestClient, province: Province
) -> None:
    assert province.call("DongBoTrangThaiHoSo", type="2", data=STATUS)["error_code"] == 0
    assert client.get("/_axis/v1/statuses").json() == [STATUS]
    for type_, data in (("2", [STATUS]), ("1", STATUS), ("2", STATUS | {"TrangThai": "3"})):
        assert province.call("DongBoTrangThaiHoSo", type=type_, data=data)["error_code"] == -1
