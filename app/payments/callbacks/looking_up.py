"""Where the national portal asks what is to be paid for a dossier.

Its answers are known: 1 something is, 0 nothing is, -1 no such dossier. Its address and credential
are ours: the bearer under which the portal sends dossiers down.
"""

import hmac
import json
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.errors import UnknownDossierError
from app.exchange.payments.wire import FeeLookUp
from app.payments.domain import (
    NotConnectedError,
    NothingToPayError,
    StrangerError,
    UnreadableConfirmationError,
)
from app.payments.use_cases import Wanted, look_up, patience_of
from app.platform.bodies import OUTSIDE, digest_of
from app.platform.context import Context, Ctx
from app.platform.errors import ProblemError, UnauthenticatedError
from app.platform.problems import request_id_of, status_of

if TYPE_CHECKING:
    from app.payments.sync import Till

ADDRESS: Final = "/api/dvcqg/dptracuuthanhtoanhs"
SMALL_BODIES: Final = {ADDRESS: 16 * 1024}
NATION: Final = "system:dvcqg"

_PAYABLE, _NOTHING, _UNKNOWN = 1, 0, -1
_SERVER_ERRORS: Final = 500
_JSON: Final = "application/json; charset=utf-8"


async def speak_look_up(request: Request) -> None:
    """Have every refusal of this request answered as the look-up does, strangers with 401."""
    request.state.render = refused


def refused(problem: ProblemError) -> Response:
    """Answer a refusal."""
    answer = _answer(_NOTHING if isinstance(problem, NothingToPayError) else _UNKNOWN, [])
    status = status_of(type(problem))
    if status >= _SERVER_ERRORS or isinstance(problem, (UnauthenticatedError, *OUTSIDE)):
        answer.status_code = status
    return answer


router = APIRouter(tags=["facades"], dependencies=[Depends(speak_look_up)], include_in_schema=False)


@router.post(
    ADDRESS,
    operation_id="look_up_fee",
    summary="Tra cứu thanh toán hồ sơ / Look up what is to be paid",
)
async def look_up_fee(request: Request, ctx: Ctx) -> Response:
    """Tell what is to be paid for a dossier; asked again, it is the same payment."""
    nation = _nation(request, ctx)
    raw = await request.body()
    till: Till | None = request.app.state.till
    if till is None:
        raise NotConnectedError
    wanted = Wanted(_code_in(raw), "", patience_of(ctx.settings), digest_of(raw))
    dossier, order = await ctx.database.transact(look_up, ctx.clock, nation, wanted)
    return _answer(_PAYABLE, till.payable(dossier, order).model_dump(mode="json"))


def _code_in(raw: bytes) -> DossierCode:
    try:
        asked = FeeLookUp.model_validate_json(raw, by_name=False)
    except ValidationError:
        raise UnreadableConfirmationError from None
    try:
        return DossierCode(asked.dossier_code)
    except ValueError:
        raise UnknownDossierError from None


def _nation(request: Request, ctx: Context) -> Caller:
    """Return the nation as a caller of our whole province.

    Raises:
        StrangerError: if the shared secret is not set here, or is not what came.
    """
    kept = request.app.state.push_secret
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    fits = kept is not None and hmac.compare_digest(given.encode(), kept.encode())
    if kind.lower() != "bearer" or not fits:
        raise StrangerError
    province = AgencyCode(ctx.settings.province)
    caller = Caller(NATION, province, frozenset(), request_id_of(request))
    request.state.caller, request.state.act = caller, "payment.look_up"
    return caller


def _answer(code: int, message: Any) -> Response:
    content = {"error_code": code, "message": message}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, media_type=_JSON)
