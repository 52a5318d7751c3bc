"""What came with a dossier that was born elsewhere: notices and files."""

from typing import Annotated

from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.routes.router import JSON, PathCode, dossier_code, router
from app.dossiers.schemas.received import ReceivedOut
from app.dossiers.use_cases.announcing import show_received as show
from app.platform.context import Ctx
from app.platform.problems import problem_answers


@router.get(
    "/v1/dossiers/{code}/received",
    operation_id="show_received",
    summary="Thông báo và tệp nhận kèm hồ sơ / Notices and files that came with a dossier",
    response_model=ReceivedOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_received(
    code: PathCode, caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)], ctx: Ctx
) -> Response:
    """List what the nation, or a ministry's system, sent with a dossier; nothing for others.

    The files are those at `/v1/files/{id}`.
    """
    came = await ctx.database.read(show, caller, dossier_code(code))
    return Response(ReceivedOut.of(came).model_dump_json(), media_type=JSON)
