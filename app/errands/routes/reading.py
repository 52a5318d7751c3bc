"""Reading errands: one, those of a dossier, and the paper that one brought."""

import base64
from typing import Annotated, Any, Final

from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.routes.router import PathCode, dossier_code
from app.errands import use_cases
from app.errands.routes.router import ERRAND, JSON, PathId, router
from app.errands.schemas.outgoing import ErrandOut, ErrandsOut, ErrandWithEventsOut
from app.platform.context import Ctx
from app.platform.problems import problem_answers

_PDF: Final[dict[str, Any]] = {
    "application/pdf": {"schema": {"type": "string", "format": "binary"}}
}


@router.get(
    ERRAND,
    operation_id="show_errand",
    summary="Xem một việc gửi dịch vụ quốc gia / Show an errand",
    response_model=ErrandWithEventsOut,
    responses=problem_answers(401, 403, 404),
)
async def show_errand(
    errand_id: PathId, caller: Annotated[Caller, requires(Scope.READ_ERRANDS)], ctx: Ctx
) -> Response:
    """Show where an errand stands, with everything that the service told of it."""
    errand, events = await ctx.database.read(use_cases.show_events, caller, errand_id)
    shown = ErrandWithEventsOut.with_events(errand, events)
    return Response(shown.model_dump_json(), media_type=JSON)


@router.get(
    ERRAND + "/paper",
    operation_id="download_errand_paper",
    summary="Tải tệp kết quả / Download the paper that an errand brought",
    response_class=Response,
    responses={200: {"content": _PDF}, **problem_answers(401, 403, 404, 409)},
)
async def download_errand_paper(
    errand_id: PathId, caller: Annotated[Caller, requires(Scope.READ_ERRANDS)], ctx: Ctx
) -> Response:
    """Hand out the paper that an errand brought, as a PDF; the evidence says to whom."""
    errand = await ctx.database.transact(use_cases.hand_out, ctx.clock, caller, errand_id)
    paper = (errand.result or {})["pdf"]
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{errand.id}.pdf"',
    }
    return Response(base64.b64decode(paper), media_type="application/pdf", headers=headers)


@router.get(
    "/v1/dossiers/{code}/errands",
    operation_id="list_errands_of_dossier",
    summary="Các việc gửi dịch vụ quốc gia của hồ sơ / Errands of a dossier",
    response_model=ErrandsOut,
    responses=problem_answers(401, 403, 404),
)
async def list_errands_of_dossier(
    code: PathCode, caller: Annotated[Caller, requires(Scope.READ_ERRANDS)], ctx: Ctx
) -> Response:
    """Show every errand of a dossier, the newest first."""
    found = await ctx.database.read(use_cases.list_of_dossier, caller, dossier_code(code))
    shown = ErrandsOut(items=[ErrandOut.of(errand) for errand in found])
    return Response(shown.model_dump_json(), media_type=JSON)
