"""Rows of progress: moving dossiers on, and reading how they went."""

from typing import Annotated

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers import use_cases
from app.dossiers.routes.router import JSON, PathCode, cause_of, dossier_code, router
from app.dossiers.schemas.incoming import STEP_EXAMPLE, ProgressIn
from app.dossiers.schemas.outgoing import ProgressOut
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.paging import Page
from app.platform.problems import problem_answers


@router.post(
    "/v1/dossiers/{code}/progress",
    operation_id="report_progress",
    summary="Ghi tiến độ hồ sơ / Report progress of a dossier",
    status_code=201,
    response_model=ProgressOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ProgressIn, example=STEP_EXAMPLE)
async def report_progress(
    code: PathCode,
    request: Request,
    caller: Annotated[Caller, requires(Scope.PROGRESS_DOSSIERS)],
    ctx: Ctx,
) -> Response:
    """Move a dossier on; a move that its present status does not allow is refused."""
    wanted = dossier_code(code)
    body = await read_json(request, ProgressIn)
    step = body.value.step(ctx.clock.now())
    cause = cause_of(ctx, body.digest)

    def act(connection: Connection) -> Answer:
        number, done = use_cases.report(
            connection, ctx.clock, caller, code=wanted, step=step, cause=cause
        )
        content = ProgressOut.of(number, done).model_dump_json().encode()
        return created(f"/v1/dossiers/{code}/progress", content, f"dossier:{code}")

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.get(
    "/v1/dossiers/{code}/progress",
    operation_id="list_progress",
    summary="Tiến độ của một hồ sơ / Progress of a dossier",
    response_model=Page[ProgressOut],
    responses=problem_answers(401, 403, 404, 503),
)
async def list_progress(
    code: PathCode, caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)], ctx: Ctx
) -> Response:
    """List every step of a dossier, the first one first; it is always one page."""
    found = await ctx.database.read(use_cases.show_progress, caller, dossier_code(code))
    page = Page[ProgressOut](
        items=[ProgressOut.of(number, step) for number, step in found], next=None
    )
    return Response(page.model_dump_json(), media_type=JSON)
