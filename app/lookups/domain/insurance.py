"""Bảo hiểm xã hội: whose number it is, and who belongs to a household."""

from dataclasses import dataclass, field
from datetime import date

from app.lookups.domain.citizens import Sex


@dataclass(frozen=True, slots=True)
class InsuredCriteria:
    """Who is meant; `born` is `yyyy-MM-dd` or `yyyy`, places are codes."""

    full_name: str = field(repr=False)
    born: str = field(repr=False)
    sex: Sex
    province_code: str = ""
    district_code: str = ""
    commune_code: str = ""
    household_book: str = field(default="", repr=False)
    card_number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class InsuredPerson:
    """What social insurance tells of a person; the number is the health-insurance number too."""

    insurance_number: str = field(repr=False)
    full_name: str | None = field(default=None, repr=False)
    born_on: date | None = field(default=None, repr=False)
    born_year: int | None = None
    sex: Sex | None = None
    household_code: str | None = None
    household_book: str | None = None
    address: str | None = None
    birth_province_code: str | None = None
    birth_district_code: str | None = None
    birth_commune_code: str | None = None
