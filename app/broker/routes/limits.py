"""`/v1/quotas`: how often services may be called."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.broker.schemas.limits import CHANGE, EXAMPLE, LimitIn, QuotaIn, QuotaOut
from app.broker.schemas.registered import Code
from app.broker.use_cases import limiting
from app.codes import AgencyCode
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.ids import new_id
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

router = APIRouter(tags=["quotas"])

QuotaId = Annotated[
    str, Path(min_length=1, max_length=36, pattern="^[!-~]+$", description="Mã hạn mức. / Its id.")
]


class QuotasQuery(BaseModel):
    """Which quotas."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: Code | None = Field(None, description="Mã dịch vụ. / Of one service.")
    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/quotas",
    operation_id="list_quotas",
    summary="Các hạn mức gọi dịch vụ / Quotas",
    responses=problem_answers(401, 403, 422, 503),
)
async def list_quotas(
    query: Annotated[QuotasQuery, Query()],
    caller: Annotated[Caller, requires(Scope.LIMIT_SERVICES)],
    ctx: Ctx,
) -> Page[QuotaOut]:
    """List quotas of the caller's services and clients, and of those below it."""
    key = key_of(query.after, str)
    after = "" if key is None else str(key[0])
    found = await ctx.database.read(
        limiting.list_quotas, caller, service=query.service, after=after, limit=query.limit + 1
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1].id) if len(found) > len(shown) else None
    return Page[QuotaOut](items=[QuotaOut.of(one) for one in shown], next=behind)


@router.post(
    "/v1/quotas",
    operation_id="set_quota",
    summary="Đặt hạn mức gọi dịch vụ / Set a quota",
    status_code=201,
    response_model=QuotaOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(QuotaIn, example=EXAMPLE)
async def set_quota(
    request: Request, caller: Annotated[Caller, requires(Scope.LIMIT_SERVICES)], ctx: Ctx
) -> Response:
    """Limit calls of a service, of an operation, of a client, or of a client to a service.

    Without a quota nothing is limited. It holds everywhere within a second; calls of the window
    that has begun count from then on.
    """
    body = await read_json(request, QuotaIn)
    quota, province = body.value.quota(new_id()), AgencyCode(ctx.settings.province)
    wish = limiting.Wish(quota, province, body.digest)

    def act(connection: Connection) -> Answer:
        made = limiting.limit(connection, ctx.clock, caller, wish=wish)
        content = QuotaOut.of(made).model_dump_json().encode()
        return created(f"/v1/quotas?service={made.service or ''}", content, made.subject)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    "/v1/quotas/{id}/limit",
    operation_id="change_quota",
    summary="Đổi hoặc bỏ hạn mức / Change or lift a quota",
    status_code=201,
    response_model=QuotaOut,
    responses=problem_answers(400, 401, 403, 404, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(LimitIn, example=CHANGE)
async def change_quota(
    id: QuotaId,  # noqa: A002 -- the name in the address
    request: Request,
    caller: Annotated[Caller, requires(Scope.LIMIT_SERVICES)],
    ctx: Ctx,
) -> Response:
    """Give a quota another limit; null lifts it. What was taken of the window stays taken."""
    body = await read_json(request, LimitIn)
    change = limiting.Change(id, body.value.limit, body.digest)

    def act(connection: Connection) -> Answer:
        quota, is_lifted = limiting.change(connection, ctx.clock, caller, change=change)
        content = QuotaOut.of(quota, is_lifted=is_lifted).model_dump_json().encode()
        return Answer(201, content, quota.subject)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)
