"""What a recipient's history comes to, whatever order its entries were brought in.

The axis may let a later status overtake an earlier one. The other party's entries are put in the
order in which they happened, into the places where they were written down; ours stay where they
are, since the two clocks need not agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.domain.documents import Source, StatusEntry
from app.documents.domain.statuses import Standing, Status

_USUAL: Final = {
    code: place
    for place, code in enumerate(
        (*(one for one in Status if one is not Status.AGREED), Status.AGREED)
    )
}
"""Which of two codes of one second comes first: an agreed recall, which ends all, the last."""


@dataclass(frozen=True, slots=True)
class Replay:
    """Where a history leads, and the numbers of the entries that the rules did not allow."""

    standing: Standing
    unexpected: frozenset[int]


def replayed(first: Standing, entries: Sequence[StatusEntry]) -> Replay:
    """Return what the entries of one recipient come to, starting at `first`."""
    standing = first
    unexpected = set()
    for entry in _in_order(entries):
        code = entry.report.code
        is_lawful = code in standing.allowed or standing.is_repeat(code)
        if not is_lawful or entry.report.lacks_reason:
            unexpected.add(entry.number)
        standing = standing.drift(code)
    return Replay(standing, frozenset(unexpected))


def _in_order(entries: Sequence[StatusEntry]) -> list[StatusEntry]:
    theirs = iter(
        sorted(
            (entry for entry in entries if entry.source is Source.AXIS),
            key=lambda entry: (entry.report.at, _USUAL[entry.report.code]),
        )
    )
    return [next(theirs) if entry.source is Source.AXIS else entry for entry in entries]
