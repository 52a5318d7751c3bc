"""Social insurance (apiBHXH) by wire names."""

from typing import Annotated

from pydantic import Field

from app.exchange.ngsp.wire.fields import Day, Listed, Scalar, ServiceFact, ServiceModel


class NumberQuestion(ServiceModel):
    """Body of getTraCuuTtHgdByMaSoBhxh."""

    number: str = Field(alias="maSoBhxh", repr=False)


class Criteria(ServiceModel):
    """Who is meant: name, birthday (loaiNgaySinh 0 a day, 1 a year), sex 1, 2 or 3."""

    name: str = Field(alias="hoTen", repr=False)
    born: str = Field(alias="ngaySinh", repr=False)
    born_kind: str = Field(alias="loaiNgaySinh")
    sex: str = Field(alias="gioiTinh")
    is_birthplace: str = Field("1", alias="isKs")


class PersonCriteria(Criteria):
    """Body of getMaSoBhxhTheoTieuChi."""

    province: str = Field("", alias="maTinhKs")
    district: str = Field("", alias="maHuyenKs")
    commune: str = Field("", alias="maXaKs")


class HouseholdCriteria(Criteria):
    """Body of getTraCuuThongTinHgd."""

    province: str = Field(alias="maTinh")
    book: str = Field("", alias="soSo", repr=False)
    card: str = Field("", alias="maThe", repr=False)


class Insured(ServiceFact):
    """What the three answers tell of a person, each some of it."""

    number: Scalar = Field("", alias="maSo", repr=False)
    searched: Scalar = Field("", alias="maSoBhxh", repr=False)
    name: Scalar = Field("", alias="hoTen", repr=False)
    born: Day = Field(None, alias="ngaySinh", repr=False)
    born_kind: Scalar = Field("", alias="loaiNgaySinh")
    sex: Scalar = Field("", alias="gioiTinh")
    household: Scalar = Field("", alias="maHo", repr=False)
    old_book: Scalar = Field("", alias="soSoCu", repr=False)
    address: Scalar = Field("", alias="diaChi", repr=False)
    province: Scalar = Field("", alias="maTinhKs")
    district: Scalar = Field("", alias="maHuyenKs")
    commune: Scalar = Field("", alias="maXaKs")
    state: Scalar = Field("", alias="trangThai")
    error_code: Scalar = Field("", alias="errorCode")


class Household(ServiceFact):
    """A bare list of people; read as if it had a name."""

    people: Annotated[tuple[Insured, ...], Listed] = ()
