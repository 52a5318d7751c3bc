"""The door: plain ASGI, because every call of every service comes through here."""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.access.domain import Caller
from app.broker.carrying.calls import Call
from app.broker.carrying.errands import is_plain_query
from app.broker.carrying.passage import Passage
from app.broker.domain.carrying import CallerGoneError, CutShortError
from app.broker.domain.deciding import Allowed, RefusalReason, Refused
from app.broker.register import Register
from app.facades.wso2.faults import INTERNAL, TOO_LARGE, Fault, render, wants_json
from app.facades.wso2.refusing import REFUSALS, fault_of
from app.platform.bodies import BodyTooLargeError
from app.platform.database import DatabaseUnavailableError
from app.platform.errors import ProblemError
from app.platform.settings import Settings


class _Door:
    """What metrics and logs call these addresses."""

    path = "/{context}/{version}/{resource}"


class WsoDoor:
    """Serves the contexts of registered services; everything else is not for it."""

    def __init__(self, settings: Settings, register: Register, passage: Passage) -> None:
        self._shape = settings.broker_fault_shape
        self._register = register
        self._passage = passage

    def is_known(self, first: str) -> bool:
        """Tell, without waiting, whether a path that begins so is surely for a service."""
        view = self._register.at_hand
        return view is not None and first in view.contexts

    async def opens_to(self, first: str) -> bool:
        """Tell whether a path that begins so may be for a registered service."""
        try:
            return first in (await self._register.view()).contexts
        except DatabaseUnavailableError:
            return True  # The call fails likewise, and is told so.

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        scope["route"] = _Door
        call, passage = Call(scope, receive, send), self._passage
        passage.begin(call)
        try:
            caller = await passage.admit(call)
            await passage.take(call, caller, await self._decide(call, caller))
        except REFUSALS as error:
            fault = fault_of(error, has_token=call.header(b"authorization") is not None)
            await self._render(scope, fault)(scope, receive, send)
            passage.remember(call, error, status=fault.status)
        except (CutShortError, CallerGoneError) as error:
            passage.remember(call, error)  # Unfinished as it is, the server ends the connection.
        else:
            passage.remember(call)

    def refusal(self, scope: Scope, problem: ProblemError) -> Response:
        """Return how a problem is said that was found before or after the door."""
        fault = TOO_LARGE if isinstance(problem, BodyTooLargeError) else INTERNAL
        return self._render(scope, fault)

    async def _decide(self, call: Call, caller: Caller) -> Allowed | Refused:
        scope = call.scope
        if not is_plain_query(scope["query_string"]):
            return Refused(RefusalReason.UNSAFE_PATH)
        return await self._register.decide_request(caller, scope)

    def _render(self, scope: Scope, fault: Fault) -> Response:
        return render(fault, self._shape, asks_json=wants_json(scope["headers"]))
