"""One question to a service: under a token, within a time, read strictly or not at all."""

import json
from collections.abc import Mapping
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
_UNAUTHORIZED: Final = 401


@dataclass(frozen=True, slots=True)
class Call:
    """A question: to which service, by which way, with what. `content` is a whole body."""

    service: str
    operation: str
    method: str
    url: str
    query: Mapping[str, str] | None = None
    content: bytes | None = None
    headers: Mapping[str, str] | None = None


class Caller:
    """Asks the services behind one gateway; one object per process and event loop."""

    def __init__(
        self, http: httpx.AsyncClient, *, base: str, tokens: Tokens, deadline: timedelta
    ) -> None:
        self._http = http
        self._base = base.rstrip("/")
        self._tokens = tokens
        self._deadline = deadline

    def url(self, context: str, resource: str) -> str:
        """Return the address of a resource."""
        return "/".join(part for part in (self._base, context, resource) if part)

    async def ask(self, call: Call) -> Answer:
        """Ask under our token and return a 2xx; a token that is refused is renewed once.

        Raises:
            ServiceError: if nobody answers, or the gateway does not pass the call on.
        """
        for is_last in (False, True):
            token = await self._tokens.current()
            answer = await self.send(call, {"Authorization": f"Bearer {token}"})
            if answer.is_success:
                return answer
            fault = fault_of(answer.body)
            code = f"http-{answer.status}" if fault is None else fault.code
            is_stale = answer.status == _UNAUTHORIZED and (fault is None or code in EXPIRED)
            if is_last or not is_stale:
                _log.warning("service_refused", operation=call.operation, code=code)
                raise ServiceError(Trouble.REFUSED, code)
            self._tokens.spoil(token)
        raise AssertionError  # pragma: no cover -- the second round returns or raises

    async def send(self, call: Call, headers: Mapping[str, str]) -> Answer:
        """Send a question as it is, under other headers than a token.

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
        answer = await exchange(self._http, request, max_bytes=_MAX_ANSWER, deadline=self._deadline)
        if isinstance(answer, Deferred):
            _log.warning("service_silent", operation=call.operation, reason=answer.reason)
            raise error_of(answer)
        return answer


def posting(service: str, operation: str, url: str, content: Mapping[str, Any]) -> Call:
    """Return a question with a JSON body."""
    body = json.dumps(content, ensure_ascii=False).encode()
    headers = {"Content-Type": f"{_JSON}; charset=utf-8"}
    return Call(service, operation, "POST", url, content=body, headers=headers)


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
