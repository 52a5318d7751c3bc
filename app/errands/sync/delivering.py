"""The services that errands go to, as far as they are connected, and who delivers to each."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import httpx

from app.errands.domain import Facts, Patience
from app.errands.sync import judicial, postal
from app.errands.sync import tracking as monitoring
from app.errands.sync.land import LandDesk
from app.errands.sync.papers import Papers
from app.errands.use_cases.owing import (
    CANCEL,
    TOPIC_CATALOGUE_ROWS,
    TOPIC_FILE_TRACKING,
    TOPIC_JUDICIAL_RECORD,
    TOPIC_JUDICIAL_RETURN,
    TOPIC_LAND,
    TOPIC_POSTAL_ORDER,
)
from app.errands.use_cases.telling import Settlement, settle
from app.exchange.messages import Handler, Message
from app.exchange.ngsp.calling import Caller
from app.exchange.ngsp.catalogues import CatalogueClient, catalogues_of
from app.exchange.ngsp.connecting import Connecting
from app.exchange.ngsp.judicial import CentralJudicial, FirstJudicial, JudicialReturn, Standing
from app.exchange.ngsp.land import land_of
from app.exchange.ngsp.postal import PostalClient, postal_of
from app.exchange.ngsp.tracking import TrackingClient, tracking_of
from app.exchange.outcomes import Outcome, Refused
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.settings import Settings, read_secret


@dataclass(frozen=True, slots=True)
class JudicialDesk:
    """Judicial records by whichever generation is connected."""

    service: FirstJudicial | CentralJudicial
    settings: Settings
    papers: Papers

    async def submit(self, facts: Facts, number: str) -> Outcome:
        """Submit a declaration."""
        if isinstance(self.service, FirstJudicial):
            wanted = judicial.first_of(facts, number=number, settings=self.settings)
            return await self.service.submit(wanted)
        papers = await self.papers.read(one["file_id"] for one in facts.get("files", ()))
        if isinstance(papers, Refused):
            return papers
        asked = judicial.central_of(facts, number=number, settings=self.settings, papers=papers)
        return await self.service.submit(asked)

    async def ask(self, number: str) -> Standing | None:
        """Return where a declaration stands; None if it is not known there.

        Raises:
            ServiceError: if nobody answers usably.
        """
        if isinstance(self.service, FirstJudicial):
            return await self.service.ask(number)
        return await self.service.ask(number, province=self.settings.judicial_province[0])


@dataclass(frozen=True, slots=True)
class Services:
    """What errands go to; None where it is not connected."""

    settings: Settings
    postal: PostalClient | None = None
    judicial: JudicialDesk | None = None
    judicial_return: JudicialReturn | None = None
    catalogues: CatalogueClient | None = None
    tracking: TrackingClient | None = None
    land: LandDesk | None = None


def services_of(
    settings: Settings, http: httpx.AsyncClient, clock: Clock, database: Database
) -> Services:
    """Return the services that the settings say how to reach.

    Raises:
        SecretFileError: if a secret cannot be read.
    """
    connecting = Connecting(settings, http, clock)
    caller, tracking = connecting.caller(), tracking_of(settings, connecting.sender())
    client = land_of(settings, connecting)
    land = None if client is None else LandDesk(client, database, settings)
    if caller is None:
        return Services(settings, tracking=tracking, land=land)
    back = settings.judicial_return_address
    return Services(
        settings,
        postal=postal_of(settings, caller),
        judicial=_judicial_of(settings, caller, Papers(database)),
        judicial_return=None if back is None else JudicialReturn(caller, url=caller.url(back, "")),
        catalogues=catalogues_of(settings, caller),
        tracking=tracking,
        land=land,
    )


def _judicial_of(settings: Settings, caller: Caller, papers: Papers) -> JudicialDesk | None:
    generation, file = settings.judicial_generation, settings.judicial_key_file
    if generation == 1:
        context = settings.judicial_context.strip("/")
        old = FirstJudicial(caller, context=context, prefix=settings.judicial_prefix)
        return JudicialDesk(old, settings, papers)
    if generation == 0 or file is None:
        return None
    new = CentralJudicial(
        caller,
        context=settings.judicial_central_context.strip("/"),
        key=read_secret("LGSP_JUDICIAL_KEY_FILE", file),
        addresses=settings.judicial_central_addresses,
    )
    return JudicialDesk(new, settings, papers)


def patience_of(settings: Settings) -> Patience:
    """Return how patiently judicial records are asked about."""
    return Patience(
        timedelta(minutes=settings.judicial_ask_minutes), timedelta(days=settings.judicial_ask_days)
    )


def handlers(services: Services) -> dict[str, Handler]:
    """Return who delivers each kind of errand whose service is connected, one at a time."""
    found: dict[str, Handler] = {}
    settings = services.settings
    if services.postal is not None:
        found[TOPIC_POSTAL_ORDER] = _handler(_postal(services.postal), Settlement())
    if services.judicial is not None:
        terms = Settlement(patience_of(settings))
        found[TOPIC_JUDICIAL_RECORD] = _handler(_judicial(services.judicial), terms)
    if services.judicial_return is not None:
        send = _return(services.judicial_return, settings)
        found[TOPIC_JUDICIAL_RETURN] = _handler(send, Settlement(ends=True))
    if services.catalogues is not None:
        found[TOPIC_CATALOGUE_ROWS] = _handler(_rows(services.catalogues), Settlement(ends=True))
    if services.tracking is not None:
        send = _tracking(services.tracking, settings)
        found[TOPIC_FILE_TRACKING] = _handler(send, Settlement(ends=True))
    if services.land is not None:
        found[TOPIC_LAND] = _handler(services.land.send, Settlement())
    return found


Send = Callable[[Message], Awaitable[Outcome]]


def _handler(send: Send, terms: Settlement) -> Handler:
    async def send_first(messages: Sequence[Message]) -> Outcome:
        return await send(messages[0])

    return Handler(send=send_first, settle=partial(settle, terms=terms))


def _postal(client: PostalClient) -> Send:
    async def send(message: Message) -> Outcome:
        body = message.body
        if body["act"] == CANCEL:
            return await client.cancel(body["number"])
        order = postal.order_of(body["facts"], number=body["number"], customer=client.customer)
        return await client.place(order)

    return send


def _judicial(desk: JudicialDesk) -> Send:
    async def send(message: Message) -> Outcome:
        return await desk.submit(message.body["facts"], message.body["number"])

    return send


def _return(service: JudicialReturn, settings: Settings) -> Send:
    async def send(message: Message) -> Outcome:
        body = message.body
        return await service.give(judicial.returned_of(body["facts"], settings=settings))

    return send


def _rows(client: CatalogueClient) -> Send:
    async def send(message: Message) -> Outcome:
        facts = message.body["facts"]
        return await client.add(facts["catalogue"], facts["rows"])

    return send


def _tracking(client: TrackingClient, settings: Settings) -> Send:
    async def send(message: Message) -> Outcome:
        return await client.tell(monitoring.told_of(message.body["facts"], settings))

    return send
