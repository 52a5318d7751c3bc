"""Files of transport, vehicle badges among them, as one list."""

from pydantic import Field

from app.exchange.ngsp.wire.fields import Day, Scalar, ServiceFact


class VehicleFile(ServiceFact):
    """One file; who filed it is named, how to reach them is not read."""

    code: Scalar = Field(alias="MaHoSo", min_length=1)
    procedure: Scalar = Field("", alias="MaTTHC")
    procedure_name: Scalar = Field("", alias="TenTTHC")
    sector: Scalar = Field("", alias="TenLinhVuc")
    summary: Scalar = Field("", alias="TrichYeuHoSo")
    unit: Scalar = Field("", alias="MaDonViXuLy")
    unit_name: Scalar = Field("", alias="DonViXuLy")
    owner: Scalar = Field("", alias="ChuHoSo", repr=False)
    received_on: Day = Field(None, alias="NgayTiepNhan")
    due_on: Day = Field(None, alias="NgayHenTra")
    finished_on: Day = Field(None, alias="NgayKetThucXuLy")
    returned_on: Day = Field(None, alias="NgayTra")
    status: Scalar = Field("", alias="TrangThaiHoSo")
    status_name: Scalar = Field("", alias="TenTrangThaiHoSo")


class VehicleList(ServiceFact):
    """The answer; a refusal has a code below nought."""

    total: int = Field(alias="total", ge=0)
    files: tuple[VehicleFile, ...] = Field(alias="data")
    error_code: Scalar = Field("", alias="error_code")
