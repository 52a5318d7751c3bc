"""Sending the body of a request piece by piece, as fast as it is taken."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import cast

from app.platform.calling.failing import BodyBrokenError, CallError
from app.platform.calling.requests import Request


class Sending:
    """A body on its way. `when_done` is told of its end, with why it broke off if it did.

    `waits` says that it is not we who keep the other side waiting: all is sent, or nothing is
    taken just now; `when_waiting` is told when that begins, or ends.
    """

    def __init__(
        self,
        transport: asyncio.WriteTransport,
        request: Request,
        when_waiting: Callable[[], None],
        when_done: Callable[[CallError | None], None],
    ) -> None:
        self.is_done = False
        self._transport = transport
        self._when_waiting = when_waiting
        self._when_done = when_done
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._task = asyncio.get_running_loop().create_task(self._send(request))
        self._task.add_done_callback(self._ended)

    @property
    def waits(self) -> bool:
        """Whether the other side is to do something."""
        return self.is_done or not self._may_write.is_set()

    def pause(self) -> None:
        """Send nothing more for now."""
        self._may_write.clear()
        self._when_waiting()

    def resume(self) -> None:
        """Go on."""
        self._may_write.set()
        self._when_waiting()

    def cancel(self) -> None:
        """Send nothing more at all."""
        self._task.cancel()

    async def _send(self, request: Request) -> None:
        pieces = cast("AsyncIterator[bytes]", request.pieces)
        write, length, sent = self._transport.write, request.length, 0
        async for piece in pieces:
            sent += len(piece)
            if length is None:
                write(b"%x\r\n%b\r\n" % (len(piece), piece) if piece else b"")
            elif sent <= length:
                write(piece)
            await self._may_write.wait()
        if length is None:
            write(b"0\r\n\r\n")
        elif sent != length:
            raise BodyBrokenError

    def _ended(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            return
        error = task.exception()
        self.is_done = error is None
        if error is None:
            self._when_done(None)
            return
        broken = BodyBrokenError()
        broken.__cause__ = error
        self._when_done(broken)
