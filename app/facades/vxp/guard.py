"""Who calls on the axis's wire: proved by the HMAC over the sign-header, under a kept secret.

Parameters are read from the signed JSON alone, in their exact case. Header lines may be left
over, may collide and prove nothing, so they are not looked at; nor is the timestamp, which
clients take once when they start.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import structlog
from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request

from app.access.domain import SystemCaller
from app.access.use_cases import systems
from app.access.use_cases.systems import Known
from app.exchange.vxp.signing import Claim, Parameters, WrongSignatureError, claim_of
from app.facades.vxp.envelope import SEND, operation_of
from app.facades.vxp.errors import BadParameterError, UnknownSystemIdError, UnsignedError
from app.platform.bodies import BodyTooLargeError
from app.platform.context import Context
from app.platform.gathering import Gathering
from app.platform.problems import request_id_of
from app.platform.sealing import Sealer, UnopenableError

_log = structlog.get_logger("lgsp.facade")

_SYSTEM_ID: Final = re.compile(r"[A-Za-z0-9.\-]{1,70}", re.ASCII)
_SMALL: Final = 64 * 1024
"""Bytes of a body that only registerAgency fills, and that is read before anybody is known."""

_KEPT: Final = 2_000
"""Systems kept at once; strangers' ids are kept too, so that guessing costs few look-ups."""


@dataclass(frozen=True, slots=True)
class Call:
    """A proved request: who calls, and what it says; `body` but for sendEdoc's, which is large."""

    caller: SystemCaller
    given: Parameters
    body: bytes = b""

    def need(self, *names: str) -> str:
        """Return the first of these parameters that is there and not blank.

        Raises:
            BadParameterError: if none is.
        """
        found = self.may(*names)
        if found is None:
            raise BadParameterError(names[0])
        return found

    def may(self, *names: str) -> str | None:
        """Return the first of these parameters that is there and not blank.

        Raises:
            BadParameterError: if it holds what no database keeps, as only JSON can bring it.
        """
        for name in names:
            text = self.given.values.get(name, "").strip()
            if not text.isprintable():
                raise BadParameterError(name)
            if text:
                return text
        return None


class SystemKeeper:
    """Recognises systems; keeps their rows for a short time, as the gatekeeper does clients'."""

    def __init__(self, context: Context, sealer: Sealer | None) -> None:
        self._context = context
        self._sealer = sealer
        self._kept: dict[str, tuple[float, Known | None]] = {}
        self._gathering = Gathering(context.database, self._recognised)

    async def call_of(self, request: Request) -> Call:
        """Return the proved call.

        Raises:
            UnsignedError: if there is no sign-header to be read.
            UnknownSystemIdError: if no system in force has the id.
            WrongSignatureError: if none of its secrets proves the call.
        """
        try:
            claim = claim_of(request.headers)
        except WrongSignatureError:
            raise UnsignedError from None
        system_id = claim.system_id
        known = await self._known(system_id) if _SYSTEM_ID.fullmatch(system_id) else None
        if known is None:
            raise UnknownSystemIdError
        try:
            return Call(_caller(known, request), _proved(claim, known))
        except WrongSignatureError:
            known = await self._renewed(known)
            return Call(_caller(known, request), _proved(claim, known))

    async def _renewed(self, known: Known) -> Known:
        """Return the system with the secrets that are good now; the kept ones proved nothing.

        Raises:
            WrongSignatureError: if they are the same.
        """
        system_id = known.system.system_id
        found = await self._look_up(system_id)
        if found is None or found.secrets == known.secrets:
            raise WrongSignatureError
        self._keep(system_id, found)
        return found

    async def caller_named(self, system_id: str, request: Request) -> SystemCaller | None:
        """Return a system in force by its id alone, for a wire that proves it otherwise."""
        known = await self._known(system_id)
        return None if known is None else _caller(known, request)

    async def _known(self, system_id: str) -> Known | None:
        now = self._context.clock.now().timestamp()
        until, known = self._kept.get(system_id, (0.0, None))
        if now < until:
            return known
        known = await self._look_up(system_id)
        self._keep(system_id, known)
        return known

    def _keep(self, system_id: str, known: Known | None) -> None:
        now = self._context.clock.now().timestamp()
        while len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[system_id] = (now + self._context.settings.client_cache_seconds, known)

    async def _look_up(self, system_id: str) -> Known | None:
        """Look once for all requests that come meanwhile."""
        return None if self._sealer is None else await self._gathering.ask(system_id)

    def _recognised(self, connection: Connection, ids: Sequence[str]) -> Mapping[str, Known]:
        found = ((system_id, self._recognise(connection, system_id)) for system_id in ids)
        return {system_id: known for system_id, known in found if known is not None}

    def _recognise(self, connection: Connection, system_id: str) -> Known | None:
        if self._sealer is None:
            return None
        try:
            return systems.recognise(
                connection, self._context.clock, self._sealer, system_id=system_id
            )
        except UnopenableError:
            # Nothing a caller can mend: the key of the settings is not the one it was kept under.
            _log.exception("system-secret-unopenable", system_id=system_id)
            return None


class SystemGuard:
    """A dependency that lets only proved calls of known systems pass."""

    async def __call__(self, request: Request) -> Call:
        """Return the call.

        Raises:
            UnauthenticatedError: if nobody we know makes it.
        """
        keeper: SystemKeeper = request.app.state.systems
        operation = operation_of(request.scope) or ""
        # Read before anything is judged: these clients wait for the `100 Continue` it gives.
        body = b"" if operation == SEND else await _small_body(request)
        call = replace(await keeper.call_of(request), body=body)
        request.state.caller = call.caller
        request.state.act = f"vxp:{operation}"
        return call


def signed() -> Any:
    """Return the dependency that demands a proved call and gives it."""
    return Depends(SystemGuard())


async def _small_body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _SMALL:
            raise BodyTooLargeError(_SMALL)
    return bytes(body)


def _caller(known: Known, request: Request) -> SystemCaller:
    return SystemCaller(
        client_id=f"vxp:{known.system.system_id}",
        member=known.system.member,
        scopes=frozenset(),
        request_id=request_id_of(request),
        system=known.system,
        reach=known.reach,
    )


def _proved(claim: Claim, known: Known) -> Parameters:
    return claim.proved(*(secret.get_secret_value() for secret in known.secrets))
