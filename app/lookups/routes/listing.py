"""`GET /v1/lookups`: who asked what, and why."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.lookups.routes.router import JSON, router
from app.lookups.schemas.asking import LookUpOut, LookUpsOut
from app.lookups.use_cases.listing import list_look_ups as listed
from app.platform.context import Ctx
from app.platform.problems import problem_answers


@router.get(
    "/v1/lookups",
    operation_id="list_lookups",
    summary="Các lần tra cứu của đơn vị / Look-ups of one's units",
    response_model=LookUpsOut,
    responses=problem_answers(401, 403, 422, 503),
)
async def list_lookups(
    caller: Annotated[Caller, requires(Scope.READ_LOOKUPS)],
    ctx: Ctx,
    before: Annotated[
        str | None,
        Query(pattern=r"^[0-9a-f\-]{36}$", description="Con trỏ. / Cursor of an earlier page."),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Tối đa. / At most so many.")] = 100,
) -> Response:
    """List who asked which service for what, the newest first; never whom it was about."""
    found = await ctx.database.read(listed, caller, before=before, limit=limit + 1)
    items = [LookUpOut.of(one) for one in found[:limit]]
    more = items[-1].id if len(found) > limit else None
    return Response(LookUpsOut(items=items, next=more).model_dump_json(), media_type=JSON)
