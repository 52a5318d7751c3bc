"""How long a committed dossier waits until the relay of another process first tries to send it."""

import asyncio
import math
from collections.abc import Sequence

from sqlalchemy import Connection

from app.dossiers.use_cases import TOPIC
from app.exchange.messages import Message
from app.exchange.outcomes import Delivered, Outcome
from app.exchange.relay import Handler, Relay, Terms
from app.platform.clock import Clock, SystemClock
from app.platform.database import open_database
from app.platform.metrics import Metrics
from app.platform.settings import Settings
from tests.bench.load import paced
from tests.bench.report import Figure
from tests.bench.stage import Serving

_LIMIT = 100.0
"""Milliseconds that are aimed at."""

_PER_SECOND = 25.0
_WARM_UP = 25
_CLOCK = SystemClock()


class _Watch:
    """Notes for each first attempt the milliseconds since its message was owed.

    A message is owed just before its transaction commits, so the commit is in the figure.
    """

    def __init__(self, number: int) -> None:
        self.complete = asyncio.Event()
        self.waits: list[float] = []
        self._number = number

    async def send(self, messages: Sequence[Message]) -> Outcome:
        waited = _CLOCK.now() - messages[0].created_at
        self.waits.append(waited.total_seconds() * 1000)
        if len(self.waits) == self._number:
            self.complete.set()
        return Delivered(None)


def _settle(
    _connection: Connection, _clock: Clock, _messages: Sequence[Message], _outcome: Outcome
) -> None:
    """Change nothing: the first attempt is all that is watched."""


async def waits(gateway: Serving, number: int) -> Figure:
    """Submit at a steady pace and return the p99 of the waits for a first attempt."""
    total = number + _WARM_UP
    watch = _Watch(total)
    stopping = asyncio.Event()
    async with open_database(gateway.database_url) as database:
        relay = Relay(
            database,
            _CLOCK,
            {TOPIC: Handler(watch.send, _settle)},
            terms=Terms.of(Settings(), worker="bench"),
            metrics=Metrics(),
        )
        async with asyncio.TaskGroup() as working:
            working.create_task(relay.run(stopping))
            requests = gateway.submissions(total)
            await paced(gateway.port, requests, per_second=_PER_SECOND)
            await watch.complete.wait()
            stopping.set()
    waited = sorted(watch.waits[_WARM_UP:])
    p99 = waited[math.ceil(len(waited) * 0.99) - 1]
    return Figure(round(p99, 1), _LIMIT, round(p99 / _LIMIT, 3), number)
