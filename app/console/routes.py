"""The traffic: JSON for programs with a token, a page for people with a client's id and secret."""

import base64
import binascii
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from app.access import use_cases as access
from app.access.domain import Caller, InvalidTokenError, MissingScopeError, Scope
from app.access.guard import Guard, requires
from app.console import use_cases
from app.console.schemas import TrafficOut, headers, page_of, refusal_page
from app.platform.context import Context, Ctx
from app.platform.errors import ProblemError
from app.platform.problems import problem_answers, request_id_of, status_of

router = APIRouter(tags=["operations"])

_CHALLENGE: Final = 'Basic realm="lgsp", charset="UTF-8"'


class PasswordGuard(Guard):
    """Lets a client with the scope pass by its id and secret, as browsers ask people for them."""

    @override
    async def __call__(self, request: Request) -> Caller:
        """Return the caller.

        Raises:
            InvalidTokenError: if the credentials are nobody's.
            MissingScopeError: if the client may not see this.
        """
        request.state.render = _refused
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


def _credentials(request: Request) -> tuple[str, str]:
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        raise InvalidTokenError
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise InvalidTokenError from None
    return client_id, secret


def _refused(problem: ProblemError) -> Response:
    kept = headers() | {"WWW-Authenticate": _CHALLENGE}
    status = status_of(type(problem))
    return Response(refusal_page(), status_code=status, media_type="text/html", headers=kept)


@router.get(
    "/v1/traffic",
    operation_id="watch_traffic",
    summary="Lưu lượng trong một giờ qua / The traffic of the last hour",
    response_model=TrafficOut,
    responses=problem_answers(401, 403, 503),
)
async def watch_traffic(
    ctx: Ctx, caller: Annotated[Caller, requires(Scope.WATCH_TRAFFIC)]
) -> Response:
    """Show what is owed, delivered, done and refused in the whole gateway, without a record of it.

    Only for whoever runs the gateway: it is not limited to the caller's member.
    """
    del caller
    seen = await ctx.database.read(use_cases.look, ctx.clock, ctx.settings)
    return Response(TrafficOut.of(seen).model_dump_json(), media_type="application/json")


@router.get("/van-hanh", include_in_schema=False)
async def show_traffic(
    ctx: Ctx, caller: Annotated[Caller, Depends(PasswordGuard(Scope.WATCH_TRAFFIC))]
) -> Response:
    """Show the same as a page that comes again by itself."""
    del caller
    seen = await ctx.database.read(use_cases.look, ctx.clock, ctx.settings)
    return Response(page_of(seen), media_type="text/html", headers=headers())
