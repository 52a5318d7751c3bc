"""The door of `/r1/…`: plain ASGI, as every call of every service there comes through it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.access.domain import Caller
from app.broker.carrying.bodies import declared_length
from app.broker.carrying.hygiene import Lines
from app.broker.carrying.passage import Call, Passage, is_plain_query
from app.broker.domain.carrying import CallerGoneError, CutShortError
from app.broker.domain.deciding import Allowed, RefusalReason, Refused, View
from app.broker.register import Register
from app.codes import AgencyCode
from app.facades.xroad import metaservices
from app.facades.xroad.addresses import (
    ALLOWED_METHODS,
    METASERVICES,
    Address,
    Provider,
    address_of,
    client_of,
)
from app.facades.xroad.errors import REFUSALS, Manner, XroadError, error_of, render
from app.facades.xroad.hashing import Digesting, head_of
from app.platform.bodies import BodyTooLargeError
from app.platform.context import Context
from app.platform.errors import ProblemError
from app.platform.ids import new_id

_OURS: Final = b"x-road-"
_PASSED: Final = ("x-road-userid", "x-road-issue", "x-road-represented-party",
                  "x-road-security-server")  # fmt: skip
_ID: Final = re.compile(r"[!-~]{1,255}", re.ASCII)


class _Door:
    """What metrics and logs call these addresses."""

    path = "/r1/{instance}/{class}/{member}/{subsystem}/{service}/{path}"


@dataclass(slots=True)
class _Visit:
    """One call; `says` is what its answer says of it whatever comes of it."""

    scope: Scope
    receive: Receive
    send: Send
    headers: Mapping[str, list[str]]
    says: dict[str, str] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """Return the last value of a header, if it is there."""
        values = self.headers.get(name)
        return values[-1] if values else None


class XroadDoor:
    """Serves registered services and what describes them."""

    def __init__(self, context: Context, register: Register, passage: Passage) -> None:
        self._context = context
        self._settings = context.settings
        self._register = register
        self._passage = passage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        scope["route"] = _Door
        visit = _Visit(scope, receive, send, _headers(scope))
        visit.says["X-Road-Request-Id"] = new_id()
        try:
            await self._serve(visit)
        except REFUSALS as error:
            answer = render(error_of(error), self._manner(scope, visit.says))
            await answer(scope, receive, send)
        except (CutShortError, CallerGoneError):
            return  # Unfinished as it is, the server ends the connection.

    def refusal(self, scope: Scope, problem: ProblemError) -> Response:
        """Return how a problem is said that was found before or after the door."""
        is_size = isinstance(problem, BodyTooLargeError)
        kind = "Client.InvalidBody" if is_size else "Server.ClientProxy.InternalError"
        return render(XroadError(kind, problem.detail_en), self._manner(scope, {}))

    def _manner(self, scope: Scope, says: Mapping[str, str]) -> Manner:
        accept = b",".join(value for name, value in scope["headers"] if name == b"accept")
        is_xml = b"xml" in accept and b"json" not in accept
        detail: str = scope["request_id"]
        return Manner(self._settings.xroad_error_spelling, is_xml, detail, says)

    async def _serve(self, visit: _Visit) -> None:
        scope = visit.scope
        caller = await self._passage.admit(scope)
        client = client_of(visit.headers.get("x-road-client", []), self._settings)
        view = await self._register.view()
        address = address_of(view, scope["raw_path"].partition(b"?")[0], self._settings)
        self._identify(visit, client, address)
        _demand(client, caller)
        if address.code in METASERVICES and address.service is None:
            await self._describe(visit, view, address, caller)
            return
        call = self._call(visit, caller)
        await self._passage.take(call, await self._decide(call, address))

    def _identify(self, visit: _Visit, client: Provider, address: Address) -> None:
        given = visit.one("x-road-id")
        if given is not None and not _ID.fullmatch(given):
            raise XroadError(
                "Client.BadRequest", "X-Road-Id không hợp lệ. / X-Road-Id is not valid."
            )
        visit.says |= {
            "X-Road-Client": client.text,
            "X-Road-Service": address.text,
            "X-Road-Id": given or new_id(),
        }

    async def _decide(self, call: Call, address: Address) -> Allowed | Refused:
        service, scope = address.service, call.scope
        if service is None:
            return Refused(RefusalReason.UNKNOWN_SERVICE)
        if not is_plain_query(scope["query_string"]):
            return Refused(RefusalReason.UNSAFE_PATH, service)
        return await self._register.decide(
            call.caller, service.context, service.version, scope["method"], address.rest
        )

    def _call(self, visit: _Visit, caller: Caller) -> Call:
        scope, lines = visit.scope, visit.scope["headers"]
        adds: Lines = [(k.lower().encode(), v.encode()) for k, v in visit.says.items()]
        query = scope["query_string"]
        target = scope["raw_path"].partition(b"?")[0] + (b"?" + query if query else b"")
        digesting = Digesting(
            visit.receive,
            head_of(scope["method"], target, lines),
            lambda digest: adds.append((b"x-road-request-hash", digest)),
        )
        if declared_length(lines) == 0:
            digesting.end()
        says = {name: visit.says[name] for name in ("X-Road-Client", "X-Road-Service", "X-Road-Id")}
        for name in _PASSED:
            value = visit.one(name)
            if value is not None:
                says[name] = value
        return Call(scope, digesting.receive, visit.send, caller, says, adds, _OURS)

    async def _describe(self, visit: _Visit, view: View, address: Address, caller: Caller) -> None:
        if visit.scope["method"] != "GET":
            raise XroadError("Client.InvalidHttpMethod", "Chỉ nhận GET. / Only GET is taken here.")
        now = self._context.clock.now()
        every = metaservices.offered(view, address.provider, caller, now)
        found = [(one, list(one.operations)) for one in every]
        if address.code == ALLOWED_METHODS:
            allowed = [(one, metaservices.granted(view, one, caller, now)) for one in every]
            found = [(one, operations) for one, operations in allowed if operations]
        body = json.dumps(metaservices.listed(address.provider, found), ensure_ascii=False)
        answer = Response(body.encode(), 200, visit.says, media_type="application/json")
        await answer(visit.scope, visit.receive, visit.send)


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    return found


def _demand(client: Provider, caller: Caller) -> None:
    """Demand that the caller may speak for the client it names.

    Raises:
        XroadError: if it is neither its own member nor below it.
    """
    try:
        is_its_own = caller.may_see(AgencyCode(client.code))
    except ValueError:
        is_its_own = False
    if not is_its_own:
        raise XroadError(
            "Server.ClientProxy.AccessDenied",
            "X-Road-Client không phải của ứng dụng. / X-Road-Client is not the caller's.",
        )
