"""The door of `/r1/…`: plain ASGI, as every call of every service there comes through it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.access.domain import Caller
from app.broker.carrying.bodies import declared_length
from app.broker.carrying.calls import Call
from app.broker.carrying.errands import is_plain_query
from app.broker.carrying.passage import Passage
from app.broker.domain.carrying import CallerGoneError, CutShortError
from app.broker.domain.deciding import Allowed, RefusalReason, Refused, View
from app.broker.domain.service import Service
from app.broker.register import Register
from app.broker.use_cases.finding import show_document
from app.catalogue.use_cases import member_names
from app.codes import AgencyCode
from app.facades.xroad import metaservices
from app.facades.xroad.addresses import (
    ALLOWED_METHODS,
    GET_OPENAPI,
    LIST_CLIENTS,
    METASERVICES,
    Address,
    Provider,
    address_of,
    client_of,
)
from app.facades.xroad.errors import (
    NO_MEMBER,
    REFUSALS,
    UNKNOWN,
    Manner,
    XroadError,
    error_of,
    render,
)
from app.facades.xroad.hashing import Digesting, head_of
from app.platform.bodies import BodyTooLargeError
from app.platform.context import Context
from app.platform.errors import NotFoundError, ProblemError
from app.platform.ids import new_id

_OK: Final = 200
_OURS: Final = b"x-road-"
_PASSED: Final = ("x-road-userid", "x-road-issue", "x-road-represented-party",
                  "x-road-security-server")  # fmt: skip
_TOLD: Final = ("X-Road-Client", "X-Road-Service", "X-Road-Id")
_ID: Final = re.compile(r"[!-~]{1,255}", re.ASCII)


class _Door:
    """What metrics and logs call these addresses."""

    path = "/r1/{instance}/{class}/{member}/{subsystem}/{service}/{path}"


@dataclass(slots=True)
class _Visit:
    """One call; `says` is what its answer says of it whatever comes of it."""

    call: Call
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
        call, passage = Call(scope, receive, send, without=_OURS), self._passage
        passage.begin(call)
        visit = _Visit(call, _headers(scope), {"X-Road-Request-Id": new_id()})
        try:
            await self._serve(visit)
        except REFUSALS as error:
            answer = render(error_of(error), self._manner(scope, visit.says))
            await answer(scope, receive, send)
            passage.remember(call, error, status=answer.status_code)
        except (CutShortError, CallerGoneError) as error:
            passage.remember(call, error)  # Unfinished as it is, the server ends the connection.

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
        call = visit.call
        caller = await self._passage.admit(call)
        is_list = call.scope["path"].rstrip("/") == f"/{LIST_CLIENTS}"
        try:
            await (self._list_clients if is_list else self._answer)(visit, caller)
        except XroadError as error:
            await self._passage.tell(caller, error.kind)
            raise
        self._passage.remember(call, status=_OK)

    async def _answer(self, visit: _Visit, caller: Caller) -> None:
        call, scope = visit.call, visit.call.scope
        client = client_of(visit.headers.get("x-road-client", []), self._settings)
        view = await self._register.view()
        address = address_of(view, scope["raw_path"].partition(b"?")[0], self._settings)
        self._identify(visit, client, address)
        _demand(client, caller)
        if address.code in METASERVICES and address.service is None:
            await self._describe(visit, view, address, caller)
            return
        self._prepare(visit)
        await self._passage.take(call, caller, await self._decide(call, caller, address))

    async def _list_clients(self, visit: _Visit, caller: Caller) -> None:
        _demand_get(visit.call.scope)
        wanted = _query(visit.call.scope).get("xRoadInstance", [self._settings.xroad_instance])
        if wanted != [self._settings.xroad_instance]:
            raise XroadError(*NO_MEMBER)
        view, now = await self._register.view(), self._context.clock.now()
        found = metaservices.known(view, caller, now, self._settings)
        codes = {AgencyCode(one.code).canonical for one in found}
        names = await self._context.database.read(member_names, codes)
        await _say(visit, metaservices.members(found, names))

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

    async def _decide(self, call: Call, caller: Caller, address: Address) -> Allowed | Refused:
        service, scope = address.service, call.scope
        if service is None:
            return Refused(RefusalReason.UNKNOWN_SERVICE)
        if not is_plain_query(scope["query_string"]):
            return Refused(RefusalReason.UNSAFE_PATH, service)
        return await self._register.decide(
            caller, service.context, service.version, scope["method"], address.rest
        )

    def _prepare(self, visit: _Visit) -> None:
        """Have the call say to both sides what it must, and be hashed on its way."""
        call, scope = visit.call, visit.call.scope
        call.adds += [(name.lower().encode(), it.encode()) for name, it in visit.says.items()]
        query = scope["query_string"]
        target = scope["raw_path"].partition(b"?")[0] + (b"?" + query if query else b"")
        digesting = Digesting(
            call.receive,
            head_of(scope["method"], target, scope["headers"]),
            lambda digest: call.adds.append((b"x-road-request-hash", digest)),
        )
        if declared_length(scope["headers"]) == 0:
            digesting.end()
        call.receive = digesting.receive
        said = {name.encode(): visit.says[name].encode() for name in _TOLD}
        passed = {
            name.encode(): value.encode("latin-1")
            for name in _PASSED
            if (value := visit.one(name)) is not None
        }
        call.says = said | passed

    async def _describe(self, visit: _Visit, view: View, address: Address, caller: Caller) -> None:
        _demand_get(visit.call.scope)
        now = self._context.clock.now()
        every = metaservices.offered(view, address.provider, caller, now)
        if address.code == GET_OPENAPI:
            await self._document(visit, caller, every)
            return
        found = [(one, list(one.operations)) for one in every]
        if address.code == ALLOWED_METHODS:
            allowed = [(one, metaservices.granted(view, one, caller, now)) for one in every]
            found = [(one, operations) for one, operations in allowed if operations]
        await _say(visit, metaservices.listed(address.provider, found))

    async def _document(self, visit: _Visit, caller: Caller, every: list[Service]) -> None:
        """Answer with the document that describes a service, as it was imported."""
        call = visit.call
        asked = _query(call.scope).get("serviceCode", [])
        one = next((one for one in every if [one.code] == asked), None)
        if one is None:
            raise XroadError(*UNKNOWN)
        find = self._context.database.read
        try:
            found = await find(show_document, self._context.clock, caller, one.code, one.version)
        except NotFoundError:
            raise XroadError(*UNKNOWN) from None
        answer = Response(found.body, 200, visit.says, media_type=found.media_type)
        await answer(call.scope, call.receive, call.send)


async def _say(visit: _Visit, content: object) -> None:
    call, body = visit.call, json.dumps(content, ensure_ascii=False)
    answer = Response(body.encode(), 200, visit.says, media_type="application/json")
    await answer(call.scope, call.receive, call.send)


def _demand_get(scope: Scope) -> None:
    if scope["method"] != "GET":
        raise XroadError("Client.InvalidHttpMethod", "Chỉ nhận GET. / Only GET is taken here.")


def _query(scope: Scope) -> dict[str, list[str]]:
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1"))


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
