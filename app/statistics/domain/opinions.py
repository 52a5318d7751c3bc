"""What is counted of opinions, by the dimensions of the figures of dossiers.

What was received counts in its month, what was answered, in time or not, and what people thought
of the answer in that of the answer. An opinion about no dossier that is known here has no
procedure, sector or channel: where these are asked for it is left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from app.dossiers.domain.measuring.figures import FIGURES, Dimension, Figures, Group, Sought
from app.dossiers.domain.measuring.tallies import GOOD, month_of
from app.public_services.domain.opinions import OpinionFact, OpinionKind

OPINION_FIGURES: Final = (
    "opinions", "complaints", "opinions_settled", "opinions_answered", "opinions_in_time",
    "opinions_rated", "opinions_satisfied",
)  # fmt: skip
ALL_FIGURES: Final = (*FIGURES, *OPINION_FIGURES)
"""Everything that a row of statistics has."""

NONE: Final[Figures] = dict.fromkeys(ALL_FIGURES, 0)


def figures_of(fact: OpinionFact, sought: Sought) -> Iterator[tuple[str, datetime]]:
    """Yield every figure that an opinion counts in, and the moment whose month that is."""
    months = sought.months
    if months.begins_at <= fact.received_at < months.ends_at:
        yield "opinions", fact.received_at
        if fact.kind is OpinionKind.COMPLAINT:
            yield "complaints", fact.received_at
        if fact.answered_at is not None:
            yield "opinions_settled", fact.received_at
    if fact.answered_at is None or not months.begins_at <= fact.answered_at < months.ends_at:
        return
    yield "opinions_answered", fact.answered_at
    if fact.answered_at <= fact.due_at:
        yield "opinions_in_time", fact.answered_at
    if fact.score is not None:
        yield "opinions_rated", fact.answered_at
        if fact.score >= GOOD:
            yield "opinions_satisfied", fact.answered_at


def counted(
    facts: Sequence[OpinionFact], sought: Sought, by: Sequence[Dimension]
) -> Mapping[Group, Counter[str]]:
    """Return the figures of opinions in each group."""
    found: dict[Group, Counter[str]] = {}
    for fact in facts:
        if not is_sought(fact, sought):
            continue
        for name, moment in figures_of(fact, sought):
            group = _group(fact, by, moment)
            if group is not None:
                found.setdefault(group, Counter())[name] += 1
    return found


def is_sought(fact: OpinionFact, sought: Sought) -> bool:
    """Tell whether an opinion is about what is asked for."""
    wanted = (
        (sought.procedure and sought.procedure.canonical, fact.procedure),
        (sought.sector, fact.sector),
        (sought.channel and sought.channel.value, fact.channel),
    )
    return all(value is None or value == its for value, its in wanted)


def _group(fact: OpinionFact, by: Sequence[Dimension], moment: datetime) -> Group | None:
    values: dict[Dimension, str | int | None] = {
        Dimension.AGENCY: str(fact.agency),
        Dimension.LEVEL: fact.agency.canonical.count(".") + 1,
        Dimension.SECTOR: fact.sector,
        Dimension.PROCEDURE: fact.procedure,
        Dimension.CHANNEL: fact.channel,
        Dimension.MONTH: month_of(moment),
    }
    group = [value for one in Dimension if one in by and (value := values[one]) is not None]
    return tuple(group) if len(group) == len(set(by)) else None
