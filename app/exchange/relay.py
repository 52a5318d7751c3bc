"""Delivers what is owed: claims what is due, sends, and settles what came of it."""

import asyncio
import heapq
import random
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from sqlalchemy import Connection

from app.exchange import claims, settlement
from app.exchange.claims import Lease, LostClaimError, Verdict, Wanted
from app.exchange.deliveries import Deliveries, Demand, Slots
from app.exchange.messages import Batch, Handler, Message, State
from app.exchange.outcomes import Deferred, Outcome
from app.exchange.settlement import Finished
from app.exchange.terms import Terms
from app.platform.clock import Clock
from app.platform.database import Database, DatabaseUnavailableError, Waiter
from app.platform.metrics import Metrics

__all__ = ["Handler", "Message", "Relay", "Terms", "survive"]

_log = structlog.get_logger("lgsp.relay")
T = TypeVar("T")

_WAITING = 0.5
_SENDING = 0.9
"""Shares of the lease after which sending is not begun, and is broken off: beyond the lease
another worker may have the message."""

_TURN = 1000
"""At most about so many keys in one turn."""

_HANDLER_ERROR = Deferred("handler-error", alarm=True)
_SETTLE_ERROR = Deferred("settle-error", alarm=True)


class Relay:
    """One worker's delivering; many of them may work on one database.

    A topic without a handler is never claimed: its messages stay owed.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handlers: Mapping[str, Handler],
        *,
        terms: Terms,
        metrics: Metrics,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._clock = clock
        self._handlers = handlers
        self._terms = terms
        self._metrics = metrics
        self._chance = chance
        self._wake = asyncio.Event()
        slots = Slots(terms.concurrency, handlers)
        self._deliveries = Deliveries(slots, self._attempt, self._wake)
        self._due: list[datetime] = []

    async def turn(self) -> int:
        """Claim what is due, send it and settle it; return how many batches that were.

        What becomes due by it is for the next turn.

        Raises:
            DatabaseUnavailableError: if the database cannot claim or settle.
        """
        claimed_at = asyncio.get_running_loop().time()
        everything = Demand(Slots(_TURN, self._handlers))
        batches = await self._exchange([], everything)
        attempts = (self._attempt(batch, claimed_at) for batch in batches)
        await self._exchange(await asyncio.gather(*attempts), None)
        return len(batches)

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until told to stop; then finish what is under way and give back the rest."""
        async with self._database.listen() as waiter:
            rousing = [
                asyncio.create_task(self._rouse_by_signal(waiter)),
                asyncio.create_task(self._rouse_at(stopping)),
            ]
            try:
                while not stopping.is_set():
                    await self._step()
                await self._wind_up()
            finally:
                for task in rousing:
                    task.cancel()
                await asyncio.wait(rousing)

    async def _step(self) -> None:
        self._wake.clear()
        finished = self._deliveries.take_finished()
        claimed_at = asyncio.get_running_loop().time()
        try:
            batches = await self._exchange(finished, self._deliveries.demand(finished))
        except DatabaseUnavailableError:
            _log.warning("database_unavailable")
            self._deliveries.put_back(finished)
            await self._rest(self._terms.look_every)
            return
        self._deliveries.begin(batches, claimed_at)
        await self._rest(self._until_due())

    async def _rest(self, at_most: timedelta) -> None:
        try:
            async with asyncio.timeout(at_most.total_seconds()):
                await self._wake.wait()
        except TimeoutError:
            return

    def _until_due(self) -> timedelta:
        """Return how long until something that we put off ourselves is due, at most a look."""
        now = self._clock.now()
        while self._due and self._due[0] <= now:
            heapq.heappop(self._due)
        if not self._due:
            return self._terms.look_every
        return min(self._terms.look_every, self._due[0] - now)

    async def _rouse_by_signal(self, waiter: Waiter) -> None:
        while True:
            await waiter.wait(self._terms.look_every)
            self._wake.set()

    async def _rouse_at(self, stopping: asyncio.Event) -> None:
        await stopping.wait()
        self._wake.set()

    async def _attempt(self, batch: Batch, claimed_at: float) -> Finished:
        """Send once, well within the lease; whatever happens, it has an outcome."""
        lease = self._terms.lease.total_seconds()
        outcome: Outcome | None
        if asyncio.get_running_loop().time() > claimed_at + lease * _WAITING:
            outcome = Deferred("relay-busy")
        else:
            outcome = await self._send(batch, until=claimed_at + lease * _SENDING)
        return self._noted(Finished(batch, outcome or _HANDLER_ERROR, self._chance()))

    async def _send(self, batch: Batch, *, until: float) -> Outcome | None:
        async def send() -> Outcome:
            return await self._handlers[batch.first.topic].send(batch.messages)

        try:
            async with asyncio.timeout_at(until):
                return await survive(send(), "handler_failed", message_id=batch.first.message_id)
        except TimeoutError:
            return Deferred("lease-over", alarm=True)
        except DatabaseUnavailableError:
            return Deferred("database-unavailable")

    def _noted(self, finished: Finished) -> Finished:
        first, outcome = finished.batch.first, finished.outcome
        word = type(outcome).__name__.lower()
        self._metrics.deliveries.labels(first.topic, word).inc()
        if isinstance(outcome, Deferred) and outcome.alarm:
            self._metrics.alarms.labels(first.topic).inc()
            _log.warning(
                "delivery_alarm",
                topic=first.topic,
                message_id=first.message_id,
                reason=outcome.reason,
            )
        return finished

    async def _exchange(self, finished: Sequence[Finished], demand: Demand | None) -> list[Batch]:
        """Settle and claim in one transaction; without a demand, only settle."""
        if finished and (done := await self._settle_together(finished, demand)) is not None:
            return done
        for one in finished:
            await self._settle_alone(one)
        return [] if demand is None else await self._database.transact(self._claim, demand)

    async def _settle_together(
        self, finished: Sequence[Finished], demand: Demand | None
    ) -> list[Batch] | None:
        """Return what was claimed besides; None if one attempt failed to settle and undid all."""
        act = self._database.transact(self._settle_and_claim, finished, demand)
        try:
            done = await survive(act, "settlement_failed", attempts=len(finished))
        except LostClaimError:
            return None
        if done is None:
            return None
        verdicts, batches = done
        self._note(verdicts)
        return batches

    async def _settle_alone(self, finished: Finished) -> None:
        message_id = finished.batch.first.message_id
        act = self._database.transact(self._settle, [finished])
        try:
            verdicts = await survive(act, "settlement_failed", message_id=message_id)
            if verdicts is None:
                verdicts = await self._database.transact(self._put_off, finished)
        except LostClaimError:
            _log.warning("claim_lost", message_id=message_id)
            return
        self._note(verdicts)

    def _settle_and_claim(
        self, connection: Connection, finished: Sequence[Finished], demand: Demand | None
    ) -> tuple[list[Verdict], list[Batch]]:
        verdicts = self._settle(connection, finished)
        return verdicts, [] if demand is None else self._claim(connection, demand)

    def _settle(self, connection: Connection, finished: Sequence[Finished]) -> list[Verdict]:
        return settlement.settle(
            connection,
            self._clock,
            finished,
            handlers=self._handlers,
            patience=self._terms.patience,
        )

    def _put_off(self, connection: Connection, finished: Finished) -> list[Verdict]:
        """Keep a message owed whose slice failed to take the outcome; the slice is not told."""
        failed = replace(finished, outcome=_SETTLE_ERROR)
        verdict, _ = settlement.judge(failed, self._clock.now(), self._terms.patience)
        settlement.write(connection, self._clock, [verdict])
        return [verdict]

    def _claim(self, connection: Connection, demand: Demand) -> list[Batch]:
        lease = Lease(self._terms.worker, self._terms.lease)
        batches: list[Batch] = []
        for topic, handler in self._handlers.items():
            number = demand.of(topic)
            if number:
                wanted = Wanted(topic, number, handler.batch, handler.together)
                found = claims.claim(connection, self._clock, wanted, lease=lease)
                demand = demand.less(topic, len(found))
                batches += found
        return batches

    def _note(self, verdicts: Sequence[Verdict]) -> None:
        for verdict in verdicts:
            if verdict.state is State.PARKED:
                for message in verdict.batch.heads:
                    parked = {"topic": message.topic, "message_id": message.message_id}
                    _log.warning("message_parked", **parked)
            elif verdict.due_at is not None:
                heapq.heappush(self._due, verdict.due_at)

    async def _wind_up(self) -> None:
        """Let what is under way finish within the grace; give the rest back."""
        left = await self._deliveries.end(self._terms.grace)
        try:
            await self._exchange(self._deliveries.take_finished(), None)
            if left:
                await self._database.transact(claims.release, self._clock, left)
        except (DatabaseUnavailableError, LostClaimError):
            # Nothing is lost: the leases run out and another worker takes them.
            _log.warning("claims_left_to_their_lease")


async def survive(work: Awaitable[T], event: str, **facts: object) -> T | None:
    """Await work that must not take the worker down; None if it failed, which is logged.

    The log names the kind of the error and where it arose, never its text: that may hold what
    people wrote. What the caller must know of is raised.

    Raises:
        DatabaseUnavailableError: if the work raised it.
        LostClaimError: if the work raised it.
    """
    try:
        return await work
    except (DatabaseUnavailableError, LostClaimError):
        raise
    except Exception as error:  # noqa: BLE001 -- one message's fault must not stop the others
        kind, where = type(error).__name__, _place(error)
        _log.error(event, error=kind, where=where, **facts)
        return None


def _place(error: BaseException) -> str:
    frames = list(traceback.walk_tb(error.__traceback__))
    frame, line = frames[-1]
    return f"{frame.f_globals.get('__name__', '?')}:{line}"
