"""Handing sums on."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.reports.routes.router import PathForm, answer, router
from app.reports.schemas.sums import HAND_ON, HandoverIn, HandoverOut
from app.reports.use_cases import gathering
from app.reports.use_cases.causing import Cause

Reading = Annotated[Caller, requires(Scope.READ_REPORTS)]

PathHandover = Annotated[
    str,
    Path(
        description="Mã lần gửi. / Id of a handover.",
        examples=["0193a5c0-7e1e-7000-8000-000000000001"],
    ),
]


class HandoversQuery(BaseModel):
    """A page of handovers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    after: After = None


@router.post(
    "/v1/report-forms/{form}/handovers",
    operation_id="hand_on_reports",
    summary="Gửi tổng hợp lên cấp trên / Hand a sum on",
    status_code=201,
    response_model=HandoverOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(HandoverIn, example=HAND_ON)
async def hand_on_reports(
    form: PathForm,
    request: Request,
    caller: Annotated[Caller, requires(Scope.CHECK_REPORTS)],
    ctx: Ctx,
) -> Response:
    """Keep the sum as it is now; the province's own is owed to the receiver that is connected.

    Where units are missing somebody has to say why it goes without them. A sum that was
    corrected since is handed on anew.
    """
    body = await read_json(request, HandoverIn)
    cause, wish = Cause.of(ctx.settings, body.digest), body.value.wish(form)

    def act(connection: Connection) -> Answer:
        made = gathering.hand_on(connection, ctx.clock, caller, cause, wish)
        content = HandoverOut.of(made).model_dump_json().encode()
        return created(f"/v1/report-handovers/{made.id}", content, made.subject)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.get(
    "/v1/report-forms/{form}/handovers",
    operation_id="list_report_handovers",
    summary="Các lần gửi lên / Sums that were handed on",
    response_model=Page[HandoverOut],
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def list_report_handovers(
    form: PathForm, query: Annotated[HandoversQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """List the handovers of the caller's member and all below it, the newest first."""
    key = key_of(query.after, int)
    found = await ctx.database.read(
        gathering.list_handovers,
        caller,
        form,
        before=None if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][0]) if len(found) > len(shown) else None
    items = [HandoverOut.of(one) for _, one in shown]
    return answer(Page[HandoverOut](items=items, next=behind))


@router.get(
    "/v1/report-handovers/{id}",
    operation_id="show_report_handover",
    summary="Một lần gửi lên / A sum that was handed on",
    response_model=HandoverOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_report_handover(
    id: PathHandover,  # noqa: A002 -- as the address says it
    caller: Reading,
    ctx: Ctx,
) -> Response:
    """Show a handover, and whether the receiver has it."""
    found = await ctx.database.read(gathering.show_handover, caller, id)
    return answer(HandoverOut.of(found))
