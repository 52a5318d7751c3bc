"""Messages to the land system; names known in the message that hands a dossier over.

Those of the other three are composed of the same names: what they really carry is not public.
"""

from pydantic import Field

from app.exchange.ngsp.wire.fields import Scalar, ServiceFact, ServiceModel


class Submitter(ServiceModel):
    """`ThongTinNguoiNopDon`."""

    full_name: str = Field(alias="HoTen", repr=False)
    identity_number: str = Field("", alias="SoChungMinh", repr=False)
    address: str = Field("", alias="DiaChiChiTiet", repr=False)
    phone: str = Field("", alias="SoDienThoai", repr=False)
    email: str = Field("", alias="Email", repr=False)


class Workflow(ServiceModel):
    """`ThongTinQuyTrinh`: the land system's own course of work."""

    code: str = Field(alias="MaQuyTrinh")
    name: str = Field("", alias="TenQuyTrinh")


class Parcel(ServiceModel):
    """One of `ThongTinThuaDat`; the area in square metres."""

    number: str = Field(alias="SoThuTuThua")
    map_sheet: str = Field(alias="SoHieuBanDo")
    area: float | None = Field(None, alias="DienTich")
    address: str = Field("", alias="DiaChiChiTiet")


class PaperFile(ServiceModel):
    """`TapTin`: a file, its bytes in base64."""

    name: str = Field(alias="name")
    content: str = Field(alias="data", repr=False)


class Paper(ServiceModel):
    """One of `DanhSachGiayToDinhKem`."""

    name: str = Field(alias="TenGiayTo")
    originals: int = Field(0, alias="SoBanChinh")
    copies: int = Field(1, alias="SoBanSao")
    file: PaperFile | None = Field(None, alias="TapTin")


class Handover(ServiceModel):
    """A dossier that the land system is to handle."""

    is_of_province: bool = Field(alias="LaQuyTrinhCapTinh")
    province: int = Field(alias="TinhId")
    district: int = Field(0, alias="HuyenId")
    commune: int = Field(0, alias="XaId")
    number: str = Field(alias="SoBienNhan")
    one_stop_code: str = Field(alias="MaHoSoMotCua")
    received_by: str = Field("", alias="NguoiTiepNhan")
    received_at: str = Field(alias="NgayTiepNhan")
    due_at: str = Field("", alias="NgayHenTra")
    place: str = Field("", alias="DiaChiTaiSan")
    submitter: Submitter = Field(alias="ThongTinNguoiNopDon")
    workflow: Workflow = Field(alias="ThongTinQuyTrinh")
    parcels: tuple[Parcel, ...] = Field((), alias="ThongTinThuaDat")
    papers: tuple[Paper, ...] = Field((), alias="DanhSachGiayToDinhKem")


class Supplied(ServiceModel):
    """Papers that an owner brought in answer to a request."""

    number: str = Field(alias="SoBienNhan")
    handled_by: str = Field("", alias="NguoiXuLy")
    happened_at: str = Field(alias="NgayBoSung")
    note: str = Field("", alias="GhiChu")
    papers: tuple[Paper, ...] = Field((), alias="DanhSachGiayToDinhKem")


class Returned(ServiceModel):
    """That the owner has the result."""

    number: str = Field(alias="SoBienNhan")
    handled_by: str = Field("", alias="NguoiXuLy")
    happened_at: str = Field(alias="NgayTraKetQua")
    note: str = Field("", alias="GhiChu")


class Moved(ServiceModel):
    """The same in iLIS, whose operation takes any status."""

    number: str = Field(alias="SoBienNhan")
    status: str = Field(alias="TrangThai")
    handled_by: str = Field("", alias="NguoiXuLy")
    happened_at: str = Field(alias="NgayXuLy")
    note: str = Field("", alias="GhiChu")


class Correction(ServiceModel):
    """What is wrong with a result."""

    number: str = Field(alias="SoBienNhan")
    handled_by: str = Field("", alias="NguoiXuLy")
    happened_at: str = Field(alias="NgayPhanHoi")
    content: str = Field(alias="NoiDung")


class Voucher(ServiceModel):
    """A voucher of a tax payment, or how a notice stands, under the portal's own names."""

    number: str = Field(alias="SoBienNhan")
    source: str = Field("", alias="Nguon")
    tax_code: str = Field("", alias="MaSoThue", repr=False)
    amount: str = Field("", alias="SoTien")
    content: str = Field("", alias="NoiDungThanhToan", repr=False)
    paid_at: str = Field("", alias="ThoiGianThanhToan")
    notice: str = Field(alias="MaThongBaoThue")
    status: str = Field("", alias="TrangThaiThanhToan")
    receipt: str = Field("", alias="BienLai", repr=False)
    payer_number: str = Field("", alias="SoCMTNguoiNopTien", repr=False)
    payer_name: str = Field("", alias="HoTenNguoiNopTien", repr=False)
    province: str = Field("", alias="TinhNguoiNopTien", repr=False)
    district: str = Field("", alias="HuyenNguoiNopTien", repr=False)
    commune: str = Field("", alias="XaNguoiNopTien", repr=False)
    address: str = Field("", alias="DiaChiNguoiNopTien", repr=False)
    certificate: str = Field("", alias="MaGCN", repr=False)
    payable: str = Field("", alias="TongPhaiNop")
    exempted: str = Field("", alias="TongMienGiam")
    settled: str = Field("", alias="TongDaNop")
    outstanding: str = Field("", alias="TongConPhaiNop")
    result: str = Field("", alias="MaKetQua")
    explanation: str = Field("", alias="DienGiai", repr=False)


class Status(ServiceFact):
    """How it went, in the land system's words."""

    is_success: bool = Field(alias="success")
    code: Scalar = Field("", alias="code")
    message: Scalar = Field("", alias="message")


class Answer(ServiceFact):
    """What each operation answers; `data` 0 means that it failed."""

    number: int = Field(alias="data")
    status: Status = Field(alias="status")
