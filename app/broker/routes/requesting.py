"""Asking for access, and deciding on it."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.broker.domain.lifecycle import CODE
from app.broker.domain.requests import AccessRequest, RequestState
from app.broker.routes.granting import Granter
from app.broker.routes.reading import Reader
from app.broker.routes.router import PROBLEMS, PathId, acted, answer, router, told
from app.broker.schemas.granted import (
    APPROVAL,
    REASONS,
    REQUEST,
    AccessRequestOut,
    ApprovalIn,
    NothingIn,
    ReasonsIn,
    TermsIn,
)
from app.broker.store.requests import Wanted
from app.broker.use_cases import requesting
from app.broker.use_cases.requesting import Asked, hours_of
from app.platform.bodies import read_json, reads
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

_PATH = "/v1/access-requests"
Asker = Annotated[Caller, requires(Scope.REQUEST_SERVICES)]


class RequestsQuery(BaseModel):
    """A page of requests."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: RequestState | None = Field(None, description="Trạng thái. / State.")
    service: str | None = Field(None, pattern=CODE, description="Mã dịch vụ. / Of one service.")
    late: bool = Field(
        default=False, description="Chỉ những đề nghị quá hạn 2 ngày làm việc. / What is late."
    )
    limit: Limit = 50
    after: After = None


@router.post(
    _PATH,
    operation_id="ask_for_access",
    summary="Đề nghị khai thác dịch vụ / Ask for access to a service",
    status_code=201,
    response_model=AccessRequestOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(TermsIn, example=REQUEST)
async def ask_for_access(request: Request, caller: Asker, ctx: Ctx) -> Response:
    """Ask that the calling client be granted operations of a version, for a purpose.

    It is decided within two working days, or refused with reasons (NĐ 194/2025/NĐ-CP).
    """
    body = await read_json(request, TermsIn)
    asked = Asked(body.value.key, body.value.terms(), hours_of(ctx.settings))

    def act(connection: Connection) -> Answer:
        made = requesting.ask(connection, ctx.clock, caller, asked=asked, digest=body.digest)
        return _told(ctx, made)

    return await acted(request, ctx, caller, body.digest, act)


@router.get(
    _PATH,
    operation_id="list_access_requests",
    summary="Các đề nghị khai thác / Requests for access",
    response_model=Page[AccessRequestOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_access_requests(
    query: Annotated[RequestsQuery, Query()], caller: Reader, ctx: Ctx
) -> Response:
    """List requests for the caller's services, and those its member's clients made."""
    key, now = key_of(query.after, int), ctx.clock.now()
    late_at = now if query.late else None
    found = await ctx.database.read(
        requesting.list_requests,
        Wanted(caller.member, query.state, query.service, late_at),
        after=None if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][0]) if len(found) > len(shown) else None
    items = [AccessRequestOut.of(one, now) for _, one in shown]
    return answer(Page[AccessRequestOut](items=items, next=behind))


@router.get(
    _PATH + "/{id}",
    operation_id="show_access_request",
    summary="Một đề nghị khai thác / A request for access",
    response_model=AccessRequestOut,
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def show_access_request(id: PathId, caller: Reader, ctx: Ctx) -> Response:  # noqa: A002 -- as in the path
    """Show a request to those of its service, and to those of the client that asked."""
    found = await ctx.database.read(requesting.show_request, caller, request_id=id)
    return answer(AccessRequestOut.of(found, ctx.clock.now()))


@router.post(
    _PATH + "/{id}/approval",
    operation_id="approve_access_request",
    summary="Chấp thuận đề nghị / Approve a request",
    status_code=201,
    response_model=AccessRequestOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ApprovalIn, example=APPROVAL)
async def approve_access_request(
    id: PathId,  # noqa: A002 -- as in the path
    request: Request,
    caller: Granter,
    ctx: Ctx,
) -> Response:
    """Grant what was asked for, or what is changed of it; the answer names the grant."""
    body = await read_json(request, ApprovalIn)
    changed = body.value.changed()

    def act(connection: Connection) -> Answer:
        decided, _ = requesting.approve(
            connection, ctx.clock, caller, request_id=id, changed=changed, digest=body.digest
        )
        return _told(ctx, decided)

    return await acted(request, ctx, caller, body.digest, act)


@router.post(
    _PATH + "/{id}/refusal",
    operation_id="refuse_access_request",
    summary="Từ chối đề nghị, nêu lý do / Refuse a request with reasons",
    status_code=201,
    response_model=AccessRequestOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ReasonsIn, example=REASONS)
async def refuse_access_request(
    id: PathId,  # noqa: A002 -- as in the path
    request: Request,
    caller: Granter,
    ctx: Ctx,
) -> Response:
    """Refuse a request; who asked reads the reasons."""
    body = await read_json(request, ReasonsIn)
    why = body.value.reasons

    def act(connection: Connection) -> Answer:
        decided = requesting.refuse(
            connection, ctx.clock, caller, request_id=id, reasons=why, digest=body.digest
        )
        return _told(ctx, decided)

    return await acted(request, ctx, caller, body.digest, act)


@router.post(
    _PATH + "/{id}/withdrawal",
    operation_id="withdraw_access_request",
    summary="Rút đề nghị / Withdraw a request",
    status_code=201,
    response_model=AccessRequestOut,
    responses=problem_answers(*PROBLEMS),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(NothingIn, example={})
async def withdraw_access_request(
    id: PathId,  # noqa: A002 -- as in the path
    request: Request,
    caller: Asker,
    ctx: Ctx,
) -> Response:
    """Take a request back that the calling client made."""
    body = await read_json(request, NothingIn)

    def act(connection: Connection) -> Answer:
        ended = requesting.withdraw(
            connection, ctx.clock, caller, request_id=id, digest=body.digest
        )
        return _told(ctx, ended)

    return await acted(request, ctx, caller, body.digest, act)


def _told(ctx: Context, made: AccessRequest) -> Answer:
    shown = AccessRequestOut.of(made, ctx.clock.now())
    return told(f"{_PATH}/{made.id}", shown, made.subject)
