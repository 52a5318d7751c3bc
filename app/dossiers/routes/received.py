"""What came with a dossier that was born elsewhere: notices and files."""

from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import Path
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.routes.router import JSON, PathCode, dossier_code, router
from app.dossiers.schemas.received import ReceivedOut
from app.dossiers.use_cases.announcing import read_received as read
from app.dossiers.use_cases.announcing import show_received as show
from app.platform.context import Ctx
from app.platform.problems import problem_answers

_BYTES: Final = "application/octet-stream"
_FILE: Final[dict[str, Any]] = {_BYTES: {"schema": {"type": "string", "format": "binary"}}}

PathNumber = Annotated[int, Path(ge=1, le=1000, description="Số của tệp. / Number of the file.")]


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
    """List what the nation, or a ministry's system, sent with a dossier; nothing for others."""
    came = await ctx.database.read(show, caller, dossier_code(code))
    return Response(ReceivedOut.of(came).model_dump_json(), media_type=JSON)


@router.get(
    "/v1/dossiers/{code}/received/{number}",
    operation_id="fetch_received",
    summary="Tải một tệp nhận kèm hồ sơ / Fetch a file that came with a dossier",
    response_class=Response,
    responses={200: {"content": _FILE}, **problem_answers(401, 403, 404, 422, 503)},
)
async def fetch_received(
    code: PathCode,
    number: PathNumber,
    caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)],
    ctx: Ctx,
) -> Response:
    """Give the bytes of a file as they came; nothing of them was looked at here."""
    file, data = await ctx.database.read(read, caller, dossier_code(code), number)
    name = quote(file.name, safe="")
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type=_BYTES, headers=headers)
