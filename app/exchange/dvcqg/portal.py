"""One call to the portal: the session it travels under, its envelope, what the answer means.

Nothing of a body, a name, a session or a password is ever logged: only services and codes.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import httpx
import structlog
from pydantic import JsonValue, SecretStr, ValidationError

from app.exchange.dvcqg.address import DvcqgAddress
from app.exchange.dvcqg.error_codes import Meaning, meaning_of
from app.exchange.dvcqg.sessions import SessionKeeper
from app.exchange.dvcqg.wire import Call, Login, PortalAnswer
from app.exchange.outcomes import Deferred
from app.exchange.transport import contract_breach, exchange

_log = structlog.get_logger("lgsp.dvcqg")

_MAX_ANSWER: Final = 16 * 2**20
_PLAIN_CODE: Final = re.compile(r"-?[0-9A-Za-z_]{1,16}")
_HEADERS: Final = {
    "Accept": "application/json",
    "Content-Type": "application/json",
    "Charset": "utf-8",
}


@dataclass(frozen=True, slots=True)
class DvcqgAccount:
    """Who we are at the portal: name, password and `agency`, the code of the sending system."""

    username: str
    password: SecretStr
    agency: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer the table knows. `rows` is None where the portal sent no result."""

    meaning: Meaning
    code: str
    text: str
    rows: tuple[JsonValue, ...] | None


class Portal:
    """The portal as one account reaches it; a call whose session has expired is repeated once."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        address: DvcqgAddress,
        account: DvcqgAccount,
        session_codes: Collection[str],
        deadline: timedelta,
    ) -> None:
        self._http = http
        self._address = address
        self._account = account
        self._session_codes = frozenset(session_codes)
        self._deadline = deadline
        self._sessions = SessionKeeper(self._log_in)

    async def ask(self, call: Call) -> Reply | Deferred:
        """Send one call; what comes back is an answer the table knows, or a reason to wait."""
        session = await self._sessions.obtain()
        reply = await self._under(session, call)
        if isinstance(reply, Reply) and reply.meaning is Meaning.SESSION_EXPIRED:
            renewed = await self._sessions.obtain(instead_of=str(session))
            reply = await self._under(renewed, call)
        if isinstance(reply, Deferred):
            return reply
        if reply.meaning is Meaning.SESSION_EXPIRED:
            return Deferred("session-expired", alarm=True)
        if reply.meaning is Meaning.UNKNOWN:
            _log.error("portal_code_unknown", service=call.service, error_code=shown(reply.code))
            return Deferred("unknown-error-code", alarm=True)
        return reply

    async def _under(self, session: str | Deferred, call: Call) -> Reply | Deferred:
        if isinstance(session, Deferred):
            return session
        body = {"session": session, "madonvi": self._account.agency, **call.model_dump()}
        answer = await self._post(self._address.service_url, body, call.service)
        if isinstance(answer, Deferred):
            return answer
        meaning = meaning_of(answer.code, answer.text, session_codes=self._session_codes)
        rows = None if answer.rows is None else tuple(answer.rows)
        return Reply(meaning, answer.code, answer.text, rows)

    async def _log_in(self) -> str | Deferred:
        account = self._account
        login = Login(username=account.username, password=account.password.get_secret_value())
        answer = await self._post(self._address.login_url, login.model_dump(), "login")
        if isinstance(answer, Deferred):
            return answer
        if answer.code != "0" or not answer.session:
            _log.error("portal_login_refused", error_code=shown(answer.code))
            return Deferred("login-refused", alarm=True)
        return answer.session

    async def _post(
        self, url: str, body: dict[str, JsonValue], operation: str
    ) -> PortalAnswer | Deferred:
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        request = self._http.build_request(
            "POST", url, content=content, headers=_HEADERS | self._address.headers
        )
        answer = await exchange(self._http, request, max_bytes=_MAX_ANSWER, deadline=self._deadline)
        if isinstance(answer, Deferred):
            return answer
        if not answer.is_success:
            return Deferred(f"http-{answer.status}", alarm=True)
        try:
            return PortalAnswer.model_validate_json(answer.body, by_name=False)
        except ValidationError:
            return contract_breach(operation, answer, "not an answer envelope")


def shown(code: str) -> str:
    """Return a code that may be logged and kept: short and plain, whatever was sent."""
    return code if _PLAIN_CODE.fullmatch(code) else "unreadable"
