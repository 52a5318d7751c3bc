"""One reading of the database for all who ask while another is going on."""

import asyncio
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection

from app.platform.database import Database

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_MOST: Final = 64
"""At most so many keys in one reading: bounds how long the first of them waits."""


class Gathering(Generic[K, V]):
    """Answers single questions by common readings.

    Who asks while nothing is read is answered by a reading of its own; who asks during one waits
    for the next. So every answer comes from a reading that began after the question, as if each
    had read alone, while a hop, a transaction and a statement are paid for once for all who wait.
    """

    def __init__(
        self, database: Database, read: Callable[[Connection, Sequence[K]], Mapping[K, V]]
    ) -> None:
        """`read` gives what it finds of different keys; a key it leaves out has nothing."""
        self._database = database
        self._read = read
        self._asked: dict[K, list[asyncio.Future[V | None]]] = {}
        self._is_busy = False
        self._reading: asyncio.Task[Mapping[K, V]] | None = None

    async def ask(self, key: K) -> V | None:
        """Return what there is of a key now.

        Raises:
            DatabaseUnavailableError: if it could not be read.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[V | None] = loop.create_future()
        self._asked.setdefault(key, []).append(answer)
        if not self._is_busy:
            self._is_busy = True
            loop.call_soon(self._begin)  # Whoever asks in this very moment is in it too.
        return await answer

    def _begin(self) -> None:
        keys = list(self._asked)[:_MOST]
        asked = {key: self._asked.pop(key) for key in keys}
        self._reading = asyncio.create_task(self._database.look(self._read, keys))
        self._reading.add_done_callback(partial(self._tell, asked))

    def _tell(
        self,
        asked: Mapping[K, Sequence[asyncio.Future[V | None]]],
        reading: asyncio.Task[Mapping[K, V]],
    ) -> None:
        error = None if reading.cancelled() else reading.exception()
        for key, answers in asked.items():
            for answer in answers:
                if answer.done():
                    continue
                if reading.cancelled():
                    answer.cancel()
                elif error is not None:
                    answer.set_exception(error)
                else:
                    answer.set_result(reading.result().get(key))
        self._is_busy = bool(self._asked)
        if self._is_busy:
            self._begin()
