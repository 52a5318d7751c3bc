"""Catalogues of the nation: two with known fields, and many whose fields nobody public knows.

Those rows are data: what stands here goes by analogy (MA…, TEN…), and the control API puts others
in their place.
"""

from typing import Any

Rows = list[dict[str, Any]]

AGENCIES = "LayDanhMucCoQuan"
SECTORS = "LayDanhMucLinhVuc"

_KNOWN: dict[str, Rows] = {
    AGENCIES: [
        {"MADONVI": "G03", "TENDONVI": "Bộ Giáo dục và Đào tạo", "CAPDONVI": 0},
        {"MADONVI": "G22", "TENDONVI": "Văn phòng Chính phủ", "CAPDONVI": 0},
        {"MADONVI": "H38", "TENDONVI": "UBND tỉnh Lào Cai", "CAPDONVI": 1},
        {"MADONVI": "H53", "TENDONVI": "UBND tỉnh Tây Ninh", "CAPDONVI": 1},
    ],
    SECTORS: [
        {"MALINHVUC": "G03-GD10", "TENLINHVUC": "Lĩnh vực mẫu", "MANGANH": "G03"},
        {"MALINHVUC": "G22-VP01", "TENLINHVUC": "Lĩnh vực ví dụ", "MANGANH": "G22"},
    ],
}
_BY_ANALOGY: dict[str, tuple[str, ...]] = {
    "GioiTinh": ("Nam", "Nữ"),
    "TinhThanh": ("Tỉnh Lào Cai", "Tỉnh Tây Ninh"),
    "QuanHuyen": (),
    "PhuongXa": ("Phường Mẫu", "Xã Ví Dụ"),
    "QuocGia": ("Việt Nam",),
    "DanToc": ("Kinh", "Tày"),
    "TonGiao": ("Không",),
    "TinhTrangHonNhan": ("Chưa kết hôn", "Đã kết hôn"),
    "DoiTuong": ("Công dân Việt Nam", "Doanh nghiệp"),
    "CapThucHien": ("Cấp Bộ", "Cấp tỉnh", "Cấp huyện", "Cấp xã"),
    "CanCuPhapLy": (),
    "LePhi": ("Lệ phí mẫu",),
    "LoaiThuTuc": ("Loại mẫu",),
    "NhomThuTuc": ("Nhóm mẫu",),
    "ThuTucThuocLoai": (),
}
NAMES = (*_KNOWN, *(f"LayDanhMuc{name}" for name in _BY_ANALOGY))


class Catalogues:
    """The rows of every catalogue since the last reset."""

    def __init__(self) -> None:
        self._rows: dict[str, Rows] = dict(_KNOWN)
        for name, labels in _BY_ANALOGY.items():
            self._rows[f"LayDanhMuc{name}"] = [
                {f"MA{name.upper()}": str(place), f"TEN{name.upper()}": label}
                for place, label in enumerate(labels, 1)
            ]

    def rows(self, name: str) -> Rows:
        """The rows of a catalogue."""
        return self._rows[name]

    def replace(self, name: str, rows: Rows) -> None:
        """Put other rows in their place."""
        self._rows[name] = rows
