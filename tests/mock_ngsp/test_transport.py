"""Files of the ministry of transport: licences by session and service, badges by unit and key."""

from typing import Any

import pytest

from mock_ngsp.ngsp import licences, vehicles
from tests.mock_ngsp.asking import Services

LICENCES = "/apiDVC-GPLX/tcdbdvcdata/mapi"


@pytest.fixture
def services() -> Services:
    return Services()


def session_of(services: Services, **changes: str) -> Any:
    account = licences.DEFAULT_ACCOUNT
    asked = {"username": account.username, "password": account.password} | changes
    return services.post(f"{LICENCES}/login", asked).json()


def served(services: Services, service: str, **asked: Any) -> Any:
    session = session_of(services)["session"]
    body = {"session": session, "service": service} | asked
    return services.post(f"{LICENCES}/g", body).json()


def badges(services: Services, **changes: str) -> Any:
    query = {
        "Start": "-1", "End": "-1", "GovAgencyCode": vehicles.UNIT, "APIKey": vehicles.DEFAULT_KEY,
        "ReceiveFromDate": "02/11/2026", "ReceiveToDate": "03/11/2026",
    } | {name: said for name, said in changes.items() if not name.startswith("_")}  # fmt: skip
    headers = services.headers | {
        "MaDonVi": changes.get("_unit", query["GovAgencyCode"]),
        "ApiKey": changes.get("_key", query["APIKey"]),
    }
    return services.http.get("/apiGTVT/danhsachhoso", params=query, headers=headers).json()


def test_licence_files_are_listed_by_unit_and_days(services: Services) -> None:
    told = served(
        services, "DanhSachHoSo", donViXuLy=licences.UNIT, ngayNhan1="2026-11-02",
        ngayNhan2="2026-11-04",
    )  # fmt: skip
    assert [row["ngayNhanHoSo"] for row in told["data"]] == [
        "2026-11-02", "2026-11-03", "2026-11-04"
    ]  # fmt: skip
    (held,) = told["data"][0]["gplxDaCap"]
    assert (held["sogplx"], held["hanggplxgplx"]) == ("000000000001", "B")
    nowhere = served(
        services, "DanhSachHoSo", donViXuLy="H53", ngayNhan1="2026-11-02", ngayNhan2="2026-11-04"
    )
    assert nowhere == {"error_code": 0, "data": []}


def test_one_file_and_its_paper_are_found(services: Services) -> None:
    (row,) = served(services, "TraCuuHoSo", mahoso="GIADINH-0001")["data"]
    assert (row["MaHoSo"], row["TrangThaiHoSo"]) == ("GIADINH-0001", "Đang xử lý")
    assert served(services, "TraCuuHoSo", mahoso="khac")["data"] == []
    paper = served(services, "LayTaiLieuHoSo", duongdanteptin="/GIADINH-0001/1")
    assert paper["TepTinDinhKem"][0]["TenTaiLieu"] == "don.pdf"


def test_a_session_is_wanted_and_ends(services: Services) -> None:
    assert session_of(services, password="khac")["error_code"] == -1
    session = session_of(services)["session"]
    services.later(hours=1)
    body = {"session": session, "service": "TraCuuHoSo", "mahoso": "GIADINH-0001"}
    assert services.post(f"{LICENCES}/g", body).json()["error_code"] == -2
    assert served(services, "Khac")["error_code"] == -1


def test_badges_are_listed_with_the_misspelt_key(services: Services) -> None:
    told = badges(services)
    assert told["total"] == 2
    assert "EmaiNguoiNop" in told["data"][0]
    assert badges(services, Start="0", End="1")["data"] == told["data"][:1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"GovAgencyCode": ""}, -300),
        ({"_unit": ""}, -300),
        ({"APIKey": ""}, -301),
        ({"_key": ""}, -301),
        ({"APIKey": "mot-khoa-khac"}, -302),
        ({"_key": "mot-khoa-khac"}, -302),
        ({"GovAgencyCode": "H53"}, -303),
        ({"_unit": "H53"}, -303),
        ({"APIKey": "ngan"}, -304),
    ],
)
def test_unit_and_key_are_checked_in_query_and_headers(
    services: Services, changes: dict[str, str], code: int
) -> None:
    told = badges(services, **changes)
    assert (told["error_code"], told["data"]) == (code, [])
