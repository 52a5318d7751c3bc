"""Reading where errands stand: VNPost's feed, and questions about judicial records."""

from datetime import timedelta
from typing import Final

import structlog

from app.errands.domain import Errand, Kind
from app.errands.domain.texts import kept
from app.errands.sync import judicial, postal
from app.errands.sync.delivering import JudicialDesk, patience_of
from app.errands.use_cases.telling import (
    due,
    look_later,
    note_events,
    note_standing,
    reading_from,
)
from app.exchange import leases
from app.exchange.ngsp.errors import ServiceError
from app.exchange.ngsp.postal import FIRST, LARGEST_PAGE, PostalClient
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.settings import Settings

_log = structlog.get_logger("lgsp.errands")

_DURATION: Final = timedelta(minutes=5)
_AT_ONCE: Final = 4
_LONGEST_NUMBER: Final = 100
_PAGES: Final = 20
"""So many pages of the feed in one turn at most."""


class _Turns:
    """One worker at a time, under a lease of its own."""

    def __init__(self, database: Database, clock: Clock, *, lease: str, holder: str) -> None:
        self._database = database
        self._clock = clock
        self._lease = lease
        self._holder = holder

    async def release(self) -> None:
        """Let another worker go on at once."""
        await self._database.transact(leases.release, name=self._lease, holder=self._holder)

    async def _may_work(self) -> bool:
        return await self._database.transact(
            leases.acquire, self._clock, name=self._lease, holder=self._holder, duration=_DURATION
        )


class PostalFollower(_Turns):
    """Reads VNPost's feed on behind the last event that was read."""

    def __init__(
        self,
        client: PostalClient,
        database: Database,
        clock: Clock,
        settings: Settings,
        *,
        holder: str,
    ) -> None:
        super().__init__(database, clock, lease="errands:postal-feed", holder=holder)
        self._client = client
        self._settings = settings
        self._every = timedelta(minutes=settings.postal_follow_minutes)

    async def turn(self) -> int:
        """Take what is new, where it is time to; return how many events were of our orders."""
        is_time, cursor = await self._database.read(
            reading_from, self._clock, self._client.customer, self._every
        )
        if not is_time or not await self._may_work():
            return 0
        try:
            return await self._read_on(cursor or FIRST)
        except ServiceError as error:
            _log.warning("postal_feed_silent", trouble=error.trouble.value, code=error.code)
            return 0
        finally:
            await self.release()

    async def _read_on(self, cursor: str) -> int:
        new = 0
        for _ in range(_PAGES):
            events = await self._client.events(cursor)
            told = [
                (kept(event.number, _LONGEST_NUMBER), postal.told_of(event, self._settings))
                for event in events
            ]
            cursor = events[-1].id.value if events else cursor
            new += await self._database.transact(
                note_events, self._clock, self._client.customer, told, cursor
            )
            if len(events) < LARGEST_PAGE:
                break
        return new


class JudicialFollower(_Turns):
    """Asks about judicial records, ever less often, until they are done."""

    def __init__(
        self,
        desk: JudicialDesk,
        database: Database,
        clock: Clock,
        settings: Settings,
        *,
        holder: str,
    ) -> None:
        super().__init__(database, clock, lease="errands:judicial", holder=holder)
        self._desk = desk
        self._patience = patience_of(settings)

    async def turn(self) -> int:
        """Ask about each record that is due; return of how many something was learnt."""
        waiting = await self._database.read(
            due, self._clock, Kind.JUDICIAL_RECORD, at_most=_AT_ONCE
        )
        if not waiting or not await self._may_work():
            return 0
        try:
            return sum([await self._look_at(errand) for errand in waiting])
        finally:
            await self.release()

    async def _look_at(self, errand: Errand) -> bool:
        try:
            standing = await self._desk.ask(errand.number)
        except ServiceError as error:
            _log.warning("judicial_silent", trouble=error.trouble.value, code=error.code)
            standing = None
        if standing is None:
            await self._database.transact(look_later, self._clock, errand.id, self._patience)
            return False
        told = judicial.told_of(standing)
        await self._database.transact(note_standing, self._clock, errand.id, told, self._patience)
        return True
