"""Ways that VNPost prices."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostalWay:
    """A way that is priced: VNPost's own codes of its ends, and the weight in grams."""

    weight: int
    sender: tuple[str, str]
    receiver: tuple[str, str]
    both_ways: bool
