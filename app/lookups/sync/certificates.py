"""Certificates of the register's second generation in our words."""

from datetime import date
from typing import Final

from app.exchange.ngsp.wire.businesses import (
    Address,
    Certificate,
    Changed,
    CooperativeCertificate,
    EnterpriseCertificate,
    HouseholdCertificate,
    Individual,
)
from app.exchange.ngsp.wire.fields import or_none
from app.lookups.domain.businesses import (
    Business,
    BusinessActivity,
    BusinessKind,
    BusinessPerson,
    Seat,
)

_MAIN: Final = "1"

Any3 = EnterpriseCertificate | HouseholdCertificate | CooperativeCertificate

_KINDS: Final[dict[type[Certificate], BusinessKind]] = {
    EnterpriseCertificate: BusinessKind.ENTERPRISE,
    HouseholdCertificate: BusinessKind.HOUSEHOLD,
    CooperativeCertificate: BusinessKind.COOPERATIVE,
}


def business_of(found: Any3) -> Business:
    """Return a business as its certificate has it."""
    standing = found.standing[0] if found.standing else None
    type_code, type_name = _type(found)
    changed_on, changes = _changes(found)
    return Business(
        kind=_KINDS[type(found)],
        code=found.code,
        name=found.name,
        foreign_name=or_none(found.foreign_name),
        short_name=or_none(found.short_name),
        type_code=type_code,
        type_name=type_name,
        founded_on=found.founded_on,
        changed_on=changed_on,
        changes=changes,
        status_code=None if standing is None else or_none(standing.code),
        status_name=None if standing is None else or_none(standing.name),
        seat=_seat(found.seats[0] if found.seats else Address()),
        representatives=tuple(map(_person, found.people)),
        activities=tuple(
            BusinessActivity(one.code, one.name, one.is_main == _MAIN) for one in found.trades
        ),
    )


def _type(found: Any3) -> tuple[str | None, str | None]:
    if isinstance(found, CooperativeCertificate):
        return None, None
    return or_none(found.type_code), or_none(found.type_name)


def _changes(found: Any3) -> tuple[date | None, int | None]:
    return (found.changed_on, found.changes) if isinstance(found, Changed) else (None, None)


def _person(one: Individual) -> BusinessPerson:
    return BusinessPerson(one.name, or_none(one.paper), or_none(one.number))


def _seat(at: Address) -> Seat:
    return Seat(
        whole=or_none(at.full) or or_none(at.line),
        province_code=or_none(at.province_code),
        province=or_none(at.province),
        district=or_none(at.district),
        commune_code=or_none(at.commune_code),
        commune=or_none(at.commune),
        street=or_none(at.street),
    )
