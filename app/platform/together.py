"""One act for all who ask while another is being committed."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Generic, TypeVar

import structlog
from sqlalchemy import Connection

from app.platform.database import Database, DatabaseUnavailableError

A = TypeVar("A")
R = TypeVar("R")

_log = structlog.get_logger("lgsp.platform")

_MOST: Final = 64
"""At most so many in one act: bounds how long the first of them waits."""

_PATIENCE: Final = 0.25
"""Seconds after which an act, which may wait for a lock, keeps the next no longer."""


class Together(Generic[A, R]):
    """Does by common acts what several ask for, each of whom could as well go alone.

    Who asks while no act runs has one to itself; who asks during one waits for the next, so that a
    transaction, its statements and its commit are paid for once for all who wait.
    """

    def __init__(
        self, database: Database, act: Callable[[Connection, Sequence[A]], Sequence[R | None]]
    ) -> None:
        """`act` gives for each what came of it, or None if that one has to go alone."""
        self._database = database
        self._act = act
        self._asked: list[tuple[A, asyncio.Future[R | None]]] = []
        self._is_busy = False
        self._acting: set[asyncio.Task[Sequence[R | None]]] = set()

    async def ask(self, one: A) -> R | None:
        """Return what came of it once that is committed; None if nothing was done about it.

        Raises:
            DatabaseUnavailableError: if it could not be run or committed.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[R | None] = loop.create_future()
        self._asked.append((one, answer))
        if not self._is_busy:
            self._is_busy = True
            loop.call_soon(self._begin)  # Whoever asks in this very moment is in it too.
        return await answer

    def _begin(self) -> None:
        asked, self._asked = self._asked[:_MOST], self._asked[_MOST:]
        act = self._database.transact(self._act, [one for one, _ in asked])
        acting = asyncio.create_task(act)
        self._acting.add(acting)
        turn = asyncio.get_running_loop().call_later(_PATIENCE, self._pass_on)
        acting.add_done_callback(partial(self._tell, [answer for _, answer in asked], turn))

    def _pass_on(self) -> None:
        self._is_busy = bool(self._asked)
        if self._is_busy:
            self._begin()

    def _tell(
        self,
        answers: Sequence[asyncio.Future[R | None]],
        turn: asyncio.TimerHandle,
        acting: asyncio.Task[Sequence[R | None]],
    ) -> None:
        self._acting.discard(acting)
        error = None if acting.cancelled() else acting.exception()
        if error is not None:
            _log.warning("common-act-failed", number=len(answers), error=type(error).__name__)
        for n, answer in enumerate(answers):
            if answer.done():
                continue
            if acting.cancelled():
                answer.cancel()
            elif isinstance(error, DatabaseUnavailableError):
                answer.set_exception(error)
            else:
                # What one of them ran into must not keep the others.
                answer.set_result(None if error else acting.result()[n])
        if turn.when() > asyncio.get_running_loop().time():
            turn.cancel()
            self._pass_on()
