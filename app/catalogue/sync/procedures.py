"""Fetching the national list of procedures, record by record, and taking it over whole."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

import structlog

from app.catalogue.domain import Difference, Fetched, FullProcedure
from app.catalogue.domain.differences import is_ours
from app.catalogue.sync.records import procedure_of
from app.catalogue.use_cases import take_procedures
from app.codes import AgencyCode, ProcedureCode
from app.evidence.domain import Actor
from app.exchange.dvcqg.reading import PortalReader, PortalUnavailableError
from app.exchange.dvcqg.wire import ProcedureRecord
from app.platform.clock import Clock
from app.platform.database import Database

_log = structlog.get_logger("lgsp.catalogue")
T = TypeVar("T")

_AT_ONCE: Final = 8
_ATTEMPTS: Final = 6
"""Attempts at one read: with one call in ten lost, 583 records still come whole."""

Told = Callable[[int, int], None]
"""Is told how many of how many records were fetched."""


@dataclass(frozen=True, slots=True)
class SyncTerms:
    """Whose procedures are kept (None: everybody's), and how much one list may switch off."""

    province: AgencyCode | None
    withdrawn_share: float


class ProcedureSync:
    """Makes our procedures those the nation lists; nothing changes unless all of it came."""

    def __init__(
        self, client: PortalReader, database: Database, clock: Clock, terms: SyncTerms
    ) -> None:
        self._client = client
        self._database = database
        self._clock = clock
        self._terms = terms

    async def run(self, actor: Actor, told: Told = lambda _done, _all: None) -> Difference:
        """Fetch and take over; return what changed.

        Raises:
            PortalUnavailableError: if the list or a record does not come in several attempts.
            MassWithdrawalError: if the list is suspiciously short.
        """
        fetched = await self._fetched(told)
        found = await self._database.transact(
            take_procedures,
            self._clock,
            actor,
            fetched,
            province=self._terms.province,
            share=self._terms.withdrawn_share,
        )
        _log.info(
            "procedures_synchronised",
            new=len(found.new),
            changed=len(found.changed),
            withdrawn=len(found.withdrawn),
            unchanged=found.unchanged,
            unreadable=len(found.unreadable),
        )
        return found

    async def _fetched(self, told: Told) -> Fetched:
        rows = await _persistently(self._client.list_procedures)
        codes, unreadable = _sorted_out(row.code for row in rows)
        wanted = {
            code: spelled for code, spelled in codes.items() if is_ours(code, self._terms.province)
        }
        procedures: list[FullProcedure] = []
        told(0, len(wanted))
        every = list(wanted.items())
        for start in range(0, len(every), _AT_ONCE):
            portion = every[start : start + _AT_ONCE]
            records = await asyncio.gather(*(self._record(spelled) for _, spelled in portion))
            for (code, spelled), record in zip(portion, records, strict=True):
                procedure = None if record is None else procedure_of(record)
                if procedure is None or procedure.code != code:
                    unreadable.append(spelled)
                else:
                    procedures.append(procedure)
            told(start + len(portion), len(wanted))
        return Fetched(frozenset(codes), tuple(procedures), tuple(unreadable))

    async def _record(self, code: str) -> ProcedureRecord | None:
        return await _persistently(lambda: self._client.get_procedure(code))


def _sorted_out(spelled: Iterable[str]) -> tuple[dict[ProcedureCode, str], list[str]]:
    """Return the codes, each with the nation's spelling of it, and what is no code."""
    codes: dict[ProcedureCode, str] = {}
    unreadable: list[str] = []
    for text in spelled:
        try:
            codes[ProcedureCode(ProcedureCode(text).canonical)] = text
        except ValueError:
            unreadable.append(text[:50])
    return codes, unreadable


async def _persistently(read: Callable[[], Awaitable[T]]) -> T:
    for _ in range(_ATTEMPTS - 1):
        try:
            return await read()
        except PortalUnavailableError:
            continue
    return await read()
