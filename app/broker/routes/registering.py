"""Registering versions of services, and changing where and how they are reached."""

from typing import Annotated

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.broker.domain.deciding import today
from app.broker.domain.service import Service
from app.broker.routes.router import (
    PROBLEMS,
    VERSION_PATH,
    PathCode,
    PathVersion,
    acted,
    router,
    told,
    version_path,
)
from app.broker.schemas.registered import (
    BODY,
    EXAMPLE,
    RevisionIn,
    ServiceIn,
    ServiceOut,
    service_of,
)
from app.broker.use_cases import registering
from app.broker.use_cases.registering import Ground
from app.platform.bodies import read_json, reads
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer
from app.platform.problems import problem_answers

Registrar = Annotated[Caller, requires(Scope.REGISTER_SERVICES)]


@router.post(
    "/v1/services",
    operation_id="register_service",
    summary="Đăng ký một phiên bản dịch vụ / Register a version of a service",
    status_code=201,
    response_model=ServiceOut,
    responses=problem_answers(400, 401, 403, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ServiceIn, example=EXAMPLE)
async def register_service(request: Request, caller: Registrar, ctx: Ctx) -> Response:
    """Register a version as a draft, in the name of the caller's member or one below it.

    Its context may not be a path of the gateway itself, nor another service's.
    """
    body = await read_json(request, ServiceIn)
    wish, ground = body.value.service(), ground_of(request)

    def act(connection: Connection) -> Answer:
        service = registering.register(
            connection, ctx.clock, caller, ground, wish=wish, digest=body.digest
        )
        return told_of(ctx, service)

    return await acted(request, ctx, caller, body.digest, act)


@router.post(
    VERSION_PATH + "/revision",
    operation_id="revise_service",
    summary="Sửa thông tin một phiên bản / Revise a version",
    status_code=201,
    response_model=ServiceOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(RevisionIn, example={name: one for name, one in BODY.items() if name != "operations"})
async def revise_service(
    code: PathCode, version: PathVersion, request: Request, caller: Registrar, ctx: Ctx
) -> Response:
    """Say anew where a version is, how it is reached and whom to ask; all of it is replaced.

    Without operations those it has stay; a version with a document has those of the document.
    """
    body = await read_json(request, RevisionIn)
    # Context and tenant of a version never change: these are not looked at.
    wish = service_of(body.value, (code, version), "", codes.AgencyCode(caller.member))
    ground = ground_of(request)

    def act(connection: Connection) -> Answer:
        service = registering.revise(
            connection, ctx.clock, caller, ground, wish=wish, digest=body.digest
        )
        return told_of(ctx, service)

    return await acted(request, ctx, caller, body.digest, act)


def ground_of(request: Request) -> Ground:
    """Return what a registration is held against."""
    state = request.app.state
    return Ground(state.reserved_segments, state.targets)


def told_of(ctx: Context, service: Service) -> Answer:
    """Return the answer of an act on a version."""
    shown = ServiceOut.of(service, today(ctx.clock.now()), is_own=True)
    return told(version_path((service.code, service.version)), shown, service.subject)
