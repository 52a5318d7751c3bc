"""Files of driving licences and of vehicle badges in our words."""

from datetime import date

from app.exchange.ngsp.licences import LicenceClient
from app.exchange.ngsp.vehicles import VehicleClient
from app.exchange.ngsp.wire.fields import or_none
from app.exchange.ngsp.wire.licences import HeldLicence as LicenceRecord
from app.exchange.ngsp.wire.licences import LicenceRow
from app.exchange.ngsp.wire.vehicles import VehicleFile as VehicleRecord
from app.lookups.domain.transport import FileStanding, HeldLicence, LicenceFile, VehicleFile


class LicenceDesk:
    """Asks for licence files."""

    def __init__(self, client: LicenceClient) -> None:
        self._client = client

    async def files(self, unit: str, first: date, last: date) -> tuple[LicenceFile, ...] | None:
        """Return the files of some days; None if there is none."""
        return tuple(map(_file, await self._client.files(unit, first, last))) or None

    async def file(self, code: str) -> FileStanding | None:
        """Return where one file stands; None if it is not there."""
        found = await self._client.file(code)
        if found is None:
            return None
        return FileStanding(
            code=found.code,
            procedure_code=or_none(found.procedure_code),
            service_name=or_none(found.service_name),
            status_code=or_none(found.status_code),
            status_name=or_none(found.status),
            unit_code=or_none(found.unit_code),
            unit_name=or_none(found.unit_name),
            received_at=or_none(found.received_at),
            due_at=or_none(found.due_at),
        )


class VehicleDesk:
    """Asks for files of transport."""

    def __init__(self, client: VehicleClient) -> None:
        self._client = client

    async def files(self, unit: str, first: date, last: date) -> tuple[VehicleFile, ...] | None:
        """Return the files of some days; None if there is none."""
        return tuple(map(_vehicle, await self._client.files(unit, first, last))) or None


def _file(row: LicenceRow) -> LicenceFile:
    return LicenceFile(
        code=row.code,
        portal_code=or_none(row.portal_code),
        full_name=or_none(row.full_name),
        unit=or_none(row.unit),
        kind=or_none(row.kind),
        wanted_class=or_none(row.wanted_class),
        reason=or_none(row.reason),
        received_on=_day(row.received_on),
        promised_on=_day(row.promised_on),
        held=tuple(map(_licence, row.held)),
    )


def _licence(row: LicenceRecord) -> HeldLicence:
    return HeldLicence(
        number=or_none(row.number),
        licence_class=or_none(row.licence_class),
        issued_by=or_none(row.issued_by),
        issued_on=_day(row.issued_on),
        expires_on=_day(row.expires_on),
    )


def _vehicle(row: VehicleRecord) -> VehicleFile:
    return VehicleFile(
        code=row.code,
        procedure_code=or_none(row.procedure),
        procedure_name=or_none(row.procedure_name),
        summary=or_none(row.summary),
        owner=or_none(row.owner),
        unit=or_none(row.unit),
        unit_name=or_none(row.unit_name),
        status_code=or_none(row.status),
        status_name=or_none(row.status_name),
        received_on=row.received_on,
        due_on=row.due_on,
        finished_on=row.finished_on,
        returned_on=row.returned_on,
    )


def _day(text: str) -> date | None:
    """Return yyyy-MM-dd as a day; how days are written is inferred, so any other text is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
