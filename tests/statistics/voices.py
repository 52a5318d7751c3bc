"""Random opinions about what is told in histories, and a slow count of them.

Written from the definitions of the indicators, not from the code.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from hypothesis import strategies as st
from sqlalchemy import Connection

from app.codes import AgencyCode
from app.public_services.domain.opinions import Opinion, OpinionKind, Reply, Said, Sender
from app.public_services.store import opinions
from tests.statistics.oracle import month
from tests.statistics.stories import BEGIN, HALF

TERM = 300
"""Half hours that an answer may take."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Voice:
    """One opinion on the agency of the `story`-th history, perhaps on that very dossier."""

    story: int
    names_dossier: bool
    kind: OpinionKind
    at: int
    answered: int | None
    score: int | None

    @property
    def received_at(self) -> datetime:
        return BEGIN + self.at * HALF

    @property
    def answered_at(self) -> datetime | None:
        return None if self.answered is None else self.received_at + self.answered * HALF


voices = st.builds(
    Voice,
    story=st.integers(0, 1000),
    names_dossier=st.booleans(),
    kind=st.sampled_from(OpinionKind),
    at=st.integers(0, 2500),
    answered=st.one_of(st.none(), st.integers(0, 2 * TERM), st.just(TERM)),
    score=st.one_of(st.none(), st.integers(1, 5)),
)


def say(connection: Connection, voice: Voice, agency: str, dossier: str) -> None:
    """Have an opinion said, and answered and rated if it is."""
    said = Said(
        voice.kind, AgencyCode(agency), "?", Sender(), dossier if voice.names_dossier else None
    )
    opinion = Opinion(
        code=f"PA260928-{next(_numbers):08d}",
        tracking_code="7K3MPA9TXWQ4ZD2HVEBR",
        said=said,
        received_at=voice.received_at,
        due_at=voice.received_at + TERM * HALF,
        at_counter=True,
    )
    assert opinions.add(connection, opinion)
    if voice.answered_at is not None:
        opinion = opinion.answered(Reply("!", "x", voice.answered_at))
        opinions.save(connection, opinion if voice.score is None else opinion.rated(voice.score))


def count_voices(
    heard: Iterable[Voice], months: tuple[str, str], *, only_on_dossiers: bool
) -> Counter[str]:
    """Count opinions in some months, one after the other."""
    found: Counter[str] = Counter()
    first, last = months
    for voice in heard:
        if only_on_dossiers and not voice.names_dossier:
            continue
        if first <= month(voice.received_at) <= last:
            found["opinions"] += 1
            found["complaints"] += voice.kind == "complaint"
            found["opinions_settled"] += voice.answered is not None
        if voice.answered_at is None or not first <= month(voice.answered_at) <= last:
            continue
        found["opinions_answered"] += 1
        found["opinions_in_time"] += (voice.answered or 0) <= TERM
        found["opinions_rated"] += voice.score is not None
        found["opinions_satisfied"] += (voice.score or 0) > 3
    return found


def about(every: Sequence[Voice], wanted: set[int], stories: int) -> list[Voice]:
    """Return the opinions that are about some of so many histories."""
    return [one for one in every if one.story % stories in wanted]
