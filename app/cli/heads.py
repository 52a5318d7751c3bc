"""HTTP as uvicorn speaks it, with bounds on what comes before a request is one.

uvicorn keeps whatever a caller sends as the head of a request, however much and however slowly,
and has no caller recognised by then: a stranger could fill the memory or hold every connection.
"""

import asyncio
from typing import Any, Final

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from app.platform.errors import ProblemError
from app.platform.ids import new_id
from app.platform.problems import (
    HeadTooLargeError,
    HeadTooLateError,
    NotHttpError,
    render,
)

LONGEST_HEAD: Final = 64 * 1024
"""Bytes; what comes with them in one piece may stand over it."""


class BoundedProtocol(HttpToolsProtocol):
    """Refuses heads and trailers that do not end, and what is no request, as problems."""

    head_within: float = 30.0
    """Seconds in which a head must be there once it, or the connection, has begun."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._got_on = False
        self._unused = 0
        self._in_head = True
        self._waiting: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        self._got_on = False
        super().data_received(data)
        if self._got_on:
            self._unused = 0
            return
        self._unused += len(data)
        if self.transport.is_closing():
            return
        if self._unused > LONGEST_HEAD:
            self._refuse(HeadTooLargeError(LONGEST_HEAD))
        elif self._in_head and self._waiting is None:
            self._wait()

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True

    @override
    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_head:  # What comes behind a body is a trailer, and nobody here reads any.
            super().on_header(name, value)

    @override
    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._got_on, self._in_head = True, False
        if self._waiting is not None:
            self._wait_no_more()

    @override
    def on_body(self, body: bytes) -> None:
        self._got_on = True
        super().on_body(body)

    @override
    def on_message_complete(self) -> None:
        self._got_on = True
        super().on_message_complete()

    @override
    def send_400_response(self, msg: str) -> None:
        self._refuse(NotHttpError())

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.head_within, self._late)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _late(self) -> None:
        self._waiting = None
        if self._is_answering():  # The next head may wait until then, unread.
            self._wait()
        elif self._unused:
            self._refuse(HeadTooLateError())
        else:
            self.transport.close()

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _refuse(self, problem: ProblemError) -> None:
        """Say what is wrong unless an answer is under way, and hang up."""
        self._wait_no_more()
        if not self._is_answering():
            answer = render(problem, request_id=new_id())
            said = [*self.server_state.default_headers, *answer.raw_headers]
            lines = [b"%b: %b\r\n" % line for line in [*said, (b"connection", b"close")]]
            self.transport.write(
                b"".join([STATUS_LINE[answer.status_code], *lines, b"\r\n", bytes(answer.body)])
            )
        self.transport.close()
