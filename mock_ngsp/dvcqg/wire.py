"""What a province may push, spelled as on the wire and read strictly, as openapi/dvcqg.yaml says.

All scalars are text. "Required" is what every known client always sends; anything else may be
absent, but not null (one key excepted).
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Needed = Annotated[str, StringConstraints(pattern=r"\S")]
"""Text that says something."""
Code = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Unit = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.\-]+$", max_length=35)]
Moment = Annotated[str, StringConstraints(pattern=r"^[0-9]{14}$")]
"""`yyyyMMddHHmmss` in Vietnam time."""
MaybeMoment = Annotated[str, StringConstraints(pattern=r"^([0-9]{14})?$")]
Status = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
Flag = Literal["0", "1"]
Deleted = Literal["True", "False", "0", "1"]
LongId = Annotated[int, Field(gt=0)] | Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*$")]
Whole = Annotated[int, Field(ge=0)] | Annotated[str, StringConstraints(pattern=r"^[0-9]*$")]


class Wire(BaseModel):
    """A JSON object of the portal: exact names, no others, no conversion of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TaiLieu(Wire):
    """A submitted paper; the nation fetches its bytes from DuongDanTaiTepTin."""

    TepDinhKemId: str = ""
    TenTepDinhKem: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    IsDeleted: Deleted = "False"
    MaThanhPhanHoSo: str = ""
    DuongDanTaiTepTin: str
    DuocSoHoa: Flag = "0"
    DuocTaiSuDung: Literal["0", "1", "2"] = "0"
    MaKetQuaThayThe: str = ""
    DuocLayTuKhoDMQG: Flag = "0"


class LePhi(Wire):
    """A fee."""

    TenPhiLePhi: str = ""
    MaPhiLePhi: str = ""
    HinhThucThu: str = ""
    Gia: Annotated[str, StringConstraints(pattern=r"^[0-9]*(\.[0-9]+)?$")] = ""
    LoaiPhiLePhi: str = ""


class TepDinhKemKhac(Wire):
    """Another paper handed in."""

    TenGiayTo: str = ""
    SoLuong: Whole = 1
    LoaiGiayTo: Whole = 1


class HoSoBoSung(Wire):
    """One round of supplements."""

    HoSoBoSungId: Whole = 0
    NguoiYeuCauBoSung: str = ""
    NoiDungBoSung: str = ""
    NgayBoSung: MaybeMoment = ""
    NguoiTiepNhanBoSung: str = ""
    ThongTinTiepNhan: str = ""
    NgayTiepNhanBoSung: MaybeMoment = ""
    TrangThaiBoSung: bool | str = False
    DanhSachGiayToBoSung: list[TaiLieu] = Field(default_factory=list)
    DanhSachLePhiBoSung: list[LePhi] = Field(default_factory=list)
    NgayHenTraTruoc: MaybeMoment = ""
    NgayHenTraMoi: MaybeMoment = ""


class GiayToKetQua(Wire):
    """A paper that is the result."""

    TenGiayTo: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    MaThanhPhanHoSo: str = ""
    GiayToId: str = ""
    DuongDanTepTinKetQua: str = ""
    MaGiayToKetQua: str = ""


class DinhDanh(Wire):
    """An identity of the owner: 1 is the 12-digit personal id, 2 the 9-digit card."""

    LoaiDinhDanh: Needed
    SoDinhDanh: Needed


class KetNoiCSDL(Wire):
    """A national database that was consulted."""

    MaCSDL: Needed


class HoSo(Wire):
    """One entry of `data` in DongBoHoSoMC: the whole dossier, every time."""

    MaHoSo: Code
    MaTTHC: Code
    TenTTHC: Needed
    MaLinhVuc: Code
    TenLinhVuc: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    KenhThucHien: Literal["1", "2", "3"]
    SoBienNhan: str = ""
    ChuHoSo: str = ""
    SoGiayToChuHoSo: str = ""
    LoaiDoiTuong: Literal["1", "2", "3", "4"]
    MaDoiTuong: str | None = None
    ThongTinKhac: str = ""
    Email: str = ""
    Fax: str = ""
    SoDienThoai: str = ""
    TrichYeuHoSo: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    NgayNopHoSo: MaybeMoment = ""
    NgayTiepNhan: Moment
    NgayHenTra: MaybeMoment
    TrangThaiHoSo: Status
    NgayKetThucXuLy: MaybeMoment = ""
    NgayTra: MaybeMoment = ""
    NgayTuChoi: MaybeMoment = ""
    ThongTinTra: str = ""
    HinhThuc: Literal["0", "1"]
    DonViXuLy: Needed
    GhiChu: str = ""
    NoiNopHoSo: Literal["1", "2"] = "2"
    HoSoCoThanhPhanSoHoa: Flag = "0"
    TaiKhoanDuocXacThucVoiVNeID: Flag = "0"
    DuocThanhToanTrucTuyen: Literal["0", "1", "2", "3"] = "0"
    TaiLieuNop: list[TaiLieu] = Field(default_factory=list)
    DanhSachLePhi: list[LePhi] = Field(default_factory=list)
    DanhSachTepDinhKemKhac: list[TepDinhKemKhac] = Field(default_factory=list)
    DanhSachHoSoBoSung: list[HoSoBoSung] = Field(default_factory=list)
    DanhSachGiayToKetQua: list[GiayToKetQua] = Field(default_factory=list)
    DinhDanhCHS: list[DinhDanh]
    DSKetNoiCSDL: list[KetNoiCSDL] = Field(default_factory=list)


class HoSoTuCong(HoSo):
    """A dossier that a citizen filed at the portal: online, registered, not yet received."""

    KenhThucHien: Literal["2"] = "2"
    NgayTiepNhan: MaybeMoment = ""
    NgayHenTra: MaybeMoment = ""
    TrangThaiHoSo: Literal["1"] = "1"
    NoiNopHoSo: Literal["1"] = "1"


class TienDo(Wire):
    """One entry of `data` in CapNhatTienDoHoSoMC: a step taken on a dossier."""

    MaHoSo: Code
    NguoiXuLy: Code
    ChucDanh: str = ""
    ThoiDiemXuLy: Moment
    PhongBanXuLy: str = ""
    NoiDungXuLy: Needed
    TrangThai: Status
    NgayBatDau: MaybeMoment = ""
    NgayKetThucTheoQuyDinh: MaybeMoment = ""


class Login(Wire):
    """Body of `mapi/login`."""

    username: str
    password: str


class Goi(Wire):
    """What every call of `mapi/g` carries."""

    session: str
    madonvi: Unit
    service: str


class DongBoHoSoMC(Goi):
    """Push dossiers; isUpdating is text."""

    isUpdating: Literal["True", "False"]
    data: Annotated[list[HoSo], Field(min_length=1)]


class CapNhatTienDoHoSoMC(Goi):
    """Push steps, at most ten in a call."""

    data: Annotated[list[TienDo], Field(min_length=1, max_length=10)]


class TraCuuHoSo(Goi):
    """Look a dossier up; the parameter is in lower case."""

    mahoso: Needed


class LayThuTuc(Goi):
    """Read one procedure."""

    maTTHC: Needed


class LayDanhSachTTHC(Goi):
    """List the procedures."""


class LayDanhSachTTHCDonVi(Goi):
    """List the procedures of one unit."""

    maDonVi: Unit


class LayDanhMuc(Goi):
    """Read a catalogue; every name of one is a service of its own."""


class LayQDCB(Goi):
    """Read a decision of publication."""

    idQDCB: Needed


class TraCuuTechID(Goi):
    """Look an account up by tax code or identity number."""

    provider: Literal["wso2is"]
    mstorcmnd: Needed


class TepXuLy(Wire):
    """A paper of a status; its id may be null."""

    TepDinhKemId: str | None = None
    TenTepDinhKem: Needed
    IsDeleted: Deleted = "False"
    MaThanhPhanHoSo: str = ""
    DuongDanTaiTepTin: Needed


class TrangThai(Wire):
    """A status of a dossier that the nation sent: refused is 11, never 3."""

    TrangThai: Literal["1", "2", "4", "5", "6", "7", "8", "9", "10", "11"]
    MaHoSo: Needed
    MaHoSoDonVi: Needed
    MaDoiTuong: str | None = None
    NoiDung: str
    NgayXuLy: Moment
    TaiLieuXuLy: list[TepXuLy] = Field(default_factory=list)


class DongBoTrangThaiHoSo(Goi):
    """Report a status; `data` is one object, not an array."""

    type: Literal["2"]
    data: TrangThai


class HoiDap(Wire):
    """A drafted question, its answer beside it where there is one."""

    HOIDAPID: LongId
    MaLinhVuc: str
    NOIDUNG: Needed
    MADONVI: Unit
    TENDONVI: Needed
    TRALOIID: LongId | None = None
    NOIDUNGTRALOI: str = ""


class KetQuaHoiDap(Wire):
    """The answer to a citizen's question."""

    HOIDAPID: LongId
    MADONVI: Unit
    NGUOITRALOI: Needed
    CHUCVUNGUOITRALOI: str = ""
    NGAYTRALOI: Moment
    NOIDUNGTRALOI: Needed


class LayDanhSachHoiDap(Goi):
    """List questions: a citizen's or an agency's, by the name of the service."""


class LayNoiDungTraLoiTheoCauHoi(Goi):
    """Read the answers to a question; the parameter is in lower case."""

    cauhoiid: LongId


class DongBoHoiDap(Goi):
    """Push drafted questions."""

    data: Annotated[list[HoiDap], Field(min_length=1)]


class DongBoKetQuaHoiDap(Goi):
    """Answer questions of citizens."""

    data: Annotated[list[KetQuaHoiDap], Field(min_length=1)]
