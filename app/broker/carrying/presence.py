"""Noticing that a caller has hung up, while we wait for somebody else."""

import asyncio
from typing import Final, Self

from starlette.types import Receive

from app.broker.domain.carrying import CallerGoneError

_PATIENCE: Final = 0.05
"""Seconds after which it is worth while to listen: most calls are over before."""


class Presence:
    """`with Presence(receive) as presence`: inside, the task is ended if the caller is.

    Nothing else may read from `receive` once `listen` or `listen_soon` was called.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._carrying: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._listening: asyncio.Task[None] | None = None
        self._is_gone = False
        self._is_over = False

    def listen_soon(self) -> None:
        """Listen, unless it is all over in a moment."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_PATIENCE, self.listen)

    def listen(self) -> None:
        """Listen from now on."""
        if self._listening is None and not self._is_over:
            self._listening = asyncio.get_running_loop().create_task(self._listen())

    def over(self) -> None:
        """Whatever is heard from now on does not count: the last of the answer leaves."""
        self._is_over = True

    async def _listen(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if not self._is_over and self._carrying is not None:
            self._is_gone = True
            self._carrying.cancel()

    def __enter__(self) -> Self:
        self._carrying = asyncio.current_task()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._is_over = True
        if self._timer is not None:
            self._timer.cancel()
        if self._listening is not None:
            self._listening.cancel()
        if self._is_gone and self._carrying is not None:
            self._carrying.uncancel()
            if kind is asyncio.CancelledError:
                raise CallerGoneError from None
