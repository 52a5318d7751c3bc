"""`POST /token` as at the national gateway, and `POST /api/v1/Authentication/Token`."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.access.guard import Gatekeeper
from app.access.schemas import TokenErrorOut, TokenOut
from app.access.tokens import Tokens
from app.access.use_cases.bearers import Terms
from app.facades.tokens.granting import Granted, Refused, Wish, grant, known, renewed, usual
from app.facades.tokens.proving import FORM, Proof, TokenRefusal, read_key, read_proof
from app.platform.clock import VIETNAM
from app.platform.context import Context, Ctx
from app.platform.problems import problem_answers, request_id_of

router = APIRouter(tags=["access"])

SMALL_BODIES: Final[dict[str, int]] = {
    "/token": 16 * 1024,
    "/api/v1/Authentication/Token": 16 * 1024,
}
_FRESH: Final = {"Cache-Control": "no-store"}
_UNKNOWN: Final = 401
_FIELDS: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["grant_type"],
    "properties": {
        "grant_type": {"type": "string", "enum": ["client_credentials", "password"]},
        "scope": {"type": "string"},
        "client_id": {"type": "string"},
        "client_secret": {"type": "string", "format": "password"},
        "username": {"type": "string"},
        "password": {"type": "string", "format": "password"},
    },
}


@router.post(
    "/token",
    operation_id="issue_ngsp_token",
    summary="Lấy mã truy cập theo kiểu NGSP / Get a token as from the national gateway",
    responses={
        200: {"model": TokenOut},
        400: {"model": TokenErrorOut, "description": "RFC 6749 §5.2"},
        401: {"model": TokenErrorOut, "description": "RFC 6749 §5.2, invalid_client"},
        **problem_answers(413, 503),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {FORM: {"schema": _FIELDS, "example": {"grant_type": "client_credentials"}}},
        },
        "security": [{"client": []}, {}],
    },
)
async def issue_token(request: Request, ctx: Ctx) -> Response:
    """Exchange credentials for an opaque token, the same one again as long as it is good.

    Besides HTTP Basic and form fields a client may use the ways that it was given
    (`lgsp client styles`); openapi/ngsp_gateway.yaml describes them.
    """
    try:
        body = await request.body()
        proof = _read(request, lambda: read_proof(request.headers, body))
        granted = await _granted(request, ctx, proof, usual(_tokens(request).lifetime))
    except TokenRefusal as refusal:
        return _refused(refusal)
    words = ctx.settings.ngsp_token_scope
    answer = TokenOut(
        access_token=granted.token,
        token_type="Bearer",  # noqa: S106 -- the kind of token, not a password
        expires_in=granted.bearer.seconds_left(ctx.clock.now()),
        scope=" ".join(sorted(granted.bearer.scopes)) if proof.scope or not words else words,
    )
    return JSONResponse(answer.model_dump(), headers=_FRESH)


@router.post("/api/v1/Authentication/Token", include_in_schema=False)
async def issue_token_for_key(request: Request, ctx: Ctx) -> Response:
    """Exchange a long-lived key in the header Auth for a token, as Đồng Tháp's gateway does.

    Nothing takes the refreshToken: the client asks here anew, and gets another token when less
    than five minutes of this one are left.
    """
    try:
        proof = _read(request, lambda: read_key(request.headers))
        granted = await _granted(request, ctx, proof, renewed(_tokens(request).lifetime))
    except TokenRefusal as refusal:
        return _refused(refusal)
    body = {
        "token": granted.token,
        "refreshToken": _tokens(request).opaque(f"refresh:{granted.bearer.id}"),
        "expiryDate": granted.bearer.expires_at.astimezone(VIETNAM).isoformat(timespec="seconds"),
    }
    return JSONResponse(body, headers=_FRESH)


async def _granted(request: Request, ctx: Context, proof: Proof, terms: Terms) -> Granted:
    """Return the token for a proof.

    Raises:
        TokenRefusal: if there is none; of a stranger it is counted, of a client recorded.
    """
    try:
        client = await ctx.database.read(known, ctx.clock, proof)
    except TokenRefusal as refusal:
        request.app.state.refusals.count(refusal.error)
        raise
    wish = Wish(proof, _tokens(request).opaque, terms, request_id_of(request))
    outcome = await ctx.database.transact(grant, ctx.clock, client=client, wish=wish)
    if isinstance(outcome, Refused):
        raise outcome.refusal
    return outcome


def _read(request: Request, reading: Callable[[], Proof]) -> Proof:
    """Return what was sent; what cannot be read is counted as a stranger's."""
    try:
        return reading()
    except TokenRefusal as refusal:
        request.app.state.refusals.count(refusal.error)
        raise


def _tokens(request: Request) -> Tokens:
    gatekeeper: Gatekeeper = request.app.state.gatekeeper
    return gatekeeper.tokens


def _refused(refusal: TokenRefusal) -> Response:
    answer = TokenErrorOut(error=refusal.error, error_description=refusal.description)
    is_unknown = refusal.status == _UNKNOWN
    challenge = {"WWW-Authenticate": 'Basic realm="lgsp"'} if is_unknown else {}
    return JSONResponse(answer.model_dump(), status_code=refusal.status, headers=_FRESH | challenge)
