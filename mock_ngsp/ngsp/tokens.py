"""Applications that may call, and their tokens: the same one again until it expires."""

import base64
import binascii
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from mock_ngsp.ngsp.asking import Asked
from mock_ngsp.wire import Answer, json_answer

TOKEN = "/token"  # noqa: S105 - an address
OPERATION = "ngsp/token"


@dataclass(frozen=True, slots=True)
class Application:
    """A caller: consumer key and secret, and a bearer that never changes."""

    key: str
    secret: str
    static: str


DEFAULT_APPLICATION = Application(
    "mock-consumer-key", "mock-consumer-secret", "mock-long-lived-bearer"
)
"""Invented, for use at once; README.md prints it."""


class Applications:
    """Every application, and the token that each has at present."""

    def __init__(self, *rows: Application) -> None:
        self._rows = {row.key: row for row in rows or (DEFAULT_APPLICATION,)}
        self._tokens: dict[str, tuple[str, datetime]] = {}

    def by_secret(self, key: object, secret: object) -> Application | None:
        """The application that key and secret name."""
        row = self._rows.get(key) if isinstance(key, str) else None
        return row if row is not None and row.secret == secret else None

    def by_static(self, bearer: str) -> Application | None:
        """The application with this lasting bearer."""
        return next((row for row in self._rows.values() if row.static == bearer), None)

    def token_of(
        self, row: Application, now: datetime, lifetime: timedelta
    ) -> tuple[str, timedelta]:
        """The application's token and how long it lives yet."""
        token, until = self._tokens.get(row.key, ("", now))
        if until <= now:
            token, until = str(uuid.uuid4()), now + lifetime
            self._tokens[row.key] = token, until
        return token, until - now

    def is_good(self, token: str, now: datetime) -> bool:
        """Tell whether a token, or a lasting bearer, is an application's at this moment."""
        held = any(token == one and now < until for one, until in self._tokens.values())
        return held or self.by_static(token) is not None

    def revoke(self) -> None:
        """Make every token bad before its time."""
        self._tokens.clear()


def answer_token(asked: Asked) -> Answer:
    """`POST /token`: client credentials in any of the ways that clients of NGSP send them."""
    form = dict(parse_qsl(asked.request.body.decode("utf-8", "replace"), keep_blank_values=True))
    if form.get("grant_type") != "client_credentials":
        return json_answer({"error": "unsupported_grant_type"}, 400)
    applications = asked.universe.ngsp.applications
    row = _found(asked, form, applications)
    if row is None:
        told = {"error": "invalid_client", "error_description": "Client Authentication failed."}
        return json_answer(told, 401)
    lifetime = asked.universe.settings.ngsp_token_ttl
    token, left = applications.token_of(row, asked.universe.clock.now(), lifetime)
    return json_answer(
        {
            "access_token": token,
            "scope": "am_application_scope default",
            "token_type": "Bearer",
            "expires_in": int(left.total_seconds()),
        }
    )


def _found(asked: Asked, form: dict[str, str], rows: Applications) -> Application | None:
    kind, _, said = asked.header("authorization").partition(" ")
    ways: dict[str, Callable[[], Application | None]] = {
        "basic": lambda: rows.by_secret(*_pair(said)),
        "bearer": lambda: rows.by_static(said),
    }
    if kind.lower() in ways:
        return ways[kind.lower()]()
    if adapter := asked.header("lgspaccesstoken"):
        told = _adapter(adapter)
        return rows.by_secret(told.get("AccessKey"), told.get("SecretKey"))
    return rows.by_secret(form.get("client_id"), form.get("client_secret"))


def _pair(said: str) -> tuple[str, str]:
    key, _, secret = _decoded(said).partition(":")
    return key, secret


def _adapter(said: str) -> dict[str, Any]:
    try:
        told = json.loads(_decoded(said))
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _decoded(said: str) -> str:
    try:
        return base64.b64decode(said, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
