"""Showing ourselves to services: kept credentials, and the tokens and sessions got with them."""

import asyncio
import base64
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import structlog

from app.broker.carrying.hygiene import Lines, put
from app.broker.carrying.inserting import with_member
from app.broker.carrying.obtaining import Obtained, Obtainer
from app.broker.domain.carrying import CarryingError, Failing
from app.broker.domain.credentials import Credential, CredentialKind, Origin, is_for
from app.broker.use_cases import credentials
from app.broker.use_cases.credentials import Opened
from app.platform.calling.requests import Place
from app.platform.context import Context
from app.platform.sealing import Sealer, UnopenableError

_log = structlog.get_logger("lgsp.broker")

_IN_BODY: Final = frozenset({CredentialKind.BODY_KEY, CredentialKind.SESSION})
_OBTAINED: Final = frozenset({CredentialKind.CLIENT_CREDENTIALS, CredentialKind.SESSION})
_REST_SECONDS: Final = 1.0
"""After a token was refused nobody asks again for so long; waiting calls fail at once."""

BODY_BYTES: Final = 16 * 1024 * 1024
"""A body that a credential goes into is held in memory, and may be no larger."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A credential by its name, and the server that it is shown to.

    What is obtained with a credential is kept for one server: another may refuse it, or end it.
    """

    name: str
    server: Place

    @property
    def origin(self) -> Origin:
        """Where it would go."""
        scheme = "https" if self.server.is_secure else "http"
        return scheme, self.server.host, self.server.port


@dataclass(frozen=True, slots=True)
class Dressed:
    """The body to send, and what was obtained for the call, so that it can be given up."""

    body: bytes | None
    obtained: Obtained | None = None


class Wardrobe:
    """Gives calls the credential that the place they go to wants."""

    def __init__(self, context: Context, sealer: Sealer | None, obtainer: Obtainer) -> None:
        self._context = context
        self._sealer = sealer
        self._obtainer = obtainer
        self._opened: dict[str, tuple[float, Opened]] = {}
        self._obtained: dict[Showing, Obtained] = {}
        self._refused: dict[str, float] = {}
        self._one_at_a_time: defaultdict[Showing, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def body_bytes(self, name: str) -> int:
        """Return how many bytes of a body are wanted at once: a credential goes into it.

        Of one that is not to be had none are: the call may go where another is wanted.
        """
        try:
            opened = await self._open(name)
        except CarryingError:
            return 0
        return BODY_BYTES if opened.credential.kind in _IN_BODY else 0

    async def dress(self, showing: Showing, headers: Lines, body: bytes | None) -> Dressed:
        """Put the credential into the headers, or return the body with it.

        Raises:
            CarryingError: if there is none, it is not for this server, or a token or session could
                not be obtained.
            BodyUnfitError: if it goes into the body, which is no JSON object or too large.
        """
        opened = await self._open(showing.name)
        one, secret = opened.credential, opened.secret.get_secret_value()
        if not is_for(one, showing.origin):
            _log.warning("credential-not-for-server", credential=one.name)
            raise CarryingError(Failing.CREDENTIAL_FAILED)
        match one.kind:
            case CredentialKind.HEADER:
                shown = f"{one.facts['prefix']}{secret}"
                put(headers, one.facts["header"].encode(), shown.encode())
                return Dressed(body)
            case CredentialKind.HASHED_BASIC:
                self._hash_into(headers, one, secret)
                return Dressed(body)
            case CredentialKind.BODY_KEY:
                return Dressed(with_member(body or b"", one.facts["field"], secret))
            case CredentialKind.CLIENT_CREDENTIALS:
                found = await self._obtain(opened, showing)
                put(headers, b"Authorization", found.value.encode())
                return Dressed(body, found)
            case CredentialKind.SESSION:
                found = await self._obtain(opened, showing)
                field = one.facts["field"]
                return Dressed(with_member(body or b"", field, found.value), found)

    def give_up(self, obtained: Obtained) -> None:
        """Use a token or session no more: the server it was shown to refused it."""
        self._obtained = {of: one for of, one in self._obtained.items() if one is not obtained}

    async def _open(self, name: str) -> Opened:
        now = self._context.clock.now().timestamp()
        until, opened = self._opened.get(name, (0.0, None))
        if opened is not None and now < until:
            return opened
        fresh = await self._look_up(name)
        if opened is not None and fresh.credential.changed_at != opened.credential.changed_at:
            self._obtained = {of: one for of, one in self._obtained.items() if of.name != name}
        self._opened[name] = (now + self._context.settings.client_cache_seconds, fresh)
        return fresh

    async def _look_up(self, name: str) -> Opened:
        found = None
        if self._sealer is not None:
            try:
                found = await self._context.database.read(
                    credentials.open_, self._sealer, name=name
                )
            except UnopenableError:
                _log.exception("credential-unopenable", credential=name)
        if found is None:
            self._opened.pop(name, None)
            raise CarryingError(Failing.CREDENTIAL_FAILED)
        return found

    async def _obtain(self, opened: Opened, showing: Showing) -> Obtained:
        """Return a token or session that is good; one call gets it, all others wait for that."""
        now = self._now()
        found = self._obtained.get(showing)
        if found is not None and now < found.good_until:
            return found
        async with self._one_at_a_time[showing]:
            found = self._obtained.get(showing)
            if found is not None and self._now() < found.good_until:
                return found
            if self._now() < self._refused.get(showing.name, 0.0):
                raise CarryingError(Failing.CREDENTIAL_FAILED)
            return await self._obtain_anew(opened, showing)

    async def _obtain_anew(self, opened: Opened, showing: Showing) -> Obtained:
        try:
            found = await self._obtainer.obtain(opened)
        except CarryingError:
            self._refused[showing.name] = self._now() + _REST_SECONDS
            raise
        self._obtained[showing] = found
        return found

    def _hash_into(self, headers: Lines, one: Credential, secret: str) -> None:
        """Show what the population database wants: H = sha256hex(sv_url+user+timestamp+secret)."""
        moment = self._now()
        scale = 1000 if one.facts["unit"] == "milliseconds" else 1
        stamp, user = str(int(moment * scale)), one.facts["user"]
        text = f"{one.facts['hashed_url']}{user}{stamp}{secret}"
        hashed = hashlib.sha256(text.encode()).hexdigest()
        shown = base64.b64encode(f"{user}:{hashed}".encode()).decode()
        put(headers, b"Authorization", f"Basic {shown}".encode())
        put(headers, b"Timestamp", stamp.encode())

    def _now(self) -> float:
        return self._context.clock.now().timestamp()
