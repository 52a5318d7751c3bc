"""Long-lived tokens, and the place where Đồng Tháp's clients exchange them."""

from datetime import timedelta

import httpx
import pytest

from app.access.domain.bearers import Style, StyleNotGivenError
from app.access.store.bearers import kept
from app.access.use_cases import bearers
from tests.facades.consumers import DAY, Consumer, a_client, a_consumer, called
from tests.gateway import Gateway


@pytest.fixture
def consumer(gateway: Gateway) -> Consumer:
    return a_consumer(gateway)


def test_a_long_lived_token_opens_calls_by_itself(consumer: Consumer) -> None:
    assert called(consumer.gateway, consumer.key) == 200
    consumer.restyle(Style.AUTH_HEADER)
    assert called(consumer.gateway, consumer.key) == 401


def test_a_long_lived_token_ends_with_its_day(consumer: Consumer) -> None:
    consumer.gateway.clock.advance(DAY)
    assert called(consumer.gateway, consumer.key) == 401
    refused = consumer.get(headers={"Authorization": f"Bearer {consumer.key}"})
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")


def test_a_long_lived_token_ends_when_it_is_revoked(consumer: Consumer) -> None:
    gateway = consumer.gateway
    assert called(gateway, consumer.key) == 200
    (bearer,) = gateway.transact(kept, consumer.client_id)
    gateway.transact(bearers.revoke_bearer, gateway.clock, bearer_id=bearer.id)
    assert called(gateway, consumer.key) == 401


def at_dong_thap(consumer: Consumer, key: str | None = None) -> httpx.Response:
    headers = {"Auth": consumer.key if key is None else key}
    http: httpx.Client = consumer.gateway.http
    return http.post("/api/v1/Authentication/Token", headers=headers)


def test_a_key_in_the_header_auth_leads_to_a_token(consumer: Consumer) -> None:
    said = at_dong_thap(consumer).json()
    assert set(said) == {"token", "refreshToken", "expiryDate"}
    assert said["expiryDate"] == "2026-11-02T10:00:00+07:00"
    assert called(consumer.gateway, said["token"]) == 200
    assert called(consumer.gateway, said["refreshToken"]) == 401


def test_it_is_another_one_when_less_than_five_minutes_are_left(consumer: Consumer) -> None:
    first = at_dong_thap(consumer).json()
    consumer.gateway.clock.advance(timedelta(minutes=54))
    assert at_dong_thap(consumer).json() == first
    consumer.gateway.clock.advance(timedelta(minutes=1))
    anew = at_dong_thap(consumer).json()
    assert anew["token"] != first["token"]
    assert [called(consumer.gateway, one["token"]) for one in (first, anew)] == [200, 200]


def test_a_wrong_key_or_none_or_one_without_the_style_is_refused(consumer: Consumer) -> None:
    for key in ("wrong", ""):
        refused = at_dong_thap(consumer, key)
        assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    consumer.restyle(Style.STATIC_BEARER)
    refused = at_dong_thap(consumer)
    assert (refused.status_code, refused.json()["error"]) == (400, "unauthorized_client")


def test_keys_and_accounts_need_their_style(gateway: Gateway) -> None:
    client_id, _ = a_client(gateway)
    one = {"client_id": client_id}
    with pytest.raises(StyleNotGivenError):
        gateway.transact(
            bearers.keep, gateway.clock, **one, name="x", until=gateway.clock.now() + DAY
        )
    with pytest.raises(StyleNotGivenError):
        gateway.transact(bearers.open_account, gateway.clock, **one, username="x")
