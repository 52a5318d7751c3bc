"""Values that force an outcome: whoever asks for one meets it, whatever the world holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from mock_ngsp.faults import Fault
from mock_ngsp.ngsp.asking import XML, Asked, Operation
from mock_ngsp.wire import Answer, Body


class Outcome(StrEnum):
    """What a look-up can come to."""

    FOUND = "found"
    NOT_FOUND = "not found"
    REFUSED = "refused"
    MALFORMED = "malformed"
    SLOW = "slow"
    DOWN = "down"


MEANINGS: Final[Mapping[Outcome, str]] = {
    Outcome.FOUND: "a record of the seed",
    Outcome.NOT_FOUND: "never in the seed",
    Outcome.REFUSED: "the service refuses in its own words",
    Outcome.MALFORMED: "HTTP 200 with half a document",
    Outcome.SLOW: "the answer comes `ngsp-slow` seconds late",
    Outcome.DOWN: "HTTP 503 of the gateway before the service",
}

_DIGITS: Final = {
    Outcome.NOT_FOUND: "0404",
    Outcome.REFUSED: "0403",
    Outcome.MALFORMED: "0422",
    Outcome.SLOW: "0504",
    Outcome.DOWN: "0503",
}
"""The ends of magic values, after the HTTP statuses that they resemble."""


@dataclass(frozen=True, slots=True)
class Magic:
    """A value that forces an outcome where it stands in `field` of a service's requests."""

    service: str
    field: str
    outcome: Outcome
    value: str


def magic_of(service: str, field: str, found: str, spell: Callable[[str], str]) -> list[Magic]:
    """The six values of a field: one of the seed, and five spelled from four digits."""
    forced = [Magic(service, field, outcome, spell(end)) for outcome, end in _DIGITS.items()]
    return [Magic(service, field, Outcome.FOUND, found), *forced]


def padded(length: int) -> Callable[[str], str]:
    """How a number of so many digits is spelled: noughts before the end."""
    return lambda end: end.rjust(length, "0")


def fault_of(outcome: Outcome | None, operation: str, slow: timedelta) -> Fault | None:
    """How a call fails that is forced to be late or to find nobody."""
    if outcome is Outcome.SLOW:
        return Fault(operation, 1, delay=slow)
    return Fault(operation, 1, status=503) if outcome is Outcome.DOWN else None


def answer_of(outcome: Outcome | None, operation: Operation, asked: Asked) -> Answer | None:
    """What a call is answered that is forced to be refused or to be unreadable."""
    if outcome is Outcome.REFUSED:
        return operation.refused(asked)
    return half_of(operation.kind) if outcome is Outcome.MALFORMED else None


def half_of(kind: Body) -> Answer:
    """Half a document."""
    if kind is Body.XML:
        return Answer(b'<?xml version="1.0"?><soapenv:Envelope><soapenv:Bo', 200, XML)
    return Answer(b'{"Status":"1","Data":{"MainInf')
