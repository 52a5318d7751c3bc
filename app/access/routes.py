"""Where tokens are issued, and the keys to check them with."""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote_plus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.access import use_cases
from app.access.domain import Client, Scope
from app.access.guard import Gatekeeper
from app.access.schemas import KeySetOut, TokenErrorOut, TokenOut
from app.evidence.domain import DONE, Act
from app.evidence.store import record
from app.platform.bodies import media_type_of
from app.platform.context import Context, Ctx
from app.platform.problems import problem_answers, request_id_of

router = APIRouter(tags=["access"])

_FORM = "application/x-www-form-urlencoded"
_TOKEN_FORM = {
    "type": "object",
    "required": ["grant_type"],
    "properties": {
        "grant_type": {"type": "string", "const": "client_credentials"},
        "scope": {"type": "string"},
        "client_id": {"type": "string"},
        "client_secret": {"type": "string", "format": "password"},
    },
}


class _OAuthError(Exception):
    """A refusal in the words of RFC 6749 §5.2."""

    def __init__(
        self, error: str, description: str, status: int = 400, *, client: Client | None = None
    ) -> None:
        super().__init__(error)
        self.answer = TokenErrorOut(error=error, error_description=description)
        self.status = status
        self.client = client


@dataclass(frozen=True, slots=True)
class _Credentials:
    client_id: str
    secret: str


@router.post(
    "/oauth2/token",
    operation_id="issue_token",
    summary="Lấy mã truy cập / Get an access token",
    responses={
        200: {"model": TokenOut},
        400: {"model": TokenErrorOut, "description": "RFC 6749 §5.2"},
        401: {"model": TokenErrorOut, "description": "RFC 6749 §5.2, invalid_client"},
        **problem_answers(413, 503),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                _FORM: {
                    "schema": _TOKEN_FORM,
                    "example": {"grant_type": "client_credentials", "scope": "dossiers:read"},
                }
            },
        },
        "security": [{"client": []}, {}],
    },
)
async def issue_token(request: Request, ctx: Ctx) -> Response:
    """Exchange a client's credentials (HTTP Basic or form fields) for a bearer token."""
    try:
        client, scopes = await _recognised(request, ctx)
    except _OAuthError as refusal:
        if refusal.client is None:
            request.app.state.refusals.count(refusal.answer.error)
        else:
            await _note(request, ctx, refusal.client, refusal.answer.error)
        return _refused(refusal)
    gatekeeper: Gatekeeper = request.app.state.gatekeeper
    token = gatekeeper.tokens.issue(client, scopes)
    await _note(request, ctx, client, DONE)
    body = TokenOut(
        access_token=token,
        token_type="Bearer",  # noqa: S106 -- the kind of token, not a password
        expires_in=int(gatekeeper.tokens.lifetime.total_seconds()),
        scope=" ".join(sorted(scopes)),
    )
    return JSONResponse(body.model_dump(), headers={"Cache-Control": "no-store"})


async def _note(request: Request, ctx: Context, client: Client, outcome: str) -> None:
    actor = _TokenActor(client.client_id, client.member, request_id_of(request))
    act = Act("token.issue", f"client:{client.client_id}", outcome=outcome)
    await ctx.database.transact(record, ctx.clock, actor, act)


async def _recognised(request: Request, ctx: Context) -> tuple[Client, frozenset[Scope]]:
    form = await _form(request)
    credentials = _credentials(request, form)
    if form.get("grant_type") != "client_credentials":
        raise _OAuthError("unsupported_grant_type", "only client_credentials is offered")
    client = await ctx.database.read(
        use_cases.recognise, client_id=credentials.client_id, secret=credentials.secret
    )
    if client is None:
        raise _OAuthError("invalid_client", "unknown client or wrong secret", 401)
    return client, _granted(client, form.get("scope"))


@dataclass(frozen=True, slots=True)
class _TokenActor:
    client_id: str
    member: str
    request_id: str


async def _form(request: Request) -> dict[str, str]:
    if media_type_of(request) != _FORM:
        raise _OAuthError("invalid_request", f"send the form as {_FORM}")
    try:
        fields = parse_qs(
            (await request.body()).decode(),
            keep_blank_values=True,
            max_num_fields=20,
            errors="strict",
        )
    except ValueError:
        raise _OAuthError("invalid_request", "the form cannot be read") from None
    if any(len(values) > 1 for values in fields.values()):
        raise _OAuthError("invalid_request", "a field is given twice")
    return {name: values[0] for name, values in fields.items()}


def _credentials(request: Request, form: dict[str, str]) -> _Credentials:
    header = request.headers.get("authorization")
    if header is None:
        if "client_id" not in form or "client_secret" not in form:
            raise _OAuthError("invalid_client", "no client credentials were sent", 401)
        return _clean(form["client_id"], form["client_secret"])
    if "client_secret" in form:
        raise _OAuthError("invalid_request", "use one way of authentication, not two")
    kind, _, encoded = header.partition(" ")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    name, colon, secret = text.partition(":")
    if kind.lower() != "basic" or not colon:
        raise _OAuthError("invalid_client", "the Authorization header cannot be read", 401)
    return _clean(unquote_plus(name), unquote_plus(secret))


def _clean(client_id: str, secret: str) -> _Credentials:
    if not client_id.isprintable() or len(client_id) > 80:  # noqa: PLR2004 -- width of the column
        raise _OAuthError("invalid_client", "unknown client or wrong secret", 401)
    return _Credentials(client_id, secret)


def _granted(client: Client, wanted: str | None) -> frozenset[Scope]:
    if not wanted:
        return client.scopes
    names = set(wanted.split())
    if not names <= {scope.value for scope in client.scopes}:
        raise _OAuthError(
            "invalid_scope", "a scope does not exist or was not given to the client", client=client
        )
    return frozenset(Scope(name) for name in names)


def _refused(refusal: _OAuthError) -> Response:
    headers = {"Cache-Control": "no-store"}
    if refusal.status == 401:  # noqa: PLR2004 -- RFC 6749 wants the challenge with a 401
        headers["WWW-Authenticate"] = 'Basic realm="lgsp"'
    return JSONResponse(refusal.answer.model_dump(), status_code=refusal.status, headers=headers)


@router.get(
    "/.well-known/jwks.json",
    operation_id="show_keys",
    summary="Khoá công khai để kiểm mã truy cập / Public keys of our tokens",
    response_model=KeySetOut,
)
async def show_keys(request: Request) -> Response:
    """List the public keys; during a rotation there are two."""
    gatekeeper: Gatekeeper = request.app.state.gatekeeper
    return JSONResponse(gatekeeper.tokens.jwks())
