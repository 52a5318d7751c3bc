"""How often an address may look."""

from datetime import UTC, datetime, timedelta

import pytest

from app.public_services.domain import Looks, TooManyLooksError

NOW = datetime(2026, 11, 2, 2, 0, 20, tzinfo=UTC)


def take(looks: Looks, address: str, *, times: int = 1, now: datetime = NOW) -> None:
    for _ in range(times):
        looks.take(address, now)


def test_the_look_after_the_last_one_is_refused_until_the_next_minute() -> None:
    looks = Looks(3)
    take(looks, "192.0.2.1", times=3)
    with pytest.raises(TooManyLooksError) as refusal:
        take(looks, "192.0.2.1")
    assert refusal.value.retry_after == 40
    take(looks, "192.0.2.1", now=NOW + timedelta(seconds=40))


def test_addresses_are_counted_apart() -> None:
    looks = Looks(1)
    for address in ("192.0.2.1", "192.0.2.2", "testclient"):
        take(looks, address)
        with pytest.raises(TooManyLooksError):
            take(looks, address)


def test_the_addresses_of_one_ipv6_network_are_one() -> None:
    looks = Looks(1)
    take(looks, "2001:db8::1")
    take(looks, "2001:db8:0:1::1")
    with pytest.raises(TooManyLooksError):
        take(looks, "2001:db8::ffff")


def test_an_ipv4_address_in_ipv6_clothes_is_itself() -> None:
    looks = Looks(1)
    take(looks, "::ffff:192.0.2.1")
    take(looks, "::ffff:192.0.2.2")
    with pytest.raises(TooManyLooksError):
        take(looks, "192.0.2.1")


def test_no_more_addresses_are_kept_than_agreed() -> None:
    looks = Looks(1, kept=2)
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        take(looks, address)
    take(looks, "192.0.2.1")
    with pytest.raises(TooManyLooksError):
        take(looks, "192.0.2.3")
