"""Looks for what happened and owes notices of it; of several workers one at a time does."""

from datetime import timedelta
from typing import Final

from app.exchange import leases
from app.notices.use_cases import telling
from app.notices.use_cases.telling import Manner
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.fencing import Fence

_LEASE: Final = "notices:telling"
_DURATION: Final = timedelta(minutes=1)
_STEP: Final = 200
"""Rows of progress taken in one transaction."""


class Teller:
    """Reads the progress of dossiers behind its cursor."""

    def __init__(self, manner: Manner, database: Database, clock: Clock, *, holder: str) -> None:
        self._manner = manner
        self._database = database
        self._clock = clock
        self._holder = holder
        self._fence = Fence()

    async def turn(self) -> int:
        """Owe notices of what happened since the last turn; return at how much was looked."""
        looked = 0
        while True:
            sight, is_behind = await self._database.read(telling.seen)
            up_to = self._fence.move(sight)
            if not is_behind or not await self._may_work():
                break
            found = await self._database.transact(
                telling.tell, self._clock, self._manner, up_to=up_to, at_most=_STEP
            )
            looked += found
            if found < _STEP:
                break
        return looked

    async def release(self) -> None:
        """Let another worker go on at once."""
        await self._database.transact(leases.release, name=_LEASE, holder=self._holder)

    async def _may_work(self) -> bool:
        return await self._database.transact(
            leases.acquire, self._clock, name=_LEASE, holder=self._holder, duration=_DURATION
        )
