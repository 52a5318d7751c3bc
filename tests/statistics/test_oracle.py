"""Every figure and indicator against a slow count of its own over random histories."""

import string
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count, product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers.domain.measuring.figures import Dimension, FigureRow, Months, Sought
from app.dossiers.store import drilling
from app.dossiers.store.tallies import fold
from app.dossiers.use_cases.recounting import compare_totals, recount_some
from app.platform.clock import FrozenClock
from app.statistics.domain.opinions import ALL_FIGURES
from app.statistics.domain.table import INDICATORS
from app.statistics.use_cases import Asked, drill_opinions, figures
from tests.conftest import Tell
from tests.gateway import Gateway
from tests.statistics.oracle import figures_of, judge, month
from tests.statistics.stories import AGENCIES, CHANNELS, RULES, Story, put
from tests.statistics.telling import stories
from tests.statistics.voices import Voice, about, count_voices, say, voices

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
Key = tuple[str | int, ...]
STANDING = {"carried_over", "in_progress", "in_progress_within", "in_progress_past"}
MONTHS = ("2026-01", "2026-09", "2026-10", "2026-11", "2026-12")
FINE = {Dimension.SECTOR, Dimension.PROCEDURE, Dimension.CHANNEL}
"""By these only opinions on a dossier are counted."""
SMALL, LARGE = 25, 100
"""Histories put in at once: more of them when many are asked for."""

_letters = string.ascii_uppercase
_roots = (f"{a}{b}{c}" for a, b, c in product(_letters, _letters, string.digits))
_numbers = count(1)


class Batch:
    """Histories under a root of their own, and what is asked of them."""

    def __init__(
        self, told: Sequence[Story], heard: Sequence[Voice], asked: tuple[str, str]
    ) -> None:
        self.told, self.heard, self.root = told, heard, next(_roots)
        self.months = (min(asked), max(asked))
        self.clock = FrozenClock(NOW)

    def put(self, connection: Connection) -> None:
        first = next(_numbers) * 1000
        put(connection, self.root, self.told, first)
        for voice in self.heard:
            number = voice.story % len(self.told)
            agency = f"{self.root}{self.told[number].agency}"
            say(connection, voice, agency, f"H38-260928-{first + number:07d}")

    def sought(self, agency: str = "") -> Sought:
        return Sought(AgencyCode(f"{self.root}{agency}"), Months(*self.months))

    def check(self, connection: Connection) -> None:
        """Hold every figure and indicator against the oracle, in all groupings."""
        for agency in AGENCIES:
            below = {
                place
                for place, one in enumerate(self.told)
                if f"{one.agency}.".startswith(f"{agency}.")
            }
            self._check(connection, agency, (), {(): below})
        for by in (
            (Dimension.AGENCY,), (Dimension.LEVEL, Dimension.CHANNEL), (Dimension.SECTOR,),
            (Dimension.PROCEDURE, Dimension.CHANNEL), (Dimension.AGENCY, Dimension.PROCEDURE),
        ):  # fmt: skip
            self._check(connection, "", by, self._groups(by))
        self._check_months(connection)
        agency, procedure = Dimension.AGENCY, Dimension.PROCEDURE
        self._check_pages(connection, (agency,))
        self._check_pages(connection, (agency, procedure))
        self._check_pages(connection, (agency, Dimension.SECTOR))
        self._check_pages(connection, (agency, procedure, Dimension.MONTH))

    def _groups(self, by: tuple[Dimension, ...]) -> dict[Key, set[int]]:
        found: dict[Key, set[int]] = {}
        for place, one in enumerate(self.told):
            key = tuple(self._key(one, dimension) for dimension in by)
            found.setdefault(key, set()).add(place)
        return found

    def _counted(
        self, places: set[int], months: tuple[str, str], by: tuple[Dimension, ...] = ()
    ) -> Counter[str]:
        """Count the histories at these places, and what was said of them."""
        counted = figures_of([self.told[place] for place in sorted(places)], months, NOW)
        heard = about(self.heard, places, len(self.told))
        return counted + count_voices(heard, months, only_on_dossiers=bool(FINE.intersection(by)))

    def _key(self, story: Story, dimension: Dimension) -> str | int:
        found: dict[Dimension, str | int] = {
            Dimension.AGENCY: f"{self.root}{story.agency}",
            Dimension.LEVEL: story.agency.count(".") + 1,
            Dimension.SECTOR: story.procedure.sector,
            Dimension.PROCEDURE: story.procedure.code,
            Dimension.CHANNEL: CHANNELS[story.channel].value,
        }
        return found[dimension]

    def _check(
        self,
        connection: Connection,
        agency: str,
        by: tuple[Dimension, ...],
        groups: dict[Key, set[int]],
    ) -> None:
        rows = figures(connection, self.clock, Asked(self.sought(agency), by))
        found = {row.group: row.figures for row in rows}
        expected = {}
        for key, places in groups.items():
            counted = self._counted(places, self.months, by)
            if any(counted.values()):
                expected[key] = {name: counted[name] for name in ALL_FIGURES}
        assert found == expected
        for key, values in expected.items():
            for indicator in INDICATORS.values():
                assert indicator.value(found[key]) == _value(indicator.key, values)

    def _check_pages(self, connection: Connection, by: tuple[Dimension, ...]) -> None:
        """Pages are pieces of the whole, in its order."""
        for agency in ("", *AGENCIES):
            sought = self.sought(agency)
            whole = figures(connection, self.clock, Asked(sought, by))
            read: list[FigureRow] = []
            while page := figures(
                connection, self.clock, Asked(sought, by, read[-1].group if read else None, 3)
            ):
                assert len(page) <= 3
                read += page
            assert read == list(whole)

    def _check_months(self, connection: Connection) -> None:
        rows = figures(connection, self.clock, Asked(self.sought(), (Dimension.MONTH,)))
        found = {row.group[0]: row.figures for row in rows}
        for each in MONTHS:
            if self.months[0] <= each <= self.months[1]:
                counted = self._counted(set(range(len(self.told))), (each, each))
                there = found.get(each, dict.fromkeys(ALL_FIGURES, 0))
                names = [name for name in ALL_FIGURES if name not in STANDING]
                assert {name: there[name] for name in names} == {
                    name: counted[name] for name in names
                }

    def check_drilling(self, connection: Connection) -> None:
        """A figure that counts dossiers or opinions lists exactly as many."""
        sought = self.sought()
        rows = figures(connection, self.clock, Asked(sought, ()))
        caller = Caller("test", sought.agency, frozenset(), "")
        for indicator in INDICATORS.values():
            listed: Sequence[object]
            if indicator.is_of_opinions:
                listed = drill_opinions(connection, caller, (sought, indicator), (0, 1000))
            else:
                listed = drilling.counted(
                    connection, self.clock, sought, indicator.counts, after=0, limit=1000
                )
            counted = sum(row.figures[name] for row in rows for name in indicator.counts)
            assert len(listed) == counted, indicator.key


_SHARES = {
    "synced_rate": ("synced", "received"),
    "past_rate": ("in_progress_past", "in_progress"),
    "digitised_rate": ("digitised", "finished"),
    "electronic_rate": ("electronic", "finished"),
    "reused_rate": ("reused", "received"),
    "personal_store_rate": ("personal_store", "received"),
    "population_rate": ("population", "received"),
    "business_rate": ("business", "received"),
    "online_received_rate": ("received_online", "received"),
    "online_full_rate": ("online_full", "finished"),
    "paid_online_rate": ("paid_online", "payable"),
    "satisfaction_rate": ("satisfied", "rated"),
    "dissatisfaction_rate": ("dissatisfied", "rated"),
    "rated_rate": ("rated", "ended"),
    "complaint_rate": ("complaints", "received"),
    "opinions_settled_rate": ("opinions_settled", "opinions"),
    "opinions_in_time_rate": ("opinions_in_time", "opinions_answered"),
    "opinion_satisfaction_rate": ("opinions_satisfied", "opinions_rated"),
}


def _value(key: str, counted: dict[str, int]) -> float | None:
    if key == "on_time_rate":
        good = counted["early"] + counted["on_time"]
        return round(good * 100 / counted["ended"], 2) if counted["ended"] else None
    if key == "average_time":
        hours = counted["worked"] / 3600
        return round(hours / counted["finished"], 2) if counted["finished"] else None
    if key == "average_score":
        return round(counted["score"] / counted["rated"], 2) if counted["rated"] else None
    if key in _SHARES:
        top, below = (counted[name] for name in _SHARES[key])
        return round(top * 100 / below, 2) if below else None
    return counted[key]


def _hold(gateway: Gateway, batch: Batch, *, is_folded: bool) -> None:
    gateway.transact(batch.put)
    if is_folded:
        while gateway.transact(fold, at_most=500):
            continue
    gateway.transact(batch.check)
    gateway.transact(batch.check_drilling)


@pytest.mark.unmeasured
def test_every_indicator_is_what_a_slow_count_says(
    counting: Gateway, request: pytest.FixtureRequest, tell: Tell
) -> None:
    wanted = int(request.config.getoption("--histories"))
    batch_size = LARGE if wanted > 1000 else SMALL
    seen = {"histories": 0, "opinions": 0, "ended": 0, "late": 0, "past": 0}

    @settings(
        max_examples=max(1, wanted // batch_size),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(stories, min_size=batch_size, max_size=batch_size),
        st.lists(voices, min_size=batch_size, max_size=batch_size),
        st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)),
        st.booleans(),
    )
    def hold(
        told: list[Story],
        heard: list[Voice],
        asked: tuple[str, str],
        is_folded: bool,  # noqa: FBT001 -- drawn
    ) -> None:
        _hold(counting, Batch(told, heard, asked), is_folded=is_folded)
        seen["histories"] += len(told)
        seen["opinions"] += len(heard)
        for verdict in (judge(story, NOW) for story in told):
            seen["ended"] += verdict.end is not None
            seen["late"] += verdict.outcome == "late"
            seen["past"] += verdict.is_past

    hold()
    assert _wrong(counting) == 0
    assert counting.transact(compare_totals, lambda _: None) == 0
    tell(", ".join(f"{number} {name}" for name, number in seen.items()))
    assert min(seen["ended"], seen["late"], seen["past"]) > 0
    assert month(NOW) in MONTHS


def _wrong(gateway: Gateway) -> int:
    """How many of all dossiers are not counted as their history says."""
    last = wrong = 0
    while (some := gateway.transact(recount_some, RULES, after=last, is_check=True)).looked_at:
        last, wrong = some.last, wrong + some.wrong
    return wrong
