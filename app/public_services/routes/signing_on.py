"""Signing on: the owner of a dossier comes with an account of the national portal."""

from typing import Annotated, Final

import structlog
from fastapi import Header
from starlette.requests import Request

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import IdentityType
from app.dossiers.domain.owning import Account, linked
from app.dossiers.use_cases import Cause
from app.dossiers.use_cases.linking import link_account
from app.exchange.outcomes import Deferred
from app.exchange.sign_on.tokens import AccountKind, Claims, IdTokens, UntrustedTokenError
from app.platform.context import Context
from app.platform.database import DatabaseUnavailableError
from app.platform.problems import request_id_of
from app.public_services.domain.looking import SignOnUnavailableError

_log = structlog.get_logger("lgsp.public_services")

SIGNED_ON: Final = "system:sign-on"
"""Who acts when an owner comes with an account; the log names no person."""

Authorization = Annotated[
    str | None,
    Header(
        include_in_schema=False,
        description="Bearer, then the id_token; OpenAPI says it as a security scheme.",
    ),
]


async def account_from(request: Request, ctx: Context, authorization: str | None) -> Account | None:
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


async def link(request: Request, ctx: Context, dossier: Dossier, account: Account) -> None:
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
