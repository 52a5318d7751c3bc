"""A ministry's system on the portal's protocol: lists are `data` there, files `TepTinDinhKem`.

Which fields a row has is known; how its moments are written, and that a look-up names the files,
is inferred.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from app.exchange.dvcqg.wire.calls import Call
from app.exchange.dvcqg.wire.fields import Listed, PortalFact, Scalar

Day = Annotated[date, PlainSerializer(lambda day: day.isoformat())]


class ListMinistryDossiers(Call):
    """Danh sách hồ sơ của một đơn vị, by the days of receipt, both in it."""

    service: Literal["DanhSachHoSo"] = Field("DanhSachHoSo", alias="service")
    unit: str = Field(alias="donViXuLy")
    first: Day = Field(alias="ngayNhan1")
    last: Day = Field(alias="ngayNhan2")


class FetchMinistryFile(Call):
    """Lấy tài liệu hồ sơ, by the path that a look-up named."""

    service: Literal["LayTaiLieuHoSo"] = Field("LayTaiLieuHoSo", alias="service")
    path: str = Field(alias="duongdanteptin")


class NamedFile(PortalFact):
    """Một tệp của hồ sơ, by name and path."""

    name: Scalar = Field("", alias="TenTaiLieu")
    path: Scalar = Field("", alias="DuongDan")


class GivenFile(NamedFile):
    """Nội dung một tệp."""

    content: Scalar = Field("", alias="Base64", repr=False)


class MinistryRow(PortalFact):
    """Một hồ sơ của bộ; every moment as it is written there."""

    procedure_code: Scalar = Field("", alias="MaTTHC")
    service_code: Scalar = Field("", alias="MaDVC")
    service_name: Scalar = Field("", alias="TenDVC")
    code: Scalar = Field(alias="MaHoSo", min_length=1)
    applicant: Scalar = Field("", alias="HoTenNguoiNop", repr=False)
    status_code: Scalar = Field("", alias="MaTrangThai")
    status: Scalar = Field("", alias="TrangThaiHoSo")
    unit_name: Scalar = Field("", alias="DonViXuLy")
    unit_code: Scalar = Field("", alias="MaDonViXuLy")
    submitted_at: Scalar = Field("", alias="NgayNop")
    received_at: Scalar = Field("", alias="NgayTiepNhan")
    due_at: Scalar = Field("", alias="NgayHenTra")
    result_delivery: Scalar = Field("", alias="HinhThucNhanKQ")
    files: Annotated[tuple[NamedFile, ...], Listed] = Field((), alias="TepTinDinhKem")
