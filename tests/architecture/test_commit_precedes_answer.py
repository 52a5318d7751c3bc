"""The answer to a creating request leaves after the commit, seen from outside the application."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, Engine, event
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.domain import Scope as Right
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.database import Database
from app.platform.settings import Settings
from tests.builders import a_dossier, seed_catalogue
from tests.gateway import Gateway


class Spy:
    """Writes down commits and answers in the order they happen."""

    def __init__(self, app: ASGIApp, database: Database) -> None:
        self.app = app
        self.seen: list[str] = []
        self.state = getattr(app, "state", None)
        event.listen(engine_of(database), "commit", self._commit)

    def _commit(self, _connection: Connection) -> None:
        self.seen.append("commit")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.seen.append(f"answer {message['status']}")
            await send(message)

        await self.app(scope, receive, watched)


def engine_of(database: Database) -> Engine:
    inner: Any = database
    if database.dialect == "sqlite":
        return inner._writing  # type: ignore[no-any-return]  # noqa: SLF001 -- listens only
    return inner._engine.sync_engine  # type: ignore[no-any-return]  # noqa: SLF001


@pytest.fixture
def spied(settings: Settings, clock: FrozenClock) -> Iterator[tuple[Gateway, Spy]]:
    app = create_app(settings, clock=clock)
    spy = Spy(app, app.state.context.database)
    with TestClient(spy) as http:
        http.app.state = app.state  # type: ignore[attr-defined]
        yield Gateway(http, settings, clock), spy


def test_a_dossier_is_committed_before_it_is_acknowledged(spied: tuple[Gateway, Spy]) -> None:
    gateway, spy = spied
    seed_catalogue(gateway)
    api = gateway.client("H38", Right.SUBMIT_DOSSIERS)
    spy.seen.clear()
    assert api.post("/v1/dossiers", json=a_dossier()).status_code == 201
    assert spy.seen[:2] == ["commit", "answer 201"]


def test_a_commit_behind_the_answer_would_be_seen(settings: Settings, clock: FrozenClock) -> None:
    database = create_app(settings, clock=clock).state.context.database

    async def hasty(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(status_code=201)(scope, receive, send)
        await database.transact(lambda _connection: None)

    async def call(spy: Spy) -> None:
        transport = httpx.ASGITransport(app=spy)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as http:
            await http.post("/")
        await database.close()

    spy = Spy(hasty, database)
    asyncio.run(call(spy))
    assert spy.seen == ["answer 201", "commit"]
