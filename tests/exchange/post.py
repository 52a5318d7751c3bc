"""An outbox under test: a real database, a clock, and a nation that is told what to answer."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import Connection

from app.exchange import administration, claims, outbox
from app.exchange.administration import Entry
from app.exchange.claims import Lease, Verdict, Wanted
from app.exchange.messages import Batch, Handler, Message, Owed, State
from app.exchange.outcomes import Delivered, Outcome
from app.exchange.relay import Relay
from app.exchange.retry import Patience, RetryPolicy
from app.exchange.terms import Terms
from app.platform.clock import Clock, FrozenClock
from app.platform.database import Database, open_database
from app.platform.metrics import Metrics
from tests.gateway import START

P = ParamSpec("P")
T = TypeVar("T")
LEASE = timedelta(minutes=2)
PATIENCE = Patience(
    RetryPolicy(first=timedelta(seconds=1), cap=timedelta(minutes=10), jitter=0),
    dead_letter_after=timedelta(hours=72),
)


def ids(batches: Sequence[Batch]) -> list[list[str]]:
    return [[message.message_id for message in batch.messages] for batch in batches]


@dataclass
class Nation:
    """Takes messages, answers as scripted (then always "delivered"), and remembers."""

    script: list[Outcome | BaseException] = field(default_factory=list)
    received: list[str] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)
    told: list[tuple[list[str], Outcome]] = field(default_factory=list)
    before: Callable[[Sequence[Message]], Awaitable[None]] | None = None

    async def send(self, messages: Sequence[Message]) -> Outcome:
        if self.before is not None:
            await self.before(messages)
        names = [message.message_id for message in messages]
        self.received += names
        self.batches.append(names)
        answer = self.script.pop(0) if self.script else Delivered()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def settle(
        self, _connection: Connection, _clock: Clock, messages: Sequence[Message], outcome: Outcome
    ) -> None:
        self.told.append(([message.message_id for message in messages], outcome))

    def handler(self, batch: int = 1, together: str | None = None) -> Handler:
        return Handler(self.send, self.settle, batch, together)


class Post:
    def __init__(self, runner: asyncio.Runner, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock
        self.metrics = Metrics()
        self._runner = runner

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    def do(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return self.run(self.database.transact(act, *args, **kwargs))

    def owe(self, *names: str, key: str = "k", topic: str = "t", packet: str = "") -> None:
        for name in names:
            body = {"text": name, **({"packet": packet} if packet else {})}
            self.do(outbox.enqueue, self.clock, Owed(name, topic, key, body))

    def claim(
        self,
        *,
        worker: str = "w",
        topic: str = "t",
        limit: int = 100,
        batch: int = 1,
        together: str | None = None,
    ) -> list[Batch]:
        wanted = Wanted(topic, limit, batch, together)
        return self.do(claims.claim, self.clock, wanted, lease=Lease(worker, LEASE))

    def settle(self, batch: Batch, state: State, **verdict: Any) -> None:
        self.do(claims.settle, self.clock, [Verdict(batch, state, **verdict)])

    def deliver(self, batches: Sequence[Batch]) -> None:
        self.do(claims.settle, self.clock, [Verdict(batch, State.DELIVERED) for batch in batches])

    def entry(self, name: str) -> Entry:
        return self.do(administration.show, message_id=name)[0]

    def states(self) -> dict[str, str]:
        found = self.do(administration.entries, limit=1000)
        return {entry.message_id: entry.state.value for entry in found}

    def relay(self, *handlers: tuple[str, Handler], **terms: Any) -> Relay:
        return self.relay_on(self.database, *handlers, **terms)

    def relay_on(self, database: Database, *handlers: tuple[str, Handler], **changes: Any) -> Relay:
        terms: dict[str, Any] = {
            "worker": "w",
            "concurrency": 8,
            "lease": LEASE,
            "patience": PATIENCE,
            "grace": timedelta(seconds=30),
        }
        return Relay(
            database,
            self.clock,
            dict(handlers),
            terms=Terms(**terms | changes),
            metrics=self.metrics,
            chance=lambda: 0.0,
        )


@pytest.fixture
def post(database_url: str) -> Iterator[Post]:
    database = open_database(database_url)
    with asyncio.Runner() as runner:
        yield Post(runner, database, FrozenClock(START))
        runner.run(database.close())
