"""A ministry's system on the portal's protocol, at `/tcdbdvcdata`: lists are `data` there."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from mock_ngsp.dvcqg.calls import Goi, TraCuuHoSo
from mock_ngsp.dvcqg.wire import Code, MaybeMoment, Needed, Unit, Wire

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

BASE = "/tcdbdvcdata"
Content = dict[str, Any]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class DanhSachHoSo(Goi):
    """List a unit's dossiers by the days of receipt."""

    donViXuLy: Unit
    ngayNhan1: Day
    ngayNhan2: Day


class LayTaiLieuHoSo(Goi):
    """Fetch a file by its path."""

    duongdanteptin: Needed


class TepHoSo(Wire):
    """A file of a dossier."""

    TenTaiLieu: Needed
    Base64: str


class HoSoBo(Wire):
    """A row of the ministry's lists; how its moments are written is inferred."""

    MaTTHC: str = ""
    MaDVC: str = ""
    TenDVC: str = ""
    MaHoSo: Code
    HoTenNguoiNop: str = ""
    MaTrangThai: str = "2"
    TrangThaiHoSo: str = ""
    DonViXuLy: str = ""
    MaDonViXuLy: str = ""
    NgayNop: MaybeMoment = ""
    NgayTiepNhan: MaybeMoment = ""
    NgayHenTra: MaybeMoment = ""
    HinhThucNhanKQ: str = ""


class HoSoBoCoTep(BaseModel):
    """A dossier to keep at the ministry: its row, and its files with their bytes."""

    row: HoSoBo
    files: list[TepHoSo] = Field(default_factory=list)


class Ministry:
    """What the ministry holds since the last reset, in the order it came."""

    def __init__(self) -> None:
        self._rows: dict[str, Content] = {}
        self._files: dict[str, Content] = {}

    def put(self, given: HoSoBoCoTep) -> None:
        """Keep a dossier in place of the one with its code."""
        code = given.row.MaHoSo
        self._rows[code] = given.row.model_dump()
        for place, file in enumerate(given.files, 1):
            path = f"/{code}/{place}"
            self._files[path] = {**file.model_dump(), "DuongDan": path}

    def listed(self, unit: str, first: str, last: str) -> list[Content]:
        """The dossiers of a unit and those below it, received on some days."""
        return [
            row
            for row in self._rows.values()
            if f"{row['MaDonViXuLy']}.".startswith(f"{unit}.")
            and first <= _day_of(row["NgayTiepNhan"]) <= last
        ]

    def details(self, code: str) -> list[Content]:
        """A dossier with the names and paths of its files."""
        row = self._rows.get(code)
        if row is None:
            return []
        named = [
            {"TenTaiLieu": file["TenTaiLieu"], "DuongDan": path}
            for path, file in self._files.items()
            if path.startswith(f"/{code}/")
        ]
        return [row | {"TepTinDinhKem": named}]

    def file(self, path: str) -> list[Content]:
        """A file with its bytes."""
        return [self._files[path]] if path in self._files else []


def _day_of(moment: str) -> str:
    if not moment:
        return ""
    return datetime.strptime(moment[:8], "%Y%m%d").strftime("%Y-%m-%d")  # noqa: DTZ007 -- a day


Service = Callable[["Universe", Content], Content]
SERVICES: dict[str, tuple[type[BaseModel], Service]] = {
    "DanhSachHoSo": (
        DanhSachHoSo,
        lambda nation, asked: {
            "data": nation.ministry.listed(
                asked["donViXuLy"], asked["ngayNhan1"], asked["ngayNhan2"]
            )
        },
    ),
    "TraCuuHoSo": (
        TraCuuHoSo,
        lambda nation, asked: {"data": nation.ministry.details(asked["mahoso"])},
    ),
    "LayTaiLieuHoSo": (
        LayTaiLieuHoSo,
        lambda nation, asked: {"TepTinDinhKem": nation.ministry.file(asked["duongdanteptin"])},
    ),
}
"""Every service of the ministry's `/mapi/g`."""
