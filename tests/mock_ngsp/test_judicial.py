"""Judicial records as both generations give them, in the words that clients look for."""

import base64
from typing import Any

import pytest

from tests.mock_ngsp.asking import Services

FIRST = "/apiLyLichTuPhap/1.0"
CENTRAL = "/apiLLTP/1.0"
RETURN = "/v2/lyLichTuPhap/traKetQuaHoSoLLTP"
KEY = "mock-authkey-of-judicial-records"


@pytest.fixture
def services() -> Services:
    return Services()


def a_declaration(**changes: Any) -> dict[str, Any]:
    return {
        "fullName": "Nguyễn Thị Giả Định", "genderId": "0", "birthDateStr": "02/05/1990",
        "nationalityId": "1", "idTypeId": "3", "identifyNo": "000000000001",
        "phone": "0000000001", "declareDate": "02/11/2026", "declareTypeId": "3846",
        "requestQty": "1", "objectRequestId": "72", "formType": "1",
    } | changes  # fmt: skip


def a_submission(**changes: Any) -> dict[str, Any]:
    return {
        "idMinistryJustice": "38", "idReceivedDec": "H38-1", "dateReceivedDec": "02/11/2026",
        "declarationWSForm": a_declaration(), "residenceWSForm": [],
    } | changes  # fmt: skip


def a_form(**changes: Any) -> dict[str, Any]:
    form = {
        "loaiPhieu": "1", "soLuongCap": "1", "nycHoTen": "Nguyễn Thị Giả Định",
        "nycGioiTinh": "0", "nycNgaySinh": "02/05/1990", "nycLoaiGiayTo": "3",
        "nycSoGiayTo": "000000000001", "nycQuocTich": "1",
    }  # fmt: skip
    return {
        "authKey": KEY, "maTinh": "10", "maHoSoMCDT": "H38-1", "ngayTiepNhan": "02/11/2026",
        "toKhai": form,
    } | changes  # fmt: skip


def submitted(services: Services, **changes: Any) -> Any:
    return services.post(f"{FIRST}/nhanHoSoDangKy", a_submission(**changes)).json()


def state(services: Services, **changes: Any) -> Any:
    asked = {"idReceivedDec": "H38-1", "infoType": "2"} | changes
    return services.post(f"{FIRST}/LLTP-API-traTrangThaiHs", asked).json()


def polled(services: Services, **changes: Any) -> Any:
    asked = {"authKey": KEY, "maTinh": "10", "maHoSoMCDT": "H38-1"} | changes
    return services.post(f"{CENTRAL}/traCuuHoSo", asked).json()


def returned(services: Services, code: str, **changes: Any) -> Any:
    told = {"maTinh": "10", "maHoSoMCDT": "H38-1", "trangThaiXuLy": code} | changes
    return services.post(RETURN, told).json()


def test_a_declaration_goes_from_3_to_4_to_5_as_the_clock_goes(services: Services) -> None:
    told = submitted(services)
    assert (told["STATUS"], told["ID"]) == ("1", "LLTP000001")
    seen = [state(services)]
    for days in (1, 4):
        services.later(days=days)
        seen.append(state(services))
    assert [one["DEC_STATUS_ID"] for one in seen] == ["3", "4", "5"]
    names = ["Sở Tư pháp đã tiếp nhận", "Đang xử lý", "Đã có phiếu"]
    assert [one["DEC_STATUS_NAME"] for one in seen] == names
    assert [bool(one["ISSUE_DATE"]) for one in seen] == [False, False, True]


def test_a_later_client_sends_other_names_and_reads_small_letters(services: Services) -> None:
    later = a_submission()
    later["declarationForm"] = later.pop("declarationWSForm")
    later["residenceForm"] = later.pop("residenceWSForm")
    told = services.post(f"{FIRST}/nhanHoSoDangKy", later).json()
    assert (told["status"], set(told)) == ("1", {"status", "description", "id"})
    mixed = later | {"residenceWSForm": []}
    assert services.post(f"{FIRST}/nhanHoSoDangKy", mixed).json()["status"] == "0"


def test_the_same_receipt_number_is_taken_once(services: Services) -> None:
    first, again = submitted(services), submitted(services)
    assert (again["STATUS"], again["ID"]) == ("0", first["ID"])
    assert "đã được tiếp nhận" in again["DESCRIPTION"]


def test_an_unknown_declaration_is_not_found_and_without_one_stop_the_paper_counts(
    services: Services,
) -> None:
    assert state(services)["DESCRIPTION"] == "Không tìm thấy hồ sơ"
    submitted(services)
    assert state(services, infoType="1")["STATUS"] == "0"
    assert state(services, infoType="1", identifyNo="000000000001")["STATUS"] == "1"


@pytest.mark.parametrize("prefix", ["", "LLTP-API-"])
def test_what_changed_is_listed_until_it_is_marked(services: Services, prefix: str) -> None:
    submitted(services)

    def listed() -> list[str]:
        told = services.post(f"{FIRST}/{prefix}traDsTrangThaiHs", {"infoType": "2"}).json()
        return [row["DECLARATION_ID"] for row in told["LISTCONTENT"]]

    def mark(numbers: str) -> str:
        asked = {"declarationId": numbers, "infoType": "2"}
        path = f"{FIRST}/{prefix}danhDauHsThanhCong"
        return str(services.post(path, asked).json()["STATUS"])

    assert listed() == ["LLTP000001"]
    assert mark("LLTP000001;LLTP999999") == "0"
    assert (mark("LLTP000001"), listed()) == ("1", [])
    services.later(days=2)
    assert listed() == ["LLTP000001"]


def test_declarations_and_catalogues_are_handed_out(services: Services) -> None:
    submitted(services)
    (given,) = services.post(f"{FIRST}/traHoSo", {"infoType": "2"}).json()
    assert given["declarationTraHoSoForm"]["fullName"] == "Nguyễn Thị Giả Định"
    rows = services.post(f"{FIRST}/traDanhMuc", {"infoType": "3"}).json()
    assert rows[0] == {"ID": "1", "NAME": "Kinh"}


def test_what_is_wrong_with_a_declaration_is_named(services: Services) -> None:
    told = submitted(services, declarationWSForm=a_declaration(genderId="2"))
    assert told["STATUS"] == "0"
    assert "declarationWSForm.genderId" in told["DESCRIPTION"]


def test_the_central_system_takes_a_declaration_and_ends_with_the_record(
    services: Services,
) -> None:
    told = services.post(f"{CENTRAL}/guiHoSo", a_form()).json()
    assert "gửi thông tin thành công" in told["statusDescription"]
    again = services.post(f"{CENTRAL}/guiHoSo", a_form()).json()
    assert "đã được tiếp nhận, không thể cập nhật" in again["errorDescription"]
    codes = [polled(services)["value"][0]["trangThaiXuLy"]]
    for days in (1, 4):
        services.later(days=days)
        codes.append(polled(services)["value"][0]["trangThaiXuLy"])
    assert codes == ["2", "4", "9"]
    result = polled(services)["value"][0]["ketQuaXuLy"]
    assert base64.b64decode(result["phieuLLTP"]).startswith(b"%PDF-")


def test_the_central_system_wants_its_key_and_knows_what_it_does_not_have(
    services: Services,
) -> None:
    assert services.post(f"{CENTRAL}/guiHoSo", a_form(authKey="khac")).json()["errorCode"] == "401"
    assert polled(services) == {
        "status": 0, "statusDescription": "Không tìm thấy hồ sơ", "value": []
    }  # fmt: skip
    assert services.held("judicial-central") == []


def test_the_portal_takes_a_state_once_and_none_that_lies_behind(services: Services) -> None:
    assert returned(services, "4")["statusCode"] == "00"
    told = returned(services, "2")
    assert told["statusCode"] == "01"
    assert "không thể cập nhật lên trạng thái" in told["errorDetail"]
    assert returned(services, "9")["errorDetail"] == "Thiếu ketQuaXuLy"
    assert returned(services, "9", ketQuaXuLy={"soPhieuLLTP": "1"})["statusCode"] == "00"


def test_the_portal_can_break_off_and_takes_the_repeat(services: Services) -> None:
    asked = services.http.post("/_axis/v1/services/judicial-return/H38-1/interrupt")
    assert asked.status_code == 204
    told = returned(services, "4")
    assert (told["statusCode"], told["errorDetail"]) == (
        "03", "Yêu cầu bị gián đoạn. Vui lòng thử lại."
    )  # fmt: skip
    assert returned(services, "4")["statusCode"] == "00"
