"""Calls that run ahead of whoever takes their results, or beside: in order and not too many."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


async def ahead(
    calls: Iterable[Callable[[], Coroutine[Any, Any, T]]], *, at_once: int
) -> AsyncGenerator[T, None]:
    """Yield what calls return, in their order, while the next ones run.

    At most `at_once` results exist or come to be at a time, the one that was taken last included.
    What a call raises is raised in its turn. Leave it by `aclosing`: what still runs is cancelled.
    """
    waiting: deque[asyncio.Task[T]] = deque()
    left = iter(calls)
    try:
        while True:
            while len(waiting) < at_once and (call := next(left, None)) is not None:
                waiting.append(asyncio.create_task(call()))
            if not waiting:
                return
            await asyncio.wait([waiting[0]])
            yield waiting.popleft().result()
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


class Beside:
    """Calls that run beside the caller's own work, at most so many at a time.

    A context: left by an error, what still runs is cancelled.
    """

    def __init__(self, at_once: int) -> None:
        self.done = 0
        self._at_once = at_once
        self._running: set[asyncio.Task[bool]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            await self._end(asyncio.ALL_COMPLETED)
        for one in self._running:
            one.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def run(self, call: Coroutine[Any, Any, bool]) -> None:
        """Start a call, once there is room for it; `done` counts those that return True.

        What an earlier one raised is raised here, or at the end.
        """
        while len(self._running) >= self._at_once:
            await self._end(asyncio.FIRST_COMPLETED)
        self._running.add(asyncio.create_task(call))

    async def _end(self, when: str) -> None:
        if self._running:
            ended, self._running = await asyncio.wait(self._running, return_when=when)
            self.done += sum([one.result() for one in ended])
