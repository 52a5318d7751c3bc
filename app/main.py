"""The gateway as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
from fastapi import APIRouter, FastAPI
from fastapi_offline import FastAPIOffline

from app import openapi
from app.access import routes as access
from app.access.guard import Gatekeeper
from app.access.tokens import SigningKey, Tokens
from app.catalogue import routes as catalogue
from app.documents import routes as documents
from app.dossiers import routes as dossiers
from app.exchange.dvcqg.connecting import portal_of
from app.exchange.transport import build_client
from app.facades.dvcqg import routes as dvcqg
from app.operations import routes as operations
from app.platform.clock import Clock, SystemClock
from app.platform.context import Context
from app.platform.database import Database, open_database
from app.platform.metrics import Metrics
from app.platform.middleware import Doorway
from app.platform.settings import Settings, read_secret
from app.public_services import routes as public_services
from app.public_services.domain import Looks
from app.refusals import Refusals

ROUTERS: list[APIRouter] = [
    dossiers.router,
    documents.router,
    access.router,
    catalogue.router,
    operations.router,
    public_services.router,
    *dvcqg.ROUTERS,
]

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
    settings: Settings, *, clock: Clock | None = None, database: Database | None = None
) -> FastAPI:
    """Return the gateway. The database is opened at start-up and closed with the application.

    Raises:
        MissingSettingError: if there is no signing key.
        SigningKeyError: if a key file holds none.
        SecretFileError: if a secret of the portal cannot be read.
        ValueError: if the portal is behind a security server and no destination is named.
    """
    context = Context(
        settings=settings,
        database=database or open_database(
            settings.database_url, connections=settings.database_connections
        ),
        clock=clock or SystemClock(),
        metrics=Metrics(),
    )  # fmt: skip
    refusals = Refusals(context)
    http = build_client(timeout=timedelta(seconds=settings.national_timeout_seconds))
    app = _routed(lifespan=_lifespan(context, refusals, http), static_url="/static-docs")
    app.state.context = context
    app.state.looks = Looks(settings.tracking_attempts_per_minute)
    app.state.gatekeeper = Gatekeeper(context, _tokens(settings, context.clock))
    app.state.refusals = refusals
    app.state.portal = portal_of(settings, http)
    app.state.push_secret = _push_secret(settings)
    refusals.install(app)
    app.add_middleware(Doorway, context=context)
    return app


def describe() -> dict[str, Any]:
    """Return the OpenAPI document, without a database or any secret."""
    return _routed().openapi()


def _routed(**options: Any) -> FastAPI:
    app = FastAPIOffline(
        title=TITLE,
        version=VERSION,
        description=_DESCRIPTION,
        redirect_slashes=False,
        **options,
    )
    for router in ROUTERS:
        app.include_router(router)
    openapi.install(app, ROUTERS)
    return app


def _lifespan(
    context: Context, refusals: Refusals, http: httpx.AsyncClient
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        stopping = asyncio.Event()
        flushing = asyncio.create_task(refusals.flush_until(stopping))
        yield
        stopping.set()
        await flushing
        await http.aclose()
        await context.database.close()

    return lifespan


def _push_secret(settings: Settings) -> str | None:
    file = settings.dvcqg_push_secret_file
    if file is None:
        return None
    return read_secret("LGSP_DVCQG_PUSH_SECRET_FILE", file).get_secret_value()


def _tokens(settings: Settings, clock: Clock) -> Tokens:
    if settings.signing_key_file is None:
        raise MissingSettingError("LGSP_SIGNING_KEY_FILE", "tokens cannot be signed without it")
    files = [settings.signing_key_file, settings.previous_signing_key_file]
    keys = [SigningKey.read(file) for file in files if file is not None]
    lifetime = timedelta(seconds=settings.token_seconds)
    return Tokens(clock, settings.issuer, keys, lifetime=lifetime)
