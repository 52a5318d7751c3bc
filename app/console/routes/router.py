"""The router of the console, and who may open its pages."""

import base64
import binascii
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from app.access import use_cases as access
from app.access.domain import Caller, InvalidTokenError, MissingScopeError, Scope
from app.access.guard import Guard
from app.console.schemas.pages import page
from app.platform.context import Context
from app.platform.errors import ProblemError
from app.platform.problems import request_id_of, status_of

router = APIRouter(tags=["operations"])

_CHALLENGE: Final = 'Basic realm="lgsp", charset="UTF-8"'


class PasswordGuard(Guard):
    """Lets a client with the scope pass by its id and secret, as browsers ask people for them."""

    def __init__(self, scope: Scope, here: str) -> None:
        """`here` is the address of the page."""
        super().__init__(scope)
        self._here = here

    @override
    async def __call__(self, request: Request) -> Caller:
        """Return the caller.

        Raises:
            InvalidTokenError: if the credentials are nobody's.
            MissingScopeError: if the client may not see this.
        """
        request.state.render = self._say
        context: Context = request.app.state.context
        client_id, secret = _credentials(request)
        client = await context.database.read(access.recognise, client_id=client_id, secret=secret)
        if client is None:
            raise InvalidTokenError
        caller = Caller(client.client_id, client.member, client.scopes, request_id_of(request))
        request.state.caller = caller
        request.state.act = self.scope.value
        if self.scope not in client.scopes:
            raise MissingScopeError(self.scope)
        return caller

    def _say(self, problem: ProblemError) -> Response:
        """Return how a page says a problem; who may not see it is asked for other credentials."""
        status = status_of(type(problem))
        if isinstance(problem, InvalidTokenError | MissingScopeError):
            answer = page("refused.html", self._here, status, scope=self.scope.value)
            answer.headers["WWW-Authenticate"] = _CHALLENGE
        else:
            said = (problem.title, problem.detail)
            answer = page("problem.html", self._here, status, title=said[0], said=said[1])
        if problem.retry_after is not None:
            answer.headers["Retry-After"] = str(problem.retry_after)
        return answer


def _credentials(request: Request) -> tuple[str, str]:
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        raise InvalidTokenError
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise InvalidTokenError from None
    return client_id, secret
