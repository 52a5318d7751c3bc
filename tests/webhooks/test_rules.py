"""The rules of subscriptions, in plain Python."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.webhooks.domain.events import TYPES, is_known, matches
from app.webhooks.domain.webhooks import LONGEST_ASKED, Health, Terms

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TERMS = Terms((5 * SECOND, 60 * SECOND, 600 * SECOND), timedelta(days=1))


@pytest.mark.parametrize(
    ("pattern", "kind", "expected"),
    [
        ("*", "dossier.accept", True),
        ("dossier.*", "dossier.accept", True),
        ("dossier.supplement.*", "dossier.supplement.ask", True),
        ("dossier.*", "document.sent", False),
        ("dossier.accept", "dossier.accept", True),
        ("dossier.accept", "dossier.accepted", False),
    ],
)
def test_a_pattern_means_a_type_or_what_it_begins_with(
    pattern: str, kind: str, *, expected: bool
) -> None:
    assert matches([pattern], kind) is expected


def test_every_type_is_known_by_its_name_and_by_its_family() -> None:
    assert all(is_known(kind) for kind in TYPES)
    assert all(is_known(f"{kind.partition('.')[0]}.*") for kind in TYPES)
    assert not is_known("dossier")
    assert not is_known("Dossier.accept")


def test_waits_follow_the_schedule_and_the_last_is_repeated() -> None:
    health, now, waits = Health(), NOW, []
    for _ in range(5):
        health = health.failed("http-500", now=now, terms=TERMS)
        assert health.next_attempt_at is not None
        waits.append((health.next_attempt_at - now).total_seconds())
        now = health.next_attempt_at
    assert waits == [5, 60, 600, 600, 600]


def test_what_fails_beside_another_counts_once() -> None:
    once = Health().failed("http-500", now=NOW, terms=TERMS)
    assert once.failed("timeout", now=NOW + SECOND, terms=TERMS) == once


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)))
def test_a_longer_wait_is_granted_up_to_a_day(asked: timedelta) -> None:
    health = Health().failed("http-429", now=NOW, terms=TERMS, asked=asked)
    assert health.wait(NOW) == max(5 * SECOND, min(asked, LONGEST_ASKED))


def test_hopeless_is_who_only_fails_for_so_long() -> None:
    health = Health().failed("http-500", now=NOW, terms=TERMS)
    assert not health.is_hopeless(NOW + timedelta(hours=23), TERMS)
    assert health.is_hopeless(NOW + timedelta(hours=24), TERMS)
    assert not health.delivered(NOW).is_hopeless(NOW + timedelta(days=9), TERMS)
