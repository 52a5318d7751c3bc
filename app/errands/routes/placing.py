"""Placing errands: one address for each kind."""

from typing import Annotated, Final

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.errands import use_cases
from app.errands.domain import Cancellation, Kind, ReturnWithoutResultError
from app.errands.routes.router import PathId, created_errand, place, router
from app.errands.schemas.catalogues import IMPORT, CatalogueImportIn
from app.errands.schemas.judicial import RECORD, RETURN, JudicialRecordIn, JudicialReturnIn
from app.errands.schemas.outgoing import ErrandOut
from app.errands.schemas.pieces import CANCELLATION, CancellationIn
from app.errands.schemas.postal import ORDER, PostalOrderIn
from app.errands.schemas.tracking import TRACKING, FileTrackingIn
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once
from app.platform.problems import problem_answers

POSTAL_ORDERS: Final = "/v1/postal-orders"
JUDICIAL_RECORDS: Final = "/v1/judicial-records"
JUDICIAL_RETURNS: Final = "/v1/judicial-returns"
CATALOGUE_IMPORTS: Final = "/v1/catalogue-imports"
FILE_TRACKINGS: Final = "/v1/file-trackings"


@router.post(
    POSTAL_ORDERS,
    operation_id="place_postal_order",
    summary="Đặt đơn hàng bưu chính công ích / Place a postal order",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(PostalOrderIn, example=ORDER)
async def place_postal_order(
    request: Request, caller: Annotated[Caller, requires(Scope.PLACE_POSTAL_ORDERS)], ctx: Ctx
) -> Response:
    """Owe VNPost an order; what it says of it is read back into the errand."""
    body = await read_json(request, PostalOrderIn)
    return await place(request, ctx, caller, body.value.wanted(Kind.POSTAL_ORDER, body.digest))


@router.post(
    POSTAL_ORDERS + "/{id}/cancellation",
    operation_id="cancel_postal_order",
    summary="Huỷ đơn hàng bưu chính / Cancel a postal order",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(CancellationIn, example=CANCELLATION)
async def cancel_postal_order(
    errand_id: PathId,
    request: Request,
    caller: Annotated[Caller, requires(Scope.PLACE_POSTAL_ORDERS)],
    ctx: Ctx,
) -> Response:
    """Owe VNPost the cancellation of an order, behind the order itself."""
    body = await read_json(request, CancellationIn)
    asked = Cancellation(errand_id, body.value.reason, body.digest)

    def act(connection: Connection) -> Answer:
        return created_errand(use_cases.cancel(connection, ctx.clock, caller, asked))

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    JUDICIAL_RECORDS,
    operation_id="apply_for_judicial_record",
    summary="Đề nghị cấp phiếu lý lịch tư pháp / Apply for a judicial record",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(JudicialRecordIn, example=RECORD)
async def apply_for_judicial_record(
    request: Request, caller: Annotated[Caller, requires(Scope.PLACE_JUDICIAL_RECORDS)], ctx: Ctx
) -> Response:
    """Owe the ministry an application; where it stands is asked until the record is there."""
    body = await read_json(request, JudicialRecordIn)
    wanted = body.value.wanted(Kind.JUDICIAL_RECORD, body.digest)
    settings = ctx.settings
    carriage = use_cases.Carriage(
        takes_files=settings.judicial_generation != 1, most=settings.judicial_file_bytes
    )

    def act(connection: Connection) -> Answer:
        applied = use_cases.apply(connection, ctx.clock, caller, wanted, carriage)
        return created_errand(applied)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.post(
    JUDICIAL_RETURNS,
    operation_id="return_judicial_record",
    summary="Trả trạng thái, kết quả lý lịch tư pháp về Cổng / Return where a record stands",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(JudicialReturnIn, example=RETURN)
async def return_judicial_record(
    request: Request, caller: Annotated[Caller, requires(Scope.PLACE_JUDICIAL_RECORDS)], ctx: Ctx
) -> Response:
    """Owe the portal of linked services where a record stands that was asked for there."""
    body = await read_json(request, JudicialReturnIn)
    if body.value.lacks_result:
        raise ReturnWithoutResultError
    return await place(request, ctx, caller, body.value.wanted(body.digest))


@router.post(
    CATALOGUE_IMPORTS,
    operation_id="import_catalogue_rows",
    summary="Bổ sung danh mục dùng chung quốc gia / Add rows to a shared catalogue",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(CatalogueImportIn, example=IMPORT)
async def import_catalogue_rows(
    request: Request, caller: Annotated[Caller, requires(Scope.IMPORT_CATALOGUES)], ctx: Ctx
) -> Response:
    """Owe the nation rows of a shared catalogue; a duplicate is refused in its words."""
    body = await read_json(request, CatalogueImportIn)
    return await place(request, ctx, caller, body.value.wanted(body.digest))


@router.post(
    FILE_TRACKINGS,
    operation_id="track_file",
    summary="Gửi thông tin giám sát hồ sơ (EMC) / Tell the monitoring centre of a dossier",
    status_code=201,
    response_model=ErrandOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(FileTrackingIn, example=TRACKING)
async def track_file(
    request: Request, caller: Annotated[Caller, requires(Scope.TRACK_FILES)], ctx: Ctx
) -> Response:
    """Owe the monitoring centre how a dossier stands now; the same standing is told once."""
    body = await read_json(request, FileTrackingIn)
    asked = use_cases.Tracking(body.value.dossier_code, body.value.level, body.digest)

    def act(connection: Connection) -> Answer:
        return created_errand(use_cases.track(connection, ctx.clock, caller, asked))

    return await answer_once(request, ctx, caller.client_id, body.digest, act)
