"""A call at one of the doors, and how it may be stopped before it is carried."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from starlette.types import Receive, Scope, Send

from app.access.domain import Caller
from app.broker.carrying.errands import Errand
from app.broker.carrying.hygiene import Lines
from app.broker.domain.allowances import Exhausted
from app.broker.domain.deciding import Allowed, Refused
from app.broker.domain.tracing import Trace

_NOWHERE: Final = Trace("0" * 32, "0" * 16, 0)
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class RefusedCallError(Exception):
    """The call may not be made."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason.value)
        self.refused = refused


class ExhaustedError(Exception):
    """The call may be made, but not now: a quota is used up."""

    def __init__(self, exhausted: Exhausted) -> None:
        super().__init__(exhausted.level.value)
        self.exhausted = exhausted


@dataclass(slots=True)
class Call:
    """One call, and what has become known of it.

    `says` are header lines that this wire has for the service, `adds` those for the caller, and
    `without` the beginning of names that only the wire may say to the caller.
    """

    scope: Scope
    receive: Receive
    send: Send
    says: Mapping[bytes, bytes] = field(default_factory=dict)
    adds: Lines = field(default_factory=list)
    without: bytes = b"\0"
    at: datetime = _NEVER
    began: float = field(default_factory=time.perf_counter)
    trace: Trace = _NOWHERE
    is_theirs: bool = False
    caller: Caller | None = None
    decision: Allowed | Refused | None = None
    errand: Errand | None = None

    def header(self, name: bytes) -> str | None:
        """Return the first header line of this name, which is in lower case."""
        for known, value in self.scope["headers"]:
            if known == name:
                found: bytes = value
                return found.decode("latin-1")
        return None
