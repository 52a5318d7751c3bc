"""Opinions as everybody meets them: saying one, seeing how it fares, rating the answer."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.dossiers.use_cases import rules_of
from app.platform.bodies import read_json, reads
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers, request_id_of
from app.public_services.domain import Looks
from app.public_services.domain.opinions import Opinion
from app.public_services.routes.router import (
    JSON,
    address_of,
    answer,
    router,
    take_look,
    take_read,
)
from app.public_services.routes.tracking import TrackingCode
from app.public_services.schemas.opinions import (
    EXAMPLE,
    OpinionIn,
    PublicOpinionOut,
    ScoreIn,
    TakenOut,
)
from app.public_services.use_cases import opinions

_PATH = "/v1/public-services/opinions"
PathOpinion = Annotated[
    str, Path(description="Mã phản ánh. / Code of an opinion.", examples=["PA261102-7K3MPA9T"])
]


class OpinionsQuery(BaseModel):
    """A page of opinions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    after: After = None

    def before(self) -> int | None:
        """Return the number before which the page begins.

        Raises:
            InvalidInputError: if `after` is not a cursor of this list.
        """
        key = key_of(self.after, int)
        return None if key is None else int(key[0])


@router.post(
    _PATH,
    operation_id="say_opinion",
    summary="Gửi phản ánh, kiến nghị / Say an opinion",
    status_code=201,
    response_model=TakenOut,
    responses=problem_answers(400, 413, 415, 422, 429, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(OpinionIn, example=EXAMPLE)
async def say_opinion(request: Request, ctx: Ctx) -> Response:
    """Take an opinion in from anybody, a few in a minute; who sends it need not say so."""
    looks: Looks = request.app.state.opinions
    looks.take(address_of(request), ctx.clock.now())
    body = await read_json(request, OpinionIn)
    cause = opinions.Cause(request_id_of(request), body.digest)
    said, terms = body.value.said(), terms_of(ctx)

    def act(connection: Connection) -> Answer:
        taken = opinions.take_from_public(connection, ctx.clock, cause, said=said, terms=terms)
        return taken_answer(taken)

    return await answer_once(request, ctx, opinions.PUBLIC, body.digest, act)


@router.get(
    _PATH,
    operation_id="list_public_opinions",
    summary="Tiến độ trả lời phản ánh, kiến nghị / How opinions fare",
    response_model=Page[PublicOpinionOut],
    responses=problem_answers(422, 429, 503),
)
async def list_public_opinions(
    query: Annotated[OpinionsQuery, Query()], request: Request, ctx: Ctx
) -> Response:
    """List opinions by their codes, the newest first, without what was said and by whom."""
    take_read(request, ctx)
    found = await ctx.database.read(
        opinions.list_opinions, None, before=query.before(), limit=query.limit + 1
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][0]) if len(found) > len(shown) else None
    now = ctx.clock.now()
    items = [PublicOpinionOut.of(one, name, now) for _, one, name in shown]
    return answer(Page[PublicOpinionOut](items=items, next=behind))


@router.get(
    _PATH + "/{code}",
    operation_id="show_public_opinion",
    summary="Tra cứu một phản ánh, kiến nghị / Look up how an opinion fares",
    response_model=PublicOpinionOut,
    responses=problem_answers(404, 429, 503),
)
async def show_public_opinion(
    code: PathOpinion, request: Request, ctx: Ctx, tracking_code: TrackingCode = None
) -> Response:
    """Show how an opinion fares to whoever holds its tracking code; nothing in it is personal."""
    take_look(request, ctx)
    opinion, name = await ctx.database.read(opinions.look_up, code, tracking_code)
    content = PublicOpinionOut.of(opinion, name, ctx.clock.now()).model_dump_json()
    return Response(content, media_type=JSON, headers={"Cache-Control": "no-store"})


@router.post(
    _PATH + "/{code}/rating",
    operation_id="rate_opinion",
    summary="Đánh giá câu trả lời / Rate the answer to an opinion",
    status_code=201,
    response_model=PublicOpinionOut,
    responses=problem_answers(400, 404, 409, 413, 415, 422, 429, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ScoreIn, example={"score": 4})
async def rate_opinion(
    code: PathOpinion, request: Request, ctx: Ctx, tracking_code: TrackingCode = None
) -> Response:
    """Keep what the holder of the tracking code thought of the answer; once."""
    take_look(request, ctx)
    body = await read_json(request, ScoreIn)
    cause = opinions.Cause(request_id_of(request), body.digest)
    held = (code, tracking_code or "")

    def act(connection: Connection) -> Answer:
        rated = opinions.rate(connection, ctx.clock, cause, codes=held, score=body.value.score)
        _, name = opinions.look_up(connection, *held)
        content = PublicOpinionOut.of(rated, name, ctx.clock.now()).model_dump_json().encode()
        return created(f"{_PATH}/{code}", content, rated.subject)

    return await answer_once(request, ctx, opinions.PUBLIC, body.digest, act)


def terms_of(ctx: Context) -> opinions.Terms:
    """Return how long an answer may take."""
    return opinions.Terms(ctx.settings.opinion_days, rules_of(ctx.settings))


def taken_answer(taken: Opinion) -> Answer:
    """Return what the sender is told of an opinion that was taken in."""
    out = TakenOut(
        code=taken.code,
        tracking_code=taken.tracking_code,
        received_at=taken.received_at,
        due_at=taken.due_at,
    )
    return created(f"{_PATH}/{taken.code}", out.model_dump_json().encode(), taken.subject)
