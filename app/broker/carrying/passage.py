"""The way of one call through the broker: admitted, decided, counted, carried, and remembered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from app.access.domain import Caller, InvalidTokenError, MissingScopeError
from app.access.domain import Scope as Right
from app.access.guard import Gatekeeper
from app.broker.carrying.bodies import declared_length
from app.broker.carrying.calls import Call, ExhaustedError, RefusedCallError
from app.broker.carrying.carrier import Carrier
from app.broker.carrying.errands import Errand, Terms
from app.broker.carrying.hygiene import Lines, outward, put, says
from app.broker.carrying.remembering import exchange_of
from app.broker.domain.allowances import Exhausted
from app.broker.domain.carrying import BodyUnfitError, CallTooLargeError
from app.broker.domain.deciding import Allowed, RefusalReason, Refused
from app.broker.domain.service import Protocol, Service
from app.broker.domain.tracing import follow
from app.broker.use_cases.quotas import Quotas
from app.broker.use_cases.repeating import Repeated
from app.broker.use_cases.watching import Watcher
from app.evidence.domain import LONGEST_ACT, Act
from app.evidence.store import record
from app.platform.context import Context
from app.platform.middleware import REMEMBERED

RIGHT: Final = Right.FORWARD_SERVICES
"""What a token must allow; beside that, each call needs a grant."""

_ACT: Final = "service.call"
_EXHAUSTED: Final = "quota-exhausted"
_UNKNOWN: Final = "shared-service:"


class Passage:
    """One process's way to every service; what comes before it is the doors' own."""

    def __init__(
        self,
        context: Context,
        gatekeeper: Gatekeeper,
        quotas: Quotas,
        carrier: Carrier,
        watcher: Watcher,
        count: Callable[[str], None],
    ) -> None:
        """`count` takes note of the refusal of somebody nobody knows."""
        self._context = context
        self._gatekeeper = gatekeeper
        self._quotas = quotas
        self._carrier = carrier
        self._watcher = watcher
        self._count = count
        self._repeated = Repeated(context)
        self._client = f"{context.settings.xroad_instance}/{context.settings.xroad_classes[0]}"
        self._terms: dict[str, tuple[Service, Terms]] = {}

    def begin(self, call: Call) -> None:
        """Take the time of a call, and its place in a trace."""
        call.at = self._context.clock.now()
        call.trace, call.is_theirs = follow(call.header(b"traceparent"))

    async def admit(self, call: Call) -> Caller:
        """Return who calls.

        Raises:
            InvalidTokenError: if nobody we know does.
            MissingScopeError: if the token is not for calling services.
        """
        shown = call.header(b"authorization") or ""
        try:
            caller = await self._gatekeeper.caller_by(shown, call.scope["request_id"])
        except InvalidTokenError as error:
            self._count(error.slug)
            raise
        call.caller = caller
        if RIGHT not in caller.scopes:
            await self._record(caller, Act(_ACT, _UNKNOWN, outcome=MissingScopeError.slug))
            raise MissingScopeError(RIGHT)
        return caller

    async def take(self, call: Call, caller: Caller, decision: Allowed | Refused) -> None:
        """Carry a call that was allowed and send its answer.

        Raises:
            RefusedCallError: if it was not; the refusal stands in the evidence log by then, of a
                blocked service the first in a while.
            ExhaustedError: if a quota is used up; the first time in its window that stands in
                the evidence log too.
            DatabaseUnavailableError: if one of these cannot be known or written.
            CarryingError, CallTooLargeError, CallStalledError, BodyUnfitError: if nothing came
                of it.
            CutShortError, CallerGoneError: if it broke off.
        """
        call.decision = decision
        if isinstance(decision, Refused):
            await self._note(caller, decision)
            raise RefusedCallError(decision)
        taken = await self._quotas.take(decision, caller)
        if isinstance(taken, Exhausted):
            outcome = f"{_EXHAUSTED}-{taken.code}"
            span = timedelta(seconds=taken.window_seconds)
            await self._repeated.tell(caller, _act_on(decision, outcome), span=span)
            raise ExhaustedError(taken)
        for name, value in taken.headers.items():
            call.adds.append((name.lower().encode(), value.encode()))
        call.errand = self._errand(call, caller, decision)
        try:
            await self._carrier.carry(call.errand, call.receive, call.send)
        except (CallTooLargeError, BodyUnfitError) as error:
            outcome = "body-unfit" if isinstance(error, BodyUnfitError) else "body-too-large"
            await self._repeated.tell(caller, _act_on(decision, outcome))
            raise

    async def tell(self, caller: Caller, outcome: str) -> None:
        """Tell the evidence log of a refusal of a door's own, once in a while.

        Raises:
            DatabaseUnavailableError: if that cannot be written.
        """
        await self._repeated.tell(caller, Act(_ACT, _UNKNOWN, outcome=outcome))

    def remember(self, call: Call, error: Exception | None = None, *, status: int = 0) -> None:
        """Note what came of a call; `status` is that of a refusal of ours."""
        self._watcher.note(exchange_of(call, error, status))
        call.scope[REMEMBERED] = True

    async def _note(self, caller: Caller, refused: Refused) -> None:
        act = _act_on(refused, refused.reason.value)
        if refused.reason is RefusalReason.BLOCKED:
            await self._repeated.tell(caller, act)
        else:
            await self._record(caller, act)

    async def _record(self, caller: Caller, act: Act) -> None:
        await self._context.database.transact(record, self._context.clock, caller, act)

    def _errand(self, call: Call, caller: Caller, allowed: Allowed) -> Errand:
        scope, lines = call.scope, call.scope["headers"]
        headers = outward(lines)
        headers.append((b"X-Request-Id", scope["request_id"].encode()))
        headers.append((b"traceparent", call.trace.header.encode()))
        if call.is_theirs and (state := call.header(b"tracestate")) is not None:
            headers.append((b"tracestate", state.encode("latin-1")))
        for name, value in call.says.items():
            put(headers, name, value)
        if allowed.service.protocol is Protocol.XROAD:
            self._speak_xroad(headers, call, caller)
        return Errand(
            scope["method"],
            allowed.path,
            scope["query_string"],
            headers,
            declared_length(lines),
            self._terms_of(allowed.service),
            call.adds,
            call.without,
        )

    def _speak_xroad(self, headers: Lines, call: Call, caller: Caller) -> None:
        """Say what a call over X-Road must; what this wire's caller has said stays."""
        if not says(headers, b"X-Road-Client"):
            headers.append((b"X-Road-Client", f"{self._client}/{caller.member}".encode()))
        if not says(headers, b"X-Road-Id"):
            headers.append((b"X-Road-Id", call.scope["request_id"].encode()))

    def _terms_of(self, service: Service) -> Terms:
        known = self._terms.get(service.key)
        if known is not None and known[0] is service:
            return known[1]
        terms = Terms(
            service.reached,
            service.timeout_seconds,
            service.max_body_bytes,
            self._context.settings.broker_max_answer_bytes,
        )
        self._terms[service.key] = (service, terms)
        return terms


def _act_on(decision: Allowed | Refused, outcome: str) -> Act:
    """Return what the evidence log is told of a refusal; a long operation is cut."""
    service, operation = decision.service, decision.operation
    subject = _UNKNOWN if service is None else service.subject
    act = _ACT if operation is None else f"{_ACT} {operation.id}"
    return Act(act[:LONGEST_ACT], subject, outcome=outcome)
