"""Looks for what happened and makes events of it; of several workers one at a time does."""

from datetime import timedelta
from typing import Final

from app.documents.use_cases import watching
from app.exchange import leases
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.fencing import Fence
from app.webhooks.use_cases import telling

_LEASE: Final = "webhooks:telling"
_DURATION: Final = timedelta(minutes=1)
_STEP: Final = 200
"""Happenings taken in one transaction."""


class Teller:
    """Reads the progress of dossiers and the feed of documents behind its cursors."""

    def __init__(self, database: Database, clock: Clock, *, holder: str) -> None:
        self._database = database
        self._clock = clock
        self._holder = holder
        self._fence = Fence()

    async def turn(self) -> int:
        """Tell what happened since the last turn; return at how much was looked."""
        sight, is_behind = await self._database.read(telling.seen)
        up_to = self._fence.move(sight)
        if not is_behind or not await self._may_work():
            return 0
        looked = 0
        while found := await self._database.transact(
            telling.tell_dossiers, self._clock, up_to=up_to, at_most=_STEP
        ):
            looked += found
            if found < _STEP or not await self._may_work():
                break
        while await self._database.transact(watching.place):
            pass
        while found := await self._database.transact(
            telling.tell_documents, self._clock, at_most=_STEP
        ):
            looked += found
            if found < _STEP or not await self._may_work():
                break
        return looked

    async def release(self) -> None:
        """Let another worker go on at once."""
        await self._database.transact(leases.release, name=_LEASE, holder=self._holder)

    async def _may_work(self) -> bool:
        return await self._database.transact(
            leases.acquire, self._clock, name=_LEASE, holder=self._holder, duration=_DURATION
        )
