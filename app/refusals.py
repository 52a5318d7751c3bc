"""Every refusal becomes a problem body, and leaves its trace in the evidence log."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.evidence.domain import Act
from app.evidence.store import count_refusals, record
from app.facades.vxp.envelope import refusal as vxp_refusal
from app.platform.bodies import InvalidInputError, invalid_places
from app.platform.context import Context
from app.platform.database import DatabaseUnavailableError
from app.platform.errors import ProblemError, UnauthenticatedError
from app.platform.problems import (
    MethodNotAllowedError,
    UnexpectedAnswerError,
    UnknownResourceError,
    render,
    request_id_of,
)

_log = structlog.get_logger("lgsp.refusals")
Render = Callable[[ProblemError], Response]
"""How a façade says a refusal; it puts one into `request.state.render`."""

_FLUSH_EVERY = timedelta(seconds=1)


class Refusals:
    """Renders refusals. Those of unknown callers are counted here and written once a second."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._unknown: Counter[tuple[datetime, str]] = Counter()
        self._flushing = asyncio.Lock()

    def install(self, app: FastAPI) -> None:
        """Answer every kind of refusal of the application."""
        app.add_exception_handler(ProblemError, self.problem)
        app.add_exception_handler(RequestValidationError, self.invalid)
        app.add_exception_handler(HTTPException, self.framework)

    async def problem(self, request: Request, error: Exception) -> Response:
        """Answer one of our own refusals."""
        problem = error if isinstance(error, ProblemError) else UnexpectedAnswerError()
        await self._trace(request, problem)
        told = _in_other_words(request, problem)
        return told or render(problem, request_id=request_id_of(request))

    async def invalid(self, request: Request, error: Exception) -> Response:
        """Answer wrong parameters, which the framework found: `query/…`, not `/…`, names one."""
        found = list(error.errors()) if isinstance(error, RequestValidationError) else []
        places = [
            replace(place, pointer=place.pointer.removeprefix("/"))
            for place in invalid_places(found)
        ]
        return await self.problem(request, InvalidInputError(places))

    async def framework(self, request: Request, error: Exception) -> Response:
        """Answer 404, 405 and whatever else the framework refuses by number."""
        status = error.status_code if isinstance(error, HTTPException) else 400
        headers = error.headers if isinstance(error, HTTPException) else None
        kinds = {404: UnknownResourceError, 405: MethodNotAllowedError}
        problem = kinds.get(status, UnexpectedAnswerError)()
        told = _in_other_words(request, problem)
        if told is not None:
            told.headers.update(headers or {})
            return told
        return render(problem, request_id=request_id_of(request), status=status, headers=headers)

    async def _trace(self, request: Request, problem: ProblemError) -> None:
        caller: Caller | None = getattr(request.state, "caller", None)
        if caller is None:
            if isinstance(problem, UnauthenticatedError):
                self.count(problem.slug)
            return
        route = getattr(request.scope.get("route"), "path", "none")
        act = Act(request.state.act, f"{request.method} {route}", outcome=problem.slug)
        try:
            await self._context.database.transact(record, self._context.clock, caller, act)
        except DatabaseUnavailableError:
            _log.warning("refusal-not-recorded", slug=problem.slug, request_id=caller.request_id)

    def count(self, reason: str) -> None:
        """Count the refusal of a caller nobody knows."""
        minute = self._context.clock.now().replace(second=0, microsecond=0)
        self._unknown[minute, reason] += 1

    async def flush(self) -> None:
        """Write what was counted since the last time; on failure it stays counted.

        When it returns, what another flush was just writing is written too.
        """
        async with self._flushing:
            counted, self._unknown = self._unknown, Counter()
            if not counted:
                return
            try:
                await self._context.database.transact(count_refusals, counted)
            except DatabaseUnavailableError:
                self._unknown.update(counted)

    async def flush_until(self, stopping: asyncio.Event) -> None:
        """Flush once a second until told to stop, then once more."""
        while not stopping.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(_FLUSH_EVERY.total_seconds()):
                    await stopping.wait()
            await self.flush()


def _in_other_words(request: Request, problem: ProblemError) -> Response | None:
    """Return how a façade says a refusal; None where it is said as a problem."""
    spoken: Render | None = getattr(request.state, "render", None)
    return vxp_refusal(request.scope, problem) if spoken is None else spoken(problem)
