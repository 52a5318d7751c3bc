"""What is remembered of a call, whatever came of it."""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from app.access.domain import InvalidTokenError
from app.broker.carrying.calls import Call, ExhaustedError, RefusedCallError
from app.broker.domain.carrying import (
    CallerGoneError,
    CallStalledError,
    CallTooLargeError,
    CarryingError,
    CutShortError,
    Failing,
)
from app.broker.domain.deciding import Allowed
from app.broker.domain.watching import STRANGER, Exchange, Outcome
from app.platform.errors import ProblemError

_SERVERS: Final = 500
_FAILED: Final[Mapping[Failing, Outcome]] = {
    Failing.CONNECT_TIMEOUT: Outcome.TIMED_OUT,
    Failing.TIMEOUT: Outcome.TIMED_OUT,
    Failing.CONNECTION_LOST: Outcome.BROKEN_OFF,
    Failing.ANSWER_UNREADABLE: Outcome.BROKEN_OFF,
    Failing.ANSWER_TOO_LARGE: Outcome.TOO_LARGE,
    Failing.CIRCUIT_OPEN: Outcome.BREAKER_OPEN,
}


def exchange_of(call: Call, error: Exception | None, status: int) -> Exchange:
    """Return the record of a call that has ended; `status` is that of a refusal of ours."""
    errand, caller, decision = call.errand, call.caller, call.decision
    outcome, reason = _judged(error, status if errand is None else errand.status or status)
    service = None if decision is None else decision.service
    operation = None if decision is None else decision.operation
    seconds = None if errand is None else errand.seconds
    return Exchange(
        at=call.at,
        client_id=STRANGER if caller is None else caller.client_id,
        member="" if caller is None else caller.member,
        request_id=call.scope["request_id"],
        service="" if service is None else service.code,
        version="" if service is None else service.version,
        operation="" if operation is None else operation.id,
        purpose=decision.grant.purpose if isinstance(decision, Allowed) else "",
        method=call.scope["method"],
        trace_id=call.trace.trace_id,
        sent_bytes=0 if errand is None else errand.bytes_in,
        received_bytes=0 if errand is None else errand.bytes_out,
        took=timedelta(seconds=time.perf_counter() - call.began),
        upstream=None if seconds is None else timedelta(seconds=seconds),
        outcome=outcome,
        reason=reason,
        status=status if errand is None else errand.status or status,
    )


def _judged(error: Exception | None, status: int) -> tuple[Outcome, str]:
    if error is None:
        return (Outcome.FAULTED if status >= _SERVERS else Outcome.ANSWERED), ""
    if isinstance(error, CarryingError):
        return _FAILED.get(error.reason, Outcome.UNREACHABLE), error.reason.value
    if isinstance(error, RefusedCallError):
        return Outcome.REFUSED, error.refused.reason.value
    if isinstance(error, ExhaustedError):
        return Outcome.EXHAUSTED, str(error.exhausted.code)
    return _judged_rarely(error)


def _judged_rarely(error: Exception) -> tuple[Outcome, str]:
    if isinstance(error, InvalidTokenError):
        return Outcome.UNAUTHENTICATED, error.slug
    if isinstance(error, CallTooLargeError):
        return Outcome.TOO_LARGE, "body-too-large"
    if isinstance(error, CutShortError):
        return Outcome.BROKEN_OFF, error.reason.value
    if isinstance(error, CallerGoneError | CallStalledError):
        return Outcome.ABANDONED, ""
    return Outcome.REFUSED, error.slug if isinstance(error, ProblemError) else "body-unfit"
