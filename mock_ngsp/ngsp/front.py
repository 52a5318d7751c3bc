"""The gateway before the services: `/{context}/{version}/{resource}`, with the version or without.

It looks at the bearer, refuses in WSO2's words, and has magic values take effect before the
service looks at anything.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from mock_ngsp.ngsp.asking import Asked, Guard, Operation
from mock_ngsp.ngsp.faults import GatewayFault
from mock_ngsp.ngsp.magic import Outcome, answer_of, fault_of
from mock_ngsp.ngsp.registry import FORCED, OPERATIONS
from mock_ngsp.ngsp.tokens import OPERATION as TOKEN_OPERATION
from mock_ngsp.ngsp.tokens import TOKEN, answer_token
from mock_ngsp.wire import Answer, Axis, Body, Call, Request, compact, json_answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

_VERSION: Final = re.compile(r"[a-z]?[0-9]+(?:\.[0-9]+)*")
_CONTEXTS: Final = frozenset(operation.context for operation in OPERATIONS)
_TABLE: Final[Mapping[tuple[str, str, str], Operation]] = {
    (operation.context, operation.resource, operation.method): operation for operation in OPERATIONS
}
NAMES: Final = (TOKEN_OPERATION, *dict.fromkeys(operation.name for operation in OPERATIONS))


class ServiceFront:
    """Reads a request into a call of a service."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    def read(self, request: Request) -> Call | Answer | None:
        """The call, or None when the path is another wire's."""
        asked = Asked(self._universe, request, _query(request))
        if request.path == TOKEN:
            return self._token(asked)
        context, resource = _place(request.path)
        if context not in _CONTEXTS:
            return None
        operation = _found(context, resource, request.method)
        shape = self._universe.settings.ngsp_faults
        if operation is None:
            return GatewayFault.NO_RESOURCE.answer(shape)
        outcome = FORCED.get((operation.service, operation.subject(asked)))
        return Call(
            Axis.NGSP,
            operation.name,
            caller="",
            kind=operation.kind,
            body=request.body or compact(asked.query).encode(),
            answer=partial(self._answer, operation, asked, outcome),
            forced=fault_of(outcome, operation.name, self._universe.settings.ngsp_slow),
        )

    def _token(self, asked: Asked) -> Call | Answer:
        if asked.request.method != "POST":
            return json_answer({"error": "invalid_request"}, 405)
        # Its body holds a secret, so the record has none of it.
        return Call(Axis.NGSP, TOKEN_OPERATION, "", Body.JSON, b"", partial(answer_token, asked))

    def _answer(self, operation: Operation, asked: Asked, outcome: Outcome | None) -> Answer:
        if operation.guard is Guard.BEARER and (fault := self._stranger(asked)) is not None:
            return fault.answer(self._universe.settings.ngsp_faults)
        self._universe.ngsp.turn(self._universe.clock.now())
        return answer_of(outcome, operation, asked) or operation.answer(asked)

    def _stranger(self, asked: Asked) -> GatewayFault | None:
        kind, _, token = asked.header("authorization").partition(" ")
        if kind.lower() != "bearer" or not token:
            return GatewayFault.MISSING
        applications = self._universe.ngsp.applications
        is_good = applications.is_good(token, self._universe.clock.now())
        return None if is_good else GatewayFault.INVALID


def _place(path: str) -> tuple[str, str]:
    """Context and resource of a path, the version left out."""
    context, *rest = path.removeprefix("/").split("/")
    if rest and _VERSION.fullmatch(rest[0]):
        del rest[0]
    return context, "/".join(rest)


def _found(context: str, resource: str, method: str) -> Operation | None:
    """The operation at an address; `*` in its resource stands for the last segment."""
    exact = _TABLE.get((context, resource, method))
    above = resource.rpartition("/")[0]
    return exact or _TABLE.get((context, f"{above}/*".removeprefix("/"), method))


def _query(request: Request) -> dict[str, str]:
    pairs = parse_qsl(request.query.decode("utf-8", "replace"), keep_blank_values=True)
    return dict(reversed(pairs))
