"""`/v1/dossiers/{code}/payments/online`: fees paid on the national payment platform."""

import json
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Path
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.domain.dossier import Dossier
from app.dossiers.routes.router import JSON, PathCode, dossier_code
from app.dossiers.use_cases.owing import subject_of
from app.payments import use_cases
from app.payments.domain import NotConnectedError, OrderState, PaymentOrder, PaymentRefusedError
from app.payments.schemas import (
    OnlinePaymentIn,
    OnlinePaymentLineOut,
    OnlinePaymentOut,
    OnlinePaymentsOut,
)
from app.platform.bodies import read_json, reads
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers, request_id_of
from app.platform.routing import DirectRoute

if TYPE_CHECKING:
    from app.payments.sync import Till

router = APIRouter(tags=["dossiers"], route_class=DirectRoute)

_ADDRESS: Final = "/v1/dossiers/{code}/payments/online"
_PDF: Final[dict[str, Any]] = {
    "application/pdf": {"schema": {"type": "string", "format": "binary"}}
}
PathReference = Annotated[
    str,
    Path(
        description="Mã tham chiếu. / Reference of the payment.",
        examples=["dvcH38122611020007" + "20261102090000"],
    ),
]


@router.post(
    _ADDRESS,
    operation_id="start_online_payment",
    summary="Bắt đầu thanh toán trực tuyến / Begin an online payment",
    status_code=201,
    response_model=OnlinePaymentOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(OnlinePaymentIn, example={"payer_ip": "203.0.113.7"})
async def start_online_payment(
    code: PathCode,
    request: Request,
    caller: Annotated[Caller, requires(Scope.PROGRESS_DOSSIERS)],
    ctx: Ctx,
) -> Response:
    """Begin a payment of what is owed of the fees asked for, and tell where the owner pays it.

    A repeat with the same key goes on where the first attempt stopped: if the platform did not
    answer, it is asked again for the same payment.
    """
    wanted = dossier_code(code)
    body = await read_json(request, OnlinePaymentIn)
    till = _till(request)
    asked = use_cases.Wanted(
        code=wanted,
        payer_ip=str(body.value.payer_ip),
        patience=use_cases.patience_of(ctx.settings),
        digest=body.digest,
    )

    def act(connection: Connection) -> Answer:
        order = use_cases.start(connection, ctx.clock, caller, asked)
        address = _ADDRESS.replace("{code}", code)
        kept = json.dumps({"reference": order.reference}).encode()
        return created(address, kept, subject_of(wanted))

    answer = await answer_once(request, ctx, caller.client_id, body.digest, act)
    reference = str(json.loads(bytes(answer.body))["reference"])
    order, dossier = await ctx.database.read(use_cases.show_order, caller, wanted, reference)
    begun = await _begun(ctx, till, order, dossier, request_id_of(request))
    content = OnlinePaymentOut.of(begun).model_dump_json()
    location = {"Location": answer.headers["Location"]}
    return Response(content, status_code=201, media_type=JSON, headers=location)


@router.get(
    _ADDRESS,
    operation_id="list_online_payments",
    summary="Các lần thanh toán trực tuyến / Online payments of a dossier",
    response_model=OnlinePaymentsOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def list_online_payments(
    code: PathCode, caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)], ctx: Ctx
) -> Response:
    """Show every online payment of a dossier, the newest first."""
    found = await ctx.database.read(use_cases.list_orders, caller, dossier_code(code))
    shown = OnlinePaymentsOut(items=[OnlinePaymentLineOut.of(order) for order in found])
    return Response(shown.model_dump_json(), media_type=JSON)


@router.get(
    _ADDRESS + "/{reference}/receipt",
    operation_id="download_payment_receipt",
    summary="Tải biên lai / Download the receipt",
    response_class=Response,
    responses={200: {"content": _PDF}, **problem_answers(401, 403, 404, 409, 422, 503)},
)
async def download_payment_receipt(
    code: PathCode,
    reference: PathReference,
    request: Request,
    caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)],
    ctx: Ctx,
) -> Response:
    """Fetch the receipt of a paid fee from the platform, as a PDF; it is not kept here."""
    wanted = dossier_code(code)
    order, _ = await ctx.database.read(use_cases.show_order, caller, wanted, reference)
    content = await _till(request).receipt(order)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{order.reference}.pdf"',
    }
    return Response(content, media_type="application/pdf", headers=headers)


async def _begun(
    ctx: Context, till: "Till", order: PaymentOrder, dossier: Dossier, request_id: str
) -> PaymentOrder:
    """Return a payment that has its address."""
    if order.url is not None:
        return order
    if order.state is OrderState.FAILED:
        raise PaymentRefusedError
    try:
        url = await till.begin(dossier, order)
    except PaymentRefusedError:
        terms = use_cases.Terms.of(ctx.settings, "", request_id)
        await ctx.database.transact(use_cases.give_up, ctx.clock, order.reference, terms)
        raise
    return await ctx.database.transact(use_cases.note_url, order.reference, url)


def _till(request: Request) -> "Till":
    till: Till | None = request.app.state.till
    if till is None:
        raise NotConnectedError
    return till
