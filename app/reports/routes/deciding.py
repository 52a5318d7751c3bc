"""Accepting and returning reports."""

from collections.abc import Sequence
from typing import Annotated

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.bodies import read_json, reads
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers
from app.reports.domain.reports import Reason
from app.reports.routes.router import PathReport, router
from app.reports.schemas.reports import RETURN, NothingIn, ReportOut, ReturnIn
from app.reports.use_cases import deciding
from app.reports.use_cases.causing import Cause

Checking = Annotated[Caller, requires(Scope.CHECK_REPORTS)]


@router.post(
    "/v1/reports/{id}/acceptance",
    operation_id="accept_report",
    summary="Chấp nhận báo cáo / Accept a report",
    status_code=201,
    response_model=ReportOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def accept_report(
    id: PathReport,  # noqa: A002 -- as the address says it
    request: Request,
    caller: Checking,
    ctx: Ctx,
) -> Response:
    """Accept what was submitted last; from then on it counts. Only a member above the unit may."""
    body = await read_json(request, NothingIn)
    return await _decide(request, ctx, caller, (id, body.digest), [])


@router.post(
    "/v1/reports/{id}/return",
    operation_id="return_report",
    summary="Trả lại báo cáo / Return a report",
    status_code=201,
    response_model=ReportOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ReturnIn, example=RETURN)
async def return_report(
    id: PathReport,  # noqa: A002 -- as the address says it
    request: Request,
    caller: Checking,
    ctx: Ctx,
) -> Response:
    """Return what was submitted last, with reasons; the unit corrects it and submits anew."""
    body = await read_json(request, ReturnIn)
    return await _decide(request, ctx, caller, (id, body.digest), body.value.said())


async def _decide(
    request: Request,
    ctx: Context,
    caller: Caller,
    what: tuple[str, str],
    reasons: Sequence[Reason],
) -> Response:
    report_id, digest = what
    cause = Cause.of(ctx.settings, digest)

    def act(connection: Connection) -> Answer:
        report = deciding.decide(
            connection, ctx.clock, caller, cause, report_id=report_id, reasons=reasons
        )
        content = ReportOut.of(report, ctx.clock.now()).model_dump_json().encode()
        return created(f"/v1/reports/{report_id}", content, report.subject)

    return await answer_once(request, ctx, caller.client_id, digest, act)
