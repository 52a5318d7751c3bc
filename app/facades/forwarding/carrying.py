"""Handing one call to the broker's carrying, which passes the answer on while it arrives."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from typing_extensions import override

from app.broker.carrying.breaker import BreakerTerms
from app.broker.carrying.carrier import Carrier
from app.broker.carrying.connections import Connections
from app.broker.carrying.errands import Errand, Terms
from app.broker.carrying.hygiene import Lines, outward
from app.broker.carrying.upstreams import Upstreams
from app.broker.domain.carrying import CallerGoneError, CarryingError, CutShortError
from app.broker.domain.service import Upstream
from app.facades.forwarding.domain import DestinationUnavailableError, Way
from app.platform.clock import Clock
from app.platform.settings import Settings

MARK: Final = b"x-lgsp-destination"
"""On an answer of the destination, so that a refusal of ours is not taken for its own."""

_PASSED: Final = frozenset({b"traceparent", b"tracestate"})

Note = Callable[[int], Awaitable[None]]
"""Told the status of an answer before the first of it leaves."""


def carrier_of(settings: Settings, clock: Clock) -> Carrier:
    """Return what carries calls to destinations, wherever the administrator has registered them."""
    terms = BreakerTerms(settings.broker_breaker_failures, settings.broker_breaker_seconds)
    return Carrier(settings, Connections(settings, targets=None), Upstreams(clock, terms))


class Forwarded(Response):
    """The destination's own answer, whatever its status; redirects are not followed.

    Where there is none that can be passed on, it raises `DestinationUnavailableError` instead.
    """

    def __init__(self, carrier: Carrier, errand: Errand, body: bytes, note: Note) -> None:
        super().__init__()
        self._carrier = carrier
        self._errand = errand
        self._read: bytes | None = body
        self._note = note

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_again() -> Message:
            body, self._read = self._read, None
            if body is None:
                return await receive()
            return {"type": "http.request", "body": body, "more_body": False}

        async def send_noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._note(message["status"])
            await send(message)

        try:
            await self._carrier.carry(self._errand, receive_again, send_noted)
        except CarryingError as error:
            [(_, dstcode)] = self._errand.adds
            raise DestinationUnavailableError(dstcode.decode(), error.reason) from error
        except (CutShortError, CallerGoneError):
            return  # Unfinished as it is, the server ends the connection.


def errand_of(request: Request, way: Way, settings: Settings, *, length: int) -> Errand:
    """Return what is to be carried of a call whose body has so many bytes."""
    return Errand(
        method=request.method,
        path=way.path,
        query=way.query.encode("ascii"),
        headers=_outward(request),
        declared=length,
        terms=Terms(
            upstreams=(Upstream(way.origin),),
            timeout_seconds=settings.national_timeout_seconds,
            max_body_bytes=length,
            max_answer_bytes=settings.forward_max_answer_bytes,
        ),
        adds=[(MARK, way.dstcode.encode("ascii", "replace"))],
        without=MARK,
    )


def _outward(request: Request) -> Lines:
    lines = request.headers.raw
    kept = outward(lines, keeps_authorization=not request.state.uses_token)
    kept += [line for line in lines if line[0] in _PASSED]
    kept.append((b"X-Request-Id", request.scope["request_id"].encode()))
    return kept
