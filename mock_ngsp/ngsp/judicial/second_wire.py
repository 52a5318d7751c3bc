"""The second generation as it is sent, and what is returned to the portal of linked services."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(max_length=2_000)]
Needed = Annotated[str, StringConstraints(min_length=1, max_length=500)]
PartDay = Annotated[str, StringConstraints(pattern=r"^(?:(?:(?:\d{2}/)?\d{2}/)?\d{4})?$")]
Day = Annotated[str, StringConstraints(pattern=r"^(?:\d{2}/\d{2}/\d{4})?$")]
Code = Annotated[str, StringConstraints(pattern=r"^(?:[1-9]|10)$")]


class Wire(BaseModel):
    """A JSON object of the second generation: exact names, texts only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Address(Wire):
    """An address in codes and words."""

    maTinhThanh: Text = ""
    tenTinhThanh: Text = ""
    maQuanHuyen: Text = ""
    tenQuanHuyen: Text = ""
    maPhuongXa: Text = ""
    tenPhuongXa: Text = ""
    dcChiTiet: Text = ""


class Stay(Wire):
    """Where the applicant lived."""

    tuNgay: PartDay
    denNgay: PartDay
    noiCuTru: Needed
    ngheNghiep: Text = ""
    noiLamViec: Text = ""


class FileOf(Wire):
    """A paper, its bytes inline."""

    tenLoaiFile: Text = ""
    tenFile: Needed
    noiDungFile: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]


class Form(Wire):
    """`toKhai`."""

    ngayHenTra: Day = ""
    loaiPhieu: Literal["1", "2"]
    yeuCauCDNCV: Literal["", "0", "1"] = ""
    maMucDich: Text = ""
    mucDich: Text = ""
    tenMucDich: Text = ""
    soLuongCap: Annotated[str, StringConstraints(pattern=r"^[1-9]\d?$")]
    nycHoTen: Needed
    nycTenGoiKhac: Text = ""
    nycGioiTinh: Literal["0", "1"]
    nycNgaySinh: PartDay
    nycLoaiGiayTo: Needed
    nycSoGiayTo: Needed
    nycNgayCapGiayTo: Day = ""
    nycNoiCapGiayTo: Text = ""
    nycQuocTich: Needed
    nycDanToc: Text = ""
    nycDienThoai: Text = ""
    nycEmail: Text = ""
    nycHoTenCha: Text = ""
    nycHoTenMe: Text = ""
    nycHoTenVoChong: Text = ""
    nycThuongTru: Address | None = None
    nycTamTru: Address | None = None
    nycNoiSinh: Address | None = None
    nycCuTru: list[Stay] = Field(default_factory=list)
    chaNgaySinh: PartDay = ""
    chaLoaiGiayTo: Text = ""
    chaSoGiayTo: Text = ""
    meNgaySinh: PartDay = ""
    meLoaiGiayTo: Text = ""
    meSoGiayTo: Text = ""
    voChongNgaySinh: PartDay = ""
    voChongLoaiGiayTo: Text = ""
    voChongSoGiayTo: Text = ""
    uyQuyen: Literal["", "0", "1"] = ""
    nuqHoTen: Text = ""
    nuqNgaySinh: PartDay = ""
    nuqLoaiGiayTo: Text = ""
    nuqSoGiayTo: Text = ""
    nuqMoiQuanHe: Text = ""
    thongTinAnTich: Text = ""
    fileHoSo: list[FileOf] = Field(default_factory=list)


class DataLGSP(Wire):
    """A declaration for the central system; `authKey` stands in the body."""

    authKey: Text
    maTinh: Needed
    tenTinh: Text = ""
    maHoSoMCDT: Needed
    nguonDangKy: Text = ""
    tenNguonDangKy: Text = ""
    ngayTiepNhan: Needed
    toKhai: Form


class Poll(Wire):
    """A question where a declaration stands."""

    authKey: Text
    maTinh: Needed
    maHoSoMCDT: Needed


class Result(Wire):
    """`ketQuaXuLy`: the record that a province made."""

    soPhieuLLTP: Needed
    ngayCapPhieu: Text = ""
    loaiPhieu: Text = ""
    nguoiLapPhieu: Text = ""
    nguoiKy: Text = ""
    chucVu: Text = ""
    tinhTrangAnTich: Text = ""
    tenTinhTrangAnTich: Text = ""
    thongTinCDNCV: Text = ""
    tenThongTinCDNCV: Text = ""
    thongTinAn: list[Any] = Field(default_factory=list)
    dsCDNCV: list[Any] = Field(default_factory=list)
    phieuLLTP: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]*={0,2}$")] = ""
    quyetDinhThuHoi: Text = ""


class Returned(Wire):
    """`traKetQuaHoSoLLTP`: what the province tells the portal."""

    maTinh: Needed
    tenTinh: Text = ""
    maHoSoMCDT: Needed
    trangThaiXuLy: Code
    tenTrangThaiXuLy: Text = ""
    lyDoTuChoi: Text = ""
    ngayHenTraKetQua: Text = ""
    type: Text = ""
    ketQuaXuLy: Result | None = None


Content = dict[str, Any]
