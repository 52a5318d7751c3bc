"""Leading a version through its life: published, the default, blocked, deprecated, retired."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller
from app.broker.domain.service import Service
from app.broker.routes.registering import Registrar, told_of
from app.broker.routes.router import (
    PROBLEMS,
    VERSION_PATH,
    PathCode,
    PathVersion,
    acted,
    router,
)
from app.broker.schemas.granted import NothingIn, ReasonIn
from app.broker.schemas.registered import RetiresIn, ServiceOut
from app.broker.use_cases import registering
from app.platform.bodies import read_json, reads
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer
from app.platform.problems import problem_answers


@router.post(
    VERSION_PATH + "/publication",
    operation_id="publish_service",
    summary="Công bố một phiên bản / Publish a version",
    status_code=201,
    response_model=ServiceOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def publish_service(
    code: PathCode, version: PathVersion, request: Request, caller: Registrar, ctx: Ctx
) -> Response:
    """Publish a draft: it can be seen and asked for, and called by those who are granted it.

    The first published version becomes the default: calls that name no version get it.
    """
    return await _lead(request, ctx, caller, (code, version), registering.publish_version)


@router.post(
    VERSION_PATH + "/default",
    operation_id="make_service_default",
    summary="Chọn phiên bản mặc định / Make a version the default",
    status_code=201,
    response_model=ServiceOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def make_service_default(
    code: PathCode, version: PathVersion, request: Request, caller: Registrar, ctx: Ctx
) -> Response:
    """Give calls that name no version this one; grants stay with the versions they name."""
    return await _lead(request, ctx, caller, (code, version), registering.make_default)


@router.post(
    VERSION_PATH + "/deprecation",
    operation_id="deprecate_service",
    summary="Báo ngày ngừng một phiên bản / Announce the end of a version",
    status_code=201,
    response_model=ServiceOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(RetiresIn, example={"retires_on": "2099-12-31"})
async def deprecate_service(
    code: PathCode, version: PathVersion, request: Request, caller: Registrar, ctx: Ctx
) -> Response:
    """Announce the day from which a version is no longer served; until then it works."""
    body = await read_json(request, RetiresIn)

    def act(connection: Connection) -> Answer:
        service = registering.deprecate_version(
            connection,
            ctx.clock,
            caller,
            key=(code, version),
            until=body.value.retires_on,
            digest=body.digest,
        )
        return told_of(ctx, service)

    return await acted(request, ctx, caller, body.digest, act)


@router.post(
    VERSION_PATH + "/retirement",
    operation_id="retire_service",
    summary="Ngừng một phiên bản / Retire a version",
    status_code=201,
    response_model=ServiceOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def retire_service(
    code: PathCode, version: PathVersion, request: Request, caller: Registrar, ctx: Ctx
) -> Response:
    """Serve a version no longer, at once and for good."""
    return await _lead(request, ctx, caller, (code, version), registering.retire_version)


@router.post(
    VERSION_PATH + "/blocking",
    operation_id="block_service",
    summary="Tạm khoá một phiên bản / Block a version",
    status_code=201,
    response_model=ServiceOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ReasonIn, example={"reason": "Đang đối soát dữ liệu; phục vụ lại lúc 14 giờ."})
async def block_service(
    code: PathCode, version: PathVersion, request: Request, caller: Registrar, ctx: Ctx
) -> Response:
    """Let nobody call a version for the time being; whoever is granted it is told why.

    Grants, quotas and the state of the version stay as they are. One client alone is stopped by
    the suspension of its grant.
    """
    body = await read_json(request, ReasonIn)
    move = partial(registering.block_version, reason=body.value.reason)
    return await _moved(request, ctx, caller, (code, version), move, body.digest)


@router.post(
    VERSION_PATH + "/unblocking",
    operation_id="unblock_service",
    summary="Mở lại một phiên bản / Unblock a version",
    status_code=201,
    response_model=ServiceOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def unblock_service(
    code: PathCode, version: PathVersion, request: Request, caller: Registrar, ctx: Ctx
) -> Response:
    """Let a version be called again, by whoever is granted it."""
    return await _lead(request, ctx, caller, (code, version), registering.unblock_version)


async def _lead(
    request: Request,
    ctx: Context,
    caller: Caller,
    key: tuple[str, str],
    move: Callable[..., Service],
) -> Response:
    body = await read_json(request, NothingIn)
    return await _moved(request, ctx, caller, key, move, body.digest)


async def _moved(
    request: Request,
    ctx: Context,
    caller: Caller,
    key: tuple[str, str],
    move: Callable[..., Service],
    digest: str,
) -> Response:
    def act(connection: Connection) -> Answer:
        service = move(connection, ctx.clock, caller, key=key, digest=digest)
        return told_of(ctx, service)

    return await acted(request, ctx, caller, digest, act)
