"""Carrying one call to its destination and the answer back, both as they are."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import aiohttp
from starlette.requests import Request
from starlette.responses import Response

from app.exchange import transport
from app.exchange.outcomes import Deferred
from app.exchange.transport import RawAnswer, RawCall
from app.facades.forwarding.domain import (
    Destination,
    DestinationUnavailableError,
)
from app.platform.settings import Settings

Lines = list[tuple[bytes, bytes]]

_HOP_BY_HOP: Final = frozenset(
    {
        b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization",
        b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade", b"expect",
    }
)  # fmt: skip
_OURS: Final = frozenset({b"host", b"content-length", b"x-request-id"})
_OURS_BACK: Final = frozenset({b"content-length", b"x-request-id", b"server", b"date"})
_PASSED_ON: Final = (b"forwarded", b"x-forwarded-", b"x-real-ip")
"""What proxies before us say about the caller is nobody's business behind us."""

_BODILESS: Final = frozenset({204, 304})
MARK: Final = "X-LGSP-Destination"
"""On an answer of the destination, so that a refusal of ours is not taken for its own."""


class Carrier:
    """One process's connections to destinations, opened when first needed."""

    def __init__(self, settings: Settings) -> None:
        self._wait = timedelta(seconds=settings.national_timeout_seconds)
        self._most = settings.forward_max_answer_bytes
        self._session: aiohttp.ClientSession | None = None

    async def carry(
        self, request: Request, destination: Destination, address: str, body: bytes
    ) -> Response:
        """Return the destination's answer, whatever its status; redirects are not followed.

        Raises:
            DestinationUnavailableError: if there is none that can be passed on.
        """
        if self._session is None:
            self._session = transport.build_session(timeout=self._wait)
        lines = _outward(request.headers.raw, is_ours=request.state.uses_token)
        lines.append((b"x-request-id", request.scope["request_id"].encode()))
        call = RawCall(request.method, address, lines, body)
        answer = await transport.carry(self._session, call, max_bytes=self._most)
        if isinstance(answer, Deferred):
            raise DestinationUnavailableError(destination.dstcode, answer.reason)
        return _inward(answer, destination)

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()


def _outward(lines: Iterable[tuple[bytes, bytes]], *, is_ours: bool) -> Lines:
    kept = _without(lines, _OURS)
    return [
        (name, value)
        for name, value in kept
        if not name.startswith(_PASSED_ON) and not (is_ours and name == b"authorization")
    ]


def _inward(answer: RawAnswer, destination: Destination) -> Response:
    response = Response(answer.body, status_code=answer.status)
    lines = _without(answer.headers, _OURS_BACK)
    lines.append((MARK.lower().encode(), destination.dstcode.encode("ascii", "replace")))
    if answer.status not in _BODILESS:
        lines.append((b"content-length", str(len(answer.body)).encode()))
    response.raw_headers = lines
    return response


def _without(lines: Iterable[tuple[bytes, bytes]], names: frozenset[bytes]) -> Lines:
    lowered = [(name.lower(), value) for name, value in lines]
    listed = {
        part.strip().lower()
        for name, value in lowered
        if name == b"connection"
        for part in value.split(b",")
    }
    dropped = _HOP_BY_HOP | names | listed
    return [(name, value) for name, value in lowered if name not in dropped]
