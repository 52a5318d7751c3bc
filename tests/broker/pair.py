"""Two gateway processes over one database, and how soon each of them refuses."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
from sqlalchemy import Connection

from app.access import use_cases as access
from app.access.domain import Client, Scope
from app.access.store import clients
from app.access.tokens import SigningKey, Tokens
from app.cli.processes import Processes
from app.codes import AgencyCode
from app.platform.clock import SystemClock
from tests.broker.shared import SOMEBODY
from tests.gateway import START, Api, transact

ISSUER = "http://gateway.test"
CONSUMER = Client(SOMEBODY, "consumer", AgencyCode("H38.21"), frozenset(Scope), START)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one process answered: until when it still allowed, and since when it refused."""

    allowed_asked_at: float
    refused_at: float


class Pair:
    """`apis` ask each process as somebody who may do everything, `callers` as the consumer."""

    def __init__(self, stack: ExitStack, folder: Path, url: str, key: Path) -> None:
        processes = stack.enter_context(Processes(folder))
        env = {
            "LGSP_DATABASE_URL": url,
            "LGSP_SIGNING_KEY_FILE": str(key),
            "LGSP_PUBLIC_URL": ISSUER,
            "LGSP_UPSTREAM_NETWORKS": '["127.0.0.0/8"]',
        }
        started = [
            processes.start(f"gateway-{number}", ["app.cli", "serve", "--port", "0"], env)
            for number in range(2)
        ]
        tokens = Tokens(SystemClock(), ISSUER, [SigningKey.read(key)], lifetime=timedelta(hours=1))
        keeper, consumer = (tokens.issue(one, one.scopes) for one in (_keeper(url), CONSUMER))
        opened = [
            stack.enter_context(
                httpx.Client(base_url=one.wait_ready(), timeout=60, trust_env=False)
            )
            for one in started
        ]
        self.apis = [Api(one, keeper) for one in opened]
        self.callers = [Api(one, consumer) for one in opened]

    def watch(self, allows: Sequence[Callable[[], bool]], act: Callable[[], None]) -> list[Seen]:
        """Ask both processes until they refuse what an act forbids; moments count from its end."""
        with ThreadPoolExecutor(2) as pool:
            watching = [pool.submit(_watch, one) for one in allows]
            act()
            ended_at = time.monotonic()
            seen = [one.result(timeout=60) for one in watching]
        return [
            Seen(max(one.allowed_asked_at - ended_at, 0), one.refused_at - ended_at) for one in seen
        ]


def add_consumer(connection: Connection) -> None:
    """Register the client that is granted services."""
    clients.add(connection, CONSUMER, secret_hash="0" * 64)


def _keeper(url: str) -> Client:
    client, _ = transact(
        url,
        access.register,
        SystemClock(),
        name="keeper",
        member=AgencyCode("H38"),
        scopes=[scope.value for scope in Scope],
    )
    return client


def _watch(allows: Callable[[], bool]) -> Seen:
    """Ask until the answer changes."""
    allowed_asked_at = 0.0
    while True:
        asked_at = time.monotonic()
        if not allows():
            return Seen(allowed_asked_at, time.monotonic())
        allowed_asked_at = asked_at
