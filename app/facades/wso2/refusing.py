"""Which fault is said for what went wrong; a stranger is not told what a service's owner is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.access.domain import InvalidTokenError, MissingScopeError
from app.broker.carrying.calls import ExhaustedError, RefusedCallError
from app.broker.domain.carrying import (
    BodyUnfitError,
    CallStalledError,
    CallTooLargeError,
    CarryingError,
    Failing,
)
from app.broker.domain.deciding import RefusalReason, Refused
from app.broker.domain.errors import words_of_block
from app.facades.wso2 import faults
from app.facades.wso2.faults import Fault
from app.platform.database import DatabaseUnavailableError

REFUSALS: Final = (
    InvalidTokenError,
    MissingScopeError,
    RefusedCallError,
    ExhaustedError,
    CarryingError,
    CallStalledError,
    CallTooLargeError,
    BodyUnfitError,
    DatabaseUnavailableError,
)
"""What is said as a fault."""

_BY_KIND: Final[Mapping[type[Exception], Fault]] = {
    InvalidTokenError: faults.INVALID,
    MissingScopeError: faults.NO_SCOPE,
    CallStalledError: faults.STALLED,
    CallTooLargeError: faults.TOO_LARGE,
    BodyUnfitError: faults.UNFIT,
    DatabaseUnavailableError: faults.UNCLASSIFIED,
}
_BY_REASON: Final[Mapping[RefusalReason, Fault]] = {
    RefusalReason.UNSAFE_PATH: faults.UNSAFE,
    RefusalReason.UNKNOWN_SERVICE: faults.NO_RESOURCE,
    RefusalReason.NOT_PUBLISHED: faults.NO_RESOURCE,
    RefusalReason.NO_OPERATION: faults.NO_RESOURCE,
    RefusalReason.NOT_GRANTED: faults.FORBIDDEN,
    RefusalReason.EXPIRED: faults.INACTIVE,
    RefusalReason.REVOKED: faults.INACTIVE,
    RefusalReason.SUSPENDED: faults.BLOCKED,
}
_TRANSPORT: Final[Mapping[Failing, tuple[int, int, str]]] = {
    Failing.CONNECT_FAILED: (503, 101503, "Error connecting to the back end"),
    Failing.ADDRESS_REFUSED: (503, 101503, "Error connecting to the back end"),
    Failing.TLS_FAILED: (503, 101503, "Error connecting to the back end"),
    Failing.CREDENTIAL_FAILED: (503, 101503, "Error connecting to the back end"),
    Failing.CIRCUIT_OPEN: (503, 101503, "Error connecting to the back end"),
    Failing.CONNECT_TIMEOUT: (504, 101508, "Connection timed out"),
    Failing.TIMEOUT: (504, 101504, "Connection timed out"),
    Failing.CONNECTION_LOST: (502, 101505, "Connection closed"),
    Failing.ANSWER_UNREADABLE: (502, 101506, "Protocol violation"),
    Failing.ANSWER_TOO_LARGE: (502, 101506, "Protocol violation"),
}


def fault_of(error: Exception, *, has_token: bool) -> Fault:
    """Return what is said for one of `REFUSALS`."""
    if isinstance(error, RefusedCallError):
        return _refused(error.refused)
    if isinstance(error, ExhaustedError):
        told = error.exhausted
        return faults.throttled(told.code).with_headers(told.headers)
    if isinstance(error, CarryingError):
        return _transport(error)
    if isinstance(error, InvalidTokenError) and not has_token:
        return faults.MISSING
    return next(fault for kind, fault in _BY_KIND.items() if isinstance(error, kind))


def _refused(refused: Refused) -> Fault:
    if refused.reason is RefusalReason.BLOCKED and refused.service is not None:
        return replace(faults.API_BLOCKED, description=" / ".join(words_of_block(refused.service)))
    return _BY_REASON[refused.reason]


def _transport(error: CarryingError) -> Fault:
    status, code, message = _TRANSPORT[error.reason]
    said = f"Dịch vụ phía sau chưa đáp ứng. / The service did not answer ({error.reason})."
    fault = Fault(status, code, message, said)
    if error.retry_after is None:
        return fault
    return fault.with_headers({"Retry-After": str(error.retry_after)})
