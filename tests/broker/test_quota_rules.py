from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.broker.domain.allowances import Exhausted, Standing, Taken
from app.broker.domain.quotas import (
    EACH,
    Call,
    EmptyQuotaError,
    Kind,
    KindMisplacedError,
    Level,
    Quota,
    checked,
    quotas_for,
    wanted,
    window_at,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
CALL = Call("client-a", "population", "op-1")


def a_quota(
    client_id: str | None = None, service: str | None = None, operation: str | None = None,
    limit: int = 10, window: timedelta = MINUTE, *, kind: Kind = Kind.USUAL,
) -> Quota:  # fmt: skip
    name = f"{client_id}/{service}/{operation}/{window}"
    return Quota(name, client_id, service, operation, limit, window, kind)


@pytest.mark.parametrize(
    ("quota", "level", "code"),
    [
        (a_quota(None, "population"), Level.API, 900800),
        (a_quota(None, "population", "op-1"), Level.RESOURCE, 900802),
        (a_quota(EACH, "population", "op-1"), Level.RESOURCE, 900802),
        (a_quota("client-a"), Level.APPLICATION, 900803),
        (a_quota("client-a", "population"), Level.SUBSCRIPTION, 900804),
        (a_quota(None, "population", kind=Kind.HARD), Level.API, 900801),
        (a_quota(EACH, "population", kind=Kind.BURST), Level.SUBSCRIPTION, 900807),
        (a_quota("client-a", "population", "op-1", kind=Kind.CUSTOM), Level.RESOURCE, 900806),
        (a_quota(None, "population", limit=0, kind=Kind.HARD), Level.API, 900805),
        (a_quota("client-a", limit=0), Level.APPLICATION, 900805),
    ],
)
def test_a_level_is_what_is_counted_together(quota: Quota, level: Level, code: int) -> None:
    assert (checked(quota).level, quota.fault_code) == (level, code)


@pytest.mark.parametrize(
    "quota",
    [
        a_quota("client-a", "population", kind=Kind.HARD),
        a_quota("client-a", kind=Kind.BURST),
        a_quota(None, "population", "op-1", kind=Kind.BURST),
    ],
)
def test_a_kind_is_for_what_it_was_made_for(quota: Quota) -> None:
    with pytest.raises(KindMisplacedError):
        checked(quota)


@pytest.mark.parametrize("quota", [a_quota(), a_quota(None, None, "x"), a_quota("a", None, "x")])
def test_a_quota_names_something(quota: Quota) -> None:
    with pytest.raises(EmptyQuotaError):
        checked(quota)


def test_a_call_counts_in_whatever_covers_it_in_the_order_of_the_levels() -> None:
    covering = [
        a_quota("client-a"),
        a_quota("client-a", "population"),
        a_quota(None, "population", "op-1"),
        a_quota(None, "population", window=DAY),
        a_quota(None, "population"),
    ]
    others = [a_quota("client-b"), a_quota(None, "land"), a_quota(None, "population", "op-2")]
    found = quotas_for([*others, *covering], CALL)
    assert found == tuple(reversed(covering))


def test_a_quota_of_its_own_stands_instead_of_that_for_each() -> None:
    each, own = a_quota(EACH, "population", limit=5), a_quota("client-a", "population", limit=9)
    daily = a_quota(EACH, "population", limit=50, window=DAY)
    assert quotas_for([each, daily, own], CALL) == (own, daily)
    assert quotas_for([each, own], Call("client-b", "population", "op-1")) == (each,)


def test_who_shares_a_quota_shares_its_count() -> None:
    assert a_quota(None, "population").subject_of(CALL) == ""
    assert a_quota(EACH, "population").subject_of(CALL) == "client-a"


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    window = window_at(DAY, datetime(2026, 11, 2, 16, 59, tzinfo=UTC))
    assert window.ends_at == datetime(2026, 11, 2, 17, 0, tzinfo=UTC)
    assert window.seconds_left(datetime(2026, 11, 2, 16, 59, 0, 1, tzinfo=UTC)) == 60


@given(
    st.integers(1, 31 * 86_400),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_windows_lie_end_to_end(seconds: int, at: datetime) -> None:
    length = timedelta(seconds=seconds)
    window = window_at(length, at)
    assert window.has(at)
    assert window_at(length, window.ends_at).starts_at == window.ends_at
    assert window.ends_at - window.starts_at == length


@given(
    limit=st.integers(1, 10**6),
    waiting=st.integers(1, 500),
    former=st.integers(0, 10**4),
    was_quick=st.booleans(),
)
def test_no_more_than_a_thousandth_is_taken_for_calls_to_come(
    *, limit: int, waiting: int, former: int, was_quick: bool
) -> None:
    got = wanted(limit, waiting=waiting, former=former, was_quick=was_quick)
    assert waiting <= got <= max(waiting, limit // 1000)


def test_slices_grow_while_calls_come_quickly_and_shrink_when_they_do_not() -> None:
    grow = [wanted(100_000, waiting=1, former=former, was_quick=True) for former in (1, 2, 64)]
    assert grow == [2, 4, 100]
    assert wanted(100_000, waiting=1, former=64, was_quick=False) == 32


def test_the_headers_are_those_of_the_draft() -> None:
    standings = (
        Standing("api-all-60", 100, 60, 17, 21),
        Standing("application-own-86400", 5000, 86_400, 4000, 3600),
    )
    taken = Taken(standings)
    assert taken.headers == {
        "RateLimit-Policy": '"api-all-60";q=100;w=60, "application-own-86400";q=5000;w=86400',
        "RateLimit": '"api-all-60";r=17;t=21, "application-own-86400";r=4000;t=3600',
    }
    assert (taken.limit, taken.remaining, taken.reset_seconds) == (100, 17, 21)
    refused = Exhausted(Level.API, 900800, 100, 60, 21, standings)
    assert refused.headers == taken.headers | {"Retry-After": "21"}


def test_without_a_quota_nothing_is_told() -> None:
    assert Taken().headers == {}
    assert (Taken().limit, Taken().remaining, Taken().reset_seconds) == (None, None, None)
