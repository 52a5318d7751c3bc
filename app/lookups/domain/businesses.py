"""Doanh nghiệp, hộ kinh doanh, hợp tác xã, whichever generation of the register told of them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class BusinessKind(StrEnum):
    """What is registered."""

    ENTERPRISE = "enterprise"
    HOUSEHOLD = "household_business"
    COOPERATIVE = "cooperative"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where it is; `whole` is the address in one line."""

    whole: str | None = None
    province_code: str | None = None
    province: str | None = None
    district: str | None = None
    commune_code: str | None = None
    commune: str | None = None
    street: str | None = None


@dataclass(frozen=True, slots=True)
class BusinessPerson:
    """Who stands for it; the first generation tells the name alone."""

    full_name: str
    identity_kind: str | None = None
    identity_number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class BusinessActivity:
    """What it does (ngành, nghề kinh doanh)."""

    code: str
    name: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class CapitalMember:
    """Who put capital in: đồng, and percent of the whole."""

    name: str
    amount_vnd: Decimal | None = None
    share_percent: Decimal | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Business:
    """A registered business as the register has it now."""

    kind: BusinessKind
    code: str
    name: str
    foreign_name: str | None = None
    short_name: str | None = None
    type_code: str | None = None
    type_name: str | None = None
    founded_on: date | None = None
    changed_on: date | None = None
    changes: int | None = None
    status_code: str | None = None
    status_name: str | None = None
    capital_vnd: Decimal | None = None
    seat: Seat = Seat()
    representatives: tuple[BusinessPerson, ...] = ()
    activities: tuple[BusinessActivity, ...] = ()
    members: tuple[CapitalMember, ...] = ()


@dataclass(frozen=True, slots=True)
class RegistrationFile:
    """Hồ sơ đăng ký doanh nghiệp: where a file at the register stands."""

    number: str
    kind: str | None
    enterprise_code: str | None
    name: str | None
    received_on: date | None
    planned_on: date | None
    status: str | None
    processed_on: date | None


@dataclass(frozen=True, slots=True)
class RegistrationFiles:
    """A page of them; `total` as far as the register says it."""

    items: tuple[RegistrationFile, ...]
    total: int
