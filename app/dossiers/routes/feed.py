"""The feed a one-stop system reads its portal dossiers from."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.routes.router import JSON, router
from app.dossiers.schemas.feed import ArrivalOut
from app.dossiers.use_cases import arriving
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, key_of
from app.platform.problems import problem_answers


class FeedQuery(BaseModel):
    """Where to go on; an unknown name is refused like an unknown field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/dossiers/feed",
    operation_id="read_dossier_feed",
    summary="Hồ sơ nộp trên Cổng quốc gia / Dossiers born at the national portal",
    response_model=Page[ArrivalOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def read_feed(
    query: Annotated[FeedQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)],
    ctx: Ctx,
) -> Response:
    """List what came down for the caller's member and all below it, in the order it came.

    Keep the cursor of the last dossier taken over and ask again behind it: none is missed, and
    none comes twice.
    """
    key = key_of(query.after, int)
    found = await ctx.database.read(
        arriving.read_feed,
        caller.member,
        after=0 if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = [ArrivalOut.of(one) for one in found[: query.limit]]
    page = Page[ArrivalOut](items=shown, next=shown[-1].cursor if len(found) > len(shown) else None)
    return Response(page.model_dump_json(), media_type=JSON)
