from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.retry import RetryPolicy, delay_after, is_over

SECOND = timedelta(seconds=1)
NOON = datetime(2026, 11, 2, 5, tzinfo=UTC)

randoms = st.floats(0, 1, exclude_max=True)
attempts = st.integers(1, 100_000)
waits = st.none() | st.timedeltas(timedelta(0), timedelta(days=2))


@st.composite
def policies(draw: st.DrawFn) -> RetryPolicy:
    first = draw(st.timedeltas(timedelta(milliseconds=1), timedelta(minutes=1)))
    return RetryPolicy(
        first=first,
        cap=first + draw(st.timedeltas(timedelta(0), timedelta(hours=2))),
        factor=draw(st.floats(1, 10)),
        jitter=draw(st.floats(0, 1)),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"first": timedelta(0)},
        {"first": 3 * SECOND},
        {"factor": 0.5},
        {"jitter": -0.1},
        {"jitter": 1.1},
    ],
    ids=str,
)
def test_figures_that_are_no_policy_are_refused(change: dict[str, timedelta | float]) -> None:
    figures = {"first": SECOND, "cap": 2 * SECOND} | change
    with pytest.raises(ValueError, match=r"wait|jitter"):
        RetryPolicy(**figures)  # type: ignore[arg-type]  # the figures are of mixed types


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (10**6, 10)]
)
def test_the_wait_doubles_up_to_the_cap(failures: int, seconds: int) -> None:
    policy = RetryPolicy(first=SECOND, cap=10 * SECOND)
    assert delay_after(failures, policy=policy, asked=None, random=0) == seconds * SECOND


@given(policies(), attempts, randoms)
def test_the_wait_stays_within_its_bounds(policy: RetryPolicy, tries: int, random: float) -> None:
    wait = delay_after(tries, policy=policy, asked=None, random=random)
    assert policy.first * (1 - policy.jitter) <= wait <= policy.cap


@given(policies(), attempts, attempts, waits, randoms)
def test_more_failures_never_wait_less(
    policy: RetryPolicy, one: int, other: int, asked: timedelta | None, random: float
) -> None:
    fewer, more = sorted((one, other))
    assert delay_after(fewer, policy=policy, asked=asked, random=random) <= delay_after(
        more, policy=policy, asked=asked, random=random
    )


@given(policies(), attempts, st.timedeltas(timedelta(0), timedelta(days=2)), randoms)
def test_what_was_asked_is_honoured_up_to_its_own_cap(
    policy: RetryPolicy, tries: int, asked: timedelta, random: float
) -> None:
    wait = delay_after(tries, policy=policy, asked=asked, random=random)
    plain = delay_after(tries, policy=policy, asked=None, random=random)
    assert wait >= min(asked, policy.asked_cap)
    assert wait <= max(plain, policy.asked_cap)


@pytest.mark.parametrize(("hours", "over"), [(0, False), (71, False), (72, True), (1000, True)])
def test_a_message_is_over_at_the_horizon(hours: int, over: bool) -> None:  # noqa: FBT001 -- a table
    now = NOON + timedelta(hours=hours)
    assert is_over(NOON, now, horizon=timedelta(hours=72)) is over
