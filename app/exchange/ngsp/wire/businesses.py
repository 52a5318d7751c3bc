"""The business register, second generation (apiDKKD): certificates of three kinds of business."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.exchange.ngsp.wire.enterprises import Count
from app.exchange.ngsp.wire.fields import Day, Listed, Scalar, ServiceFact


def _unwrapped(inner: str) -> BeforeValidator:
    """Read a list whose elements hold what is meant in a list of their own, or are it."""

    def read(value: Any) -> Any:
        rows = [value] if isinstance(value, Mapping) else value or []
        found: list[Any] = []
        for row in rows if isinstance(rows, list) else [rows]:
            nested = row.get(inner) if isinstance(row, Mapping) else None
            if isinstance(nested, list):
                found.extend(nested)
            else:
                found.append(nested if isinstance(nested, Mapping) else row)
        return tuple(found)

    return BeforeValidator(read)


class Standing(ServiceFact):
    """Where a business stands in law."""

    name: Scalar = Field("", alias="TinhTrangPhapLy")
    code: Scalar = Field("", alias="MaTinhTrangPhapLy")


class Individual(ServiceFact):
    """Who stands for it, with the paper that names them."""

    name: Scalar = Field("", alias="HoVaTen", repr=False)
    paper: Scalar = Field("", alias="LoaiGiayToChungThuc")
    number: Scalar = Field("", alias="SoGiayChungThuc", repr=False)


class Address(ServiceFact):
    """The seat: in words, by codes, and in one line under one of two names."""

    province: Scalar = Field("", alias="TenTinhThanh")
    province_code: Scalar = Field("", alias="MaTinhThanh")
    district: Scalar = Field("", alias="TenQuanHuyen")
    commune: Scalar = Field("", alias="TenPhuongXa")
    commune_code: Scalar = Field("", alias="MaPhuongXa")
    street: Scalar = Field("", alias="SoNha")
    line: Scalar = Field("", alias="DiaChi")
    full: Scalar = Field("", alias="DiaChiDayDu")


class Trade(ServiceFact):
    """What it does; 1 is the main one."""

    code: Scalar = Field("", alias="MaNganh")
    name: Scalar = Field("", alias="TenNganh")
    is_main: Scalar = Field("", alias="LaNganhChinh")


class Certificate(ServiceFact):
    """What the three kinds share."""

    inner_id: Scalar = Field("", alias="MaNoiBo")
    name: Scalar = Field("", alias="TenTiengViet")
    foreign_name: Scalar = Field("", alias="TenNuocNgoai")
    short_name: Scalar = Field("", alias="TenVietTat")
    standing: Annotated[tuple[Standing, ...], Listed] = Field((), alias="TinhTrangPhapLy")
    seats: Annotated[tuple[Address, ...], _unwrapped("DiaChi")] = Field((), alias="DiaChiTruSo")
    trades: Annotated[tuple[Trade, ...], Listed] = Field((), alias="NganhNgheKinhDoanh")


class Changed(Certificate):
    """A certificate that says when it was given and changed."""

    founded_on: Day = Field(None, alias="NgayDangKyLanDau")
    changed_on: Day = Field(None, alias="NgayDangKyThayDoi")
    changes: Count = Field(None, alias="SoLanDangKyThayDoi")
    people: Annotated[tuple[Individual, ...], _unwrapped("ThongTinCaNhan")] = Field(
        (), alias="DaiDienPhapLuat"
    )


class EnterpriseCertificate(Changed):
    """EntCert."""

    code: Scalar = Field("", alias="MaSoDoanhNghiep")
    type_code: Scalar = Field("", alias="MaLoaiHinhDN")
    type_name: Scalar = Field("", alias="LoaiHinhDN")


class CooperativeCertificate(Changed):
    """CoopCert; here the representative stands bare."""

    code: Scalar = Field("", alias="MaSoHTX")


class HouseholdCertificate(Certificate):
    """HHCert."""

    code: Scalar = Field("", alias="MaSoHKD")
    founded_on: Day = Field(None, alias="FOUNDING_DATE")
    type_code: Scalar = Field("", alias="MaLoaiHinhHKD")
    type_name: Scalar = Field("", alias="LoaiHinhHKD")
    people: Annotated[tuple[Individual, ...], _unwrapped("ThongTinCaNhan")] = Field(
        (), alias="ChuHoKinhDoanh"
    )


class EnterpriseAnswer(ServiceFact):
    """Answer of chiTietDoanhNghiep; null is nobody."""

    found: Annotated[tuple[EnterpriseCertificate, ...], Listed] = Field(alias="GetEntCert")


class HouseholdAnswer(ServiceFact):
    """Answer of chiTietHoKinhDoanh."""

    found: Annotated[tuple[HouseholdCertificate, ...], Listed] = Field(alias="HHCert")


class CooperativeAnswer(ServiceFact):
    """Answer of chiTietHopTacXa."""

    found: Annotated[tuple[CooperativeCertificate, ...], Listed] = Field(alias="CoopCert")
