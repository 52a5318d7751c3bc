"""Passing an upstream's answer on: its status, its lines, and its body while it arrives."""

import asyncio
from typing import Final

from starlette.types import Message, Send

from app.broker.carrying.errands import Errand
from app.broker.carrying.failures import word_of
from app.broker.carrying.hygiene import inward
from app.broker.carrying.presence import Presence
from app.broker.domain.carrying import CallerGoneError, CarryingError, CutShortError, Failing
from app.platform.calling.answers import Answer
from app.platform.calling.connections import Connection
from app.platform.calling.failing import CallError

_BODILESS: Final = frozenset({204, 304})
_STATUSES: Final = range(200, 600)


class Answering:
    """One call's way back."""

    def __init__(self, errand: Errand, send: Send, presence: Presence, idle_seconds: float) -> None:
        self._errand = errand
        self._send = send
        self._presence = presence
        self._idle = idle_seconds

    async def pass_on(self, connection: Connection, *, is_read: bool) -> None:
        """Send an answer; its connection is kept only if both bodies came to their end.

        Raises:
            CarryingError: if it cannot be passed on; nothing was sent.
            CutShortError: if it ends early; a part was sent.
            CallerGoneError: if its caller takes nothing for too long.
        """
        is_sent = False
        try:
            piece = self._first(connection)
            is_whole = connection.answer.is_at_end
            await self._begin(connection.answer, piece, is_whole=is_whole)
            if not is_whole:
                await self._stream(connection, is_read=is_read)
            is_sent = True
        finally:
            if is_sent and is_read:
                connection.give_back()
            else:
                connection.cut()

    def _first(self, connection: Connection) -> bytes:
        """Return what has come with the head.

        Raises:
            CarryingError: if nothing of it may go on.
        """
        answer = connection.answer
        if answer.status not in _STATUSES:
            raise CarryingError(Failing.ANSWER_UNREADABLE)
        is_over = answer.length is not None and answer.length > self._errand.terms.max_answer_bytes
        if is_over and self._errand.method != "HEAD":
            raise CarryingError(Failing.ANSWER_TOO_LARGE)
        try:
            return connection.take()
        except CallError as error:
            raise CarryingError(word_of(error)) from error

    async def _begin(self, answer: Answer, piece: bytes, *, is_whole: bool) -> None:
        errand = self._errand
        lines = inward(answer.lines, without=errand.without)
        if answer.status in _BODILESS:
            lines = [line for line in lines if line[0] != b"content-length"]
        lines += errand.adds
        errand.status = answer.status
        if is_whole:
            self._presence.over()
        await self._send({"type": "http.response.start", "status": answer.status, "headers": lines})
        if piece or is_whole:
            await self._send(_body(piece, more=not is_whole))
            errand.bytes_out = len(piece)

    async def _stream(self, connection: Connection, *, is_read: bool) -> None:
        if is_read:
            self._presence.listen()
        errand = self._errand
        while not connection.answer.is_at_end:
            try:
                piece = await connection.more()
            except CallError as error:
                raise CutShortError(word_of(error)) from error
            errand.bytes_out += len(piece)
            if errand.bytes_out > errand.terms.max_answer_bytes:
                raise CutShortError(Failing.ANSWER_TOO_LARGE)
            if piece:
                await self._send_in_time(_body(piece, more=True))
        self._presence.over()
        await self._send_in_time(_body(b"", more=False))

    async def _send_in_time(self, message: Message) -> None:
        try:
            async with asyncio.timeout(self._idle):
                await self._send(message)
        except TimeoutError:
            raise CallerGoneError from None


def _body(piece: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": piece, "more_body": more}
