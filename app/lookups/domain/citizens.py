"""Công dân, as the population database tells of them, and how they are asked about."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from app.platform.errors import Invalid, RefusedError

_YEAR: Final = re.compile(r"[0-9]{4}")


class Sex(StrEnum):
    """Giới tính."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"


class UnknownFieldError(RefusedError):
    """A field is asked for that no citizen's record has."""

    slug = "unknown-citizen-field"
    title = "Không có trường thông tin này"
    title_en = "There is no such field"

    def __init__(self, name: str) -> None:
        super().__init__(
            "Thông tin công dân không có trường được nêu.",
            "A citizen's record has no field of this name.",
            errors=[Invalid("/fields", name, name)],
        )


@dataclass(frozen=True, slots=True)
class WhoIsAsked:
    """Who is looked up: a number of 12 digits or a card of 9, the full name, day or year."""

    full_name: str = field(repr=False)
    citizen_id: str | None = field(default=None, repr=False)
    identity_card: str | None = field(default=None, repr=False)
    born: str = field(default="", repr=False)
    """`yyyy-MM-dd`, or `yyyy`."""

    @property
    def number(self) -> str:
        """The number that names them."""
        return self.citizen_id or self.identity_card or ""

    @property
    def born_on(self) -> date | None:
        """The birthday; None where only the year is known."""
        return None if _YEAR.fullmatch(self.born) else date.fromisoformat(self.born)


@dataclass(frozen=True, slots=True)
class CitizenPlace:
    """An address: codes of province and commune, and the rest in words."""

    province_code: str | None = None
    district_code: str | None = None
    commune_code: str | None = None
    detail: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedPerson:
    """Another person whom the record names; `relation` is to the head of the household."""

    full_name: str | None = None
    nationality: str | None = None
    citizen_id: str | None = None
    identity_card: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen; codes are the nation's."""

    citizen_id: str
    full_name: str
    identity_card: str | None = None
    sex: Sex | None = None
    born_on: date | None = None
    born_year: int | None = None
    ethnicity_code: str | None = None
    religion_code: str | None = None
    marital_status_code: str | None = None
    blood_group_code: str | None = None
    nationality: str | None = None
    birth_registered_at: CitizenPlace | None = None
    home_town: CitizenPlace | None = None
    residence: CitizenPlace | None = None
    present_address: CitizenPlace | None = None
    father: RelatedPerson | None = None
    mother: RelatedPerson | None = None
    spouse: RelatedPerson | None = None
    representative: RelatedPerson | None = None
    household_head: RelatedPerson | None = None
    household_number: str | None = None


FIELDS: Final = frozenset(Citizen.__slots__)
"""What can be told of a citizen; a grant names some of them."""
