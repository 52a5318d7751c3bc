"""The nightly synchronisation: due once a day, done by one worker."""

from datetime import datetime, time, timedelta
from typing import Final

import structlog

from app.catalogue.domain import MassWithdrawalError, is_due
from app.catalogue.store import syncs
from app.catalogue.sync.procedures import ProcedureSync
from app.catalogue.use_cases.syncing_procedures import PROCEDURES
from app.evidence.domain import SystemActor
from app.exchange import leases
from app.exchange.dvcqg.reading import PortalUnavailableError
from app.platform.clock import VIETNAM, Clock
from app.platform.database import Database

_log = structlog.get_logger("lgsp.catalogue")

_LEASE: Final = "catalogue:procedures"
_DURATION: Final = timedelta(minutes=30)
_AGAIN: Final = timedelta(hours=1)
"""Wait after a night's attempt that came to nothing."""


class NightlySync:
    """Looks whether the day's synchronisation is due, and does it if no other worker does.

    Without an earlier one the first is due at the first planned time after the start.
    """

    def __init__(
        self, sync: ProcedureSync, database: Database, clock: Clock, *, at: time, holder: str
    ) -> None:
        self._sync = sync
        self._database = database
        self._clock = clock
        self._at = at
        self._holder = holder
        self._started_at = clock.now()
        self._not_before = self._started_at

    async def turn(self) -> int:
        """Synchronise if it is due; return how many synchronisations were done."""
        if not await self._is_due() or not await self._may_work():
            return 0
        try:
            await self._sync.run(SystemActor("system:worker", ""))
        except (PortalUnavailableError, MassWithdrawalError) as problem:
            _log.error("procedures_not_synchronised", reason=problem.slug)
            self._not_before = self._clock.now() + _AGAIN
            return 0
        finally:
            await self.release()
        return 1

    async def release(self) -> None:
        """Let another worker go on at once."""
        await self._database.transact(leases.release, name=_LEASE, holder=self._holder)

    async def _is_due(self) -> bool:
        now = self._clock.now()
        if now < self._not_before:
            return False
        last: datetime | None = await self._database.read(syncs.last_at, kind=PROCEDURES)
        return is_due(last or self._started_at, now.astimezone(VIETNAM), at=self._at)

    async def _may_work(self) -> bool:
        return await self._database.transact(
            leases.acquire, self._clock, name=_LEASE, holder=self._holder, duration=_DURATION
        )
