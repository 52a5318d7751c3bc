"""The way of one call through the broker: decided, counted, carried, and remembered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from multidict import CIMultiDict
from starlette.types import Receive, Scope, Send

from app.access.domain import Caller, InvalidTokenError, MissingScopeError
from app.access.domain import Scope as Right
from app.access.guard import Gatekeeper
from app.broker.carrying.bodies import declared_length
from app.broker.carrying.carrier import Carrier
from app.broker.carrying.errands import Errand, Terms
from app.broker.carrying.hygiene import Lines, outward
from app.broker.domain.deciding import Allowed, Refused
from app.broker.domain.service import Protocol, Service
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.context import Context

RIGHT: Final = Right.FORWARD_SERVICES
"""What a token must allow; beside that, each call needs a grant."""

_ACT: Final = "service.call"
_UNKNOWN: Final = "shared-service:"


class RefusedCallError(Exception):
    """The call may not be made."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason.value)
        self.refused = refused


@dataclass(slots=True)
class Call:
    """A call at one of the doors, before it is carried.

    `says` are header lines that this wire has for the service, `adds` those for the caller, and
    `without` the beginning of names that only the wire may say to the caller.
    """

    scope: Scope
    receive: Receive
    send: Send
    caller: Caller
    says: Mapping[str, str] = field(default_factory=dict)
    adds: Lines = field(default_factory=list)
    without: bytes = b"\0"


class Passage:
    """One process's way to every service; what comes before it is the doors' own."""

    def __init__(
        self,
        context: Context,
        gatekeeper: Gatekeeper,
        carrier: Carrier,
        count: Callable[[str], None],
    ) -> None:
        """`count` takes note of the refusal of somebody nobody knows."""
        self._context = context
        self._gatekeeper = gatekeeper
        self._carrier = carrier
        self._count = count
        self._client = f"{context.settings.xroad_instance}/{context.settings.xroad_classes[0]}"

    async def admit(self, scope: Scope) -> Caller:
        """Return who calls.

        Raises:
            InvalidTokenError: if nobody we know does.
            MissingScopeError: if the token is not for calling services.
        """
        try:
            caller = await self._gatekeeper.caller_by(authorization_of(scope), scope["request_id"])
        except InvalidTokenError as error:
            self._count(error.slug)
            raise
        if RIGHT not in caller.scopes:
            await self._record(caller, Act(_ACT, _UNKNOWN, outcome=MissingScopeError.slug))
            raise MissingScopeError(RIGHT)
        return caller

    async def take(self, call: Call, decision: Allowed | Refused) -> None:
        """Carry a call that was allowed and send its answer.

        Raises:
            RefusedCallError: if it was not; the refusal stands in the evidence log by then.
            DatabaseUnavailableError: if that could not be written.
            CarryingError, CallTooLargeError, BodyUnfitError: if nothing came of it.
            CutShortError, CallerGoneError: if it broke off.
        """
        if isinstance(decision, Refused):
            await self._note(call, decision)
            raise RefusedCallError(decision)
        await self._carrier.carry(self._errand(call, decision), call.receive, call.send)

    async def _note(self, call: Call, refused: Refused) -> None:
        service, operation = refused.service, refused.operation
        subject = _UNKNOWN if service is None else service.subject
        act = _ACT if operation is None else f"{_ACT} {operation.id}"
        await self._record(call.caller, Act(act, subject, outcome=refused.reason.value))

    async def _record(self, caller: Caller, act: Act) -> None:
        await self._context.database.transact(record, self._context.clock, caller, act)

    def _errand(self, call: Call, allowed: Allowed) -> Errand:
        scope, lines = call.scope, call.scope["headers"]
        headers = outward(lines)
        headers["X-Request-Id"] = scope["request_id"]
        for name, value in call.says.items():
            headers[name] = value
        if allowed.service.protocol is Protocol.XROAD:
            self._speak_xroad(headers, call)
        return Errand(
            scope["method"],
            allowed.path,
            scope["query_string"],
            headers,
            declared_length(lines),
            self._terms(allowed.service),
            call.adds,
            call.without,
        )

    def _speak_xroad(self, headers: CIMultiDict[str], call: Call) -> None:
        """Say what a call over X-Road must; what this wire's caller has said stays."""
        headers.setdefault("X-Road-Client", f"{self._client}/{call.caller.member}")
        headers.setdefault("X-Road-Id", call.scope["request_id"])

    def _terms(self, service: Service) -> Terms:
        return Terms(
            service.upstreams,
            service.timeout_seconds,
            service.max_body_bytes,
            self._context.settings.broker_max_answer_bytes,
            service.credential,
        )


def authorization_of(scope: Scope) -> str:
    """Return what a caller shows."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            found: bytes = value
            return found.decode("latin-1")
    return ""


def is_plain_query(query: bytes) -> bool:
    """Tell whether a query can be sent on as it is: visible ASCII, and no `#`."""
    if not query:
        return True
    text = query.decode("latin-1")
    return text.isascii() and text.isprintable() and " " not in text and "#" not in text
