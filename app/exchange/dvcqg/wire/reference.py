"""What the portal gives out beside procedures: agencies, sectors, other catalogues, accounts."""

from typing import Final, Literal

from pydantic import Field

from app.exchange.dvcqg.wire.calls import Call
from app.exchange.dvcqg.wire.fields import PortalFact, Scalar

OPEN_CATALOGUES: Final = tuple(
    f"LayDanhMuc{name}"
    for name in (
        *("GioiTinh", "TinhThanh", "QuanHuyen", "PhuongXa", "QuocGia", "DanToc", "TonGiao"),
        *("TinhTrangHonNhan", "DoiTuong", "CapThucHien", "CanCuPhapLy", "LePhi"),
        *("LoaiThuTuc", "NhomThuTuc", "ThuTucThuocLoai"),
    )
)
"""Catalogues whose fields are not publicly known; their rows are passed on as they come."""


class ListAgencies(Call):
    """Lấy danh mục cơ quan."""

    service: Literal["LayDanhMucCoQuan"] = Field("LayDanhMucCoQuan", alias="service")


class ListSectors(Call):
    """Lấy danh mục lĩnh vực."""

    service: Literal["LayDanhMucLinhVuc"] = Field("LayDanhMucLinhVuc", alias="service")


class ListEntries(Call):
    """Lấy một danh mục, one of `OPEN_CATALOGUES`."""

    service: str = Field(alias="service", pattern=f"^(?:{'|'.join(OPEN_CATALOGUES)})$")


class ListUnitProcedures(Call):
    """Lấy danh sách thủ tục của một đơn vị."""

    service: Literal["LayDanhSachTTHCDonVi"] = Field("LayDanhSachTTHCDonVi", alias="service")
    unit_code: str = Field(alias="maDonVi", min_length=1)


class GetDecision(Call):
    """Lấy quyết định công bố; the fields of its rows are not publicly known."""

    service: Literal["LayQDCB"] = Field("LayQDCB", alias="service")
    decision_id: str = Field(alias="idQDCB", min_length=1)


class FindAccount(Call):
    """Tra cứu TechID: the account of a tax code or identity number."""

    service: Literal["TraCuuTechID"] = Field("TraCuuTechID", alias="service")
    provider: Literal["wso2is"] = Field("wso2is", alias="provider")
    number: str = Field(alias="mstorcmnd", min_length=1, repr=False)


class AgencyRow(PortalFact):
    """Cơ quan; `level` is a number whose scale is not publicly known."""

    code: Scalar = Field(alias="MADONVI", min_length=1)
    name: Scalar = Field("", alias="TENDONVI")
    level: int | None = Field(None, alias="CAPDONVI")


class SectorRow(PortalFact):
    """Lĩnh vực; `owner_code` is the agency that owns it."""

    code: Scalar = Field(alias="MALINHVUC", min_length=1)
    name: Scalar = Field("", alias="TENLINHVUC")
    owner_code: Scalar = Field("", alias="MANGANH")


class AccountRow(PortalFact):
    """Tài khoản: its stable key."""

    account_id: Scalar = Field(alias="TECHNICALID", min_length=1, repr=False)
