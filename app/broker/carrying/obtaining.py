"""Getting a token or a session from whoever gives them out."""

import asyncio
import base64
import json
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

import structlog

from app.broker.carrying.connections import Connections
from app.broker.carrying.failures import word_of
from app.broker.domain.carrying import CarryingError, Failing
from app.broker.domain.credentials import CredentialKind, Expiry, expiry_of
from app.broker.use_cases.credentials import Opened
from app.platform.calling.connections import Connection
from app.platform.calling.failing import CallError
from app.platform.calling.requests import Lines, Request
from app.platform.clock import Clock

_log = structlog.get_logger("lgsp.broker")

_MOST: Final = 64 * 1024
_MARGIN: Final = 30
"""Seconds before its end at which a token is no longer used."""

_UNSAID: Final = 300
"""Seconds that a token is used for if nobody says how long it is good."""

_OK: Final = 200
_ACCEPT: Final = (b"Accept", b"application/json")
_FORM: Final = ((b"Content-Type", b"application/x-www-form-urlencoded"), _ACCEPT)
_JSON: Final = ((b"Content-Type", b"application/json"), _ACCEPT)


@dataclass(frozen=True, slots=True, eq=False)
class Obtained:
    """What was given out: the value of `Authorization`, or a session's id.

    `expiry` is how answers say that it has ended before its time, beside HTTP 401.
    """

    value: str
    good_until: float
    expiry: Expiry | None = None


class Obtainer:
    """Asks token and login services, over the same guarded connections as calls go."""

    def __init__(self, connections: Connections, clock: Clock, *, seconds: float) -> None:
        self._connections = connections
        self._clock = clock
        self._seconds = seconds

    async def obtain(self, opened: Opened) -> Obtained:
        """Return a fresh token or session.

        Raises:
            CarryingError: if none was given.
        """
        is_token = opened.credential.kind is CredentialKind.CLIENT_CREDENTIALS
        try:
            return await (self._token(opened) if is_token else self._session(opened))
        except CallError as error:
            self._tell(opened, word_of(error).value)
        except TimeoutError:
            self._tell(opened, Failing.TIMEOUT.value)
        except (KeyError, TypeError, AttributeError, ValueError):
            self._tell(opened, "answer-not-as-described")
        raise CarryingError(Failing.CREDENTIAL_FAILED)

    async def _token(self, opened: Opened) -> Obtained:
        """Ask for a token as clients of WSO2 do; `token_type` goes before it as it was said."""
        facts, secret = opened.credential.facts, opened.secret.get_secret_value()
        form = {"grant_type": "client_credentials"}
        lines = list(_FORM)
        if facts["scope"] != "-":
            form["scope"] = facts["scope"]
        if facts["sent_in"] == "form":
            form |= {"client_id": facts["client_id"], "client_secret": secret}
        else:
            shown = base64.b64encode(f"{facts['client_id']}:{secret}".encode()).decode()
            lines.append((b"Authorization", f"Basic {shown}".encode()))
        body = "&".join(f"{name}={quote(value, safe='')}" for name, value in form.items())
        said = await self._ask(facts["token_url"], lines, body)
        seconds = max(1, int(said.get("expires_in", _UNSAID + _MARGIN)) - _MARGIN)
        kind = said.get("token_type") or "Bearer"
        return self._obtained(f"{kind} {said['access_token']}", seconds)

    async def _session(self, opened: Opened) -> Obtained:
        """Log in as at `mapi/login`: name and password, and an answer with `session`."""
        facts = opened.credential.facts
        body = {"username": facts["user"], "password": opened.secret.get_secret_value()}
        said = await self._ask(facts["login_url"], _JSON, json.dumps(body))
        found = self._obtained(str(said["session"] or ""), int(facts["seconds"]))
        return replace(found, expiry=expiry_of(opened.credential))

    def _obtained(self, value: str, seconds: int) -> Obtained:
        if not value.isascii() or not value.isprintable() or not value.rpartition(" ")[2]:
            raise KeyError
        return Obtained(value, self._clock.now().timestamp() + seconds)

    async def _ask(self, address: str, lines: Lines, body: str) -> Any:
        url, _, query = address.partition("?")
        place, path = self._connections.place_of(url)
        target = (path or b"/") + (f"?{query}".encode() if query else b"")
        request = Request("POST", target, lines, body.encode())
        async with asyncio.timeout(self._seconds):
            connection = await self._connections.ask(place, request, seconds=self._seconds)
            try:
                if connection.answer.status != _OK:
                    raise KeyError(connection.answer.status)
                return json.loads(await _whole(connection))
            finally:
                connection.give_back()

    def _tell(self, opened: Opened, why: str) -> None:
        _log.warning("credential-not-obtained", credential=opened.credential.name, why=why)


async def _whole(connection: Connection) -> bytes:
    read = bytearray()
    while piece := await connection.more():
        read += piece
        if len(read) > _MOST:
            raise KeyError
    return bytes(read)
