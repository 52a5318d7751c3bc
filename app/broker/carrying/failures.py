"""What a call that failed is called."""

from collections.abc import Mapping
from typing import Final

from app.broker.domain.carrying import Failing
from app.platform.calling import failing
from app.platform.calling.failing import CallError

_WORDS: Final[Mapping[type[CallError], Failing]] = {
    failing.ConnectError: Failing.CONNECT_FAILED,
    failing.ConnectTimeoutError: Failing.CONNECT_TIMEOUT,
    failing.RefusedAddressError: Failing.ADDRESS_REFUSED,
    failing.TlsError: Failing.TLS_FAILED,
    # Callers cannot break a line, and nothing else of a call may have a break but what is kept.
    failing.UnwritableError: Failing.CREDENTIAL_FAILED,
    failing.SilenceError: Failing.TIMEOUT,
    failing.LostError: Failing.CONNECTION_LOST,
    failing.UnreadableError: Failing.ANSWER_UNREADABLE,
    failing.BodyBrokenError: Failing.CONNECTION_LOST,
}


def word_of(error: CallError) -> Failing:
    """Return the word for what was raised."""
    return _WORDS[type(error)]
