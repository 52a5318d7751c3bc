"""Access tokens of Zalo: a refresh token is good for one use, so each is kept before it counts."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

import httpx
from pydantic import SecretStr, ValidationError
from sqlalchemy import Connection, delete, insert, select

from app.exchange import leases
from app.exchange.messaging.zalo_wire import TokenAnswer
from app.exchange.outcomes import Deferred
from app.exchange.tables import messaging_tokens
from app.exchange.transport import contract_breach, exchange
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.ids import new_id
from app.platform.sealing import Sealer, UnopenableError

_NAME: Final = "zalo"
_LEASE: Final = "messaging:zalo-token"
_DURATION: Final = timedelta(minutes=2)
_EARLY: Final = timedelta(minutes=5)
"""A token is renewed so long before it ends."""

_MAX_ANSWER: Final = 64 * 2**10


@dataclass(frozen=True, slots=True)
class Application:
    """Our application at Zalo, and the refresh token that an administrator got for it."""

    url: str
    app_id: str
    secret: SecretStr
    first: SecretStr

    @property
    def begun_with(self) -> str:
        """A digest of the first token: another one begins anew."""
        return hashlib.sha256(self.first.get_secret_value().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Kept:
    access: SecretStr
    refresh: SecretStr
    expires_at: datetime
    begun_with: str


class ZaloTokens:
    """The access token that is good now, whoever of several workers renewed it."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        application: Application,
        database: Database,
        clock: Clock,
        sealer: Sealer,
    ) -> None:
        self._http = http
        self._application = application
        self._database = database
        self._clock = clock
        self._sealer = sealer
        self._holder = new_id()
        self._renewing = asyncio.Lock()

    async def current(self, *, not_this: str | None = None) -> str | Deferred:
        """Return a good token, renewed if need be; `not_this` is one that was refused."""
        kept = await self._read()
        if kept is not None and self._is_good(kept, not_this):
            return kept.access.get_secret_value()
        # The lease is this process's: of several that send in it, one renews and all read.
        async with self._renewing:
            return await self._current_by_lease(not_this)

    async def _current_by_lease(self, not_this: str | None) -> str | Deferred:
        if not await self._may_renew():
            return Deferred("token-being-renewed", retry_after=timedelta(seconds=5))
        try:
            kept = await self._read()
            if kept is not None and self._is_good(kept, not_this):
                return kept.access.get_secret_value()
            return await self._renew(kept)
        finally:
            await self._database.transact(leases.release, name=_LEASE, holder=self._holder)

    def _is_good(self, kept: _Kept, not_this: str | None) -> bool:
        is_theirs = kept.begun_with == self._application.begun_with
        is_other = kept.access.get_secret_value() != not_this
        return is_theirs and is_other and self._clock.now() < kept.expires_at - _EARLY

    async def _renew(self, kept: _Kept | None) -> str | Deferred:
        application = self._application
        refresh = application.first
        if kept is not None and kept.begun_with == application.begun_with:
            refresh = kept.refresh
        form = {
            "refresh_token": refresh.get_secret_value(),
            "app_id": application.app_id,
            "grant_type": "refresh_token",
        }
        request = self._http.build_request(
            "POST",
            application.url,
            content=urlencode(form).encode(),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "secret_key": application.secret.get_secret_value(),
            },
        )
        answer = await exchange(self._http, request, max_bytes=_MAX_ANSWER, deadline=_DURATION / 4)
        if isinstance(answer, Deferred):
            return answer
        try:
            said = TokenAnswer.model_validate_json(answer.body)
        except ValidationError:
            return contract_breach("refresh_token", answer, "no tokens")
        expires_at = self._clock.now() + timedelta(seconds=said.expires_in)
        fresh = _Kept(
            SecretStr(said.access_token),
            SecretStr(said.refresh_token),
            expires_at,
            application.begun_with,
        )
        await self._database.transact(self._keep, fresh)
        return said.access_token

    def _keep(self, connection: Connection, fresh: _Kept) -> None:
        connection.execute(delete(messaging_tokens).where(messaging_tokens.c.name == _NAME))
        connection.execute(
            insert(messaging_tokens).values(
                name=_NAME,
                access_token=self._sealer.seal(fresh.access, about="zalo:access"),
                refresh_token=self._sealer.seal(fresh.refresh, about="zalo:refresh"),
                expires_at=fresh.expires_at,
                begun_with=fresh.begun_with,
            )
        )

    async def _read(self) -> _Kept | None:
        return await self._database.read(self._found)

    def _found(self, connection: Connection) -> _Kept | None:
        wanted = select(messaging_tokens).where(messaging_tokens.c.name == _NAME)
        row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        try:
            access = self._sealer.open(bytes(row.access_token), about="zalo:access")
            refresh = self._sealer.open(bytes(row.refresh_token), about="zalo:refresh")
        except UnopenableError:
            return None
        return _Kept(access, refresh, row.expires_at, row.begun_with)

    async def _may_renew(self) -> bool:
        return await self._database.transact(
            leases.acquire, self._clock, name=_LEASE, holder=self._holder, duration=_DURATION
        )
