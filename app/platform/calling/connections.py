"""One connection to a server: a request goes out on it and an answer comes in, then the next."""

import asyncio
from collections.abc import Callable
from typing import Final, cast

from typing_extensions import override

from app.platform.calling.answers import Answer
from app.platform.calling.deadlines import Deadline
from app.platform.calling.failing import CallError, LostError, SilenceError, UnreadableError
from app.platform.calling.requests import Request
from app.platform.calling.sending import Sending

_FULL: Final = 128 * 1024
"""Bytes that wait for whoever reads the answer, before no more are read off the wire."""


class Connection(asyncio.Protocol):
    """For one request at a time: `ask`, then `take` and `more` until the answer is at its end.

    Whoever asked says in the end `give_back` or `cut`. While we wait for the other side it has so
    many seconds to do something. `when_free` is told when the connection is good for another
    request, `when_gone` once, when it has ended.
    """

    def __init__(
        self, when_free: Callable[["Connection"], None], when_gone: Callable[["Connection"], None]
    ) -> None:
        self.answer = Answer("")
        self.is_open = False
        self._when_free = when_free
        self._when_gone = when_gone
        self._loop = asyncio.get_running_loop()
        self._deadline = Deadline(self._silence)
        self._seconds = 0.0
        self._is_busy = self._is_paused = False
        self._error: CallError | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._sending: Sending | None = None
        self._transport: asyncio.Transport

    async def ask(self, request: Request, authority: bytes, *, seconds: float) -> Answer:
        """Send a request and wait for the head of its answer; the end of it all, if none comes.

        Raises:
            CallError: if none comes in time, or none that can be read.
        """
        if not self.is_open:
            raise LostError
        self.answer = answer = Answer(request.method)
        self._is_busy, self._seconds = True, seconds
        is_answered = False
        try:
            if request.pieces is not None:  # The head is written before they begin to come.
                self._sending = Sending(self._transport, request, self._time, self._sent)
            self._transport.write(request.written(authority))
            while not answer.has_begun:
                await self._news()
            is_answered = True
        finally:
            if not is_answered:
                self.cut()
        return answer

    def take(self) -> bytes:
        """Return what came of the body.

        Raises:
            CallError: if it is known that the rest does not come.
        """
        if self._error is not None:
            raise self._error
        return self._taken()

    async def more(self) -> bytes:
        """Return the next piece of the body; empty at the end.

        Raises:
            CallError: if it breaks off.
        """
        while not self.answer.has_news:
            await self._news()
        return self._taken()

    async def gathered(self, most: int) -> bytes:
        """Return the body once all of it came or more than so many bytes; it stays to be taken.

        Raises:
            CallError: if it breaks off.
        """
        while not self.answer.is_whole and self.answer.held <= most:
            await self._news()
        return self.answer.shown()

    def give_back(self) -> None:
        """End the exchange; the connection too, unless it is good for another."""
        answer = self.answer
        is_read = answer.is_at_end and answer.keeps_connection
        if self.is_open and is_read and self._is_sent():
            answer.forget()
            self._is_busy, self._sending = False, None
            self._when_free(self)
        else:
            self.cut()

    def _is_sent(self) -> bool:
        is_done = self._sending is None or self._sending.is_done
        return is_done and not self._transport.get_write_buffer_size()

    def rest(self, seconds: float) -> None:
        """Wait so long for the next request, then end."""
        self._deadline.begin(seconds)

    def cut(self) -> None:
        """End at once, whatever is under way."""
        self._end(None)

    def _end(self, error: CallError | None) -> None:
        if not self.is_open:
            return
        self.is_open, self._error = False, error
        if self._sending is not None:
            self._sending.cancel()
        self._deadline.cancel()
        self._transport.abort()
        self.answer.forget()
        self._wake()
        self._when_gone(self)

    def _taken(self) -> bytes:
        piece = self.answer.take()
        if self._is_paused and self.is_open:
            self._is_paused = False
            self._transport.resume_reading()
        return piece

    async def _news(self) -> None:
        """Wait until the head is there, and then for more.

        Raises:
            CallError: if neither will come.
        """
        if not self.is_open:
            raise self._error or LostError
        self._waiter = self._loop.create_future()
        self._time()
        try:
            await self._waiter
        finally:
            self._waiter = None
            self._deadline.end()

    def _time(self) -> None:
        """Count the seconds while it is the other side that has to do something."""
        if self._sending is None or self._sending.waits:
            self._deadline.begin(self._seconds)
        else:
            self._deadline.end()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _sent(self, error: CallError | None) -> None:
        if error is not None:
            self._end(error)
        elif self._waiter is not None:
            self._time()

    def _silence(self) -> None:
        self._end(SilenceError() if self._is_busy else None)

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.is_open = True

    @override
    def data_received(self, data: bytes) -> None:
        answer = self.answer
        if not self._is_busy:
            self.cut()  # Nobody has asked: whatever this is, it is no answer of the next.
            return
        had_begun = answer.has_begun
        try:
            answer.feed(data)
        except UnreadableError as error:
            self._end(error)
            return
        if answer.held > _FULL and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        if answer.has_begun and (answer.has_news or not had_begun):
            self._wake()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if exc is None:
            self.answer.finish()
        is_cut_short = self._is_busy and not self.answer.is_whole
        self._end(LostError() if is_cut_short else None)

    @override
    def pause_writing(self) -> None:
        if self._sending is not None:
            self._sending.pause()

    @override
    def resume_writing(self) -> None:
        if self._sending is not None:
            self._sending.resume()
