"""The worker: delivers what is owed, empties our inbox on the axis, tidies up, tells it lives."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from app.access.store import bearers
from app.broker.store import quotas, watching
from app.connecting import Links, links_of
from app.documents.store import holding as document_contents
from app.dossiers.store import files as dossier_files
from app.dossiers.store import tallies
from app.dossiers.use_cases import files
from app.exchange import heartbeat, outbox
from app.exchange.relay import Relay, survive
from app.exchange.terms import Terms
from app.platform import idempotency
from app.platform.clock import Clock
from app.platform.database import Database, DatabaseUnavailableError
from app.platform.ids import new_id
from app.platform.metrics import Metrics
from app.platform.settings import Settings
from app.platform.storage import deposits
from app.webhooks.store import events as webhook_events

_log = structlog.get_logger("lgsp.worker")

_BEAT: Final = timedelta(seconds=5)
_TIDY: Final = timedelta(hours=1)
_STEP: Final = 500
"""Rows deleted in one transaction, so that nobody waits long for it."""

HOLDERS: Final = (document_contents.claims, dossier_files.claims)
"""Whatever may need a content that is kept."""

_FORGOTTEN: Final = timedelta(days=1)
_PARTING: Final = timedelta(seconds=2)


def build_worker(settings: Settings, *, clock: Clock, database: Database) -> "Worker":
    """Return a worker with a client for each national system whose settings are complete.

    Raises:
        SecretFileError: if a secret cannot be read.
        TrustRootsError: if the file of trusted roots holds none.
        ValueError: if the portal is behind a security server and no destination is named, or the
            signing key is none.
    """
    worker_id = new_id()
    links = links_of(settings, clock, database, worker_id=worker_id)
    return Worker(settings, clock=clock, database=database, links=links, worker_id=worker_id)


class Worker:
    """One process's share of the work; any number may run over one PostgreSQL."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock,
        database: Database,
        links: Links,
        worker_id: str,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._database = database
        self._links = links
        self._id = worker_id
        self._metrics = Metrics()
        terms = Terms.of(settings, worker=worker_id)
        self._relay = Relay(database, clock, links.handlers, terms=terms, metrics=self._metrics)

    async def run(self, stopping: asyncio.Event) -> None:
        """Work until told to stop; then finish what is under way, within a few seconds."""
        poll = timedelta(seconds=self._settings.vxp_poll_seconds)
        chores = [
            asyncio.create_task(self._repeat("beat", self.beat, _BEAT, stopping)),
            asyncio.create_task(self._repeat("tidy", self.tidy, _TIDY, stopping)),
            asyncio.create_task(self._repeat("fold", self.fold, _BEAT, stopping)),
            *(
                asyncio.create_task(self._repeat("receive", receiver.turn, poll, stopping))
                for receiver in self._links.receivers
            ),
        ]
        try:
            await self._relay.run(stopping)
        finally:
            _, late = await asyncio.wait(chores, timeout=_PARTING.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.wait(chores)
            await self._part()

    async def beat(self) -> None:
        """Tell that this worker lives, and say what waits without anybody to deliver it."""
        await self._database.transact(heartbeat.beat, self._clock, worker_id=self._id)
        most = self._settings.ready_outbox_depth
        counts = await self._database.read(outbox.counts, at_most=most)
        for state, number in counts.items():
            self._metrics.outbox.labels(state.value).set(number)
        for topic in await self._database.read(outbox.topics_owed, except_for=self._links.handlers):
            _log.warning("topic_not_connected", topic=topic)

    async def tidy(self) -> None:
        """Give lost turns back, and delete in small steps what is kept no longer."""
        mended = await self._database.transact(outbox.mend, self._clock)
        if mended:
            _log.error("turns_mended", number=mended)
        now, settings = self._clock.now(), self._settings
        await self._purge(idempotency.forget_before, now - timedelta(settings.idempotency_days))
        await self._purge(outbox.purge, now - timedelta(settings.outbox_days))
        await self._database.transact(heartbeat.forget_before, now - _FORGOTTEN)
        await self._purge(files.drop_unnamed, now - timedelta(hours=settings.file_grace_hours))
        events_from = now - timedelta(settings.webhook_event_days)
        await self._purge(webhook_events.purge, events_from)
        await self._purge(watching.forget_before, now - timedelta(settings.exchange_days))
        await self._purge(quotas.forget_before, now - _FORGOTTEN)
        await self._purge(bearers.forget_before, now - _FORGOTTEN)
        loose = now - timedelta(seconds=settings.content_grace_seconds)
        while await self._database.transact(deposits.sweep, self._clock, loose, HOLDERS):
            pass

    async def fold(self) -> None:
        """Take what acts added to the summaries into their totals, so that counting stays quick."""
        while await self._database.transact(tallies.fold, at_most=_STEP) == _STEP:
            pass

    async def _purge(self, step: Callable[..., int], moment: datetime) -> None:
        while await self._database.transact(step, moment, at_most=_STEP) == _STEP:
            pass

    async def _repeat(
        self,
        chore: str,
        act: Callable[[], Awaitable[object]],
        every: timedelta,
        stopping: asyncio.Event,
    ) -> None:
        while not stopping.is_set():
            try:
                await survive(act(), "chore_failed", chore=chore)
            except DatabaseUnavailableError:
                _log.warning("database_unavailable", chore=chore)
            try:
                async with asyncio.timeout(every.total_seconds()):
                    await stopping.wait()
            except TimeoutError:
                continue

    async def _part(self) -> None:
        try:
            for receiver in self._links.receivers:
                await receiver.release()
            await self._database.transact(heartbeat.end, worker_id=self._id)
        except DatabaseUnavailableError:
            _log.warning("database_unavailable", chore="part")
        if self._links.close is not None:
            await self._links.close()
