"""Being told of changes: asked for, confirmed and ended by whoever holds the tracking code."""

from typing import Annotated, TypeVar

from fastapi import Path
from pydantic import BaseModel
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.notices.domain.errors import ChannelNotOfferedError
from app.notices.domain.notices import Follower
from app.notices.use_cases.following import Wish, new_code
from app.notices.use_cases.manners import manner_of
from app.platform.bodies import Body, read_json, reads
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers, request_id_of
from app.platform.sealing import Sealer
from app.public_services.routes.router import router, take_look
from app.public_services.routes.tracking import PathCode, TrackingCode
from app.public_services.schemas.following import (
    CONFIRM,
    FOLLOW,
    ConfirmIn,
    EndIn,
    FollowerOut,
    FollowIn,
)
from app.public_services.use_cases import following
from app.public_services.use_cases.following import Held
from app.public_services.use_cases.opinions import PUBLIC

M = TypeVar("M", bound=BaseModel)
_PATH = "/v1/public-services/dossiers/{code}/followers"
_STATUSES = (400, 404, 409, 413, 415, 422, 429, 503)
PathFollower = Annotated[
    str, Path(alias="id", max_length=100, description="Mã nhận tin. / Id of a follower.")
]


@router.post(
    _PATH,
    operation_id="follow_dossier",
    summary="Đăng ký nhận tin về hồ sơ / Ask to be told of a dossier",
    status_code=201,
    response_model=FollowerOut,
    responses=problem_answers(*_STATUSES),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(FollowIn, example=FOLLOW)
async def follow_dossier(
    code: PathCode, request: Request, ctx: Ctx, tracking_code: TrackingCode = None
) -> Response:
    """Have a code sent to an address; once it is confirmed, changes are told there."""
    body = await _body(request, ctx, FollowIn)
    tools, held = (_sealer(request), manner_of(ctx.settings)), _held(code, tracking_code, request)
    wish = Wish(body.value.channel, body.value.address, new_code(), body.digest)

    def act(connection: Connection) -> Answer:
        made = following.follow(connection, ctx.clock, tools, held=held, wish=wish)
        return _answer(made)

    return await answer_once(request, ctx, PUBLIC, body.digest, act)


@router.post(
    _PATH + "/{id}/confirmation",
    operation_id="confirm_follower",
    summary="Xác nhận nhận tin / Confirm to be told",
    status_code=201,
    response_model=FollowerOut,
    responses=problem_answers(*_STATUSES),
)
@reads(ConfirmIn, example=CONFIRM)
async def confirm_follower(
    code: PathCode,
    follower_id: PathFollower,
    request: Request,
    ctx: Ctx,
    tracking_code: TrackingCode = None,
) -> Response:
    """Take the code that was sent; five wrong ones and it is good no more."""
    body = await _body(request, ctx, ConfirmIn)
    found = await ctx.database.transact(
        following.confirm,
        ctx.clock,
        _sealer(request),
        held=_held(code, tracking_code, request),
        follower_id=follower_id,
        code=body.value.code,
    )
    return _shown(following.known(found))


@router.post(
    _PATH + "/{id}/ending",
    operation_id="end_follower",
    summary="Ngừng nhận tin / Be told nothing more",
    status_code=201,
    response_model=FollowerOut,
    responses=problem_answers(*_STATUSES),
)
@reads(EndIn, example={})
async def end_follower(
    code: PathCode,
    follower_id: PathFollower,
    request: Request,
    ctx: Ctx,
    tracking_code: TrackingCode = None,
) -> Response:
    """End it for good; another wish may be made."""
    await _body(request, ctx, EndIn)
    found = await ctx.database.transact(
        following.end,
        ctx.clock,
        _sealer(request),
        held=_held(code, tracking_code, request),
        follower_id=follower_id,
    )
    return _shown(found)


async def _body(request: Request, ctx: Context, model: type[M]) -> Body[M]:
    take_look(request, ctx)
    return await read_json(request, model)


def _sealer(request: Request) -> Sealer:
    sealer: Sealer | None = request.app.state.sealer
    if sealer is None:
        raise ChannelNotOfferedError
    return sealer


def _held(code: str, tracking_code: str | None, request: Request) -> Held:
    return Held(code, tracking_code, request_id_of(request))


def _answer(follower: Follower) -> Answer:
    content = FollowerOut.of(follower).model_dump_json().encode()
    place = _PATH.replace("{code}", follower.dossier)
    return created(f"{place}/{follower.follower_id}", content, f"dossier:{follower.dossier}")


def _shown(follower: Follower) -> Response:
    content = FollowerOut.of(follower).model_dump_json()
    return Response(
        content,
        status_code=201,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
