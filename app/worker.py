"""The worker: delivers what is owed, empties our inbox on the axis, tidies up, tells it lives."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Protocol

import httpx
import structlog

from app.catalogue.sync.directory import DirectoryReader
from app.catalogue.sync.nightly import NightlySync
from app.catalogue.sync.procedures import ProcedureSync, SyncTerms
from app.codes import AgencyCode
from app.documents import callbacks
from app.documents import sync as documents
from app.documents.store import deposits
from app.documents.use_cases.looking import Looker
from app.dossiers import sync as dossiers
from app.exchange import heartbeat, outbox
from app.exchange.dvcqg.connecting import portal_of
from app.exchange.messages import Handler
from app.exchange.relay import Relay, survive
from app.exchange.signatures.examiner import Examiner
from app.exchange.terms import Terms
from app.exchange.transport import build_client
from app.exchange.vxp.axes import Axes
from app.exchange.vxp.client import VxpClient
from app.platform import idempotency
from app.platform.clock import Clock
from app.platform.database import Database, DatabaseUnavailableError
from app.platform.ids import new_id
from app.platform.metrics import Metrics
from app.platform.settings import Settings, read_secret

_log = structlog.get_logger("lgsp.worker")

_BEAT: Final = timedelta(seconds=5)
_TIDY: Final = timedelta(hours=1)
_STEP: Final = 500
"""Rows deleted in one transaction, so that nobody waits long for it."""

_FORGOTTEN: Final = timedelta(days=1)
_PARTING: Final = timedelta(seconds=2)


class Receiver(Protocol):
    """Brings in what waits for us elsewhere."""

    async def turn(self) -> int:
        """Take what waits and return how much that was."""
        ...

    async def release(self) -> None:
        """Let another worker go on at once."""
        ...


@dataclass(frozen=True, slots=True)
class Links:
    """What connects a worker to others: who delivers each topic, and who brings things in.

    A topic whose national system is not connected is left out; its messages stay owed until it
    is. `close` lets the connections go.
    """

    handlers: Mapping[str, Handler]
    receivers: Sequence[Receiver] = ()
    close: Callable[[], Awaitable[None]] | None = None


def build_worker(settings: Settings, *, clock: Clock, database: Database) -> "Worker":
    """Return a worker with a client for each national system whose settings are complete.

    Raises:
        SecretFileError: if a secret cannot be read.
        TrustRootsError: if the file of trusted roots holds none.
        ValueError: if the portal is behind a security server and no destination is named.
    """
    worker_id = new_id()
    links = links_of(settings, clock, database, worker_id=worker_id)
    return Worker(settings, clock=clock, database=database, links=links, worker_id=worker_id)


def links_of(settings: Settings, clock: Clock, database: Database, *, worker_id: str) -> Links:
    """Return who delivers what, as far as the settings say how to reach them.

    Raises:
        SecretFileError: if a secret cannot be read.
        TrustRootsError: if the file of trusted roots holds none.
        ValueError: if the portal is behind a security server and no destination is named.
    """
    http = build_client(timeout=timedelta(seconds=settings.national_timeout_seconds))
    handlers: dict[str, Handler] = {}
    examiner = Examiner(settings)
    receivers: list[Receiver] = [Looker(examiner, database, clock, settings, worker_id)]
    if (portal := portal_of(settings, http)) is not None:
        handlers |= dossiers.handlers(portal)
    if settings.procedures_sync_at != "off":
        sync = procedure_sync_of(settings, clock, database, http)
        if sync is not None:
            at = time.fromisoformat(settings.procedures_sync_at)
            receivers.append(NightlySync(sync, database, clock, at=at, holder=worker_id))
    if (axis := axis_of(settings, clock, http)) is not None:
        axes = Axes(axis, _others_of(settings, clock, http))
        handlers |= documents.handlers(axes, database)
        receivers += [
            callbacks.Receiver(client, database, clock, settings, worker_id)
            for client in axes.clients
        ]
        if settings.vxp_directory_hours:
            every = timedelta(hours=settings.vxp_directory_hours)
            province = settings.province
            receivers.append(DirectoryReader(axis, database, clock, every=every, member=province))
    return Links(handlers, receivers, http.aclose)


def procedure_sync_of(
    settings: Settings, clock: Clock, database: Database, http: httpx.AsyncClient
) -> ProcedureSync | None:
    """Return what takes the national procedures over; None while the portal is not connected."""
    portal = portal_of(settings, http)
    if portal is None:
        return None
    province = AgencyCode(settings.province) if settings.procedures_scope == "own" else None
    terms = SyncTerms(province, settings.procedures_withdrawn_share)
    return ProcedureSync(portal, database, clock, terms)


def axis_of(settings: Settings, clock: Clock, http: httpx.AsyncClient) -> VxpClient | None:
    """Return the client of the document axis; None while its settings are incomplete.

    Raises:
        SecretFileError: if the key cannot be read.
    """
    url, system, file = settings.vxp_url, settings.vxp_system_id, settings.vxp_secret_file
    if url is None or system is None or file is None:
        return None
    return VxpClient(http, str(url), system, read_secret("LGSP_VXP_SECRET_FILE", file), clock)


def _others_of(
    settings: Settings, clock: Clock, http: httpx.AsyncClient
) -> dict[AgencyCode, VxpClient]:
    """Return our further systems at the axis, by the members they speak for."""
    return {
        one.member: VxpClient(
            http,
            str(settings.vxp_url),
            one.system_id,
            read_secret("LGSP_VXP_SYSTEMS", one.secret_file),
            clock,
        )
        for one in settings.axis_systems
    }


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
        loose = now - timedelta(seconds=settings.content_grace_seconds)
        while await self._database.transact(deposits.sweep, self._clock, loose):
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
