"""Opinions as agencies meet them: at the counter, in their list, with an answer."""

from typing import Annotated

from fastapi import Query
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.paging import Page, cursor_of
from app.platform.problems import problem_answers
from app.public_services.routes.opinions import (
    OpinionsQuery,
    PathOpinion,
    taken_answer,
    terms_of,
)
from app.public_services.routes.router import answer, router
from app.public_services.schemas.opinions import (
    EXAMPLE,
    REPLY,
    OpinionIn,
    OpinionOut,
    ReplyIn,
    TakenOut,
)
from app.public_services.use_cases import opinions

Answering = Annotated[Caller, requires(Scope.ANSWER_OPINIONS)]


@router.post(
    "/v1/opinions",
    operation_id="take_opinion",
    summary="Ghi nhận phản ánh, kiến nghị tại quầy / Take an opinion in at the counter",
    status_code=201,
    response_model=TakenOut,
    responses=problem_answers(400, 401, 403, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(OpinionIn, example=EXAMPLE)
async def take_opinion(
    request: Request, caller: Annotated[Caller, requires(Scope.TAKE_OPINIONS)], ctx: Ctx
) -> Response:
    """Take in what was said at a counter about the caller's agency or one below it."""
    body = await read_json(request, OpinionIn)
    cause = opinions.Cause(caller.request_id, body.digest)
    said, terms = body.value.said(), terms_of(ctx)

    def act(connection: Connection) -> Answer:
        taken = opinions.take_at_counter(
            connection, ctx.clock, caller, cause, said=said, terms=terms
        )
        return taken_answer(taken)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.get(
    "/v1/opinions",
    operation_id="list_opinions",
    summary="Phản ánh, kiến nghị phải trả lời / Opinions on the caller's agencies",
    response_model=Page[OpinionOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_opinions(
    query: Annotated[OpinionsQuery, Query()], caller: Answering, ctx: Ctx
) -> Response:
    """List opinions on the caller's agency and all below it, the newest first."""
    found = await ctx.database.read(
        opinions.list_opinions, caller, before=query.before(), limit=query.limit + 1
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][0]) if len(found) > len(shown) else None
    items = [OpinionOut.of(one, ctx.clock.now()) for _, one, _ in shown]
    return answer(Page[OpinionOut](items=items, next=behind))


@router.get(
    "/v1/opinions/{code}",
    operation_id="show_opinion",
    summary="Một phản ánh, kiến nghị / One opinion",
    response_model=OpinionOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_opinion(code: PathOpinion, caller: Answering, ctx: Ctx) -> Response:
    """Show an opinion on the caller's agency or one below it, with who said it."""
    found = await ctx.database.read(opinions.show, caller, code)
    return answer(OpinionOut.of(found, ctx.clock.now()))


@router.post(
    "/v1/opinions/{code}/answer",
    operation_id="answer_opinion",
    summary="Trả lời phản ánh, kiến nghị / Answer an opinion",
    status_code=201,
    response_model=OpinionOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ReplyIn, example=REPLY)
async def answer_opinion(
    code: PathOpinion, request: Request, caller: Answering, ctx: Ctx
) -> Response:
    """Answer once; `published` is what everybody may read, and is refused if it is personal."""
    body = await read_json(request, ReplyIn)
    cause = opinions.Cause(caller.request_id, body.digest)
    reply = body.value.reply(ctx.clock.now())

    def act(connection: Connection) -> Answer:
        done = opinions.answer(connection, ctx.clock, caller, cause, code=code, reply=reply)
        content = OpinionOut.of(done, ctx.clock.now()).model_dump_json().encode()
        return created(f"/v1/opinions/{code}", content, done.subject)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)
