"""Deliveries of the relay to a trivial server, and the same POSTs by a bare client."""

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import timedelta

import httpx
from httpx_aiohttp import AiohttpTransport
from sqlalchemy import Connection

from app.exchange.messages import Message, Owed
from app.exchange.outbox import depth, enqueue
from app.exchange.outcomes import Deferred, Delivered, Outcome
from app.exchange.relay import Handler, Relay, Terms
from app.exchange.transport import build_client, exchange
from app.platform.clock import Clock, SystemClock
from app.platform.database import open_database
from app.platform.ids import new_id
from app.platform.metrics import Metrics
from app.platform.settings import Settings
from tests.bench.report import Turn
from tests.bench.stage import DOSSIER

_TOPIC = "bench.post"
_HEADERS = {"Content-Type": "application/json"}
_DEADLINE = timedelta(seconds=30)
_CLOCK = SystemClock()
_TERMS = Terms.of(Settings(), worker="bench")


async def deliveries(database_url: str, port: int, number: int) -> Turn:
    """Owe so many messages of as many keys; have the relay deliver and settle them."""
    async with open_database(database_url) as database:
        await database.transact(_owe, number)
        async with build_client(timeout=_DEADLINE) as client:
            posting = _Posting(client, port, number)
            handlers = {_TOPIC: Handler(posting.send, _settle)}
            relay = Relay(database, _CLOCK, handlers, terms=_TERMS, metrics=Metrics())
            began = time.perf_counter()
            await relay.run(posting.finished)
            seconds = time.perf_counter() - began
        left = await database.read(depth, at_most=1)
    assert not left, "the relay stopped with messages still owed"
    return Turn(number, seconds)


class _Posting:
    """Delivers by a POST; `finished` once so many have been delivered."""

    def __init__(self, client: httpx.AsyncClient, port: int, number: int) -> None:
        self.finished = asyncio.Event()
        self._client = client
        self._url = _url(port)
        self._left = number

    async def send(self, messages: Sequence[Message]) -> Outcome:
        content = json.dumps(messages[0].body).encode()
        request = self._client.build_request("POST", self._url, content=content, headers=_HEADERS)
        answer = await exchange(self._client, request, max_bytes=1_000_000, deadline=_DEADLINE)
        if isinstance(answer, Deferred):
            return answer
        self._left -= 1
        if not self._left:
            self.finished.set()
        return Delivered(None)


def _settle(
    _connection: Connection, _clock: Clock, _messages: Sequence[Message], _outcome: Outcome
) -> None:
    """Change nothing: only the relay's own work is measured."""


def _owe(connection: Connection, number: int) -> None:
    for _ in range(number):
        message_id = new_id()
        enqueue(connection, _CLOCK, Owed(message_id, _TOPIC, f"bench:{message_id}", dict(DOSSIER)))


async def posts(port: int, number: int) -> Turn:
    """Make so many POSTs with a bare client, as many at once as the relay."""
    content = json.dumps(DOSSIER).encode()
    left = iter(range(number))
    async with httpx.AsyncClient(transport=AiohttpTransport()) as client:

        async def keep_posting() -> None:
            for _ in left:
                answer = await client.post(_url(port), content=content, headers=_HEADERS)
                answer.raise_for_status()

        began = time.perf_counter()
        await asyncio.gather(*(keep_posting() for _ in range(_TERMS.concurrency)))
        return Turn(number, time.perf_counter() - began)


def _url(port: int) -> str:
    return f"http://127.0.0.1:{port}/"
