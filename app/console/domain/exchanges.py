"""A page of calls of shared services."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.broker.domain.watching import Exchange, Tally


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls, the newest first; `before` is where the next page begins, None behind the last.

    `totals` are today's of the same calls by service and purpose, only some where they `are_cut`.
    """

    shown: Sequence[Exchange]
    before: int | None
    totals: Sequence[Tally]
    are_cut: bool
