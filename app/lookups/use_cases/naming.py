"""Names of provinces and communes by the codes that national records have."""

from collections.abc import Iterable

from app.catalogue.domain import Division, ProvinceNotFoundError
from app.catalogue.use_cases.finding import list_communes, list_provinces
from app.lookups.domain.citizens import CitizenPlace
from app.lookups.domain.prefilling import address_of

_ALL = 10_000


def address_in_words(place: CitizenPlace | None) -> str | None:
    """Return an address in one line; a code of before July 2025 has no name here."""
    if place is None:
        return None
    province = place.province_code or ""
    try:
        communes = list_communes(province=province, after=None, limit=_ALL)
    except ProvinceNotFoundError:
        communes = []
    commune = _name(communes, place.commune_code)
    return address_of(place, commune, _name(list_provinces(after=None, limit=_ALL), province))


def _name(divisions: Iterable[Division], code: str | None) -> str | None:
    return next((one.name for one in divisions if one.code == code), None)
