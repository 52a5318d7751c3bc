"""Invented account holders, with the claims that real clients read."""

from typing import Any

_ADDRESS = '{"MaTinhThanh":"10","MaQuanHuyen":"","MaPhuongXa":"00000","ChiTiet":"Thôn Ví Dụ"}'
_EMPTY = dict.fromkeys(
    (
        "SoCMND", "SoDinhDanh", "HoChieu", "MaBHXH", "HoVaTen", "NgayThangNamSinh", "DanToc",
        "TonGiao", "TinhTrangHonNhan", "NhomMau", "QuocTich", "NoiDangKyKhaiSinh", "QueQuan",
        "ThuongTru", "NoiOHienNay", "Cha", "Me", "VoChong", "NguoiDaiDien", "ChuHo",
        "SoDienThoai", "SoDienThoaiBan", "ThuDienTu", "MaSoThue", "MaSoDoanhNghiep",
        "TenDoanhNghiep", "DiaChi",
    ),
    "",
)  # fmt: skip

CITIZEN, ENTERPRISE, ORGANISATION = "1", "2", "3"


def account(tech_id: str, kind: str = CITIZEN, **known: Any) -> dict[str, Any]:
    """Every claim of an account; what is not known is empty."""
    about = {"sub": tech_id, "LoaiTaiKhoan": kind, "TechID": tech_id, "GioiTinh": 0}
    return _EMPTY | about | {"TrangThai": "1", "loAs": "2"} | known


DEFAULT_PEOPLE = (
    account(
        "tech-gia-dinh-0001",
        SoDinhDanh="000000000001",
        HoVaTen="Nguyễn Thị Giả Định",
        GioiTinh=2,
        NgayThangNamSinh="19900101",
        QuocTich="VN",
        ThuongTru=_ADDRESS,
        SoDienThoai="0000000001",
        ThuDienTu="gia.dinh@example.vn",
    ),
    account(
        "tech-gia-dinh-0002",
        SoDinhDanh="000000000002",
        SoCMND="000000002",
        HoVaTen="Trần Văn Ví Dụ",
        GioiTinh=1,
        NgayThangNamSinh="19850615",
        QuocTich="VN",
        ThuongTru=_ADDRESS,
    ),
    account(
        "tech-gia-dinh-0003",
        ENTERPRISE,
        MaSoThue="0000000003",
        MaSoDoanhNghiep="0000000003",
        TenDoanhNghiep="Công ty Giả Định",
        NguoiDaiDien="Nguyễn Thị Giả Định",
        DiaChi="Thôn Ví Dụ",
    ),
    account("tech-gia-dinh-0004", ORGANISATION, HoVaTen="Hội Ví Dụ", DiaChi="Thôn Ví Dụ"),
)
