"""A hop of the journey: a name, what it shows, and how it fails."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
_LOOK_EVERY = 0.1


class HopError(Exception):
    """This hop did not happen; the text says why."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: `act` does it and returns a line with the ids to show."""

    name: str
    title: str
    act: Callable[[], str]


def await_that(look: Callable[[], T | None], *, within: float, what: str) -> T:
    """Look again and again until something is seen.

    Raises:
        HopError: if nothing was seen within so many seconds.
    """
    deadline = time.monotonic() + within
    while (seen := look()) is None:
        if time.monotonic() >= deadline:
            raise HopError(f"{what} was not seen within {within:.0f} s")
        time.sleep(_LOOK_EVERY)
    return seen
