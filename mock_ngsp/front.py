"""The ASGI application: reads a request, has it answered, records it, fails when told to."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_ngsp.control.routes import control_app
from mock_ngsp.dvcqg.front import ProvincialFront
from mock_ngsp.dvcqg.service import PublicServicePortal
from mock_ngsp.faults import Fault
from mock_ngsp.messages.service import Messaging
from mock_ngsp.ngsp.front import ServiceFront
from mock_ngsp.payments.service import ADDRESS as PAYMENTS
from mock_ngsp.payments.service import PaymentPlatform
from mock_ngsp.sso.service import SignOn
from mock_ngsp.statistics import FigureDesk
from mock_ngsp.universe import Universe
from mock_ngsp.vxp.intake import Intake
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
        self._portal = PublicServicePortal(universe)
        self._payments = PaymentPlatform(universe)
        self._sign_on = SignOn(universe)
        self._figures = FigureDesk(universe)
        self._services = ServiceFront(universe)
        self._messaging = Messaging(universe)
        self._provincial = ProvincialFront(universe)
        self._axis = DocumentAxis(universe)

    @cached_property
    def _control(self) -> ASGIApp:
        """Made when first asked for: most nations of a test are never looked at this way."""
        return control_app(self._universe)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path: str = scope.get("path", "")
        if scope["type"] != "http" or _is_for_people(path):
            await self._control(scope, receive, send)
            return
        headers = dict(scope["headers"])
        intake = self._axis.intake(scope["method"], path, headers)
        try:
            body = await self._read(receive, intake)
            if body is None:
                await _answer(send, _TOO_LARGE)
                return
            if intake is None:
                query: bytes = scope["query_string"]
                call = self._understood(Request(scope["method"], path, query, headers, body))
            else:
                call = self._axis.sending(intake)
            await self._serve(call, (scope, receive, send))
        except ClientDisconnect:
            return  # Half a request has no effect.
        finally:
            if intake is not None:
                intake.close()

    async def _read(self, receive: Receive, intake: Intake | None) -> bytes | None:
        """The body, empty where it went into an intake; None when it is too long."""
        settings = self._universe.settings
        if intake is None:
            parts: list[bytes] = []
            fits = await _pour(receive, parts.append, settings.max_body_bytes)
            return b"".join(parts) if fits else None
        return b"" if await _pour(receive, intake.write, settings.max_packet_bytes) else None

    async def _serve(self, call: Call | Answer, asgi: tuple[Scope, Receive, Send]) -> None:
        at = self._universe.clock.now()
        send = asgi[2]
        if isinstance(call, Answer):
            await _answer(send, call)
        elif fault := self._universe.faults.take(call.axis, call.operation) or call.forced:
            await self._fail(call, fault, at, asgi)
        else:
            answer = call.answer()
            self._universe.record.add(at, call, answer.status, None)
            await _answer(send, answer)

    def _understood(self, request: Request) -> Call | Answer:
        return (
            self._portal.read(request)
            or self._payments.read(request)
            or self._sign_on.read(request)
            or self._figures.read(request)
            or self._services.read(request)
            or self._messaging.read(request)
            or self._provincial.read(request)
            or self._universe.published.read(request)
            or self._axis.read(request)
        )

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


def _is_for_people(path: str) -> bool:
    """Tell whether a path is the control API's, or a page where somebody pays."""
    is_page = path.startswith("/thanh-toan/") and path != PAYMENTS
    return path.startswith("/_axis/") or path == "/openapi.json" or is_page


def _scripted(status: int) -> Answer:
    return Answer(b"" if status in _NO_BODY else b"scripted fault", status, b"text/plain")


async def _pour(receive: Receive, take: Callable[[bytes], None], limit: int) -> bool:
    """Hand on the body as it arrives; give up with False as soon as it is longer than the limit.

    Raises:
        ClientDisconnect: if the caller leaves before the body is whole.
    """
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit:
            return False
        take(part)
        more = message.get("more_body", False)
    return True


async def _answer(send: Send, answer: Answer) -> None:
    length = len(answer.body) if answer.pieces is None else answer.length
    headers = list(answer.extra)
    if length is not None:
        headers.append((b"content-length", b"%d" % length))
    if length != 0:
        headers.append((b"content-type", answer.content_type))
    pieces = iter((answer.body,)) if answer.pieces is None else answer.pieces
    piece = next(pieces, b"")
    start: Message = {"type": "http.response.start", "status": answer.status, "headers": headers}
    await send(start)
    for following in pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        await asyncio.sleep(0)  # Others get their turn, however quickly this one is taken.
        piece = following
    await send({"type": "http.response.body", "body": piece})


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
