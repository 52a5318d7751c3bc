"""Shared catalogues through the nation's gateway: read, and added to without duplicates."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import quote

from lxml import etree
from pydantic import TypeAdapter, ValidationError

from app.exchange.ngsp.calling import Call, Caller, malformed
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.outcomes import LONGEST_WORDS, deferred
from app.exchange.ngsp.wire.catalogues import (
    CATEGORIES,
    PROPERTIES,
    ROWS,
    Category,
    Imported,
    Property,
)
from app.exchange.outcomes import Delivered, Outcome, Refused
from app.exchange.transport import Answer
from app.platform.settings import Settings

SERVICE: Final = "catalogues"
DATA: Final = "data-services"

Rows = tuple[dict[str, str], ...]

_DUPLICATE: Final = re.compile(r"record\s+\d+: .+ is duplicate", re.IGNORECASE)
_XML: Final = {"Accept": "application/xml, text/xml"}

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Table:
    """A catalogue: its columns and its rows, keyed by them."""

    properties: tuple[Property, ...]
    rows: Rows


class CatalogueClient:
    """Reads shared catalogues and adds to them.

    `data_services` names those that stand elsewhere as data services in XML, with the context of
    each; these have no columns of their own, so the first row's names are taken.
    """

    def __init__(self, caller: Caller, context: str, data_services: Mapping[str, str]) -> None:
        self._caller = caller
        self._context = context
        self._data_services = data_services

    async def all(self) -> tuple[Category, ...]:
        """Return every catalogue there is.

        Raises:
            ServiceError: if nobody answers usably.
        """
        named = tuple(Category(code=code, name=code) for code in self._data_services)
        call, answer = await self._got("AllCategory")
        return (*_read(CATEGORIES, call, answer), *named)

    async def read(self, code: str) -> Table | None:
        """Return a catalogue; None if there is none with this code.

        Raises:
            ServiceError: if nobody answers usably.
        """
        if code in self._data_services:
            return await self._data_service(code, self._data_services[code])
        call, answer = await self._got(f"Metadata/{quote(code, safe='')}")
        properties = _read(PROPERTIES, call, answer)
        if not properties:
            return None
        return Table(properties, await self.rows(code))

    async def rows(self, code: str) -> Rows:
        """Return the rows of a catalogue.

        Raises:
            ServiceError: if nobody answers usably.
        """
        call, answer = await self._got(f"Category/{quote(code, safe='')}")
        return tuple(_texts(row) for row in _read(ROWS, call, answer))

    async def add(self, code: str, rows: Sequence[Mapping[str, str]]) -> Outcome:
        """Add rows, all or none.

        A duplicate may be what an attempt whose answer got lost has left: where all of them are
        there word for word, they count as added.
        """
        url = self._caller.url(self._context, f"Category/{quote(code, safe='')}")
        content = TypeAdapter(list[dict[str, str]]).dump_json([dict(row) for row in rows])
        headers = {"Content-Type": "application/json; charset=utf-8"}
        call = Call(SERVICE, "catalogue-import", "POST", url, content=content, headers=headers)
        try:
            answer = await self._caller.ask(call)
            told = _imported(call, answer)
            if told.count == len(rows):
                return Delivered(told.words[:LONGEST_WORDS])
            if _DUPLICATE.search(told.words) and await self._has(code, rows):
                return Delivered("exists")
        except ServiceError as error:
            return deferred(error)
        return Refused("not-inserted", told.words[:LONGEST_WORDS])

    async def _has(self, code: str, rows: Sequence[Mapping[str, str]]) -> bool:
        held = await self.rows(code)
        return all(any(dict(row).items() <= one.items() for one in held) for row in rows)

    async def _got(self, resource: str) -> tuple[Call, Answer]:
        call = Call(SERVICE, resource, "GET", self._caller.url(self._context, resource))
        return call, await self._caller.ask(call)

    async def _data_service(self, code: str, context: str) -> Table | None:
        call = Call(DATA, "data-service", "GET", self._caller.url(context, code), headers=_XML)
        answer = await self._caller.ask(call)
        rows = _from_xml(call, answer)
        if not rows:
            return None
        return Table(tuple(Property(code=name, name=name) for name in rows[0]), rows)


def _read(kind: TypeAdapter[A], call: Call, answer: Answer) -> A:
    try:
        return kind.validate_json(answer.body, by_alias=True, by_name=False)
    except ValidationError:
        raise _said_otherwise(call, answer) from None


def _said_otherwise(call: Call, answer: Answer) -> ServiceError:
    """Return what an answer is that is not as described: a refusal in words, or a breach."""
    try:
        Imported.model_validate_json(answer.body, by_name=False)
    except ValidationError:
        return malformed(call, answer, "not as described")
    return ServiceError(Trouble.REFUSED, "refused-in-words")


def _imported(call: Call, answer: Answer) -> Imported:
    try:
        return Imported.model_validate_json(answer.body, by_name=False)
    except ValidationError:
        raise malformed(call, answer, "not as described") from None


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in row.items()}


def _from_xml(call: Call, answer: Answer) -> Rows:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(answer.body, parser)
    except etree.XMLSyntaxError:
        raise malformed(call, answer, "not XML") from None
    return tuple(
        {etree.QName(one).localname: one.text or "" for one in row.iterchildren(etree.Element)}
        for row in root.iterchildren(etree.Element)
    )


def catalogues_of(settings: Settings, caller: Caller) -> CatalogueClient:
    """Return the client of shared catalogues."""
    context = settings.context_of(SERVICE)
    return CatalogueClient(caller, context, settings.catalogue_data_services)
