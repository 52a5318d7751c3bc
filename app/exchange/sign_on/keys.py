"""The issuer's keys, read over HTTP and kept for a while."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import httpx
import structlog
from jose import jwk
from jose.backends.base import Key
from jose.exceptions import JOSEError

from app.exchange.outcomes import Deferred
from app.exchange.transport import contract_breach, exchange
from app.platform.clock import Clock

_log = structlog.get_logger("lgsp.sign_on")

ALGORITHM: Final = "RS256"
"""The one algorithm of the issuer's tokens; nothing in a token can choose another."""

_MAX_ANSWER: Final = 256 * 2**10
_MOST_KEYS: Final = 50
_LEAST_BITS: Final = 2048
_NOT_AGAIN: Final = timedelta(seconds=30)
"""An unknown key has the list read again, but not more often than this."""


class KeyRing:
    """The issuer's public keys by their ids; one object per process and event loop.

    A key that is not known has the list read anew: issuers change keys without notice. While
    the list cannot be read, the keys that were known stay good.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        url: str,
        clock: Clock,
        *,
        lifetime: timedelta,
        deadline: timedelta,
    ) -> None:
        self._http = http
        self._url = url
        self._clock = clock
        self._lifetime = lifetime
        self._deadline = deadline
        self._keys: Mapping[str, Key] = {}
        self._read_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._reading = asyncio.Lock()

    async def find(self, key_id: str) -> Key | Deferred | None:
        """Return a key; None if the issuer has none with this id, `Deferred` if nobody can tell."""
        if self._is_fresh and key_id in self._keys:
            return self._keys[key_id]
        async with self._reading:
            is_known = key_id in self._keys
            if not (self._is_fresh and is_known) and self._may_try:
                failed = await self._read()
                if failed is not None and not is_known:
                    return failed
        if key_id in self._keys:
            return self._keys[key_id]
        return Deferred("keys-unread") if self._read_at is None else None

    @property
    def _is_fresh(self) -> bool:
        return self._read_at is not None and self._clock.now() - self._read_at < self._lifetime

    @property
    def _may_try(self) -> bool:
        return self._tried_at is None or self._clock.now() - self._tried_at >= _NOT_AGAIN

    async def _read(self) -> Deferred | None:
        self._tried_at = self._clock.now()
        request = self._http.build_request("GET", self._url, headers={"Accept": "application/json"})
        answer = await exchange(self._http, request, max_bytes=_MAX_ANSWER, deadline=self._deadline)
        if isinstance(answer, Deferred):
            _log.warning("keys_not_read", reason=answer.reason)
            return answer
        found = _keys_of(answer.body) if answer.is_success else {}
        if not found:
            return contract_breach("jwks", answer, "no RS256 key of a good size")
        self._keys, self._read_at = found, self._clock.now()
        return None


def _keys_of(body: bytes) -> dict[str, Key]:
    """Return the usable keys of a JWKS document; what is not usable is passed over."""
    try:
        listed = json.loads(body)["keys"]
        rows = list(listed)[:_MOST_KEYS]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {
        row["kid"]: key
        for row in rows
        if isinstance(row, dict) and (key := _key_of(row)) is not None
    }


def _key_of(row: dict[str, Any]) -> Key | None:
    """Return the RS256 key of a row; None for any other kind, use, algorithm or a short modulus."""
    wanted = {"kty": "RSA", "alg": ALGORITHM, "use": "sig"}
    is_ours = all(row.get(name, text) == text for name, text in wanted.items())
    if not is_ours or row.get("kty") != "RSA" or not isinstance(row.get("kid"), str):
        return None
    try:
        public = {name: row[name] for name in ("kty", "n", "e")}
        key: Key = jwk.construct(public, ALGORITHM)
        is_long = key.prepared_key.key_size >= _LEAST_BITS
    except (JOSEError, KeyError, ValueError, TypeError, AttributeError):
        return None
    return key if is_long else None
