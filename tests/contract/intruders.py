"""Tokens that must not let anybody in."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from jose import jwt

from app.access import use_cases
from app.access.tokens import new_key_pem
from tests.gateway import Gateway

Credentials = tuple[str, str]
Forged = Callable[[Gateway, Credentials], str]


def _good(gateway: Gateway, credentials: Credentials) -> str:
    form = {"grant_type": "client_credentials"}
    answer = gateway.http.post("/oauth2/token", data=form, auth=credentials)
    return str(answer.json()["access_token"])


def _expired(gateway: Gateway, credentials: Credentials) -> str:
    token = _good(gateway, credentials)
    gateway.clock.advance(timedelta(seconds=gateway.settings.token_seconds))
    return token


def _of_revoked_client(gateway: Gateway, credentials: Credentials) -> str:
    token = _good(gateway, credentials)
    gateway.transact(use_cases.revoke, gateway.clock, client_id=credentials[0])
    return token


def _claiming(**changes: str) -> Forged:
    """Return a maker of tokens signed with our own key that claim something else."""

    def forged(gateway: Gateway, credentials: Credentials) -> str:
        assert gateway.settings.signing_key_file is not None
        key = gateway.settings.signing_key_file.read_text()
        return _signed(_good(gateway, credentials), key, changes)

    return forged


def _by_another_key(gateway: Gateway, credentials: Credentials) -> str:
    return _signed(_good(gateway, credentials), new_key_pem().decode(), {})


def _signed(good: str, key: str, changes: dict[str, str]) -> str:
    claims = jwt.get_unverified_claims(good) | changes
    return str(jwt.encode(claims, key, "ES256", headers=jwt.get_unverified_header(good)))


def _unsigned(gateway: Gateway, credentials: Credentials) -> str:
    good = _good(gateway, credentials)
    header: dict[str, Any] = jwt.get_unverified_header(good) | {"alg": "none"}
    encoded = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    return f"{encoded}.{good.split('.')[1]}."


TOKENS: dict[str, Forged] = {
    "token:expired": _expired,
    "token:revoked-client": _of_revoked_client,
    "token:other-issuer": _claiming(iss="https://other.example.vn"),
    "token:other-audience": _claiming(aud="https://other.example.vn"),
    "token:other-key": _by_another_key,
    "token:alg-none": _unsigned,
    "token:none-at-all": lambda _gateway, _credentials: "",
}
