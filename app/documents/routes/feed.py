"""`GET /v1/documents/feed`, a long poll, and `GET /v1/documents/{id}/timeline`."""

import asyncio
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.routes.router import Number, router
from app.documents.schemas.happenings import EventOut, FeedOut, TimelineOut
from app.documents.store.events import Look
from app.documents.use_cases import watching
from app.fields import AgencyCode
from app.platform.context import Context, Ctx
from app.platform.paging import After, Limit, cursor_of, key_of
from app.platform.problems import problem_answers
from app.platform.waking import Bell

Reader = Annotated[Caller, requires(Scope.READ_DOCUMENTS)]


class FeedQuery(BaseModel):
    """From where on, and how long to wait for something to happen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    member: AgencyCode | None = Field(
        None, description="Đơn vị và các đơn vị dưới nó. / An agency and all below it."
    )
    wait: int = Field(
        0,
        ge=0,
        le=60,
        description="Chờ tối đa bấy nhiêu giây khi chưa có gì mới. / Wait at most so many "
        "seconds while there is nothing new.",
    )
    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/documents/feed",
    operation_id="watch_documents",
    summary="Dòng sự kiện văn bản / Feed of what happens to documents",
    response_model=FeedOut,
    responses=problem_answers(401, 403, 422, 503),
)
async def watch_documents(
    query: Annotated[FeedQuery, Query()], request: Request, caller: Reader, ctx: Ctx
) -> Response:
    """Tell what happened since `after`, in an order that never changes and has no gaps.

    With `wait` the answer comes as soon as something happens, or empty in the end. Events are
    told at least once: whoever keeps `next` with what it did tells them apart.
    """
    bell: Bell = request.app.state.bell
    key = key_of(query.after, int)
    after = 0 if key is None else int(key[0])
    until = asyncio.get_running_loop().time() + query.wait
    while True:
        heard = bell.strokes
        seen = await _look(ctx, caller, query, after, bell)
        after = seen.reached
        left = until - asyncio.get_running_loop().time()
        if seen.found or left <= 0 or not await bell.wait(heard, seconds=left):
            break
    answer = FeedOut(items=[EventOut.told(told) for told in seen.found], next=cursor_of(after))
    return Response(answer.model_dump_json(), media_type="application/json")


async def _look(ctx: Context, caller: Caller, query: FeedQuery, after: int, bell: Bell) -> Look:
    """Look through the feed until something is found or its end is reached.

    Of those whom one stroke wakes, one gives the new events their places; the others find them.
    """
    while True:
        seen = await _read(ctx, caller, query, after)
        if seen.found:
            return seen
        after = seen.reached
        if not seen.is_at_end:
            continue
        if not seen.is_behind:
            return seen
        async with bell.alone:
            seen = await _read(ctx, caller, query, after)
            placed = await ctx.database.transact(watching.place) if seen.is_behind else 0
            if seen.found or (seen.is_behind and not placed):
                return seen


async def _read(ctx: Context, caller: Caller, query: FeedQuery, after: int) -> Look:
    return await ctx.database.read(
        watching.look, caller, member=query.member, after=after, limit=query.limit
    )


@router.get(
    "/v1/documents/{id}/timeline",
    operation_id="show_timeline",
    summary="Diễn biến ở từng nơi nhận / Timeline at each recipient",
    response_model=TimelineOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_timeline(number: Number, caller: Reader, ctx: Ctx) -> Response:
    """Tell what happened to a document at each recipient that the caller may see."""
    found = await ctx.database.read(watching.timeline, caller, number)
    return Response(TimelineOut.of(found).model_dump_json(), media_type="application/json")
