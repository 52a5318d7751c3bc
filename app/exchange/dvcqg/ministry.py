"""What we read at a ministry's system that speaks the portal's protocol."""

from datetime import date

from app.exchange.dvcqg.reading import PortalReader
from app.exchange.dvcqg.wire import (
    FetchMinistryFile,
    FindDossier,
    GivenFile,
    ListMinistryDossiers,
    MinistryRow,
)


class MinistryReader(PortalReader):
    """Reads dossiers there; raises `PortalUnavailableError` without a usable answer."""

    async def list_dossiers(self, unit: str, first: date, last: date) -> tuple[MinistryRow, ...]:
        """Return the dossiers of a unit that were received on some days, both ends in it."""
        call = ListMinistryDossiers(unit=unit, first=first, last=last)
        return await self._rows(call, MinistryRow)

    async def look_up(self, code: str) -> MinistryRow | None:
        """Return a dossier with the names and paths of its files; None if it is not there."""
        found = await self._rows(FindDossier(dossier_code=code), MinistryRow)
        return found[0] if found else None

    async def fetch(self, path: str) -> GivenFile | None:
        """Return a file; None if it is not there."""
        found = await self._rows(FetchMinistryFile(path=path), GivenFile)
        return found[0] if found else None
