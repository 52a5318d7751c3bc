"""Which decision is in force when: decisions replayed in the order of their taking effect."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.public_services.domain.offers import Decision


@dataclass(frozen=True, slots=True)
class Period:
    """A decision in force from one day until before another; None: until further notice."""

    valid_from: date
    valid_to: date | None
    decision: Decision


def periods_of(decisions: Iterable[Decision]) -> Sequence[Period]:
    """Return the periods of one service, without gaps, the earliest first.

    From its day on a decision replaces whatever was in force; of two of one day the later signed
    counts, then the later recorded. One that was superseded before its turn never takes effect,
    and what it would have superseded itself does.
    """
    superseded: set[int] = set()
    reached: list[tuple[date, Decision]] = []
    for decision in sorted(decisions, key=lambda one: one.place):
        if decision.number in superseded:
            continue
        if decision.paper.supersedes is not None:
            superseded.add(decision.paper.supersedes)
        day = decision.paper.effective_from
        if reached and reached[-1][0] == day:
            reached.pop()
        reached.append((day, decision))
    ends = [day for day, _ in reached[1:]]
    return [
        Period(day, end, decision)
        for (day, decision), end in zip(reached, [*ends, None], strict=False)
    ]
