"""What a province may send to the payment platform: exact names, no others, texts only."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Signed = Annotated[str, StringConstraints(pattern=r"^[^|]+$", max_length=200)]
"""A signed text; a bar in it would blur where it ends."""
Amount = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,14}$")]
Owed = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,14})$")]
Time = Annotated[str, StringConstraints(pattern=r"^[0-9]{14}$")]
Seal = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, StringConstraints(max_length=250)]


class Wire(BaseModel):
    """A JSON object of the platform."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PhiLePhi(Wire):
    """One fee."""

    LoaiPhiLePhi: str
    MaPhiLePhi: str
    TenPhiLePhi: str
    SoTien: Owed


class KhoanNop(Wire):
    """One sum to be paid now."""

    NoiDung: str
    SoTien: Amount


class BienLai(Wire):
    """What the receipt says."""

    MaDichVu: Literal["2"]
    MaDVC: str
    TenDVC: Name
    MaTTHC: str
    TenTTHC: Name
    MaDonVi: str
    TenDonVi: str
    MaHoSo: Annotated[str, StringConstraints(min_length=1, max_length=50)]
    TKThuHuong: str
    MaNHThuHuong: str
    TenTKThuHuong: str
    MaLoaiHinhThuPhat: str
    TenLoaiHinhThuPhat: str
    MaCoQuanQD: str
    TenCoQuanQD: str
    KhoBac: str
    NgayQD: str
    SoQD: str
    ThoiGianViPham: str
    DiaDiemViPham: str
    TenNguoiViPham: str
    TaiKhoanThuNSNN: str
    NoiDungThanhToan: Annotated[str, StringConstraints(min_length=1)]
    HoTenNguoiNop: Annotated[str, StringConstraints(min_length=1)]
    SoCMNDNguoiNop: str
    DiaChiNguoiNop: str
    HuyenNguoiNop: str
    TinhNguoiNop: str
    PhiLePhi: list[PhiLePhi]
    DSKhoanNop: Annotated[list[KhoanNop], Field(min_length=1)]


class KhoiTao(Wire):
    """INIT."""

    LoaiBanTin: Literal["INIT"]
    PhienBan: Literal["1.0.6"]
    MaDoiTac: Signed
    MaThamChieu: Annotated[str, StringConstraints(pattern=r"^dvc[A-Za-z0-9]+$", max_length=100)]
    SoTien: Amount
    LoaiHinhThanhToan: Literal["PAY"]
    MaKenhThanhToan: Literal["1"]
    MaThietBi: Literal["1"]
    NgonNgu: Literal["vi-VN"]
    MaTienTe: Literal["VND"]
    MaNganHang: Literal["PAYMENT"]
    ThongTinGiaoDich: Signed
    ThoiGianGD: Time
    Ip: Signed
    MaXacThuc: Seal
    ThongTinBienLai: BienLai


class VanTin(Wire):
    """QUERY and GET_BILL."""

    LoaiBanTin: Literal["QUERY", "GET_BILL"]
    PhienBan: Literal["1.0.6"]
    MaDoiTac: Signed
    MaThamChieu: Signed
    ThoiGianGD: Time
    MaXacThuc: Seal
