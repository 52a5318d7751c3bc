"""The body of a call: read whole where it is small, else handed on piece by piece."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Final

from starlette.types import Receive

from app.broker.domain.carrying import CallerGoneError, CallStalledError, CallTooLargeError

Trouble = CallerGoneError | CallStalledError | CallTooLargeError

SMALL: Final = 64 * 1024
"""Bytes up to which a body is read before it is sent on, so that it could be sent again."""


def declared_length(lines: Iterable[tuple[bytes, bytes]]) -> int | None:
    """Return how long the body is said to be; 0 if there is none, None if that is not said."""
    length: int | None = 0
    for name, value in lines:
        if name == b"content-length":
            return int(value) if value.isdigit() else None
        if name == b"transfer-encoding":
            length = None
    return length


class Upload:
    """One call's body. `whole` has it once it was read; else `pieces` gives it, once.

    `trouble` is why the pieces ended early: whoever sends them on only learns that they did.
    `when_read` is called when the last of them was handed on.
    """

    def __init__(self, receive: Receive, *, limit: int, idle_seconds: float) -> None:
        self.size = 0
        self.whole: bytes | None = None
        self.trouble: Trouble | None = None
        self.is_read = False
        self.when_read: Callable[[], None] = _nothing
        self._receive = receive
        self._limit = limit
        self._idle = idle_seconds
        self._first = b""

    async def begin(self, declared: int | None, *, whole_up_to: int = SMALL) -> None:
        """Read the body if it is small.

        Raises:
            CallTooLargeError: if it is said to be over its limit, or is.
            CallerGoneError: if its caller hangs up.
        """
        if declared == 0:
            self.whole, self.is_read = b"", True
        elif declared is not None and declared > self._limit:
            raise CallTooLargeError(self._limit)
        elif declared is not None and declared <= whole_up_to:
            found = await self._piece()
            while not self.is_read:
                found += await self._piece()
            self.whole = found
        else:
            await self._look(whole_up_to)

    async def _look(self, whole_up_to: int) -> None:
        """Read what is there up to so much; it may be everything."""
        found = bytearray()
        pieces = self.pieces()
        async for piece in pieces:
            found += piece
            if len(found) > whole_up_to:
                break
        self._first = bytes(found)
        if self.is_read:
            self.whole = self._first

    async def rest(self) -> AsyncIterator[bytes]:
        """Give what `begin` has read, then everything that is still to come."""
        yield self._first
        async for piece in self.pieces():
            yield piece
        self.when_read()

    async def pieces(self) -> AsyncIterator[bytes]:
        """Give what comes in.

        Raises:
            CallTooLargeError: if it is over its limit.
            CallerGoneError: if its caller hangs up.
            CallStalledError: if its caller sends nothing for too long.
        """
        while not self.is_read:
            try:
                async with asyncio.timeout(self._idle):
                    piece = await self._piece()
            except TimeoutError:
                raise self._ended_by(CallStalledError()) from None
            if piece:
                yield piece

    async def _piece(self) -> bytes:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise self._ended_by(CallerGoneError())
        self.is_read = not message.get("more_body", False)
        piece: bytes = message.get("body", b"")
        self.size += len(piece)
        if self.size > self._limit:
            raise self._ended_by(CallTooLargeError(self._limit))
        return piece

    def _ended_by(self, trouble: Trouble) -> Trouble:
        self.trouble = trouble
        return trouble


def _nothing() -> None:
    """Nobody waits for the end of the body."""


async def in_pieces(whole: bytes) -> AsyncIterator[bytes]:
    """Give a body that was read whole, piece by piece."""
    for at in range(0, len(whole), SMALL):
        yield whole[at : at + SMALL]
