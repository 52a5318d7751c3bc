"""The population database in our words."""

from typing import Final

from app.exchange.ngsp.folding import WAYS
from app.exchange.ngsp.population import FlatClient, MessageClient, PopulationClient
from app.exchange.ngsp.wire.fields import or_none
from app.exchange.ngsp.wire.population import (
    Birth,
    CitizenRecord,
    LookUpRequest,
    Place,
    Relative,
    VerifyRequest,
)
from app.lookups.domain.asking import LookUp
from app.lookups.domain.citizens import Citizen, CitizenPlace, RelatedPerson, Sex, WhoIsAsked
from app.platform.settings import Settings

_SEXES: Final = {"1": Sex.MALE, "2": Sex.FEMALE, "3": Sex.OTHER}
"""1 is known; 2 and 3 are inferred."""


class CitizenDesk:
    """Asks the population database."""

    def __init__(
        self, client: PopulationClient | MessageClient | FlatClient, settings: Settings
    ) -> None:
        self._client = client
        self._settings = settings

    async def find(self, who: WhoIsAsked, asked: LookUp) -> Citizen | None:
        """Return the citizen; None if number, name and birthday do not fit anybody together."""
        settings = self._settings
        birth = Birth(year=who.born) if who.born_on is None else Birth(day=f"{who.born_on:%Y%m%d}")
        wanted = LookUpRequest(
            request_id=asked.id,
            service=asked.procedure or settings.population_service,
            officer=asked.officer or settings.population_officer,
            unit=settings.population_unit,
            account=settings.population_account,
            citizen_id=who.citizen_id,
            identity_card=who.identity_card,
            name=self._name(who),
            born=birth,
        )
        found = await self._client.look_up(wanted)
        return None if found is None else _citizen(found)

    async def verify(self, who: WhoIsAsked, asked: LookUp) -> bool | None:
        """Return True if number and name are one citizen's, None if they are not."""
        wanted = VerifyRequest(
            request_id=asked.id,
            service=asked.procedure or self._settings.population_service,
            officer=asked.officer or self._settings.population_officer,
            citizen_id=who.citizen_id,
            identity_card=who.identity_card,
            name=self._name(who),
        )
        return await self._client.verify(wanted) or None

    def _name(self, who: WhoIsAsked) -> str:
        return WAYS[self._settings.population_name](who.full_name)


def _citizen(record: CitizenRecord) -> Citizen:
    born = record.born
    year = None if born is None else or_none(born.year)
    day = None if born is None else born.day
    told = int(year) if year and year.isdecimal() else None
    return Citizen(
        citizen_id=record.citizen_id,
        full_name=record.name,
        identity_card=or_none(record.identity_card),
        sex=_SEXES.get(record.sex),
        born_on=day,
        born_year=told if day is None else day.year,
        ethnicity_code=or_none(record.ethnicity),
        religion_code=or_none(record.religion),
        marital_status_code=or_none(record.marital_status),
        blood_group_code=or_none(record.blood_group),
        nationality=or_none(record.nationality),
        birth_registered_at=_place(record.birth_registered),
        home_town=_place(record.home_town),
        residence=_place(record.residence),
        present_address=_place(record.present_address),
        father=_relative(record.father),
        mother=_relative(record.mother),
        spouse=_relative(record.spouse),
        representative=_relative(record.representative),
        household_head=_relative(record.household_head),
        household_number=or_none(record.household_number),
    )


def _place(place: Place | None) -> CitizenPlace | None:
    if place is None:
        return None
    names = ("province_code", "district_code", "commune_code", "detail", "country")
    return CitizenPlace(**{name: or_none(getattr(place, name)) for name in names})


def _relative(one: Relative | None) -> RelatedPerson | None:
    if one is None:
        return None
    return RelatedPerson(
        full_name=or_none(one.name),
        nationality=or_none(one.nationality),
        citizen_id=or_none(one.citizen_id),
        identity_card=or_none(one.identity_card),
        relation=or_none(one.relation),
    )
