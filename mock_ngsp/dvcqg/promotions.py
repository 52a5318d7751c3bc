"""Promotion notices: the one kind of dossier that the portal is known to push to provinces."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from mock_ngsp.dvcqg.wire import Code, MaybeMoment, Needed, Wire

PATH_KM = "/api/dvcqg/TiepNhanHoSoKM"
"""Where provinces take notices; nobody public knows the real address."""

Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$")]


class DiaChi(Wire):
    """Where the enterprise is."""

    MaTinh: str = ""
    MaHuyen: str = ""
    MaXa: str = ""
    DiaChiChiTiet: str = ""


class TaiLieuKM(Wire):
    """A paper of a notice, its bytes inline."""

    TenTepDinhKem: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    Base64: Base64


class ThongBaoKM(Wire):
    """A promotion notice; what is required is what the known receiver refuses when empty."""

    MaHoSo: Code
    MaTTHC: Code
    SoVanBan: str = ""
    NgayNopHoSo: MaybeMoment = ""
    TenThuongNhan: Needed
    DiaChiDoanhNghiep: DiaChi = Field(default_factory=DiaChi)
    DienThoai: str = ""
    Fax: str = ""
    Email: str = ""
    MaSoThue: str
    NguoiLienHe: str = ""
    SoDienThoaiNguoiLienHe: str = ""
    TenChuongTrinhKhuyenMai: str = ""
    HinhThucKhuyenMai: str = ""
    ThoiGianKhuyenMaiTu: str = ""
    ThoiGianKhuyenMaiDen: str = ""
    HangHoaDichVuKhuyenMai: str = ""
    SoLuongHangHoaDichVu: str = ""
    KhachHang: str = ""
    CoCauGiaiThuong: str = ""
    TongGiaTriHangHoa: str = ""
    NoiDungChiTiet: str = ""
    TenCacThuongNhanCungThucHien: str = ""
    TenTepDonDangKy: str = ""
    TepDonDangKy: str = ""
    TaiLieuNop: list[TaiLieuKM] = Field(default_factory=list)


class DaNop(Wire):
    """The notice that is changed; what else is repeated of it is not known."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    MaHoSoQGDNP: Code


class DieuChinh(Wire):
    """What is changed; further keys of it are not known."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    MaHoSoQG: Code
    ThongTinDaNop: DaNop
    ThongTinSuaDoi: dict[str, Any] = Field(default_factory=dict)
    LyDoDieuChinh: str = ""
    TenTepDangKy: str = ""
    URLTepDangKy: str = ""


class DieuChinhKM(Wire):
    """A change of a notice, in its envelope; the name of the service is not known."""

    service: str = "DieuChinhHoSoKM"
    isUpdating: Literal["True", "False"] = "False"
    data: DieuChinh


@dataclass(slots=True)
class Notice:
    """One notice: the unit it is for, what is sent, and every status that was told of it."""

    unit: str
    body: dict[str, Any]
    statuses: list[dict[str, Any]] = field(default_factory=list)
    repeated: int = 0


class Promotions:
    """Every notice and change since the last reset, by its national code."""

    def __init__(self) -> None:
        self._held: dict[str, Notice] = {}

    def put(self, code: str, unit: str, body: dict[str, Any]) -> Notice:
        """Keep one, with what was told of it before."""
        before = self._held.get(code)
        notice = Notice(unit, body) if before is None else before
        notice.unit, notice.body = unit, body
        self._held[code] = notice
        return notice

    def find(self, code: str) -> Notice | None:
        """The notice of a national code."""
        return self._held.get(code)

    def tell(self, status: dict[str, Any]) -> bool:
        """Keep a status with its notice; False if it was told before, word for word."""
        notice = self._held.get(status["MaHoSo"])
        if notice is None:
            return True
        if status in notice.statuses:
            notice.repeated += 1
            return False
        notice.statuses.append(status)
        return True
