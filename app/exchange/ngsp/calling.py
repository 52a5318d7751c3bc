"""One question to a service: under a token, within a time, read strictly or not at all."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

import httpx
import structlog
from pydantic import BaseModel, ValidationError

from app.exchange.ngsp.errors import ServiceError, Trouble, error_of
from app.exchange.ngsp.faults import EXPIRED, fault_of
from app.exchange.ngsp.tokens import Tokens
from app.exchange.outcomes import Deferred
from app.exchange.transport import Answer, contract_breach, exchange

_log = structlog.get_logger("lgsp.ngsp")

M = TypeVar("M", bound=BaseModel)

_MAX_ANSWER: Final = 8 * 2**20
_JSON: Final = "application/json"
_STALE: Final = EXPIRED | {"http-401"}
"""What a new token may cure."""


@dataclass(frozen=True, slots=True)
class Call:
    """A question: to which service, by which way, with what.

    `content` is a whole body, `judged` are statuses of 5xx whose bodies say something.
    """

    service: str
    operation: str
    method: str
    url: str
    query: Mapping[str, str] | None = None
    content: bytes | None = None
    headers: Mapping[str, str] | None = None
    judged: Collection[int] = ()


class Sender:
    """Sends questions as they are; one object per process and event loop."""

    def __init__(self, http: httpx.AsyncClient, deadline: timedelta) -> None:
        self._http = http
        self._deadline = deadline

    async def send(self, call: Call, headers: Mapping[str, str]) -> Answer:
        """Send a question under these headers beside its own.

        Raises:
            ServiceError: if nobody answers.
        """
        request = self._http.build_request(
            call.method,
            call.url,
            params=call.query,
            content=call.content,
            headers={"Accept": _JSON, **(call.headers or {}), **headers},
        )
        answer = await exchange(
            self._http,
            request,
            max_bytes=_MAX_ANSWER,
            deadline=self._deadline,
            judged=call.judged,
        )
        if isinstance(answer, Deferred):
            _log.warning("service_silent", operation=call.operation, reason=answer.reason)
            raise error_of(answer)
        return answer


class Caller:
    """Asks the services behind one gateway, under its tokens."""

    def __init__(self, sender: Sender, *, base: str, tokens: Tokens) -> None:
        self._sender = sender
        self._base = base.rstrip("/")
        self.tokens = tokens

    def url(self, context: str, resource: str) -> str:
        """Return the address of a resource."""
        return "/".join(part for part in (self._base, context, resource) if part)

    async def ask(self, call: Call, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask under our token and return a 2xx; a token that is refused is renewed once.

        Raises:
            ServiceError: if nobody answers, or the gateway does not pass the call on.
        """
        answer = await self._once(call, headers or {})
        if isinstance(answer, str) and answer in _STALE:
            answer = await self._once(call, headers or {})
        if isinstance(answer, Answer):
            return answer
        _log.warning("service_refused", operation=call.operation, code=answer)
        raise ServiceError(Trouble.REFUSED, answer)

    async def _once(self, call: Call, headers: Mapping[str, str]) -> Answer | str:
        """Return a 2xx, or the code of the gateway's fault; a token it refused is spoilt."""
        token = await self.tokens.current()
        answer = await self._sender.send(call, {"Authorization": f"Bearer {token}", **headers})
        if answer.is_success or answer.status in call.judged:
            return answer
        fault = fault_of(answer.body)
        code = f"http-{answer.status}" if fault is None else fault.code
        if code in _STALE:
            self.tokens.spoil(token)
        return code


def posting(
    service: str,
    operation: str,
    url: str,
    content: Mapping[str, Any],
    *,
    judged: Collection[int] = (),
) -> Call:
    """Return a question with a JSON body."""
    body = json.dumps(content, ensure_ascii=False).encode()
    headers = {"Content-Type": f"{_JSON}; charset=utf-8"}
    return Call(service, operation, "POST", url, content=body, headers=headers, judged=judged)


def read(model: type[M], call: Call, answer: Answer) -> M:
    """Return an answer as its wire model.

    Raises:
        ServiceError: if it is something else; nothing of it is logged.
    """
    try:
        return model.model_validate_json(answer.body, by_name=False)
    except ValidationError:
        raise malformed(call, answer, "not as described") from None


def malformed(call: Call, answer: Answer, fault: str) -> ServiceError:
    """Log that an answer breaks its description, and return the error that says so."""
    return error_of(contract_breach(call.operation, answer, fault))
