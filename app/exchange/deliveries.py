"""Deliveries under way in one process, and claimed messages that wait for their slot."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.exchange.messages import Batch
from app.exchange.settlement import Finished

Send = Callable[[Batch, float], Coroutine[Any, Any, Finished]]
"""Sends a batch that was claimed at a moment of the event loop's clock."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Half of the slots are kept for the topics in equal parts, the rest is for whoever comes.

    So a national system that answers slowly never takes the slots of the others.
    """

    number: int
    topics: Collection[str]

    def room(self, topic: str, held: Mapping[str, int]) -> int:
        """Return how many more deliveries of a topic may begin beside those under way."""
        share = self.number // (2 * len(self.topics))
        kept = sum(share - held.get(other, 0) for other in self.topics if other != topic
                   and held.get(other, 0) < share)  # fmt: skip
        return max(0, self.number - sum(held.values()) - kept)


@dataclass(frozen=True, slots=True)
class Demand:
    """How much may be claimed now: what the slots can take, and a little ahead of them.

    Ahead are as many of a topic as have just ended: while the database is asked, the slots go
    on, and a topic that does not move claims nothing it cannot send.
    """

    slots: Slots
    held: Counter[str] = field(default_factory=Counter)
    ahead: Mapping[str, int] = field(default_factory=dict)

    def of(self, topic: str) -> int:
        """Return how many batches of a topic to claim."""
        return self.slots.room(topic, self.held) + max(0, self.ahead.get(topic, 0))

    def less(self, topic: str, number: int) -> "Demand":
        """Return what remains when so many batches of a topic were claimed."""
        taken = min(number, self.slots.room(topic, self.held))
        return Demand(self.slots, self.held + Counter({topic: taken}), self.ahead)


class Deliveries:
    """Begins each delivery as soon as its topic has a slot, and collects what came of it."""

    def __init__(self, slots: Slots, send: Send, wake: asyncio.Event) -> None:
        self._slots = slots
        self._send = send
        self._wake = wake
        self._waiting: dict[str, deque[tuple[Batch, float]]] = {}
        self._sending: dict[asyncio.Task[Finished], Batch] = {}
        self._held: Counter[str] = Counter()
        self._finished: list[Finished] = []

    def begin(self, batches: Sequence[Batch], claimed_at: float) -> None:
        """Send these as soon as there are slots."""
        for batch in batches:
            waiting = self._waiting.setdefault(batch.first.topic, deque())
            waiting.append((batch, claimed_at))
        self._fill()

    def take_finished(self) -> list[Finished]:
        """Return what has ended since the last call."""
        finished, self._finished = self._finished, []
        return finished

    def put_back(self, finished: Sequence[Finished]) -> None:
        """Keep what could not be settled now for the next call of `take_finished`."""
        self._finished[:0] = finished

    def demand(self, finished: Sequence[Finished]) -> Demand:
        """Return how much to claim, now that these have ended."""
        ended = Counter(one.batch.first.topic for one in finished)
        waiting = {topic: len(queue) for topic, queue in self._waiting.items()}
        ahead = {topic: number - waiting.get(topic, 0) for topic, number in ended.items()}
        return Demand(self._slots, self._held.copy(), ahead)

    async def end(self, grace: timedelta) -> list[Batch]:
        """Begin no more, wait for what is under way, and return what did not come to an end."""
        left = [batch for queue in self._waiting.values() for batch, _ in queue]
        self._waiting.clear()
        sending = dict(self._sending)
        if not sending:
            return left
        _, late = await asyncio.wait(sending, timeout=grace.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.wait(sending)
        return left + [batch for task, batch in sending.items() if task.cancelled()]

    def _fill(self) -> None:
        for topic, queue in self._waiting.items():
            room = self._slots.room(topic, self._held) if queue else 0
            for batch, claimed_at in (queue.popleft() for _ in range(min(room, len(queue)))):
                task = asyncio.create_task(self._send(batch, claimed_at))
                self._held[topic] += 1
                self._sending[task] = batch
                task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Finished]) -> None:
        self._held[self._sending.pop(task).first.topic] -= 1
        if not task.cancelled():
            self._finished.append(task.result())
        self._fill()
        self._wake.set()
