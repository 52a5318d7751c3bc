"""Social insurance in our words."""

from typing import Final

from app.exchange.ngsp.insurance import InsuranceClient
from app.exchange.ngsp.wire.fields import or_none
from app.exchange.ngsp.wire.insurance import HouseholdCriteria, Insured, PersonCriteria
from app.lookups.domain.citizens import Sex
from app.lookups.domain.insurance import InsuredCriteria, InsuredPerson

_SEXES: Final = {Sex.MALE: "1", Sex.FEMALE: "2", Sex.OTHER: "3"}
_BY_CODE: Final = {code: sex for sex, code in _SEXES.items()}
_A_DAY, _A_YEAR = "0", "1"


class InsuranceDesk:
    """Asks social insurance."""

    def __init__(self, client: InsuranceClient) -> None:
        self._client = client

    async def person(self, number: str) -> InsuredPerson | None:
        """Return whose number it is."""
        found = await self._client.person(number)
        return None if found is None else _person(found, number)

    async def number_of(self, who: InsuredCriteria) -> str | None:
        """Return the number of whoever fits."""
        born, kind = _born(who.born)
        return await self._client.number_of(
            PersonCriteria(
                name=who.full_name,
                born=born,
                born_kind=kind,
                sex=_SEXES[who.sex],
                province=who.province_code,
                district=who.district_code,
                commune=who.commune_code,
            )
        )

    async def household(self, who: InsuredCriteria) -> tuple[InsuredPerson, ...] | None:
        """Return everybody of a household; None if nobody fits."""
        born, kind = _born(who.born)
        found = await self._client.household(
            HouseholdCriteria(
                name=who.full_name,
                born=born,
                born_kind=kind,
                sex=_SEXES[who.sex],
                province=who.province_code,
                book=who.household_book,
                card=who.card_number,
                is_birthplace="0",
            )
        )
        return tuple(_person(one, one.number) for one in found) or None


def _born(text: str) -> tuple[str, str]:
    """Return a birthday as eight digits and its kind; of a year alone its first day."""
    digits = text.replace("-", "")
    return (digits, _A_DAY) if len(digits) > len("yyyy") else (f"{digits}0101", _A_YEAR)


def _person(found: Insured, number: str) -> InsuredPerson:
    is_day = found.born_kind == _A_DAY
    return InsuredPerson(
        insurance_number=number,
        full_name=or_none(found.name),
        born_on=found.born if is_day else None,
        born_year=None if found.born is None else found.born.year,
        sex=_BY_CODE.get(found.sex),
        household_code=or_none(found.household),
        household_book=or_none(found.old_book),
        address=or_none(found.address),
        birth_province_code=or_none(found.province),
        birth_district_code=or_none(found.district),
        birth_commune_code=or_none(found.commune),
    )
