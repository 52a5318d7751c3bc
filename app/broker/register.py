"""The register as one process holds it, so that a decision needs no look at the database.

Every act on the register raises a number; a process asks for that number before a decision if it
has not for a while, and reads the register anew when it grew. So what is revoked is refused by
every process once that while is over. If the database does not answer, nothing is allowed.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from app.broker.domain.deciding import (
    Allowed,
    Call,
    Consumer,
    Line,
    Located,
    RefusalReason,
    Refused,
    View,
    decide,
    locate,
    today,
)
from app.broker.store import views
from app.platform.clock import VIETNAM
from app.platform.context import Context

_KEPT: Final = 10_000
"""Decisions kept; a path with many names in it makes as many."""

_NO_TIME: Final = timedelta()


class Register:
    """One process's copy of the register, on `app.state.register`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._every = timedelta(seconds=context.settings.broker_register_seconds)
        self._view: View | None = None
        self._looked_at: datetime | None = None
        self._forgotten = 0
        self._decided_by: View | None = None
        self._allowed: dict[tuple[str, str, str, bytes], tuple[Allowed, datetime]] = {}
        self._looking = asyncio.Lock()

    async def view(self) -> View:
        """Return the register, no older than the setting allows.

        Raises:
            DatabaseUnavailableError: if that cannot be had.
        """
        kept = self.at_hand
        if kept is not None:
            return kept
        async with self._looking:
            return self.at_hand or await self._look()

    @property
    def at_hand(self) -> View | None:
        """The register, unless the database has to be asked first."""
        return self._fresh(self._context.clock.now())

    def forget(self) -> None:
        """Have the next decision look at the database: this process has just changed it."""
        self._looked_at = None
        self._forgotten += 1

    async def locate(self, raw_path: bytes) -> Located | RefusalReason:
        """Return where the whole path of a request leads: context, version, and the rest."""
        return locate(await self.view(), raw_path)

    async def decide_request(self, client: Consumer, scope: Mapping[str, Any]) -> Allowed | Refused:
        """Decide on a request to `/{context}[/{version}][/resource…]`, given as its ASGI scope.

        Its request line counts alone: no header changes the method or the path that is meant.
        What was allowed is kept until the register changes, its grant ends, or the day does.
        """
        now = self._context.clock.now()
        view = self._fresh(now)
        if view is None:
            view, now = await self.view(), self._context.clock.now()
        method: str = scope["method"]
        raw_path: bytes = scope["raw_path"].partition(b"?")[0]
        if view is not self._decided_by:
            self._decided_by, self._allowed = view, {}
        key = (client.client_id, client.member, method, raw_path)
        kept = self._allowed.get(key)
        if kept is not None and now < kept[1]:
            return kept[0]
        found = locate(view, raw_path)
        if not isinstance(found, Located):
            return Refused(found)
        line = view.contexts.get(found.context)
        decision = self._decided(view, client, line, found.version, method, found.rest)
        if isinstance(decision, Allowed):
            if len(self._allowed) >= _KEPT:
                self._allowed.clear()
            tomorrow = datetime.combine(today(now) + timedelta(1), time(), VIETNAM)
            self._allowed[key] = decision, min(tomorrow, decision.grant.expires_at)
        return decision

    async def decide(
        self, client: Consumer, context: str, version: str | None, method: str, raw_path: bytes
    ) -> Allowed | Refused:
        """Decide on a call; `raw_path` stands behind context and version, as it was sent."""
        view = await self.view()
        return self._decided(view, client, view.contexts.get(context), version, method, raw_path)

    async def decide_code(
        self, client: Consumer, code: str, method: str, raw_path: bytes
    ) -> Allowed | Refused:
        """Decide on a call of a service that is named by its code, in its default version."""
        view = await self.view()
        return self._decided(view, client, view.codes.get(code), None, method, raw_path)

    def _decided(
        self,
        view: View,
        client: Consumer,
        line: Line | None,
        version: str | None,
        method: str,
        raw_path: bytes,
    ) -> Allowed | Refused:
        service = None if line is None else line.version(version)
        now = self._context.clock.now()
        return decide(view, client, service, Call(method, raw_path), now=now)

    def _fresh(self, now: datetime) -> View | None:
        if self._looked_at is None:
            return None
        return self._view if _NO_TIME <= now - self._looked_at < self._every else None

    async def _look(self) -> View:
        # What is committed while we read may be missed: the time before counts.
        began, forgotten = self._context.clock.now(), self._forgotten
        read = await self._context.database.read(views.newer, self._view)
        kept = self._view if read is None else read
        assert kept is not None  # noqa: S101 -- without one kept the read gives one
        self._view, self._looked_at = kept, began if forgotten == self._forgotten else None
        return kept
