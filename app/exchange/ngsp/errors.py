"""What keeps a service from answering, in four kinds."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from app.exchange.outcomes import Deferred


class Trouble(StrEnum):
    """Why there is no answer."""

    REFUSED = "refused"
    MALFORMED = "malformed"
    SLOW = "slow"
    DOWN = "down"


class ServiceError(Exception):
    """A service did not answer the question.

    `code` is its own short word for why, or ours; never anything of a person.
    """

    def __init__(
        self, trouble: Trouble, code: str, *, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(f"{trouble}: {code}")
        self.trouble = trouble
        self.code = code
        self.retry_after = retry_after


_KINDS: Final = {
    "timeout": Trouble.SLOW,
    "connect-timeout": Trouble.SLOW,
    "http-408": Trouble.SLOW,
    "http-504": Trouble.SLOW,
    "contract-breach": Trouble.MALFORMED,
    "answer-too-large": Trouble.MALFORMED,
    "answer-cut-short": Trouble.MALFORMED,
    "answer-unreadable": Trouble.MALFORMED,
}
"""Kinds by the words of the transport; any other means that nobody is there."""


def error_of(deferred: Deferred) -> ServiceError:
    """Return what a call that came to nothing is to whoever asked."""
    trouble = _KINDS.get(deferred.reason, Trouble.DOWN)
    return ServiceError(trouble, deferred.reason, retry_after=deferred.retry_after)
