"""Where the payment platform says what became of a payment, as often as it likes.

It carries no bearer: its signature is what we know it by. What it is answered, and the address,
are ours; the platform's own list of answer codes is not public.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.codes import AgencyCode
from app.exchange.payments.wire import Confirmation
from app.payments.domain import (
    ForgedConfirmationError,
    OrderState,
    SettledOtherwiseError,
    Told,
    UnknownOrderError,
    UnreadableConfirmationError,
    WrongAmountError,
)
from app.payments.use_cases import PLATFORM, Terms, settle
from app.platform.bodies import OUTSIDE, digest_of
from app.platform.context import Context, Ctx
from app.platform.errors import ProblemError, UnauthenticatedError
from app.platform.problems import request_id_of, status_of

if TYPE_CHECKING:
    from app.payments.sync import Till

ADDRESS: Final = "/api/dvcqg/XacNhanThanhToan"
SMALL_BODIES: Final = {ADDRESS: 64 * 1024}

_PAID: Final = "00"
_TAKEN: Final = ("00", "Thành công")
_CODES: Final[Mapping[type[ProblemError], str]] = {
    UnknownOrderError: "01",
    WrongAmountError: "02",
    ForgedConfirmationError: "03",
    SettledOtherwiseError: "04",
    UnreadableConfirmationError: "05",
}
_OTHER: Final = "99"
_SERVER_ERRORS: Final = 500
_JSON: Final = "application/json; charset=utf-8"


async def speak_platform(request: Request) -> None:
    """Have every refusal of this request answered in the platform's words.

    What is understood has HTTP 200; a stranger gets 401, and what may succeed later its 5xx.
    """
    request.state.told = None
    request.state.render = lambda problem: refused(request, problem)


def refused(request: Request, problem: ProblemError) -> Response:
    """Answer a refusal; it names a payment as soon as the request has been read."""
    answer = _answer(request, _CODES.get(type(problem), _OTHER), problem.detail)
    status = status_of(type(problem))
    if status >= _SERVER_ERRORS or isinstance(problem, (UnauthenticatedError, *OUTSIDE)):
        answer.status_code = status
    return answer


router = APIRouter(
    tags=["facades"], dependencies=[Depends(speak_platform)], include_in_schema=False
)


@router.post(
    ADDRESS,
    operation_id="confirm_payment",
    summary="Xác nhận thanh toán / Take the platform's confirmation",
)
async def confirm(request: Request, ctx: Ctx) -> Response:
    """Settle a payment; only one that waits becomes paid, and a repeat changes nothing."""
    raw = await request.body()
    told = _genuine(request, raw, ctx)
    state = OrderState.PAID if told.code == _PAID else OrderState.FAILED
    said = Told(state, int(told.amount), told.currency, told.transaction, told.bank)
    terms = Terms.of(ctx.settings, digest_of(raw), request_id_of(request))
    await ctx.database.transact(settle, ctx.clock, told.reference, said, terms)
    return _answer(request, *_TAKEN)


def _genuine(request: Request, raw: bytes, ctx: Context) -> Confirmation:
    """Return a confirmation that the platform signed, and note that it is the one who calls.

    Raises:
        UnreadableConfirmationError: if it is no confirmation.
        ForgedConfirmationError: if no platform is connected, or it did not sign this.
    """
    till: Till | None = request.app.state.till
    if till is None:
        raise ForgedConfirmationError
    try:
        told = Confirmation.model_validate_json(raw, by_name=False)
    except ValidationError:
        raise UnreadableConfirmationError from None
    if not till.client.is_genuine(told):
        raise ForgedConfirmationError
    province = AgencyCode(ctx.settings.province)
    request.state.told = told
    request.state.act = "payment.confirm"
    request.state.caller = Caller(PLATFORM, province, frozenset(), request_id_of(request))
    return told


def _answer(request: Request, code: str, words: str) -> Response:
    till: Till | None = request.app.state.till
    told = getattr(request.state, "told", None)
    content: Mapping[str, object] = {"MaLoi": code, "MoTaLoi": words}
    if till is not None:
        content = till.client.acknowledge(told, code=code, words=words)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, media_type=_JSON)
