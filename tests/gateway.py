"""The real application over a real database, as a test sees it."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import httpx
import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from app.access import use_cases as access
from app.access.domain import Scope
from app.access.guard import Gatekeeper
from app.access.tokens import new_key_pem
from app.codes import AgencyCode
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.context import Context
from app.platform.database import open_database
from app.platform.ids import new_id
from app.platform.sealing import new_sealing_key
from app.platform.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
START = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
"""Monday 2 November 2026, 09:00 in Vietnam."""


def transact(
    url: str, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run one act on a database from outside any application."""

    async def run() -> T:
        async with open_database(url) as database:
            return await database.transact(act, *args, **kwargs)

    return asyncio.run(run())


class Api:
    """A client of the gateway with a token."""

    def __init__(self, http: httpx.Client, token: str) -> None:
        self._http = http
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self._http.get(path, headers=self._with(options), **options)

    def post(self, path: str, *, key: str | None = None, **options: Any) -> httpx.Response:
        """POST with an Idempotency-Key of its own unless one is given."""
        headers = {"Idempotency-Key": key or new_id(), **self._with(options)}
        return self._http.post(path, headers=headers, **options)

    def _with(self, options: dict[str, Any]) -> dict[str, str]:
        given: dict[str, str] = options.pop("headers", {})
        return self.headers | given


class Gateway:
    """One application, its clock and its database."""

    def __init__(self, http: TestClient, settings: Settings, clock: FrozenClock) -> None:
        self.http = http
        self.settings = settings
        self.clock = clock

    @property
    def context(self) -> Context:
        found: Context = self.http.app.state.context  # type: ignore[attr-defined]
        return found

    def transact(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run an act in the application's own database."""

        async def run() -> T:
            return await self.context.database.transact(act, *args, **kwargs)

        assert self.http.portal is not None
        return self.http.portal.call(run)

    def client(self, member: str = "H38", *scopes: Scope) -> Api:
        """Return a client of `member` with these scopes; all scopes if none is named."""
        client, _ = self.transact(
            access.register,
            self.clock,
            name="test",
            member=AgencyCode(member),
            scopes=[scope.value for scope in scopes or Scope],
        )
        gatekeeper: Gatekeeper = self.http.app.state.gatekeeper  # type: ignore[attr-defined]
        return Api(self.http, gatekeeper.tokens.issue(client, client.scopes))


@pytest.fixture(scope="session")
def signing_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "signing.pem"
    file.write_bytes(new_key_pem())
    return file


@pytest.fixture(scope="session")
def encryption_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "encryption.key"
    file.write_text(new_sealing_key())
    return file


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(START)


@pytest.fixture(scope="session")
def usual_settings(signing_key_file: Path, encryption_key_file: Path) -> Settings:
    """Read the environment once: that takes longer than most tests."""
    return Settings(
        signing_key_file=signing_key_file,
        encryption_key_file=encryption_key_file,
        client_cache_seconds=0,
        broker_register_seconds=0,
    )


@pytest.fixture
def settings(database_url: str, usual_settings: Settings) -> Settings:
    return usual_settings.model_copy(update={"database_url": database_url})


@pytest.fixture
def gateway(settings: Settings, clock: FrozenClock) -> Iterator[Gateway]:
    app = create_app(settings, clock=clock)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Gateway(http, settings, clock)
