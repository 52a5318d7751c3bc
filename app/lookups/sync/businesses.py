"""The business register in our words."""

from datetime import date, time
from typing import Final

from app.exchange.ngsp.businesses import BusinessClient
from app.exchange.ngsp.enterprises import EnterpriseClient, Files
from app.exchange.ngsp.wire.businesses import (
    CooperativeCertificate,
    EnterpriseCertificate,
    HouseholdCertificate,
)
from app.exchange.ngsp.wire.enterprises import Detail, Head, MainInformation
from app.exchange.ngsp.wire.enterprises import RegistrationFile as FileRecord
from app.exchange.ngsp.wire.fields import or_none
from app.lookups.domain.businesses import (
    Business,
    BusinessActivity,
    BusinessKind,
    BusinessPerson,
    CapitalMember,
    RegistrationFile,
    RegistrationFiles,
    Seat,
)
from app.lookups.sync.certificates import business_of

_MAIN: Final = "Y"


class BusinessDesk:
    """Asks the register."""

    def __init__(
        self, register: EnterpriseClient, certificates: BusinessClient, generation: int
    ) -> None:
        self._register = register
        self._certificates = certificates
        self._generation = generation

    async def find(self, kind: BusinessKind, code: str) -> Business | None:
        """Return a business; None if the register has none of this kind with this code.

        Household businesses and co-operatives are known to the second generation alone.
        """
        if kind is BusinessKind.ENTERPRISE and self._generation == 1:
            return await self._enterprise(code)
        found = await self._certificate(kind, code)
        return business_of(found) if found is not None and found.code else None

    async def _certificate(
        self, kind: BusinessKind, code: str
    ) -> EnterpriseCertificate | HouseholdCertificate | CooperativeCertificate | None:
        match kind:
            case BusinessKind.ENTERPRISE:
                return await self._certificates.enterprise(code)
            case BusinessKind.HOUSEHOLD:
                return await self._certificates.household(code)
            case BusinessKind.COOPERATIVE:
                return await self._certificates.cooperative(code)

    async def _enterprise(self, code: str) -> Business | None:
        found = await self._register.detail(code)
        return None if found is None or found.main is None else _business(found, found.main)

    async def files(self, first: date, last: date, *, offset: int, limit: int) -> RegistrationFiles:
        """Return registration files of some days."""
        return _files(await self._register.files(first, last, offset=offset, limit=limit))

    async def files_today(
        self, first: time, last: time, *, offset: int, limit: int
    ) -> RegistrationFiles:
        """Return registration files handled today."""
        return _files(await self._register.files_today(first, last, offset=offset, limit=limit))

    async def file(self, number: str) -> RegistrationFile | None:
        """Return where one registration file stands."""
        found = await self._register.file(number)
        return None if found is None else _file(found)


def _business(detail: Detail, main: MainInformation) -> Business:
    return Business(
        kind=BusinessKind.ENTERPRISE,
        code=main.code,
        name=main.name,
        foreign_name=or_none(main.foreign_name),
        short_name=or_none(main.short_name),
        type_code=or_none(main.type_code),
        type_name=or_none(main.type_name),
        founded_on=main.founded_on,
        changed_on=main.changed_on,
        changes=main.changes,
        status_code=or_none(main.status_code),
        status_name=or_none(main.status_name),
        capital_vnd=main.capital,
        seat=_seat(detail.head or Head()),
        representatives=_people(detail, main),
        activities=tuple(
            BusinessActivity(one.code, one.name, one.is_main == _MAIN) for one in detail.activities
        ),
        members=tuple(
            CapitalMember(one.name, one.amount, one.share, or_none(one.country))
            for one in detail.members
        ),
    )


def _seat(head: Head) -> Seat:
    names = ("whole", "province_code", "province", "district", "commune_code", "commune", "street")
    return Seat(**{name: or_none(getattr(head, name)) for name in names})


def _people(detail: Detail, main: MainInformation) -> tuple[BusinessPerson, ...]:
    """Return who stands for it; where the list is empty, the names in one line."""
    listed = [one.name for one in detail.representatives if one.name]
    names = listed or [name.strip() for name in main.legal_names.split(";") if name.strip()]
    return tuple(map(BusinessPerson, names))


def _files(found: Files) -> RegistrationFiles:
    return RegistrationFiles(tuple(map(_file, found.items)), found.count)


def _file(found: FileRecord) -> RegistrationFile:
    return RegistrationFile(
        number=found.number,
        kind=or_none(found.kind),
        enterprise_code=or_none(found.code),
        name=or_none(found.name),
        received_on=found.received_on,
        planned_on=found.planned_on,
        status=or_none(found.status),
        processed_on=found.processed_on,
    )
