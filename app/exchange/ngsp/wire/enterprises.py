"""CSDLQG về đăng ký doanh nghiệp, first generation (apiCSDLDKDN 1.0), as its answers are read."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.exchange.ngsp.wire.fields import Day, Listed, Scalar, ServiceFact


def _as_block(value: Any) -> Any:
    """Read an empty block, of whatever kind, as none."""
    return value or None


Amount = Annotated[Decimal | None, BeforeValidator(lambda value: None if value == "" else value)]
"""A sum as JSON has it, a number or its text."""
Count = Annotated[int | None, BeforeValidator(lambda value: None if value == "" else value)]


class MainInformation(ServiceFact):
    """The block that decides: without a code there is no enterprise."""

    code: Scalar = Field("", alias="ENTERPRISE_GDT_CODE")
    inner_id: Scalar = Field("", alias="ENTERPRISE_ID")
    name: Scalar = Field("", alias="NAME")
    short_name: Scalar = Field("", alias="SHORT_NAME")
    foreign_name: Scalar = Field("", alias="NAME_F")
    type_code: Scalar = Field("", alias="ENTERPRISE_TYPE_ID")
    type_name: Scalar = Field("", alias="ENTERPRISE_TYPE_NAME")
    founded_on: Day = Field(None, alias="FOUNDING_DATE")
    changed_on: Day = Field(None, alias="LAST_AMEND_DATE")
    changes: Count = Field(None, alias="NUMBER_CHANGES")
    status_code: Scalar = Field("", alias="ENTERPRISE_STATUS")
    status_name: Scalar = Field("", alias="ENTERPRISE_STATUS_NAME")
    legal_names: Scalar = Field("", alias="LEGAL_NAMES", repr=False)
    capital: Amount = Field(None, alias="CAPITAL_AMOUNT")


class Head(ServiceFact):
    """The seat; the key's spelling has one d."""

    province_code: Scalar = Field("", alias="CityID")
    province: Scalar = Field("", alias="CityName")
    district: Scalar = Field("", alias="DistrictName")
    commune_code: Scalar = Field("", alias="WardID")
    commune: Scalar = Field("", alias="WardName")
    street: Scalar = Field("", alias="StreetNumber")
    whole: Scalar = Field("", alias="AddressFullText")


class Person(ServiceFact):
    """Who stands for the enterprise."""

    name: Scalar = Field("", alias="FULL_NAME", repr=False)


class Activity(ServiceFact):
    """What it does."""

    code: Scalar = Field("", alias="CODE")
    name: Scalar = Field("", alias="NAME")
    is_main: Scalar = Field("", alias="IS_MAIN")


class Member(ServiceFact):
    """Who put capital in."""

    name: Scalar = Field("", alias="MEMBER_NAME", repr=False)
    amount: Amount = Field(None, alias="AMOUNT")
    share: Amount = Field(None, alias="RATIO_PERCENT")
    country: Scalar = Field("", alias="COUNTRY")


class Detail(ServiceFact):
    """One enterprise. One representative comes bare, several come in a list."""

    main: Annotated[MainInformation | None, BeforeValidator(_as_block)] = Field(
        None, alias="MainInformation"
    )
    head: Annotated[Head | None, BeforeValidator(_as_block)] = Field(None, alias="HOAdress")
    representatives: Annotated[tuple[Person, ...], Listed] = Field((), alias="Representatives")
    activities: Annotated[tuple[Activity, ...], Listed] = Field((), alias="BusinessActivity")
    members: Annotated[tuple[Member, ...], Listed] = Field((), alias="Member")


class RegistrationFile(ServiceFact):
    """A file at the business register, as lists have it; whose contact it names is not read."""

    number: Scalar = Field(alias="IN_JOURNAL_NO")
    kind: Scalar = Field("", alias="DOCUMENT_TYPE")
    code: Scalar = Field("", alias="ENTERPRISE_GDT_CODE")
    name: Scalar = Field("", alias="NAME")
    site: Scalar = Field("", alias="SITE_ID")
    received_on: Day = Field(None, alias="RECEIPT_DATE")
    planned_on: Day = Field(None, alias="PLAN_DATE")
    status: Scalar = Field("", alias="PROCESS_STATUS")
    processed_on: Day = Field(None, alias="PROCESSED_DATE")


class Envelope(ServiceFact):
    """What every answer has beside its `Data`; Status is 1 for done, 0 for refused."""

    status: Scalar = Field(alias="Status")


class DetailAnswer(Envelope):
    """Answer of chiTietDoanhNghiep."""

    data: Annotated[Detail | None, BeforeValidator(_as_block)] = Field(None, alias="Data")


class FilesAnswer(Envelope):
    """Answer of danhSachHoSo, danhSachHoSoTrongNgay and tinhTrangHoSo: a list, or one bare."""

    data: Annotated[tuple[RegistrationFile, ...], Listed] = Field((), alias="Data")
    count: Count = Field(None, alias="DataCount")
