"""Telling the land system of dossiers, and the tax notices that come of it."""

from collections.abc import Callable
from typing import Annotated, Final

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.routes.router import PathCode, dossier_code
from app.errands import use_cases
from app.errands.domain import Errand
from app.errands.domain.land import Telling
from app.errands.routes.router import JSON, created_errand, router
from app.errands.schemas.land import (
    CORRECTION,
    HANDOVER,
    RETURN,
    SUPPLEMENT,
    LandCorrectionIn,
    LandHandoverIn,
    LandReturnIn,
    LandSupplementIn,
    TaxNoticesOut,
)
from app.errands.schemas.outgoing import ErrandOut
from app.errands.schemas.taxes import TaxVouchersOut
from app.platform.bodies import read_json, reads
from app.platform.clock import Clock
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once
from app.platform.problems import problem_answers
from app.platform.sealing import Sealer

LAND_HANDOVERS: Final = "/v1/land-handovers"
LAND_SUPPLEMENTS: Final = "/v1/land-supplements"
LAND_RETURNS: Final = "/v1/land-returns"
LAND_CORRECTIONS: Final = "/v1/land-corrections"

_Act = Callable[[Connection, Clock, Caller, Telling], Errand]
_Teller = Annotated[Caller, requires(Scope.PLACE_LAND_FILES)]


async def _tell(
    request: Request, ctx: Context, caller: Caller, told: Telling, act: _Act
) -> Response:
    def once(connection: Connection) -> Answer:
        return created_errand(act(connection, ctx.clock, caller, told))

    return await answer_once(request, ctx, caller.client_id, told.digest, once)


@router.post(
    LAND_HANDOVERS,
    operation_id="hand_over_to_land_system",
    summary="Chuyển hồ sơ sang hệ thống đất đai / Hand a dossier over to the land system",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(LandHandoverIn, example=HANDOVER)
async def hand_over_to_land_system(request: Request, caller: _Teller, ctx: Ctx) -> Response:
    """Owe the land system a dossier in hand with its papers; what it says of it is read back."""
    body = await read_json(request, LandHandoverIn)
    told = body.value.telling(body.digest, ctx.settings.land_paper_bytes)
    return await _tell(request, ctx, caller, told, use_cases.hand_over)


@router.post(
    LAND_SUPPLEMENTS,
    operation_id="tell_land_system_supplement",
    summary="Gửi giấy tờ bổ sung sang hệ thống đất đai / Pass papers on to the land system",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(LandSupplementIn, example=SUPPLEMENT)
async def tell_land_system_supplement(request: Request, caller: _Teller, ctx: Ctx) -> Response:
    """Owe the land system the papers that an owner brought, behind the dossier itself."""
    body = await read_json(request, LandSupplementIn)
    told = body.value.telling(body.digest, ctx.settings.land_paper_bytes)
    return await _tell(request, ctx, caller, told, use_cases.tell_supplement)


@router.post(
    LAND_RETURNS,
    operation_id="tell_land_system_return",
    summary="Báo đã trả kết quả cho hệ thống đất đai / Tell the land system of a returned result",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(LandReturnIn, example=RETURN)
async def tell_land_system_return(request: Request, caller: _Teller, ctx: Ctx) -> Response:
    """Owe the land system that the owner has the result."""
    body = await read_json(request, LandReturnIn)
    told = body.value.telling(body.digest, ctx.settings.land_paper_bytes)
    return await _tell(request, ctx, caller, told, use_cases.tell_return)


@router.post(
    LAND_CORRECTIONS,
    operation_id="correct_land_system",
    summary="Phản hồi kết quả sai của hệ thống đất đai / Answer a wrong result",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(LandCorrectionIn, example=CORRECTION)
async def correct_land_system(request: Request, caller: _Teller, ctx: Ctx) -> Response:
    """Owe the land system what is wrong with a result that it gave."""
    body = await read_json(request, LandCorrectionIn)
    told = body.value.telling(body.digest, ctx.settings.land_paper_bytes)
    return await _tell(request, ctx, caller, told, use_cases.correct)


@router.get(
    "/v1/dossiers/{code}/tax-notices",
    operation_id="list_tax_notices_of_dossier",
    summary="Thông báo thuế của hồ sơ / Tax notices of a dossier",
    response_model=TaxNoticesOut,
    responses=problem_answers(401, 403, 404),
)
async def list_tax_notices_of_dossier(
    code: PathCode, caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)], ctx: Ctx
) -> Response:
    """Show the tax notices that the land system sent for a dossier, in the order they resulted."""
    found = await ctx.database.read(use_cases.list_tax_notices, caller, dossier_code(code))
    return Response(TaxNoticesOut.of(found).model_dump_json(), media_type=JSON)


@router.get(
    "/v1/dossiers/{code}/tax-vouchers",
    operation_id="list_tax_vouchers_of_dossier",
    summary="Chứng từ nộp thuế của hồ sơ / Tax vouchers of a dossier",
    response_model=TaxVouchersOut,
    responses=problem_answers(401, 403, 404),
)
async def list_tax_vouchers_of_dossier(
    code: PathCode,
    request: Request,
    caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)],
    ctx: Ctx,
) -> Response:
    """Show what the national portal told of a dossier's tax notices: payments, and standings."""
    sealer: Sealer | None = request.app.state.sealer
    found = await ctx.database.read(use_cases.list_tax_vouchers, caller, sealer, dossier_code(code))
    return Response(TaxVouchersOut.of(found).model_dump_json(), media_type=JSON)
