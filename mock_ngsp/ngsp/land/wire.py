"""What one-stop systems tell the land system; of the first message every name is known."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Content = dict[str, Any]

Text = Annotated[str, StringConstraints(max_length=4_000)]
Needed = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Moment = Annotated[str, StringConstraints(pattern=r"^\d{2}/\d{2}/\d{4} \d{2}:\d{2}:\d{2}$")]
MaybeMoment = Annotated[
    str, StringConstraints(pattern=r"^(?:\d{2}/\d{2}/\d{4} \d{2}:\d{2}:\d{2})?$")
]


class Wire(BaseModel):
    """A JSON object: exact names, exact types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class NguoiNopDon(Wire):
    """`ThongTinNguoiNopDon`."""

    HoTen: Needed
    SoChungMinh: Text = ""
    DiaChiChiTiet: Text = ""
    SoDienThoai: Text = ""
    Email: Text = ""


class QuyTrinh(Wire):
    """`ThongTinQuyTrinh`."""

    MaQuyTrinh: Needed
    TenQuyTrinh: Text = ""


class ThuaDat(Wire):
    """One of `ThongTinThuaDat`; the area in square metres."""

    SoThuTuThua: Needed
    SoHieuBanDo: Needed
    DienTich: float | None = Field(None, gt=0)
    DiaChiChiTiet: Text = ""


class Tep(Wire):
    """A file, its bytes inline."""

    name: Needed
    data: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]


class GiayTo(Wire):
    """One of `DanhSachGiayToDinhKem`."""

    TenGiayTo: Needed
    SoBanChinh: int = Field(0, ge=0)
    SoBanSao: int = Field(0, ge=0)
    TapTin: Tep | None = None


class HoSo(Wire):
    """A dossier that is handed over."""

    LaQuyTrinhCapTinh: bool
    TinhId: int = Field(ge=0)
    HuyenId: int = Field(0, ge=0)
    XaId: int = Field(0, ge=0)
    SoBienNhan: Needed
    MaHoSoMotCua: Needed
    NguoiTiepNhan: Text = ""
    NgayTiepNhan: Moment
    NgayHenTra: MaybeMoment = ""
    DiaChiTaiSan: Text = ""
    ThongTinNguoiNopDon: NguoiNopDon
    ThongTinQuyTrinh: QuyTrinh
    ThongTinThuaDat: list[ThuaDat] = Field(default_factory=list)
    DanhSachGiayToDinhKem: list[GiayTo] = Field(default_factory=list)


class BoSung(Wire):
    """Papers that an owner brought."""

    SoBienNhan: Needed
    NguoiXuLy: Text = ""
    NgayBoSung: Moment
    GhiChu: Text = ""
    DanhSachGiayToDinhKem: list[GiayTo] = Field(default_factory=list)


class TraKetQua(Wire):
    """That an owner has the result, as VBDLIS takes it."""

    SoBienNhan: Needed
    NguoiXuLy: Text = ""
    NgayTraKetQua: Moment
    GhiChu: Text = ""


class TrangThai(Wire):
    """A status, as iLIS takes it."""

    SoBienNhan: Needed
    TrangThai: Annotated[str, StringConstraints(pattern=r"^(?:[1-9]|10)$")]
    NguoiXuLy: Text = ""
    NgayXuLy: Moment
    GhiChu: Text = ""


Sum = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,15}$")]
Short = Annotated[str, StringConstraints(max_length=100)]


class ChungTuThue(Wire):
    """A tax voucher that is handed on: the portal's names, and whose dossier it is for."""

    SoBienNhan: Needed
    MaThongBaoThue: Needed
    Nguon: Short = ""
    MaSoThue: Short = ""
    SoTien: Sum = ""
    NoiDungThanhToan: Text = ""
    ThoiGianThanhToan: MaybeMoment = ""
    TrangThaiThanhToan: Short = ""
    BienLai: Text = ""
    SoCMTNguoiNopTien: Short = ""
    HoTenNguoiNopTien: Text = ""
    TinhNguoiNopTien: Text = ""
    HuyenNguoiNopTien: Text = ""
    XaNguoiNopTien: Text = ""
    DiaChiNguoiNopTien: Text = ""
    MaGCN: Short = ""
    TongPhaiNop: Sum = ""
    TongMienGiam: Sum = ""
    TongDaNop: Sum = ""
    TongConPhaiNop: Sum = ""
    MaKetQua: Short = ""
    DienGiai: Text = ""


class PhanHoi(Wire):
    """What is wrong with a result."""

    SoBienNhan: Needed
    NguoiXuLy: Text = ""
    NgayPhanHoi: Moment
    NoiDung: Needed
