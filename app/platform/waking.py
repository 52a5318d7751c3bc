"""One listener of a process, shared by all requests that wait for news in the database."""

import asyncio
from datetime import timedelta
from typing import Final

from app.platform.database import Database

_LOOK_EVERY: Final = timedelta(seconds=5)
"""A wake-up can be lost with the process that owed it; a look of one's own finds it then."""


class Bell:
    """Rings for everybody who waits whenever an act called `signal`, in whatever process.

    A waiter takes `strokes` first, looks for its news and then waits for the next stroke: one
    that falls in between is not missed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._struck = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None
        self.strokes = 0
        self.waiting = 0
        self.is_over = False

    async def wait(self, heard: int, *, seconds: float) -> bool:
        """Return True at the first stroke after `heard`; False after `seconds`, or at the end."""
        if not self.is_over and (self._listening is None or self._listening.done()):
            self._listening = asyncio.create_task(self._listen())
        self.waiting += 1
        try:
            async with asyncio.timeout(max(seconds, 0)):
                while self.strokes == heard and not self.is_over:
                    await self._struck.wait()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        return not self.is_over

    def end(self) -> None:
        """Send everybody home at once, and whoever comes later."""
        self.is_over = True
        self._strike()

    async def close(self) -> None:
        """Stop listening."""
        self.end()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])

    def _strike(self) -> None:
        self.strokes += 1
        self._struck.set()
        self._struck = asyncio.Event()

    async def _listen(self) -> None:
        async with self._database.listen() as waiter:
            while True:
                await waiter.wait(_LOOK_EVERY)
                self._strike()
