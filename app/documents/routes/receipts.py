"""`GET /v1/documents/{id}/receipt`: what anybody can check without asking us."""

from typing import Annotated

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import Gatekeeper, requires
from app.documents.routes.router import Number, router
from app.documents.schemas.receipts import RECEIPT_TYPE, ReceiptOut, SignedReceiptOut
from app.documents.use_cases import watching
from app.platform.context import Ctx
from app.platform.problems import problem_answers


@router.get(
    "/v1/documents/{id}/receipt",
    operation_id="show_receipt",
    summary="Biên nhận có chữ ký số / Signed receipt",
    response_model=SignedReceiptOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_receipt(
    number: Number,
    request: Request,
    caller: Annotated[Caller, requires(Scope.READ_DOCUMENTS)],
    ctx: Ctx,
) -> Response:
    """State who sent what to whom, under which hash and when, as it stands now.

    A recipient's receipt names itself only.
    """
    gatekeeper: Gatekeeper = request.app.state.gatekeeper
    timeline = await ctx.database.read(watching.timeline, caller, number)
    receipt = ReceiptOut.of(timeline)
    jws = gatekeeper.tokens.attest(RECEIPT_TYPE, {"receipt": receipt.model_dump(mode="json")})
    answer = SignedReceiptOut(receipt=receipt, jws=jws)
    return Response(answer.model_dump_json(), media_type="application/json")
