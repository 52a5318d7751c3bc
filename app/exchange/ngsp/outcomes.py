"""What a service's silence means for a message that is owed to it."""

from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.outcomes import Deferred

LONGEST_WORDS = 200
"""Of what a service says of a refusal, so much is kept."""


def deferred(error: ServiceError) -> Deferred:
    """Return it as another attempt; what no repeat is likely to mend alarms.

    A refusal of the gateway before a service is about us, not about the message: it waits until
    a person has seen to our rights.
    """
    needs_a_person = error.trouble in {Trouble.MALFORMED, Trouble.REFUSED}
    return Deferred(error.code, retry_after=error.retry_after, alarm=needs_a_person)
