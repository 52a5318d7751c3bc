"""The ASGI application: reads a request whole, has it answered, records it, fails when told to."""

import asyncio
from datetime import datetime
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_ngsp.control.routes import control_app
from mock_ngsp.dvcqg.service import PublicServicePortal
from mock_ngsp.faults import Fault
from mock_ngsp.universe import Universe
from mock_ngsp.vxp.service import DocumentAxis
from mock_ngsp.wire import Answer, Call, Request

DROP = "mock_ngsp.drop"
"""ASGI extension the server offers: a function that drops the connection."""

_NO_BODY = frozenset({204, 304})
_TOO_LARGE = Answer(
    b'{"status":"FAIL","ErrorCode":"1042","ErrorDesc":"Noi dung qua lon","DocId":"0"}',
    413,
    extra=((b"connection", b"close"),),
)


class Nation:
    """Both wires and the control API behind one address."""

    def __init__(self, universe: Universe) -> None:
        self._universe = universe
        self._control: ASGIApp = control_app(universe)
        self._portal = PublicServicePortal(universe)
        self._axis = DocumentAxis(universe)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path: str = scope.get("path", "")
        if scope["type"] != "http" or path.startswith("/_axis/") or path == "/openapi.json":
            await self._control(scope, receive, send)
            return
        try:
            body = await _whole(receive, self._universe.settings.max_body_bytes)
        except ClientDisconnect:
            return  # Half a request has no effect.
        if body is None:
            await _answer(send, _TOO_LARGE)
            return
        query: bytes = scope["query_string"]
        request = Request(scope["method"], path, query, dict(scope["headers"]), body)
        await self._serve(request, (scope, receive, send))

    async def _serve(self, request: Request, asgi: tuple[Scope, Receive, Send]) -> None:
        at = self._universe.clock.now()
        send = asgi[2]
        call = self._portal.read(request) or self._axis.read(request)
        if isinstance(call, Answer):
            await _answer(send, call)
        elif fault := self._universe.faults.take(call.operation):
            await self._fail(call, fault, at, asgi)
        else:
            answer = call.answer()
            self._universe.record.add(at, call, answer.status, None)
            await _answer(send, answer)

    async def _fail(
        self, call: Call, fault: Fault, at: datetime, asgi: tuple[Scope, Receive, Send]
    ) -> None:
        scope, receive, send = asgi
        words = str(fault)
        if fault.delay is not None and not fault.after:
            await asyncio.sleep(fault.delay.total_seconds())
        answer = None if fault.replaces_effect else call.answer()
        if fault.status is not None:
            answer = _scripted(fault.status)
        status = None if fault.reset or answer is None else answer.status
        self._universe.record.add(at, call, status, words)
        if fault.delay is not None and fault.after:
            await asyncio.sleep(fault.delay.total_seconds())
        if fault.reset or answer is None:
            await _drop(scope, receive)
        else:
            await _answer(send, answer)


def _scripted(status: int) -> Answer:
    return Answer(b"" if status in _NO_BODY else b"scripted fault", status, b"text/plain")


async def _whole(receive: Receive, limit: int) -> bytes | None:
    """Read the body, or give up with None as soon as it is longer than the limit.

    Raises:
        ClientDisconnect: if the caller leaves before the body is whole.
    """
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            return None
        more = message.get("more_body", False)
    return parts[0] if len(parts) == 1 else b"".join(parts)


async def _answer(send: Send, answer: Answer) -> None:
    headers = [(b"content-length", b"%d" % len(answer.body)), *answer.extra]
    if answer.body:
        headers.append((b"content-type", answer.content_type))
    start: Message = {"type": "http.response.start", "status": answer.status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": answer.body})


async def _drop(scope: Scope, receive: Receive) -> None:
    """Cut the connection without a byte of answer.

    Raises:
        ConnectionResetError: where no server offers to cut it (an in-process test client).
    """
    extensions: dict[str, Any] = scope.get("extensions") or {}
    if DROP not in extensions:
        raise ConnectionResetError
    extensions[DROP]()
    while (await receive())["type"] != "http.disconnect":
        pass
