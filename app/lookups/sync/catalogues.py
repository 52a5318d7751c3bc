"""Shared catalogues in our words."""

from datetime import datetime
from typing import Final

from app.exchange.ngsp.catalogues import CatalogueClient, Table
from app.exchange.ngsp.wire.fields import or_none
from app.lookups.domain.catalogues import (
    CatalogueName,
    CatalogueProperty,
    PropertyKind,
    SharedCatalogue,
)

_KINDS: Final = {"DateTime": PropertyKind.DAY}


class CatalogueDesk:
    """Asks for shared catalogues."""

    def __init__(self, client: CatalogueClient) -> None:
        self._client = client

    async def all(self) -> tuple[CatalogueName, ...]:
        """Return every catalogue there is."""
        return tuple(
            CatalogueName(one.code, or_none(one.name) or one.code)
            for one in await self._client.all()
        )

    async def read(self, code: str) -> SharedCatalogue | None:
        """Return a catalogue; None if there is none with this code."""
        found = await self._client.read(code)
        return None if found is None else _catalogue(code, found)


def _catalogue(code: str, table: Table) -> SharedCatalogue:
    properties = tuple(
        CatalogueProperty(
            one.code, or_none(one.name) or one.code, _KINDS.get(one.kind, PropertyKind.TEXT)
        )
        for one in table.properties
    )
    days = {one.code for one in properties if one.kind is PropertyKind.DAY}
    rows = tuple(
        {name: _day(said) if name in days else or_none(said) for name, said in row.items()}
        for row in table.rows
    )
    return SharedCatalogue(code, properties, rows)


def _day(text: str) -> str | None:
    """Return dd/MM/yyyy as yyyy-MM-dd; anything else stays as it came."""
    try:
        return datetime.strptime(text[:10], "%d/%m/%Y").strftime("%Y-%m-%d")  # noqa: DTZ007 -- a day
    except ValueError:
        return or_none(text)
