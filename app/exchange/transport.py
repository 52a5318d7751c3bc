"""Calling others over HTTP: one pooled client, one bounded call, every failure an outcome.

A server on the far side may reset, stall, drip, answer with a page of HTML or with more than
anybody wants to read. None of that reaches the callers as an exception: they get an `Answer`
to judge, or a `Deferred` that says in one word what happened.
"""

import asyncio
import functools
import re
import ssl
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final

import aiohttp
import httpx
import structlog
from aiohttp.abc import AbstractResolver
from aiohttp.http_exceptions import HttpProcessingError
from httpx_aiohttp import AiohttpTransport

from app.exchange.outcomes import Deferred

_log = structlog.get_logger("lgsp.transport")

LONGEST_ASKED: Final = timedelta(days=1)
"""A Retry-After above this is read as this."""

TOO_LARGE: Final = "answer-too-large"
"""The reason of a call whose answer is over its limit."""

_KEPT_ALIVE: Final = 30.0
"""Seconds an idle connection is kept."""

_RETRYABLE: Final = frozenset({408, 425, 429})
"""Statuses below 500 that ask for another attempt."""

_FAILURES: Final = (
    httpx.RequestError,
    aiohttp.ClientError,
    HttpProcessingError,
    OSError,
    UnicodeError,
)
"""What a call may raise; httpx-aiohttp translates most errors of aiohttp and lets some through."""

_WORDS: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (aiohttp.ClientSSLError, "tls-failed"),
    (aiohttp.ConnectionTimeoutError, "connect-timeout"),
    (TimeoutError, "timeout"),
    (httpx.TimeoutException, "timeout"),
    (aiohttp.ClientConnectorError, "connect-failed"),
    (aiohttp.ClientConnectionError, "connection-lost"),
    (aiohttp.ClientPayloadError, "answer-cut-short"),
    (aiohttp.ClientResponseError, "answer-unreadable"),
    (HttpProcessingError, "answer-unreadable"),
    (httpx.DecodingError, "answer-unreadable"),
    (UnicodeError, "answer-unreadable"),
    (OSError, "connection-lost"),
)
"""Reason words by what was raised; the first row that fits."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said: status, headers and the whole body.

    The status is 2xx or one of the 4xx that the caller must judge.
    """

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300  # noqa: PLR2004 -- the HTTP class of successes


@functools.cache
def authorities() -> ssl.SSLContext:
    """Return whom this process trusts; read once, because that takes 20 ms."""
    return httpx.create_ssl_context()


def build_client(
    *,
    timeout: timedelta,
    connections: int = 64,
    tls: ssl.SSLContext | None = None,
    resolver: Callable[[], AbstractResolver] | None = None,
) -> httpx.AsyncClient:
    """Return the pooled client of one process; close it with `aclose`.

    It follows no redirect, reads no proxy, netrc or cookie from anywhere and keeps none.
    `timeout` bounds the wait for a connection and for each piece of an answer. Authorities to
    trust come from `SSL_CERT_FILE` or `SSL_CERT_DIR` where set, unless `tls` is given. `resolver`
    makes what finds addresses, if that is not the system's own.
    """
    context = tls or authorities()

    def session() -> aiohttp.ClientSession:
        # aiohttp wants a running loop, so this runs at the first request.
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                ssl=context,
                limit=connections,
                keepalive_timeout=_KEPT_ALIVE,
                resolver=resolver and resolver(),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
        )

    return httpx.AsyncClient(
        transport=AiohttpTransport(verify=context, client=session),
        timeout=httpx.Timeout(timeout.total_seconds()),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        follow_redirects=False,
        trust_env=False,
    )


async def exchange(
    client: httpx.AsyncClient,
    request: httpx.Request,
    *,
    max_bytes: int,
    deadline: timedelta,
    sink: Callable[[bytes], object] | None = None,
    judged: Collection[int] = (),
) -> Answer | Deferred:
    """Send `request` once and read the answer, all within `deadline`.

    The body counts decoded. With a `sink`, the body of a 2xx goes there piece by piece and
    `Answer.body` stays empty; what the sink holds is worthless when a `Deferred` comes back.
    Statuses among `judged` are answers whatever their class: SOAP 1.1 says its refusals under 500.
    """
    try:
        async with asyncio.timeout(deadline.total_seconds()):
            return await _send(client, request, max_bytes, sink, judged)
    except _FAILURES as error:
        # The cause is aiohttp's own error, which says more than the translation of it.
        return Deferred(_word(error.__cause__, error))


def contract_breach(operation: str, answer: Answer, fault: str) -> Deferred:
    """Log that an answer is not what the wire promises, and defer with an alarm.

    `fault` is our own short word for it; nothing of the body is logged.
    """
    _log.error(
        "contract_breach",
        operation=operation,
        status=answer.status,
        length=len(answer.body),
        fault=fault,
    )
    return Deferred("contract-breach", alarm=True)


async def _send(
    client: httpx.AsyncClient,
    request: httpx.Request,
    max_bytes: int,
    sink: Callable[[bytes], object] | None,
    judged: Collection[int],
) -> Answer | Deferred:
    response = await client.send(request, stream=True)
    try:
        deferred = _deferred_by_status(response)
        if deferred is not None and response.status_code not in judged:
            return deferred
        body = bytearray()
        take = sink if sink is not None and response.is_success else body.extend
        if _declared(response) > max_bytes or not await _read(response, max_bytes, take):
            return Deferred(TOO_LARGE, alarm=True)
        return Answer(response.status_code, response.headers, bytes(body))
    finally:
        await response.aclose()


def _declared(response: httpx.Response) -> int:
    """Return how long the body is said to be; 0 if that is not said, or it is compressed."""
    length = response.headers.get("content-length", "")
    is_plain = response.headers.get("content-encoding", "identity") == "identity"
    return int(length) if is_plain and re.fullmatch(r"[0-9]{1,18}", length) else 0


async def _read(response: httpx.Response, max_bytes: int, take: Callable[[bytes], object]) -> bool:
    """Hand the body to `take`; False as soon as it is over `max_bytes`."""
    length = 0
    async for piece in response.aiter_bytes():
        length += len(piece)
        if length > max_bytes:
            return False
        take(piece)
    return True


def _deferred_by_status(response: httpx.Response) -> Deferred | None:
    status = response.status_code
    if status in _RETRYABLE or response.is_server_error:
        return Deferred(f"http-{status}", retry_after=_asked(response.headers))
    if response.is_success or response.is_client_error:
        return None
    # A redirect is never followed: an address that moved is for a person to correct.
    return Deferred(f"http-{status}", alarm=True)


def _asked(headers: httpx.Headers) -> timedelta | None:
    """Read Retry-After: seconds, or an HTTP date counted from the answer's own `Date`."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return min(timedelta(seconds=int(text)), LONGEST_ASKED)
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), LONGEST_ASKED)


def _word(*errors: BaseException | None) -> str:
    for raised in errors:
        for kind, word in _WORDS:
            if isinstance(raised, kind):
                return word
    return "request-failed"
