"""What a province may call, each service with its parameters; the records are in wire.py."""

from typing import Annotated, Literal

from pydantic import Field

from mock_ngsp.dvcqg.wire import (
    Deleted,
    HoSo,
    LongId,
    Moment,
    Needed,
    TienDo,
    Unit,
    Wire,
)


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
