"""The business register, second generation (apiDKKD): Vietnamese names, three kinds of business."""

from collections.abc import Callable
from typing import Any, Final

from mock_ngsp.ngsp.asking import Asked, Operation
from mock_ngsp.ngsp.faults import GatewayFault
from mock_ngsp.ngsp.magic import Magic, magic_of, padded
from mock_ngsp.ngsp.seed import COOPERATIVE, ENTERPRISE, HOUSEHOLD, Business, Representative
from mock_ngsp.wire import Answer, json_answer

CONTEXT: Final = "apiDKKD"
HOUSEHOLDS, COOPERATIVES = "household-businesses", "cooperatives"
MAGIC: Final[tuple[Magic, ...]] = (
    *magic_of(HOUSEHOLDS, "mst", "0000000021", padded(10)),
    *magic_of(COOPERATIVES, "mst", "0000000032", padded(10)),
)

Content = dict[str, Any]


def refused(asked: Asked) -> Answer:
    """What is said to an application that is not subscribed."""
    return GatewayFault.NOT_SUBSCRIBED.answer(asked.universe.settings.ngsp_faults)


def _answering(
    kind: str, parameter: str, key: str, record: Callable[[Business], Content]
) -> Callable[[Asked], Answer]:
    def answer(asked: Asked) -> Answer:
        found = asked.universe.ngsp.businesses.get(asked.query.get(parameter, ""))
        is_known = found is not None and found.kind == kind
        return json_answer({key: [record(found)] if found is not None and is_known else None})

    return answer


def _enterprise(found: Business) -> Content:
    return {
        "MaNoiBo": str(found.inner_id),
        "MaSoDoanhNghiep": found.code,
        "SoGCNDKKD": found.code,
        "MaLoaiHinhDN": found.type_code,
        "LoaiHinhDN": found.type_name,
        **_names(found),
        "NgayDangKyLanDau": found.founded_on,
        "NgayDangKyThayDoi": found.changed_on or None,
        "SoLanDangKyThayDoi": found.changes,
        "TinhTrangPhapLy": _standing(found),
        "DaiDienPhapLuat": [{"ThongTinCaNhan": [_person(one)]} for one in found.representatives],
        "DiaChiTruSo": [{"DiaChi": [_place(found)]}],
        "NganhNgheKinhDoanh": _activities(found),
    }


def _household(found: Business) -> Content:
    return {
        "MaNoiBo": str(found.inner_id),
        "MaSoHKD": found.code,
        "MaSoDangKyHKD": f"10A{found.inner_id}",
        "FOUNDING_DATE": found.founded_on,
        "MaLoaiHinhHKD": found.type_code,
        "LoaiHinhHKD": found.type_name,
        **_names(found),
        "TinhTrangPhapLy": _standing(found),
        "ChuHoKinhDoanh": [{"ThongTinCaNhan": [_person(one)]} for one in found.representatives],
        "DiaChiTruSo": [_place(found) | {"DiaChiDayDu": found.place.whole}],
        "NganhNgheKinhDoanh": _activities(found),
    }


def _cooperative(found: Business) -> Content:
    return {
        "MaNoiBo": str(found.inner_id),
        "MaSoHTX": found.code,
        **_names(found),
        "NgayDangKyLanDau": found.founded_on,
        "TinhTrangPhapLy": _standing(found),
        "DaiDienPhapLuat": {"ThongTinCaNhan": [_person(found.representatives[0])]},
        "DiaChiTruSo": [_place(found) | {"DiaChiDayDu": found.place.whole}],
        "NganhNgheKinhDoanh": _activities(found),
    }


def _names(found: Business) -> Content:
    return {
        "TenTiengViet": found.name,
        "TenNuocNgoai": found.foreign_name or None,
        "TenVietTat": found.short_name or None,
    }


def _standing(found: Business) -> list[Content]:
    return [
        {
            "TinhTrangPhapLy": found.status_name,
            "MaTinhTrangPhapLy": found.status_code,
            "NgayBatDauTamNgung": None,
            "NgayKetThucTamNgung": None,
            "LyDoTamNgung": None,
        }
    ]


def _person(one: Representative) -> Content:
    return {
        "HoVaTen": one.name,
        "LoaiGiayToChungThuc": "Thẻ căn cước công dân",
        "MaLoaiGiayToChungThuc": "CCCD",
        "SoGiayChungThuc": one.number,
        "NgayCap": one.issued_on,
        "NoiCap": one.issued_by,
        "QuocTich": "Việt Nam",
        "MaQuocTich": "VN",
    }


def _place(found: Business) -> Content:
    place = found.place
    return {
        "QuocGia": "Việt Nam",
        "MaQuocGia": "VN",
        "TenTinhThanh": place.province,
        "MaTinhThanh": place.province_code,
        "TenQuanHuyen": place.district or None,
        "MaQuanHuyen": place.district_code or None,
        "TenPhuongXa": place.commune,
        "MaPhuongXa": place.commune_code,
        "DiaChi": place.whole,
        "SoNha": place.street,
    }


def _activities(found: Business) -> list[Content]:
    return [
        {"MaNganh": code, "TenNganh": name, "LaNganhChinh": int(is_main)}
        for code, name, is_main in found.activities
    ]


OPERATIONS: Final = tuple(
    Operation(
        service,
        CONTEXT,
        resource,
        "GET",
        _answering(kind, parameter, key, record),
        lambda asked, name=parameter: asked.query.get(name, ""),  # type: ignore[misc] # bound now
        refused,
    )
    for service, resource, kind, parameter, key, record in (
        (
            "enterprises", "DoanhNghiep/chiTietDoanhNghiep", ENTERPRISE, "msdn", "GetEntCert",
            _enterprise,
        ),
        (HOUSEHOLDS, "HoKinhDoanh/chiTietHoKinhDoanh", HOUSEHOLD, "mst", "HHCert", _household),
        (COOPERATIVES, "HopTacXa/chiTietHopTacXa", COOPERATIVE, "mst", "CoopCert", _cooperative),
    )
)  # fmt: skip
