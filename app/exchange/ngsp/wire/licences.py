"""Driving-licence files of the ministry of transport, on the portal's protocol."""

from typing import Annotated

from pydantic import Field

from app.exchange.dvcqg.wire.fields import Listed, PortalFact, Scalar


class HeldLicence(PortalFact):
    """Giấy phép lái xe đã cấp; the portrait and whatever else names the person is not read."""

    number: Scalar = Field("", alias="sogplx")
    serial: Scalar = Field("", alias="soserigplx")
    issued_by: Scalar = Field("", alias="noicapgplx")
    issued_on: Scalar = Field("", alias="ngaycapgplx")
    expires_on: Scalar = Field("", alias="ngayhethangplx")
    licence_class: Scalar = Field("", alias="hanggplxgplx")


class LicenceRow(PortalFact):
    """One file of the list."""

    code: Scalar = Field(alias="maHoSo", min_length=1)
    portal_code: Scalar = Field("", alias="maDangKyDvc")
    full_name: Scalar = Field("", alias="hoTen", repr=False)
    identity_number: Scalar = Field("", alias="soCmnd", repr=False)
    unit: Scalar = Field("", alias="maDonVi")
    received_on: Scalar = Field("", alias="ngayNhanHoSo")
    promised_on: Scalar = Field("", alias="ngayHenTraGplx")
    kind: Scalar = Field("", alias="loaiHoSo")
    wanted_class: Scalar = Field("", alias="hangDaoTao")
    reason: Scalar = Field("", alias="lyDoDoiGplx")
    held: Annotated[tuple[HeldLicence, ...], Listed] = Field((), alias="gplxDaCap")
