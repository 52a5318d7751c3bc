"""Putting off, finishing, returning the result, rating."""

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.dossiers.routes.acting import ACT, Actor, answer_act
from app.dossiers.routes.router import PathCode, router
from app.dossiers.schemas.acts import (
    CITIZEN,
    COUNTER,
    LEADER,
    OFFICER,
    CompletionIn,
    ExtensionIn,
    RatingIn,
    ReturnIn,
)
from app.dossiers.schemas.papers import RESULT
from app.dossiers.use_cases import ending
from app.dossiers.use_cases.acting import Done, Order
from app.platform.bodies import reads
from app.platform.context import Ctx


@router.post(
    "/v1/dossiers/{code}/extensions",
    operation_id="extend_dossier",
    summary="Xin lỗi và hẹn lại ngày trả / Put the due date off with an apology",
    **ACT,
)
@reads(
    ExtensionIn,
    example={
        "actor": LEADER,
        "reason": "Cần xác minh thêm",
        "due_at": "2026-11-16T17:00:00+07:00",
    },
)
async def extend_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Put the due date off to a later working day; once."""

    def perform(connection: Connection, order: Order, said: ExtensionIn) -> Done:
        return ending.extend(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, ExtensionIn, perform)


@router.post(
    "/v1/dossiers/{code}/completion",
    operation_id="finish_dossier",
    summary="Xử lý xong / End the handling",
    **ACT,
)
@reads(CompletionIn, example={"actor": OFFICER, "results": [RESULT]})
async def finish_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """End the handling, with the papers of the result if there are any."""

    def perform(connection: Connection, order: Order, said: CompletionIn) -> Done:
        return ending.finish(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, CompletionIn, perform)


@router.post(
    "/v1/dossiers/{code}/results",
    operation_id="return_result",
    summary="Trả kết quả / Return the result",
    **ACT,
)
@reads(ReturnIn, example={"actor": COUNTER, "way": "counter", "recipient": "Người nộp hồ sơ"})
async def return_result(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Return the result at the counter, by post or electronically."""

    def perform(connection: Connection, order: Order, said: ReturnIn) -> Done:
        return ending.return_result(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, ReturnIn, perform)


@router.post(
    "/v1/dossiers/{code}/rating",
    operation_id="rate_dossier",
    summary="Đánh giá của người nộp / What the owner thought",
    **ACT,
)
@reads(RatingIn, example={"actor": CITIZEN, "score": 5, "comment": "Nhanh gọn"})
async def rate_dossier(code: PathCode, request: Request, caller: Actor, ctx: Ctx) -> Response:
    """Keep what the owner thought of a dossier that has ended; once."""

    def perform(connection: Connection, order: Order, said: RatingIn) -> Done:
        return ending.rate(connection, ctx.clock, caller, order, said.what())

    return await answer_act(request, ctx, caller, code, RatingIn, perform)
