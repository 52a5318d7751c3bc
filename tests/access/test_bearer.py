"""What a guarded route does with good and bad tokens, on the catalogue's member list."""

from datetime import timedelta
from pathlib import Path

import pytest
from jose import jwt
from sqlalchemy import select
from starlette.testclient import TestClient

from app.access import use_cases
from app.access.domain import Client, Scope
from app.access.guard import Gatekeeper
from app.access.tokens import SigningKey, Tokens, new_key_pem
from app.codes import AgencyCode
from app.evidence.tables import evidence, unauthenticated_refusals
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.gateway import START, Api, Gateway

PATH = "/v1/members"
CLIENT = Client("client-x", "x", AgencyCode("H38"), frozenset(Scope), START)


def tokens_of(gateway: Gateway) -> Tokens:
    gatekeeper: Gatekeeper = gateway.http.app.state.gatekeeper  # type: ignore[attr-defined]
    return gatekeeper.tokens


def foreign(gateway: Gateway, *, issuer: str, tmp_path: Path | None = None) -> str:
    """Return a token of another issuer; with `tmp_path` signed by another key, too."""
    file = gateway.settings.signing_key_file
    if tmp_path is not None:
        file = tmp_path / "other.pem"
        file.write_bytes(new_key_pem())
    assert file is not None
    other = Tokens(gateway.clock, issuer, [SigningKey.read(file)], lifetime=timedelta(hours=1))
    return other.issue(CLIENT, CLIENT.scopes)


def test_no_token_is_401_with_a_problem(gateway: Gateway) -> None:
    answer = gateway.http.get(PATH)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "/problems/invalid-token"


def test_a_missing_scope_is_403_and_leaves_an_entry(gateway: Gateway) -> None:
    answer = gateway.client("H38", Scope.SEND_DOCUMENTS).get(PATH)
    assert (answer.status_code, answer.json()["scope"]) == (403, "catalogue:read")
    outcomes = gateway.transact(lambda c: c.execute(select(evidence.c.outcome)).scalars().all())
    assert "insufficient-scope" in outcomes


def test_other_keys_issuers_and_audiences_are_refused(gateway: Gateway, tmp_path: Path) -> None:
    ours = gateway.settings.issuer
    for token in (
        foreign(gateway, issuer=ours, tmp_path=tmp_path),
        foreign(gateway, issuer="https://other.example.vn"),
    ):
        assert Api(gateway.http, token).get(PATH).status_code == 401


def test_an_unsigned_token_is_refused(gateway: Gateway) -> None:
    good = tokens_of(gateway).issue(CLIENT, CLIENT.scopes)
    header, claims, _ = good.split(".")
    kid = jwt.get_unverified_header(good)["kid"]
    symmetric = jwt.encode(jwt.get_unverified_claims(good), "x", "HS256", headers={"kid": kid})
    none = "eyJhbGciOiJub25lIn0"
    for token in (f"{none}.{claims}.", f"{header}.{claims}.", symmetric, "x", "a.b.c", good[:-2]):
        assert Api(gateway.http, token).get(PATH).status_code == 401


def test_an_expired_token_is_refused(gateway: Gateway) -> None:
    api = gateway.client("H38", Scope.READ_CATALOGUE)
    assert api.get(PATH).status_code == 200
    gateway.clock.advance(timedelta(seconds=gateway.settings.token_seconds))
    assert api.get(PATH).status_code == 401


def test_a_revoked_clients_token_is_refused(gateway: Gateway) -> None:
    api = gateway.client("H38", Scope.READ_CATALOGUE)
    assert api.get(PATH).status_code == 200
    (client_id,) = {entry.client_id for entry in every(gateway)}
    gateway.transact(use_cases.revoke, gateway.clock, client_id=client_id)
    assert api.get(PATH).status_code == 401


def every(gateway: Gateway) -> list[Client]:
    from app.access import store

    return list(gateway.transact(store.every))


def test_during_a_rotation_both_keys_are_published_and_read(
    settings: Settings, clock: FrozenClock, tmp_path: Path
) -> None:
    new = tmp_path / "new.pem"
    new.write_bytes(new_key_pem())
    rotated = settings.model_copy(
        update={"signing_key_file": new, "previous_signing_key_file": settings.signing_key_file}
    )
    with TestClient(create_app(settings, clock=clock)) as http:
        old = Gateway(http, settings, clock).client("H38", Scope.READ_CATALOGUE)
        token = old.headers["Authorization"].removeprefix("Bearer ")
    with TestClient(create_app(rotated, clock=clock)) as http:
        assert len(http.get("/.well-known/jwks.json").json()["keys"]) == 2
        assert Api(http, token).get(PATH).status_code == 200


def test_unknown_callers_are_counted_per_minute(settings: Settings, clock: FrozenClock) -> None:
    with TestClient(create_app(settings, clock=clock)) as http:
        for _ in range(3):
            http.get(PATH)
    with TestClient(create_app(settings, clock=clock)) as http:
        rows = Gateway(http, settings, clock).transact(
            lambda c: c.execute(select(unauthenticated_refusals)).all()
        )
    assert [(row.reason, row.number) for row in rows] == [("invalid-token", 3)]


@pytest.mark.parametrize("word", ["UPDATE evidence SET act = 'x'", "DELETE FROM evidence"])
def test_the_log_cannot_be_changed(gateway: Gateway, word: str) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    gateway.client()
    with pytest.raises(DBAPIError, match="append-only"):
        gateway.transact(lambda c: c.execute(text(word)))
