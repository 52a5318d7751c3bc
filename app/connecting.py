"""What connects the province to others, as far as its settings say how to reach them."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Protocol

import httpx

from app.catalogue.sync.directory import DirectoryReader
from app.catalogue.sync.nightly import NightlySync
from app.catalogue.sync.procedures import ProcedureSync, SyncTerms
from app.codes import AgencyCode
from app.documents import callbacks
from app.documents import sync as documents
from app.documents.use_cases.looking import Looker
from app.dossiers import sync as dossiers
from app.dossiers.sync.pulling import MinistryPull, PullingReceiver, PullTerms
from app.errands import sync as errands
from app.exchange.dvcqg.connecting import ministry_of, portal_of
from app.exchange.messages import Handler
from app.exchange.messaging.connecting import (
    mail_of,
    official_account_of,
    sms_of,
    zalo_account_of,
    zns_of,
)
from app.exchange.messaging.letters import Messenger
from app.exchange.ministry_statistics.connecting import statistics_of
from app.exchange.signatures.examiner import Examiner
from app.exchange.targets import GuardedResolver
from app.exchange.transport import build_client
from app.exchange.vxp.axes import Axes
from app.exchange.vxp.client import VxpClient
from app.notices import sync as notices
from app.notices.domain.channels import Channel
from app.notices.use_cases.manners import manner_of
from app.payments.sync import Asker, till_of
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.sealing import sealer_of
from app.platform.settings import Settings, read_secret
from app.reports import sync as reports
from app.webhooks import sync as webhooks


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


def links_of(settings: Settings, clock: Clock, database: Database, *, worker_id: str) -> Links:
    """Return who delivers what, as far as the settings say how to reach them.

    Raises:
        SecretFileError: if a secret cannot be read.
        SealingKeyError: if the encryption key is none.
        TrustRootsError: if the file of trusted roots holds none.
        ValueError: if the portal is behind a security server and no destination is named, or the
            signing key is none.
    """
    http = build_client(timeout=timedelta(seconds=settings.national_timeout_seconds))
    fetching = _Fetching(settings, clock, database, http, worker_id)
    services = errands.services_of(settings, http, clock, database)
    handlers = {**_handlers_of(settings, clock, http), **errands.handlers(services)}
    looker = Looker(Examiner(settings), database, clock, settings, worker_id)
    receivers: list[Receiver] = [
        looker, *fetching.from_portal(), *fetching.from_services(services), *fetching.to_tell()
    ]  # fmt: skip
    if (axis := axis_of(settings, clock, http)) is not None:
        axes = Axes(axis, _others_of(settings, clock, http))
        handlers |= documents.handlers(axes, database)
        receivers += fetching.from_axis(axes)
    outside = outside_of(settings)
    handlers |= _telling(settings, clock, database, http, outside)

    async def close() -> None:
        await http.aclose()
        await outside.aclose()

    return Links(handlers, receivers, close)


def _handlers_of(settings: Settings, clock: Clock, http: httpx.AsyncClient) -> dict[str, Handler]:
    """Return who delivers to the portal and to the ministry's statistics."""
    handlers: dict[str, Handler] = {}
    if (portal := portal_of(settings, http)) is not None:
        handlers |= dossiers.handlers(portal, dossiers.linking(settings, clock))
    if (receiver := statistics_of(settings, http)) is not None:
        handlers |= reports.handlers(receiver, settings)
    return handlers


def _telling(
    settings: Settings,
    clock: Clock,
    database: Database,
    http: httpx.AsyncClient,
    outside: httpx.AsyncClient,
) -> dict[str, Handler]:
    """Return who tells people and subscribers, where there is a channel and an encryption key."""
    handlers: dict[str, Handler] = {}
    sealer = sealer_of(settings)
    messengers = messengers_of(settings, http, database, clock)
    if messengers:
        manner = manner_of(settings)
        handlers |= notices.handlers(messengers, manner, database, clock, settings, sealer)
    if sealer is not None:
        handlers |= webhooks.handlers(outside, database, clock, sealer, settings)
    return handlers


@dataclass(frozen=True, slots=True)
class _Fetching:
    """What comes to us only when we ask for it."""

    settings: Settings
    clock: Clock
    database: Database
    http: httpx.AsyncClient
    worker_id: str

    def from_portal(self) -> Iterator[Receiver]:
        """Yield who asks for payments, ministries' dossiers and procedures."""
        settings, database, clock = self.settings, self.database, self.clock
        if (till := till_of(settings, self.http, clock)) is not None:
            yield Asker(till, database, clock, settings, holder=self.worker_id)
        pull = ministry_pull_of(settings, clock, database, self.http)
        if pull is not None and settings.ministry_pull_hours:
            every, days = timedelta(hours=settings.ministry_pull_hours), settings.ministry_pull_days
            yield PullingReceiver(pull, database, clock, every=every, days=days)
        sync = procedure_sync_of(settings, clock, database, self.http)
        if sync is not None and settings.procedures_sync_at != "off":
            at = time.fromisoformat(settings.procedures_sync_at)
            yield NightlySync(sync, database, clock, at=at, holder=self.worker_id)

    def to_tell(self) -> Iterator[Receiver]:
        """Yield who looks for what people and subscribers are to be told."""
        yield webhooks.Teller(self.database, self.clock, holder=self.worker_id)
        manner = manner_of(self.settings)
        yield notices.Teller(manner, self.database, self.clock, holder=self.worker_id)

    def from_services(self, services: errands.Services) -> Iterator[Receiver]:
        """Yield who asks where errands with national services stand."""
        settings, database, clock = self.settings, self.database, self.clock
        if (post := services.postal) is not None:
            yield errands.PostalFollower(post, database, clock, settings, holder=self.worker_id)
        if (desk := services.judicial) is not None:
            yield errands.JudicialFollower(desk, database, clock, settings, holder=self.worker_id)

    def from_axis(self, axes: Axes) -> Iterator[Receiver]:
        """Yield who asks for documents, by each of our systems, and for the directory."""
        settings, database, clock = self.settings, self.database, self.clock
        for client in axes.clients:
            yield callbacks.Receiver(client, database, clock, settings, self.worker_id)
        if settings.vxp_directory_hours:
            every = timedelta(hours=settings.vxp_directory_hours)
            member = settings.province
            yield DirectoryReader(axes.main, database, clock, every=every, member=member)


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


def ministry_pull_of(
    settings: Settings, clock: Clock, database: Database, http: httpx.AsyncClient
) -> MinistryPull | None:
    """Return what pulls a ministry's dossiers; None while its system is not connected.

    Raises:
        SecretFileError: if a secret cannot be read.
    """
    ministry = ministry_of(settings, http)
    if ministry is None:
        return None
    return MinistryPull(ministry, database, clock, PullTerms.of(settings))


def messengers_of(
    settings: Settings, http: httpx.AsyncClient, database: Database, clock: Clock
) -> dict[Channel, Messenger]:
    """Return what carries notices, by channel, as far as the settings say how.

    Raises:
        SecretFileError: if a secret cannot be read.
        SealingKeyError: if the encryption key is none.
    """
    account = zalo_account_of(settings, http, database, clock, sealer_of(settings))
    found = {
        Channel.OA: official_account_of(settings, account),
        Channel.SMS: sms_of(settings, http),
        Channel.ZALO: zns_of(settings, account),
        Channel.EMAIL: mail_of(settings, clock),
    }
    return {channel: one for channel, one in found.items() if one is not None}


def outside_of(settings: Settings) -> httpx.AsyncClient:
    """Return the client that calls addresses which others named."""
    allow_private = settings.webhook_private_targets
    return build_client(
        timeout=timedelta(seconds=settings.webhook_timeout_seconds),
        resolver=lambda: GuardedResolver(allow_private=allow_private),
    )


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
