"""Tokens in every way that clients of the national gateway get them (ngsp.md a.1)."""

import base64
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.access import use_cases as access
from app.access.domain.bearers import AccountTakenError, Style
from app.access.tokens import new_key_pem
from app.access.use_cases import bearers
from app.evidence.tables import evidence, unauthenticated_refusals
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from app.refusals import Refusals
from tests.facades.consumers import GRANT, Consumer, a_consumer, called
from tests.gateway import Gateway

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def consumer(gateway: Gateway) -> Consumer:
    return a_consumer(gateway)


def ways(consumer: Consumer) -> dict[str, dict[str, Any]]:
    own = {"client_id": consumer.client_id, "client_secret": consumer.secret}
    person = {"grant_type": "password", "username": "ilis", "password": consumer.password}
    return {
        "basic": {"auth": consumer.basic},
        "form": {"data": GRANT | own},
        "misspelt": {
            "auth": consumer.basic,
            "data": None,
            "content": b"grant_type=client_credentials",
            "headers": {"ContentType": FORM},
        },
        "bearer": {"headers": {"Authorization": f"Bearer {consumer.key}"}},
        "packed": {"headers": {"lgspaccesstoken": consumer.packed()}},
        "password": {"auth": consumer.basic, "data": person},
        "password and form": {"data": person | own},
    }


STYLES = {
    "misspelt": Style.MISSPELT_HEADER,
    "bearer": Style.STATIC_BEARER,
    "packed": Style.ACCESS_TOKEN_HEADER,
    "password": Style.PASSWORD,
    "password and form": Style.PASSWORD,
}
WAYS = ("basic", "form", *STYLES)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_leads_to_a_token_that_opens_calls(consumer: Consumer, way: str) -> None:
    answer = consumer.get(**ways(consumer)[way])
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    said = answer.json()
    assert said | {"access_token": "?"} == {
        "access_token": "?",
        "token_type": "Bearer",
        "expires_in": 3600,
        "scope": "am_application_scope default",
    }
    assert str(uuid.UUID(said["access_token"])) == said["access_token"]
    assert called(consumer.gateway, said["access_token"]) == 200


@pytest.mark.parametrize("way", STYLES)
def test_a_way_that_the_client_was_not_given_is_refused(consumer: Consumer, way: str) -> None:
    consumer.restyle(*(set(Style) - {STYLES[way]}))
    refused = consumer.get(**ways(consumer)[way])
    assert (refused.status_code, refused.json()["error"]) == (400, "unauthorized_client")


@pytest.mark.parametrize("way", ["basic", "form"])
def test_without_any_a_client_speaks_plain_oauth2(consumer: Consumer, way: str) -> None:
    consumer.restyle()
    assert consumer.get(**ways(consumer)[way]).status_code == 200


def test_the_same_token_comes_again_and_its_seconds_count_down(consumer: Consumer) -> None:
    clock = consumer.gateway.clock
    first = consumer.get(auth=consumer.basic).json()
    clock.advance(timedelta(seconds=600))
    again = consumer.get(headers={"lgspaccesstoken": consumer.packed()}).json()
    assert again == first | {"expires_in": 3000}
    clock.advance(timedelta(seconds=3000))
    assert called(consumer.gateway, first["access_token"]) == 401
    anew = consumer.get(auth=consumer.basic).json()
    assert anew["expires_in"] == 3600
    assert anew["access_token"] != first["access_token"]


def test_another_gateway_gives_the_same_token_unless_the_key_was_changed(
    consumer: Consumer, settings: Settings, clock: FrozenClock, tmp_path: Any
) -> None:
    first = consumer.get(auth=consumer.basic).json()["access_token"]
    new = tmp_path / "new.pem"
    new.write_bytes(new_key_pem())
    rotated = settings.model_copy(
        update={"signing_key_file": new, "previous_signing_key_file": settings.signing_key_file}
    )
    for other, is_same in ((settings, True), (rotated, False)):
        with TestClient(create_app(other, clock=clock)) as http:
            answer = http.post("/token", data=GRANT, auth=consumer.basic).json()
            assert (answer["access_token"] == first) is is_same
            assert called(Gateway(http, other, clock), first) == 200


def test_fewer_scopes_are_another_token(consumer: Consumer) -> None:
    every = consumer.get(auth=consumer.basic).json()
    fewer = consumer.get(auth=consumer.basic, data=GRANT | {"scope": "services:forward"}).json()
    assert fewer["scope"] == "services:forward"
    assert fewer["access_token"] != every["access_token"]
    assert called(consumer.gateway, fewer["access_token"]) == 403


def test_the_scopes_may_be_told_instead(
    consumer: Consumer, settings: Settings, clock: FrozenClock
) -> None:
    plain = settings.model_copy(update={"ngsp_token_scope": ""})
    with TestClient(create_app(plain, clock=clock)) as http:
        said = http.post("/token", data=GRANT, auth=consumer.basic).json()
    assert said["scope"] == "catalogue:read services:forward"


def test_every_token_ends_with_its_client(consumer: Consumer) -> None:
    gateway = consumer.gateway
    token = consumer.get(auth=consumer.basic).json()["access_token"]
    gateway.transact(access.revoke, gateway.clock, client_id=consumer.client_id)
    assert [called(gateway, one) for one in (token, consumer.key)] == [401, 401]
    for way in ways(consumer).values():
        assert consumer.get(**way).json()["error"] == "invalid_client"


def test_a_token_that_was_handed_out_is_no_credential(consumer: Consumer) -> None:
    token = consumer.get(auth=consumer.basic).json()["access_token"]
    refused = consumer.get(headers={"Authorization": f"Bearer {token}"})
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")


def wrong(consumer: Consumer) -> dict[str, dict[str, Any]]:
    person = {"grant_type": "password", "username": "ilis", "password": "wrong"}
    packed = base64.b64encode(b'{"AccessKey": 1, "SecretKey": "x"}').decode()
    bearer = {"Authorization": f"Bearer {consumer.key}"}
    return {
        "nothing": {},
        "secret": {"auth": (consumer.client_id, "wrong")},
        "client": {"auth": ("client-unknown", "wrong")},
        "long id": {"auth": ("x" * 81, "wrong")},
        "unreadable": {"headers": {"Authorization": "Basic !!!"}},
        "kind": {"headers": {"Authorization": "Digest x"}},
        "key": {"headers": {"Authorization": "Bearer wrong"}},
        "packed secret": {"headers": {"lgspaccesstoken": consumer.packed(SecretKey="wrong")}},
        "packed what": {"headers": {"lgspaccesstoken": packed}},
        "packed list": {"headers": {"lgspaccesstoken": base64.b64encode(b"[]").decode()}},
        "packed nothing": {"headers": {"lgspaccesstoken": "!!!"}},
        "password": {"auth": consumer.basic, "data": person},
        "person": {"auth": consumer.basic, "data": person | {"username": "other"}},
        "no person": {"auth": consumer.basic, "data": {"grant_type": "password"}},
        "two ways": {"headers": bearer | {"lgspaccesstoken": consumer.packed()}},
        "grant": {"auth": consumer.basic, "data": {"grant_type": "refresh_token"}},
        "no grant": {"auth": consumer.basic, "data": {"x": "y"}},
        "twice": {"auth": consumer.basic, "data": {"grant_type": ["client_credentials"] * 2}},
        "json": {"auth": consumer.basic, "data": None, "json": GRANT},
        "scope": {"auth": consumer.basic, "data": GRANT | {"scope": "no:such"}},
    }


ERRORS = {
    "password": (400, "invalid_grant"),
    "person": (400, "invalid_grant"),
    "no person": (400, "invalid_grant"),
    "two ways": (400, "invalid_request"),
    "grant": (400, "unsupported_grant_type"),
    "no grant": (400, "unsupported_grant_type"),
    "twice": (400, "invalid_request"),
    "json": (400, "invalid_request"),
    "scope": (400, "invalid_scope"),
}


def test_what_is_wrong_is_told_in_the_words_of_oauth2(consumer: Consumer) -> None:
    told = {}
    for name, way in wrong(consumer).items():
        answer = consumer.get(**way)
        told[name] = (answer.status_code, answer.json()["error"])
        assert ("www-authenticate" in answer.headers) is (answer.status_code == 401)
    assert told == {name: ERRORS.get(name, (401, "invalid_client")) for name in told}
    assert consumer.get(auth=consumer.basic).status_code == 200


def test_strangers_are_counted_and_clients_recorded(consumer: Consumer) -> None:
    gateway = consumer.gateway
    for way in ("secret", "key", "packed secret", "scope", "password"):
        consumer.get(**wrong(consumer)[way])
    consumer.get(auth=consumer.basic)
    refusals: Refusals = gateway.http.app.state.refusals  # type: ignore[attr-defined]
    assert gateway.http.portal is not None
    gateway.http.portal.call(refusals.flush)
    rows = gateway.transact(lambda c: c.execute(select(unauthenticated_refusals)).all())
    assert [(row.reason, row.number) for row in rows] == [("invalid_client", 3)]
    issued = select(evidence.c.outcome).where(evidence.c.act == "token.issue")
    outcomes = gateway.transact(lambda c: c.execute(issued).scalars().all())
    assert outcomes == ["invalid_scope", "invalid_grant", "done"]


def test_an_account_is_opened_once_and_closed(consumer: Consumer) -> None:
    gateway, one = consumer.gateway, {"client_id": consumer.client_id, "username": "ilis"}
    with pytest.raises(AccountTakenError):
        gateway.transact(bearers.open_account, gateway.clock, **one)
    gateway.transact(bearers.close_account, gateway.clock, **one)
    refused = consumer.get(**ways(consumer)["password"])
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


def test_a_large_body_is_not_read(consumer: Consumer) -> None:
    answer = consumer.get(auth=consumer.basic, data=GRANT | {"x": "y" * 20_000})
    assert answer.status_code == 413
