"""`/v1/documents/{id}/statuses`: what becomes of a document at its recipients."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.domain.documents import StatusReport
from app.documents.routes.router import Number, router
from app.documents.schemas.incoming import STATUS_EXAMPLE, StatusIn
from app.documents.schemas.outgoing import StatusOut
from app.documents.use_cases import reading, reporting
from app.documents.use_cases.reporting import Reporting
from app.platform.bodies import read_json, reads
from app.platform.clock import Clock
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

_CREATED = 201
_KNOWN = 200


class HistoryQuery(BaseModel):
    """Which page of a history."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    after: After = None


@router.post(
    "/v1/documents/{id}/statuses",
    operation_id="report_status",
    summary="Báo trạng thái văn bản / Report a status of a document",
    status_code=_CREATED,
    response_model=StatusOut,
    responses={
        _KNOWN: {"model": StatusOut, "description": "Đã ở trạng thái này / Already so"},
        **problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    },
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(StatusIn, example=STATUS_EXAMPLE)
async def report_status(
    number: Number,
    request: Request,
    caller: Annotated[Caller, requires(Scope.REPORT_STATUSES)],
    ctx: Ctx,
) -> Response:
    """Report as the recipient (01-06, 15, 16) or as the sender (13); the other party is told."""
    body = await read_json(request, StatusIn)
    said = body.value
    is_strict = ctx.settings.status_table_own == "strict"
    asked = Reporting(number, _report(said, ctx.clock), said.recipient, body.digest, is_strict)

    def act(connection: Connection) -> Answer:
        reported = reporting.report(connection, ctx.clock, caller, asked)
        return Answer(
            _CREATED if reported.is_new else _KNOWN,
            StatusOut.of(reported.entry).model_dump_json().encode(),
            f"document:{number}",
            {"Location": f"/v1/documents/{number}/statuses"},
        )

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.get(
    "/v1/documents/{id}/statuses",
    operation_id="list_statuses",
    summary="Diễn biến trạng thái / History of a document",
    response_model=Page[StatusOut],
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def list_statuses(
    number: Number,
    query: Annotated[HistoryQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_DOCUMENTS)],
    ctx: Ctx,
) -> Response:
    """List the statuses of a document in the order they were written down."""
    key = key_of(query.after, int)
    found = await ctx.database.read(
        reading.show_history,
        caller,
        number,
        after=0 if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    page = Page[StatusOut](
        items=[StatusOut.of(entry) for entry in shown],
        next=cursor_of(shown[-1].number) if len(found) > len(shown) else None,
    )
    return Response(page.model_dump_json(), media_type="application/json")


def _report(said: StatusIn, clock: Clock) -> StatusReport:
    """Return the report as of now, to the second: packets know no less."""
    return StatusReport(
        code=said.code,
        at=clock.now().replace(microsecond=0),
        reason=said.reason,
        staff=said.staff,
        department=said.department,
    )
