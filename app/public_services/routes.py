"""The one door that stands open to everybody: where a dossier stands."""

from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Header, Path
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import IdentityType
from app.dossiers.domain.owning import Account, is_owned_by, linked
from app.dossiers.use_cases import Cause
from app.dossiers.use_cases.linking import link_account
from app.exchange.outcomes import Deferred
from app.exchange.sign_on.tokens import AccountKind, Claims, IdTokens, UntrustedTokenError
from app.platform.context import Context, Ctx
from app.platform.database import DatabaseUnavailableError
from app.platform.problems import problem_answers, request_id_of
from app.public_services import use_cases
from app.public_services.domain import Looks, SignOnUnavailableError
from app.public_services.schemas import PublicStatusOut

_log = structlog.get_logger("lgsp.public_services")

router = APIRouter(tags=["public-services"])

SIGNED_ON: Final = "system:sign-on"
"""Who acts when an owner comes with an account; the log names no person."""

PathCode = Annotated[
    str, Path(description="Mã hồ sơ. / Dossier code.", examples=["H38.12-261102-0007"])
]
TrackingCode = Annotated[
    str | None,
    Header(
        alias="X-Tracking-Code",
        description="Mã tra cứu ghi trên giấy hẹn; không đặt trong địa chỉ. / The tracking code; "
        "never in the address.",
        examples=["7K3MPA9TXWQ4ZD2HVEBR"],
    ),
]


Authorization = Annotated[
    str | None,
    Header(
        include_in_schema=False,
        description="Bearer, then the id_token; OpenAPI says it as a security scheme.",
    ),
]


@router.get(
    "/v1/public-services/dossiers/{code}",
    operation_id="show_public_status",
    summary="Tra cứu trạng thái hồ sơ / Look up where a dossier stands",
    response_model=PublicStatusOut,
    responses=problem_answers(404, 429, 503),
    openapi_extra={"security": [{}, {"citizen": []}]},
)
async def show_public_status(
    code: PathCode,
    request: Request,
    ctx: Ctx,
    tracking_code: TrackingCode = None,
    authorization: Authorization = None,
) -> Response:
    """Show a dossier's status to whoever holds its tracking code; nothing in it is personal.

    Its owner may come with the id_token of an account of the national portal instead, as a
    bearer. Whatever is wrong, the answer is one and the same.
    """
    looks: Looks = request.app.state.looks
    looks.take(request.client.host if request.client else "", ctx.clock.now())
    account = await _account(request, ctx, authorization)
    dossier, steps = await ctx.database.read(use_cases.look_up, code, tracking_code, account)
    if account is not None and is_owned_by(dossier, account):
        await _link(request, ctx, dossier, account)
    content = PublicStatusOut.of(dossier, steps).model_dump_json()
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _account(request: Request, ctx: Context, authorization: str | None) -> Account | None:
    """Return who signed in; None for a token that proves nothing here.

    Raises:
        SignOnUnavailableError: if the issuer's keys cannot be read.
    """
    tokens: IdTokens | None = request.app.state.id_tokens
    kind, _, token = (authorization or "").partition(" ")
    if tokens is None or kind.lower() != "bearer":
        return None
    try:
        claims = await tokens.read(token.strip())
    except UntrustedTokenError:
        return None
    if isinstance(claims, Deferred):
        raise SignOnUnavailableError
    province = AgencyCode(ctx.settings.province)
    caller = Caller(SIGNED_ON, province, frozenset(), request_id_of(request))
    request.state.caller, request.state.act = caller, "public-status.show"
    return account_of(claims)


async def _link(request: Request, ctx: Context, dossier: Dossier, account: Account) -> None:
    """Keep the account with its owner's dossier; nothing is written where it is kept already.

    Where it cannot be written now, the owner sees the status all the same; the next look links.
    """
    if linked(dossier, account, now=ctx.clock.now()) is dossier:
        return
    agency = dossier.filing.agency.code
    caller = Caller(SIGNED_ON, agency, frozenset(), request_id_of(request))
    cause = Cause.of(ctx.settings, "")
    try:
        await ctx.database.transact(
            link_account, ctx.clock, caller, code=dossier.code, account=account, cause=cause
        )
    except DatabaseUnavailableError:
        _log.warning("account_not_linked", request_id=caller.request_id)


def account_of(claims: Claims) -> Account:
    """Return the account of a token: a citizen's papers, or an enterprise's codes.

    An organisation has no number that is its own: it is known by its account alone.
    """
    numbers = {
        AccountKind.CITIZEN: (
            (IdentityType.CITIZEN_ID, claims.citizen_id),
            (IdentityType.IDENTITY_CARD, claims.identity_card),
        ),
        AccountKind.ENTERPRISE: (
            (IdentityType.TAX_CODE, claims.tax_code),
            (IdentityType.TAX_CODE, claims.enterprise_code),
        ),
        AccountKind.ORGANISATION: (),
    }
    proven = frozenset((kind, number) for kind, number in numbers[claims.kind] if number)
    return Account(claims.account_id, claims.kind is AccountKind.CITIZEN, proven)
