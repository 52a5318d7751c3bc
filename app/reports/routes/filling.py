"""Beginning reports, filling them in, submitting them."""

from typing import Annotated

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers
from app.reports.routes.router import PathReport, router
from app.reports.schemas.reports import (
    CONTENT,
    EXAMPLE,
    ContentIn,
    ReportIn,
    ReportOut,
    SubmissionIn,
)
from app.reports.use_cases import filling
from app.reports.use_cases.causing import Cause

Submitting = Annotated[Caller, requires(Scope.SUBMIT_REPORTS)]


@router.post(
    "/v1/reports",
    operation_id="begin_report",
    summary="Lập báo cáo / Begin a report",
    status_code=201,
    response_model=ReportOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ReportIn, example=EXAMPLE)
async def begin_report(request: Request, caller: Submitting, ctx: Ctx) -> Response:
    """Begin the report of a unit on a form and period, with whatever is known of it."""
    body = await read_json(request, ReportIn)
    cause = Cause.of(ctx.settings, body.digest)
    draft = body.value.key(), body.value.content()

    def act(connection: Connection) -> Answer:
        report = filling.begin(connection, ctx.clock, caller, cause, draft=draft)
        content = ReportOut.of(report, ctx.clock.now()).model_dump_json().encode()
        return created(f"/v1/reports/{report.id}", content, report.subject)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    "/v1/reports/{id}/values",
    operation_id="fill_in_report",
    summary="Sửa bản đang soạn / Change the working copy",
    status_code=201,
    response_model=ReportOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ContentIn, example=CONTENT)
async def fill_in_report(
    id: PathReport,  # noqa: A002 -- as the address says it
    request: Request,
    caller: Submitting,
    ctx: Ctx,
) -> Response:
    """Put these values in place of the working copy; what was submitted stays as it was."""
    body = await read_json(request, ContentIn)
    cause = Cause.of(ctx.settings, body.digest)
    said = body.value.content()

    def act(connection: Connection) -> Answer:
        report = filling.fill_in(connection, ctx.clock, caller, cause, report_id=id, content=said)
        content = ReportOut.of(report, ctx.clock.now()).model_dump_json().encode()
        return created(f"/v1/reports/{id}", content, report.subject)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    "/v1/reports/{id}/submission",
    operation_id="submit_report",
    summary="Nộp báo cáo / Submit a report",
    status_code=201,
    response_model=ReportOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(SubmissionIn, example={})
async def submit_report(
    id: PathReport,  # noqa: A002 -- as the address says it
    request: Request,
    caller: Submitting,
    ctx: Ctx,
) -> Response:
    """Submit the working copy, once its period is over.

    It must add up; what is unusual must be explained: another change than the form allows, a
    figure that is not the one we counted ourselves. A percentage that was left out is computed.
    What was accepted is corrected just so, with a reason; until that is decided the earlier
    revision counts.
    """
    body = await read_json(request, SubmissionIn)
    cause, reason = Cause.of(ctx.settings, body.digest), body.value.reason

    def act(connection: Connection) -> Answer:
        report = filling.submit(connection, ctx.clock, caller, cause, report_id=id, reason=reason)
        content = ReportOut.of(report, ctx.clock.now()).model_dump_json().encode()
        return created(f"/v1/reports/{id}", content, report.subject)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)
