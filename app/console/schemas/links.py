"""A way from a page to another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its name; `is_here` where it is the page that is shown."""

    address: str
    name: str
    is_here: bool
