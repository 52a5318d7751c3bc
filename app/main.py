"""The gateway as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from app import openapi
from app.access import routes as access
from app.access.guard import Gatekeeper
from app.access.tokens import SigningKey, Tokens
from app.broker import routes as broker
from app.broker.carrying.connecting import broker_of
from app.broker.register import Register
from app.broker.use_cases.quotas import Quotas
from app.broker.use_cases.watching import Watcher
from app.catalogue import routes as catalogue
from app.console import routes as console
from app.documents import routes as documents
from app.dossiers import routes as dossiers
from app.errands import routes as errands
from app.exchange.dvcqg.connecting import portal_of
from app.exchange.sign_on.connecting import code_flow_of, id_tokens_of
from app.exchange.signatures.examiner import Examiner
from app.exchange.transport import build_client
from app.facades import words
from app.facades.dvcqg import routes as dvcqg
from app.facades.forks import Forks, first_segment, refusal
from app.facades.forwarding import routes as forwarding
from app.facades.forwarding.carrying import carrier_of
from app.facades.forwarding.guard import Neighbours
from app.facades.judicial import routes as judicial
from app.facades.land import routes as land
from app.facades.tokens import routes as tokens
from app.facades.vxp import envelope as vxp_envelope
from app.facades.vxp import routes as vxp
from app.facades.vxp.guard import SystemKeeper
from app.facades.vxp.sending import sendings_of
from app.facades.wso2.door import WsoDoor
from app.facades.xroad.door import XroadDoor
from app.lookups import routes as lookups
from app.lookups.routes.keeping import KeptAnswers
from app.lookups.sync import desk_of
from app.notices import routes as notices
from app.operations import routes as operations
from app.payments import callbacks as payment_callbacks
from app.payments import routes as payments
from app.payments.sync import till_of
from app.platform.clock import Clock
from app.platform.context import Context
from app.platform.database import Database
from app.platform.errors import ProblemError
from app.platform.links import link_signer_of
from app.platform.metrics import Metrics
from app.platform.middleware import Doorway
from app.platform.routing import Directory
from app.platform.sealing import sealer_of
from app.platform.settings import Settings, read_secret, setting_name
from app.platform.targets import Targets
from app.platform.waking import Bell
from app.public_services import routes as public_services
from app.public_services.domain import Looks
from app.refusals import Refusals
from app.reports import routes as reports
from app.statistics import routes as statistics
from app.webhooks import routes as webhooks

ROUTERS: list[APIRouter] = [
    dossiers.router,
    documents.router,
    access.router,
    catalogue.router,
    operations.router,
    console.router,
    public_services.router,
    payments.router,
    *payment_callbacks.ROUTERS,
    errands.router,
    lookups.router,
    statistics.router,
    notices.router,
    webhooks.router,
    reports.router,
    broker.router,
    broker.limits.router,
    broker.exchanges.router,
    vxp.router,
    forwarding.router,
    tokens.router,
    *dvcqg.ROUTERS,
    *land.ROUTERS,
    judicial.router,
]

_RESERVED = {"listClients", "r1", "token", "v1", "v2"}
"""First segments kept free for wires that are mounted beside the routes, and for later."""

TITLE = "LGSP"
VERSION = "1.0.0"
_DESCRIPTION = """\
Nền tảng tích hợp, chia sẻ dữ liệu (LGSP) của một tỉnh: hồ sơ một cửa, văn bản điện tử và trạng
thái dịch vụ công, nối với trục liên thông văn bản và Cổng Dịch vụ công quốc gia.

The data-sharing hub of a province: one-stop dossiers, electronic documents and public-service
status, connected to the national document axis and the national public service portal.
"""


class MissingSettingError(Exception):
    """A setting that this process cannot do without is not set."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} is not set: {why}")
        self.name = name


def create_app(
    settings: Settings,
    *,
    clock: Clock | None = None,
    database: Database | None = None,
    metrics: Metrics | None = None,
) -> FastAPI:
    """Return the gateway. The database is opened at start-up and closed with the application.

    Raises:
        MissingSettingError: if there is no signing key.
        SigningKeyError: if a key file holds none.
        SecretFileError, SealingKeyError: if a secret cannot be read.
        TrustRootsError: if the file of trusted roots holds none.
        ValueError: if a network of LGSP_FORWARD_NETWORKS is none, or the portal is behind a
            security server and no destination is named.
    """
    context = Context.of(settings, clock=clock, database=database, metrics=metrics)
    refusals = Refusals(context)
    app = _routed(lifespan=_lifespan(context, refusals), static_url="/static-docs")
    if settings.vxp_at_root:
        app.include_router(vxp.at_root)
    app.state.context = context
    app.state.refusals = refusals
    _furnish(app, context)
    refusals.install(app)
    _open_doors(app, context)
    return app


def _open_doors(app: FastAPI, context: Context) -> None:
    """Let requests in: those of the broker go by the routes, all others are limited and noted."""
    reserved = app.state.reserved_segments
    app.add_middleware(Forks, *_doors(app, context), reserved=reserved)
    app.add_middleware(
        Doorway,
        context=context,
        larger=_limits(context.settings),
        own_limits=lambda path: first_segment(path) not in reserved,
        in_other_words=_in_other_words,
    )


def _limits(settings: Settings) -> dict[str, int]:
    """Return how large bodies may be at paths that take more than others, or less."""
    most = settings.max_document_bytes
    larger = dict.fromkeys(documents.LARGE_BODIES, most)
    larger |= dict.fromkeys(vxp_envelope.LARGE_BODIES, most + vxp_envelope.LINE_END)
    larger[dossiers.FILES] = settings.max_file_bytes
    small = payment_callbacks.SMALL_BODIES | public_services.SMALL_BODIES
    return larger | small | tokens.SMALL_BODIES


def _doors(app: FastAPI, context: Context) -> tuple[WsoDoor, XroadDoor]:
    register, passage = app.state.register, app.state.broker.passage
    wso2 = WsoDoor(context.settings, register, passage)
    return wso2, XroadDoor(context, register, passage)


def _in_other_words(scope: Scope, problem: ProblemError) -> Response | None:
    return refusal(scope, problem) or words.refusal(Request(scope), problem)


def _furnish(app: FastAPI, context: Context) -> None:
    """Set up what routes find in the application's state."""
    settings, state = context.settings, app.state
    state.bell = Bell(context.database)
    state.examiner = Examiner(settings)
    state.statuses = public_services.Statuses(context)
    state.looks = Looks(settings.tracking_attempts_per_minute)
    state.public_reads = Looks(settings.public_reads_per_minute)
    state.opinions = Looks(settings.opinions_per_minute)
    state.gatekeeper = Gatekeeper(context, _tokens(settings, context.clock))
    state.links = link_signer_of(settings)
    state.register = Register(context)
    state.kept_answers = KeptAnswers(context.clock)
    state.targets = Targets.within(settings.upstream_networks)
    state.reserved_segments = reserved_segments()
    state.carrier = carrier_of(settings, context.clock)
    state.sealer = sealer_of(settings)
    state.neighbours = Neighbours(settings.forward_networks)
    state.systems = SystemKeeper(context, state.sealer)
    state.sendings = sendings_of(context)
    state.quotas = Quotas(context)
    state.watcher = Watcher(context)
    state.broker = broker_of(
        context, state.gatekeeper, state.quotas, state.watcher, state.refusals.count
    )
    _connect(app, context)


def describe() -> dict[str, Any]:
    """Return the OpenAPI document, without a database or any secret."""
    return _routed().openapi()


@cache
def reserved_segments() -> frozenset[str]:
    """Return the first segments of paths that are the gateway's own, whatever the settings."""
    own = [*_routed().routes, *openapi.routes_of(ROUTERS), *vxp.at_root.routes]
    first = (getattr(route, "path", "").split("/")[1:2] for route in own)
    named = {segment for found in first for segment in found if segment and "{" not in segment}
    return frozenset(named | _RESERVED)


def _routed(**options: Any) -> FastAPI:
    app = FastAPIOffline(
        title=TITLE,
        version=VERSION,
        description=_DESCRIPTION,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # /metrics is ours
        **options,
    )
    app.router.routes.insert(0, _directory())
    openapi.install(app, ROUTERS, webhooks.told)
    return app


@cache
def _directory() -> Directory:
    """Return all routes; whole paths stand first, for what they name is no parameter of another."""
    return Directory(sorted(openapi.routes_of(ROUTERS), key=lambda route: "{" in route.path))


def _lifespan(
    context: Context, refusals: Refusals
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        stopping = asyncio.Event()
        flushing = [
            asyncio.create_task(refusals.flush_until(stopping)),
            asyncio.create_task(app.state.watcher.write_until(stopping)),
            asyncio.create_task(app.state.quotas.tend_until(stopping)),
        ]
        yield
        stopping.set()
        await app.state.bell.close()
        await app.state.examiner.close()
        await asyncio.gather(*flushing)
        app.state.carrier.close()
        app.state.broker.carrier.close()
        await app.state.http.aclose()
        await context.database.close()

    return lifespan


def _connect(app: FastAPI, context: Context) -> None:
    """Give the application the national side, as far as the settings say how to reach it."""
    settings = context.settings
    http = build_client(timeout=timedelta(seconds=settings.national_timeout_seconds))
    app.state.http = http
    app.state.portal = portal_of(settings, http)
    app.state.id_tokens = id_tokens_of(settings, http, context.clock)
    app.state.desk = desk_of(settings, http, context.clock)
    app.state.code_flow = code_flow_of(settings, http)
    app.state.till = till_of(settings, http, context.clock)
    file = settings.dvcqg_push_secret_file
    app.state.push_secret = None
    if file is not None:
        kept = read_secret("LGSP_DVCQG_PUSH_SECRET_FILE", file)
        app.state.push_secret = kept.get_secret_value()
    app.state.judicial_code = judicial.code_of(settings)


def _tokens(settings: Settings, clock: Clock) -> Tokens:
    if settings.signing_key_file is None:
        raise MissingSettingError("LGSP_SIGNING_KEY_FILE", "tokens cannot be signed without it")
    names = ("signing_key_file", "previous_signing_key_file")
    files = [(name, getattr(settings, name)) for name in names]
    keys = [SigningKey.read(file, setting=setting_name(name)) for name, file in files if file]
    lifetime = timedelta(seconds=settings.token_seconds)
    return Tokens(clock, settings.issuer, keys, lifetime=lifetime)
