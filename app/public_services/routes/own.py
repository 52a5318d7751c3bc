"""The pages of an owner: signing in with an account of the national portal, one's own dossiers."""

import hmac
from typing import Annotated, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.dossiers.domain.owning import Account, is_owned_by
from app.exchange.outcomes import Deferred, Refused
from app.exchange.sign_on.codes import Attempt, CodeFlow
from app.exchange.sign_on.connecting import RETURN
from app.exchange.sign_on.tokens import IdTokens, UntrustedTokenError
from app.platform.context import Context, Ctx
from app.platform.sealing import Sealer
from app.public_services.domain.looking import (
    SignInFailedError,
    SignOnNotOfferedError,
    SignOnUnavailableError,
)
from app.public_services.routes import sessions
from app.public_services.routes.pages import saying
from app.public_services.routes.remembering import page_address
from app.public_services.routes.router import router, take_look, take_read
from app.public_services.routes.signing_on import account_of, link
from app.public_services.routes.tracking import qr_of
from app.public_services.schemas.pages import PAGES, page
from app.public_services.schemas.tracking import PublicStatusOut
from app.public_services.use_cases import tracking

_HERE: Final = "/ho-so-cua-toi"
_SEE_OTHER: Final = 303
_MOST: Final = 50

Given = Annotated[str, Query(max_length=2000)]


@router.get(RETURN, include_in_schema=False)
async def sign_in(
    request: Request, ctx: Ctx, code: Given = "", state: Given = "", error: Given = ""
) -> Response:
    """Send a person to the provider; or, when they come back, sign them in for a while."""
    request.state.render = saying(_HERE)
    take_look(request, ctx)
    flow, tokens, sealer = _offered(request)
    if not (code or state or error):
        attempt = Attempt.new()
        away = _led_to(flow.address(attempt))
        sessions.keep_attempt(ctx, sealer, away, attempt)
        return away
    begun = sessions.attempt_of(request, ctx, sealer)
    if begun is None or not code or not hmac.compare_digest(state.encode(), begun.state.encode()):
        raise SignInFailedError
    account = await _account(flow, tokens, code, begun)
    home = _led_to(_HERE)
    sessions.sign_in(ctx, sealer, home, account)
    return home


@router.get(_HERE, include_in_schema=False)
async def show_own(
    request: Request,
    ctx: Ctx,
    code: Annotated[str, Query(alias="ma", max_length=50)] = "",
    before: Annotated[int | None, Query(alias="sau", ge=1, lt=2**62)] = None,
) -> Response:
    """Show whoever is signed in the dossiers under their numbers, or one of them."""
    request.state.render = saying(_HERE)
    take_read(request, ctx)
    account = sessions.signed_in(request, ctx, request.app.state.sealer)
    if account is None:
        return _own(is_signed_in=False, is_offered=_is_offered(request))
    if code:
        found = await _one(request, ctx, code, account)
        return _own(found=found, qr=qr_of(found.url))
    rows = await ctx.database.read(tracking.list_own, account, before=before, limit=_MOST + 1)
    shown = rows[:_MOST]
    items = [
        PublicStatusOut.of(one, now=ctx.clock.now(), url=page_address(ctx, one.dossier.code))
        for _, one in shown
    ]
    return _own(items=items, following=shown[-1][0] if len(rows) > len(shown) else None)


@router.post("/dang-xuat", include_in_schema=False)
async def sign_out(request: Request, ctx: Ctx) -> Response:
    """Sign a person out of these pages."""
    request.state.render = saying(_HERE)
    take_read(request, ctx)
    home = _led_to(_HERE)
    sessions.sign_out(ctx, home)
    return home


async def _account(flow: CodeFlow, tokens: IdTokens, code: str, begun: Attempt) -> Account:
    token = await flow.id_token(code, begun)
    if isinstance(token, Refused):
        raise SignInFailedError
    try:
        known = (
            token if isinstance(token, Deferred) else await tokens.read(token, nonce=begun.nonce)
        )
    except UntrustedTokenError:
        raise SignInFailedError from None
    if isinstance(known, Deferred):
        raise SignOnUnavailableError
    return account_of(known)


async def _one(request: Request, ctx: Context, code: str, account: Account) -> PublicStatusOut:
    looked = await ctx.database.read(tracking.look_up, code, None, account)
    if is_owned_by(looked.dossier, account):
        await link(request, ctx, looked.dossier, account)
    url = page_address(ctx, looked.dossier.code)
    return PublicStatusOut.of(looked, now=ctx.clock.now(), url=url)


def _is_offered(request: Request) -> bool:
    state = request.app.state
    return None not in (state.code_flow, state.id_tokens, state.sealer)


def _offered(request: Request) -> tuple[CodeFlow, IdTokens, Sealer]:
    state = request.app.state
    if not _is_offered(request):
        raise SignOnNotOfferedError
    return state.code_flow, state.id_tokens, state.sealer


def _own(**values: object) -> Response:
    known: dict[str, object] = {
        "said": "", "is_signed_in": True, "is_offered": True,
        "found": None, "qr": "", "items": (), "following": None,
    }  # fmt: skip
    return page("own.html", _HERE, 200, **known | values)


def _led_to(address: str) -> RedirectResponse:
    kept = {name: PAGES.headers[name] for name in ("Cache-Control", "Referrer-Policy")}
    return RedirectResponse(address, _SEE_OTHER, headers=kept)
