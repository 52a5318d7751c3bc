"""Giving, reading, suspending and revoking grants."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.broker.domain.grants import Grant
from app.broker.domain.lifecycle import CODE
from app.broker.routes.reading import Reader
from app.broker.routes.router import PROBLEMS, PathId, acted, answer, router, told
from app.broker.schemas.granted import (
    REASON,
    GrantIn,
    GrantOut,
    NothingIn,
    ReasonIn,
    grant_example,
)
from app.broker.store.grants import Wanted
from app.broker.use_cases import granting
from app.broker.use_cases.granting import Wish
from app.platform.bodies import read_json, reads
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

Granter = Annotated[Caller, requires(Scope.GRANT_SERVICES)]


class GrantsQuery(BaseModel):
    """A page of grants."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str | None = Field(None, pattern=CODE, description="Mã dịch vụ. / Of one service.")
    client_id: str | None = Field(
        None, max_length=80, pattern=r"^[!-~]+$", description="Của một ứng dụng. / Of one client."
    )
    limit: Limit = 50
    after: After = None


@router.post(
    "/v1/grants",
    operation_id="give_grant",
    summary="Cấp quyền sử dụng dịch vụ / Grant a service to a client",
    status_code=201,
    response_model=GrantOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(GrantIn, example=grant_example("client-0193a5c0-7e1e-7000-8000-000000000001"))
async def give_grant(request: Request, caller: Granter, ctx: Ctx) -> Response:
    """Let a client call operations of a version for a purpose; what is not granted is denied."""
    body = await read_json(request, GrantIn)
    said = body.value
    wish = Wish(said.client_id, said.key, said.terms())

    def act(connection: Connection) -> Answer:
        grant = granting.give(connection, ctx.clock, caller, wish=wish, digest=body.digest)
        return _told(ctx, grant)

    return await acted(request, ctx, caller, body.digest, act)


@router.get(
    "/v1/grants",
    operation_id="list_grants",
    summary="Danh sách quyền sử dụng / Grants",
    response_model=Page[GrantOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_grants(query: Annotated[GrantsQuery, Query()], caller: Reader, ctx: Ctx) -> Response:
    """List grants of the caller's services, and those that clients of its member have."""
    key = key_of(query.after, int)
    found = await ctx.database.read(
        granting.list_grants,
        Wanted(caller.member, query.service, query.client_id),
        after=None if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][0]) if len(found) > len(shown) else None
    now = ctx.clock.now()
    return answer(Page[GrantOut](items=[GrantOut.of(one, now) for _, one in shown], next=behind))


@router.get(
    "/v1/grants/{id}",
    operation_id="show_grant",
    summary="Một quyền sử dụng / A grant",
    response_model=GrantOut,
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def show_grant(id: PathId, caller: Reader, ctx: Ctx) -> Response:  # noqa: A002 -- as in the path
    """Show a grant to those of its service, and to those of its client."""
    found = await ctx.database.read(granting.show_grant, caller, grant_id=id)
    return answer(GrantOut.of(found, ctx.clock.now()))


@router.post(
    "/v1/grants/{id}/revocation",
    operation_id="revoke_grant",
    summary="Thu hồi quyền sử dụng / Revoke a grant",
    status_code=201,
    response_model=GrantOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ReasonIn, example=REASON)
async def revoke_grant(id: PathId, request: Request, caller: Granter, ctx: Ctx) -> Response:  # noqa: A002 -- as in the path
    """Take a grant back for good; every process refuses it within a second."""
    return await _end(request, ctx, caller, id, granting.revoke)


@router.post(
    "/v1/grants/{id}/suspension",
    operation_id="suspend_grant",
    summary="Tạm dừng quyền sử dụng / Suspend a grant",
    status_code=201,
    response_model=GrantOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ReasonIn, example=REASON)
async def suspend_grant(id: PathId, request: Request, caller: Granter, ctx: Ctx) -> Response:  # noqa: A002 -- as in the path
    """Have a grant not count until it is resumed."""
    return await _end(request, ctx, caller, id, granting.suspend)


@router.post(
    "/v1/grants/{id}/resumption",
    operation_id="resume_grant",
    summary="Cho dùng lại / Resume a grant",
    status_code=201,
    response_model=GrantOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def resume_grant(id: PathId, request: Request, caller: Granter, ctx: Ctx) -> Response:  # noqa: A002 -- as in the path
    """Have a suspended grant count again."""
    body = await read_json(request, NothingIn)

    def act(connection: Connection) -> Answer:
        grant = granting.resume(connection, ctx.clock, caller, grant_id=id, digest=body.digest)
        return _told(ctx, grant)

    return await acted(request, ctx, caller, body.digest, act)


async def _end(
    request: Request, ctx: Context, caller: Caller, grant_id: str, move: Callable[..., Grant]
) -> Response:
    body = await read_json(request, ReasonIn)

    def act(connection: Connection) -> Answer:
        why = body.value.reason
        grant = move(
            connection, ctx.clock, caller, grant_id=grant_id, reason=why, digest=body.digest
        )
        return _told(ctx, grant)

    return await acted(request, ctx, caller, body.digest, act)


def _told(ctx: Context, grant: Grant) -> Answer:
    return told(f"/v1/grants/{grant.id}", GrantOut.of(grant, ctx.clock.now()), grant.subject)
