"""Explaining a decision to the people of a service."""

from starlette.requests import Request
from starlette.responses import Response

from app.broker.register import Register
from app.broker.routes.granting import Granter
from app.broker.routes.router import PathCode, answer, router
from app.broker.schemas.granted import ExplanationOut, QuestionIn
from app.broker.use_cases.explaining import explain
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.problems import problem_answers

_EXAMPLE = {
    "client_id": "client-0193a5c0-7e1e-7000-8000-000000000001",
    "version": "1.0",
    "method": "GET",
    "path": "/thuaDat/123",
}


@router.post(
    "/v1/services/{code}/explanation",
    operation_id="explain_decision",
    summary="Giải thích quyết định cho phép hay từ chối / Explain a decision",
    response_model=ExplanationOut,
    responses=problem_answers(400, 401, 403, 404, 413, 415, 422, 503),
)
@reads(QuestionIn, example=_EXAMPLE)
async def explain_decision(code: PathCode, request: Request, caller: Granter, ctx: Ctx) -> Response:
    """Say whether this process would allow a call of a client now, and why; nothing is called.

    Only the service's own people are told: to everybody else there is no such service.
    """
    body = await read_json(request, QuestionIn)
    question = body.value.question()
    register: Register = request.app.state.register
    view = await register.view()
    found = await ctx.database.read(explain, ctx.clock, caller, view, code=code, question=question)
    return answer(ExplanationOut.of(found))
