"""The one middleware: request id, size limit, metrics, access log, and the last resort."""

import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

import structlog
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.platform.bodies import BodyTooLargeError
from app.platform.context import Context
from app.platform.errors import ProblemError
from app.platform.ids import new_id
from app.platform.problems import InternalError, render

_log = structlog.get_logger("lgsp.http")

REMEMBERED: Final = "lgsp.remembered"
"""In the scope of a request that was recorded and counted by itself; here that is not repeated."""

InOtherWords = Callable[[Scope, ProblemError], Response | None]
"""How a request on a wire of its own is told a problem; None for every other request."""


class Doorway:
    """Pure ASGI: costs a few microseconds and keeps streaming answers streaming."""

    def __init__(
        self,
        app: ASGIApp,
        context: Context,
        larger: Mapping[str, int] | None = None,
        own_limits: Callable[[str], bool] | None = None,
        in_other_words: InOtherWords | None = None,
    ) -> None:
        """`larger` has the size limits of paths that take more than others, or less.

        Bodies of paths that have `own_limits` are limited by whoever reads them.
        """
        self._app = app
        self._in_other_words = in_other_words
        self._limit = context.settings.max_body_bytes
        self._larger = larger or {}
        self._own_limits = own_limits or (lambda _: False)
        self._metrics = context.metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        limit = sys.maxsize if self._own_limits(path) else self._larger.get(path, self._limit)
        visit = _Visit(scope, receive, send, limit)
        visit.in_other_words = self._in_other_words
        try:
            await visit.serve(self._app)
        finally:
            self._note(scope, visit)

    def _note(self, scope: Scope, visit: "_Visit") -> None:
        if REMEMBERED in scope:
            return
        route = getattr(scope.get("route"), "path", "none")
        seconds = time.perf_counter() - visit.began
        self._metrics.answered(scope["method"], route, visit.status, seconds=seconds)
        _log.info(
            "request",
            request_id=scope["request_id"],
            method=scope["method"],
            route=route,
            status=visit.status,
            milliseconds=round(seconds * 1000, 1),
        )


class _Visit:
    """One request passing through."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        self.status = 0
        self.began = time.perf_counter()
        self._scope = scope
        self._receive = receive
        self._send = send
        self._limit = limit
        self._is_ours = scope["path"].startswith("/v1/")  # Nearly all of it is about somebody.
        self._read = 0
        self._id = scope["request_id"] = new_id()
        self.in_other_words: InOtherWords | None = None

    async def serve(self, app: ASGIApp) -> None:
        if self._declared() > self._limit:
            await self._answer(BodyTooLargeError(self._limit))
            return
        try:
            await app(self._scope, self.receive, self.send)
        except BodyTooLargeError as problem:
            await self._answer(problem)
        except Exception:  # noqa: BLE001 -- the last resort: whatever it was, the caller is answered
            _log.exception("unforeseen", request_id=self._id)
            await self._answer(InternalError())

    def _declared(self) -> int:
        for name, value in self._scope["headers"]:
            if name == b"content-length" and value.isdigit():
                return int(value)
        return 0

    async def _answer(self, problem: ProblemError) -> None:
        if self.status:
            return
        told = self.in_other_words and self.in_other_words(self._scope, problem)
        response = told or render(problem, request_id=self._id)
        response.headers["Connection"] = "close"
        await response(self._scope, self._receive, self.send)

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._read += len(message.get("body", b""))
            if self._read > self._limit:
                raise BodyTooLargeError(self._limit)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"]
            if self._is_ours and not any(name == b"cache-control" for name, _ in headers):
                headers = [*headers, (b"cache-control", b"no-store")]
            message["headers"] = [
                *headers,
                (b"x-request-id", self._id.encode()),
                (b"x-content-type-options", b"nosniff"),
            ]
        await self._send(message)
