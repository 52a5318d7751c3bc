"""Refusals that a caller can repeat without end: the evidence log is told once in a while."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from app.access.domain import Caller
from app.broker.domain.quotas import window_at
from app.evidence.domain import Act
from app.evidence.store import record_once
from app.platform.context import Context

SPAN: Final = timedelta(hours=1)
"""So long one entry stands for all refusals of a kind; longer where a quota's window is."""

_KNOWN: Final = 10_000
"""Kinds that are remembered here; those forgotten are found in the log itself."""


class Repeated:
    """One process's knowledge of which of these refusals stand in the evidence log.

    The first of a caller, subject and outcome in a span is written before it is told; the others
    cost nothing. How many there were is in the totals of exchanges.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._until: dict[tuple[str, str, str], datetime] = {}
        self._writing = asyncio.Lock()

    async def tell(self, caller: Caller, act: Act, *, span: timedelta = SPAN) -> None:
        """See to it that the present span has an entry; spans shorter than an hour are an hour.

        Raises:
            DatabaseUnavailableError: if that cannot be written.
        """
        kind, now = (caller.client_id, act.subject, act.outcome), self._context.clock.now()
        if self._is_told(kind, now):
            return
        async with self._writing:
            if self._is_told(kind, now):
                return
            window = window_at(max(span, SPAN), now)
            await self._context.database.transact(
                record_once, self._context.clock, caller, act, since=window.starts_at
            )
            if len(self._until) >= _KNOWN:
                self._until.clear()
            self._until[kind] = window.ends_at

    def _is_told(self, kind: tuple[str, str, str], now: datetime) -> bool:
        until = self._until.get(kind)
        return until is not None and now < until
