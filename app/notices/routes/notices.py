"""What was told of the caller's dossiers, and owners who want to be told nothing."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.routes.router import dossier_code
from app.fields import DossierCode
from app.notices.domain.errors import ChannelNotOfferedError
from app.notices.schemas import USER, NoticeOut, SilenceIn, SilenceOut, UserIn, UserOut
from app.notices.use_cases import looking, owning
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.platform.sealing import Sealer

router = APIRouter(tags=["notices"])

PathDossier = Annotated[
    str, Path(description="Mã hồ sơ. / Dossier code.", examples=["H38.12-261102-0007"])
]
Reader = Annotated[Caller, requires(Scope.READ_NOTICES)]
Filer = Annotated[Caller, requires(Scope.SUBMIT_DOSSIERS)]


class NoticesQuery(BaseModel):
    """A page of notices, of one dossier or of all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dossier: DossierCode | None = Field(None, description="Mã hồ sơ. / Of one dossier.")
    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/notices",
    operation_id="list_notices",
    summary="Tin đã gửi, còn nợ / Notices sent and owed",
    response_model=Page[NoticeOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_notices(
    query: Annotated[NoticesQuery, Query()], caller: Reader, ctx: Ctx
) -> Response:
    """List notices of the caller's dossiers, the newest first; recipients are masked."""
    key = key_of(query.after, int)
    found = await ctx.database.read(
        looking.page,
        caller,
        dossier=query.dossier,
        before=None if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][0]) if len(found) > len(shown) else None
    page = Page[NoticeOut](items=[NoticeOut.of(one) for _, one in shown], next=behind)
    return Response(page.model_dump_json(), media_type="application/json")


@router.post(
    "/v1/notices/silences/{code}",
    operation_id="silence_notices",
    summary="Ngừng gửi tin cho chủ hồ sơ / Tell a dossier's owner nothing more",
    status_code=201,
    response_model=SilenceOut,
    responses=problem_answers(400, 401, 403, 404, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(SilenceIn, example={})
async def silence_notices(
    code: PathDossier, request: Request, caller: Reader, ctx: Ctx
) -> Response:
    """Keep that an owner wants no notices; what is owed to them is sent no more."""
    body = await read_json(request, SilenceIn)

    def act(connection: Connection) -> Answer:
        known = looking.silence(connection, ctx.clock, caller, body.digest, code=code)
        content = SilenceOut(dossier_code=known, is_silent=True).model_dump_json().encode()
        return created(f"/v1/notices?dossier={known}", content, f"dossier:{known}")

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    "/v1/notices/owners/{code}",
    operation_id="keep_owner_user_id",
    summary="Ghi mã người dùng Zalo của chủ hồ sơ / Keep the Zalo user id of a dossier's owner",
    status_code=201,
    response_model=UserOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(UserIn, example=USER)
async def keep_owner_user_id(
    code: PathDossier, request: Request, caller: Filer, ctx: Ctx
) -> Response:
    """Keep by which user id our Official Account knows an owner, sealed, or forget it."""
    body = await read_json(request, UserIn)
    sealer: Sealer | None = request.app.state.sealer
    if sealer is None:
        raise ChannelNotOfferedError
    told = owning.Known(dossier_code(code), body.value.zalo_user_id, body.digest)

    def act(connection: Connection) -> Answer:
        known, recipient = owning.keep_user(connection, ctx.clock, caller, sealer, told=told)
        content = UserOut(dossier_code=known, recipient=recipient).model_dump_json().encode()
        return created(f"/v1/notices?dossier={known}", content, f"dossier:{known}")

    return await answer_once(request, ctx, caller.client_id, body.digest, act)
