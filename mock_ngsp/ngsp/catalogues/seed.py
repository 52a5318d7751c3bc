"""The shared catalogues at the beginning: the known codes, some of them with invented rows."""

from dataclasses import dataclass, field
from typing import Any, Final

Row = dict[str, str]

TEXT, TIME = "String", "DateTime"

CODES: Final = (
    *(f"qlvanbandieuhanhcap{level}" for level in range(1, 5)),
    *(f"donvihanhchinhcap{level}" for level in range(1, 4)),
    "mabuuchinhvungkhuvuc", *(f"mabuuchinhcap{level}" for level in range(1, 4)),
    "madantoc", "madantockhac", "matongiao", "magioitinh", "manhommau", "maynghianhommau",
    "maquocgia", "matinhtranghonnhan", *(f"giaoducdaotaovncap{level}" for level in range(1, 6)),
    "machucdanhcqdcsvn", "mabacluong", "mabangluong", "machucdanh", "manhomluong", "mahesoluong",
    "mahesoluongvung", "mathiduakhenthuong", "maloaivanbantheoqdpl", "matenvanbantheoqdpl",
    "matenvanbanhanhchinh", "dokhanvanban",
)  # fmt: skip
"""Every code that a client is known to ask for."""

_PLAIN: Final = (("Ma", "Mã", TEXT), ("Ten", "Tên", TEXT))
_AGENCIES: Final = (
    ("MaDinhDanhCap1", "Mã định danh cấp 1", TEXT),
    ("TenDonVi", "Tên đơn vị", TEXT),
    ("DiaChi", "Địa chỉ", TEXT),
    ("Email", "Thư điện tử", TEXT),
    ("SoDienThoai", "Số điện thoại", TEXT),
    ("Fax", "Số fax", TEXT),
    ("Website", "Trang thông tin", TEXT),
    ("QdBanHanhQdSuaDoi", "Quyết định ban hành, sửa đổi", TEXT),
    ("NgayBanHanhQd", "Ngày ban hành", TIME),
    ("CoQuanBanHanhQd", "Cơ quan ban hành", TEXT),
)
_ROWS: Final[dict[str, list[tuple[str, str]]]] = {
    "magioitinh": [("0", "Chưa có thông tin"), ("1", "Nam"), ("2", "Nữ")],
    "madantoc": [("01", "Kinh"), ("02", "Tày"), ("03", "Thái")],
    "matongiao": [("00", "Không"), ("01", "Phật giáo")],
    "manhommau": [("00", "Chưa có thông tin"), ("01", "A"), ("02", "B")],
    "matinhtranghonnhan": [("1", "Chưa kết hôn"), ("2", "Đang có vợ, chồng")],
    "dokhanvanban": [("0", "Thường"), ("1", "Khẩn"), ("2", "Hoả tốc")],
    "donvihanhchinhcap1": [("10", "Tỉnh Lào Cai"), ("38", "Tỉnh Thanh Hoá")],
}
_FIRST: Final[Row] = {
    "MaDinhDanhCap1": "000.00.00.H30",
    "TenDonVi": "Uỷ ban nhân dân tỉnh Giả Định",
    "DiaChi": "Số 1, đường Ví Dụ",
    "Email": "vi.du@example.vn",
    "SoDienThoai": "0000000001",
    "Fax": "",
    "Website": "example.vn",
    "QdBanHanhQdSuaDoi": "01/QĐ-VD",
    "NgayBanHanhQd": "02/01/2020",
    "CoQuanBanHanhQd": "Cơ quan Ví Dụ",
}


@dataclass(slots=True)
class Catalogue:
    """One catalogue: its properties, the first of which nothing may repeat, and its rows."""

    code: str
    properties: tuple[tuple[str, str, str], ...]
    rows: list[Row] = field(default_factory=list)

    def metadata(self) -> list[Row]:
        """What its columns are."""
        return [
            {"PropertyCode": code, "PropertyName": name, "PropertyType": kind}
            for code, name, kind in self.properties
        ]


def beginning() -> dict[str, Catalogue]:
    """Every catalogue by its code."""
    return {code: _catalogue(code) for code in CODES}


def _catalogue(code: str) -> Catalogue:
    if code == "qlvanbandieuhanhcap1":
        return Catalogue(code, _AGENCIES, [dict(_FIRST)])
    rows = [{"Ma": key, "Ten": name} for key, name in _ROWS.get(code, [])]
    return Catalogue(code, _PLAIN, rows)


SERVICES: Final[dict[str, tuple[str, tuple[dict[str, Any], ...]]]] = {
    "donvihanhchinh": (
        "DonViHanhChinh",
        (
            {"id": "1", "ma": "10", "ten": "Tỉnh Lào Cai", "cap": "1", "chaId": ""},
            {"id": "2", "ma": "02680", "ten": "Xã Giả Định", "cap": "2", "chaId": "1"},
        ),
    ),
    "gioitinh": ("GioiTinh", ({"ma": "1", "ten": "Nam"}, {"ma": "2", "ten": "Nữ"})),
    "chucvu": ("ChucVu", ({"ma": "CT", "ten": "Chủ tịch"}, {"ma": "PCT", "ten": "Phó Chủ tịch"})),
    "ngoaite": ("NgoaiTe", ({"ma": "USD", "ten": "Đô la Mỹ"},)),
}
"""Data services: name in the namespace, and rows."""
