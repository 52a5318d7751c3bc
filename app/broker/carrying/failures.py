"""What a call that failed is called."""

from typing import Final

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError

from app.broker.domain.carrying import Failing


class RefusedAddressError(OSError):
    """A host leads to an address that may not be called."""


class LostError(aiohttp.ClientError):
    """The connection ended before an answer began; the session does not try again by itself."""


FAILURES: Final = (aiohttp.ClientError, HttpProcessingError, OSError, ValueError)
"""What a call may raise; `OSError` has the time-outs."""

_WORDS: Final[tuple[tuple[type[BaseException], Failing], ...]] = (
    (aiohttp.ClientSSLError, Failing.TLS_FAILED),
    (aiohttp.ConnectionTimeoutError, Failing.CONNECT_TIMEOUT),
    (TimeoutError, Failing.TIMEOUT),
    (aiohttp.ClientConnectorError, Failing.CONNECT_FAILED),
    (LostError, Failing.CONNECTION_LOST),
    (aiohttp.ClientConnectionError, Failing.CONNECTION_LOST),
    (aiohttp.ClientPayloadError, Failing.CONNECTION_LOST),
    (aiohttp.ClientResponseError, Failing.ANSWER_UNREADABLE),
    (HttpProcessingError, Failing.ANSWER_UNREADABLE),
    (aiohttp.ClientError, Failing.CONNECT_FAILED),
    (ValueError, Failing.ANSWER_UNREADABLE),
)
"""The first row that fits."""


def word_of(error: BaseException) -> Failing:
    """Return the word for what was raised."""
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(
        error.os_error, RefusedAddressError
    ):
        return Failing.ADDRESS_REFUSED
    return next((word for kind, word in _WORDS if isinstance(error, kind)), Failing.CONNECTION_LOST)


async def once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Send a request once: the session repeats PUT and DELETE too, and does not say so."""
    try:
        return await handler(request)
    except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError):
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise LostError from error
