"""The REST front that provinces put before the portal: a bearer, bare arrays, double-encoded reads.

`{…, "message": "<the national answer as text>"}`: systems parse the text once more.
"""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, MissingScopeError, Scope
from app.access.guard import requires
from app.codes import AgencyCode
from app.exchange.dvcqg.error_codes import Meaning
from app.exchange.dvcqg.wire import ReportStatus
from app.facades.dvcqg.domain import InvalidRecordError, UnknownServiceError
from app.facades.dvcqg.routes import serving
from app.facades.dvcqg.routes.dialect import FRONT, answered, compact, done, passed, told
from app.facades.dvcqg.schemas.calls import PERSONAL, REFERENCE, BareRecords, BareRows, BareStatus
from app.facades.dvcqg.schemas.reading import read_array, read_as, read_object
from app.platform.bodies import digest_of
from app.platform.context import Context, Ctx

router = APIRouter(tags=["facades"], dependencies=[FRONT], include_in_schema=False)

_FOLDER: Final = "/KetNoiMotCuaQuocGia"
_ACCOUNT: Final = "TraCuuTechID"

Updating = Annotated[Literal["True", "False"], Query(alias="isUpdating")]
Sender = Annotated[str | None, Query(alias="MaDinhDanhDV")]


@router.post(
    "/api/SynsTTHCC/DongBoHoSoMC",
    operation_id="front_push_dossiers",
    summary="Đồng bộ hồ sơ, mảng trần / Push dossiers, a bare array",
)
async def push_of_unit(
    request: Request,
    caller: Annotated[Caller, requires(Scope.SUBMIT_DOSSIERS)],
    ctx: Ctx,
    sender: Sender = None,
    updating: Updating = "False",
) -> Response:
    """Insert or replace dossiers of a unit."""
    if sender is None:
        raise InvalidRecordError("MaDinhDanhDV: thiếu trường bắt buộc")
    unit = serving.sender_of(sender, caller, at="MaDinhDanhDV")
    return await _pushed(request, ctx, caller, unit, updating)


@router.post(
    f"{_FOLDER}/DongBoHoSoMC",
    operation_id="front_push",
    summary="Đồng bộ hồ sơ / Push dossiers, inserted or updated as the query says",
)
async def push(
    request: Request,
    caller: Annotated[Caller, requires(Scope.SUBMIT_DOSSIERS)],
    ctx: Ctx,
    updating: Updating = "False",
) -> Response:
    """Insert or replace dossiers; the unit is that of each dossier's code."""
    return await _pushed(request, ctx, caller, caller.member, updating)


@router.post(
    f"{_FOLDER}/CapNhatTienDoHoSoMC",
    operation_id="front_push_progress",
    summary="Cập nhật tiến độ, mảng trần / Push progress rows, a bare array",
)
async def push_progress(
    request: Request, caller: Annotated[Caller, requires(Scope.PROGRESS_DOSSIERS)], ctx: Ctx
) -> Response:
    """Add rows; systems look for “thành công” in the answer's text."""
    raw = await request.body()
    rows = read_as(BareRows, {"data": read_array(raw)}).rows
    await serving.push_rows(ctx, caller, rows, digest=digest_of(raw))
    return done(ctx, "Cập nhật tiến độ thành công")


@router.post(
    f"{_FOLDER}/DongBoTrangThaiHoSoKM",
    operation_id="front_report_status",
    summary="Đồng bộ trạng thái hồ sơ khuyến mại / Report the status of a promotion notice",
)
async def report_status(
    request: Request, caller: Annotated[Caller, requires(Scope.PROGRESS_DOSSIERS)], ctx: Ctx
) -> Response:
    """Tell how a notice stands that the nation sent; one that is not here goes on to the nation."""
    raw = await request.body()
    content = read_object(raw)
    told = read_as(BareStatus, content if "data" in content else {"data": content}).told
    if not await serving.take_status(ctx, caller, told, digest=digest_of(raw)):
        if Scope.CALL_PORTAL not in caller.scopes:
            raise MissingScopeError(Scope.CALL_PORTAL)
        reply = await serving.pass_on(request, ctx, caller, ReportStatus(told=told))
        if reply.meaning is not Meaning.DONE:
            return passed(ctx, reply)
    return done(ctx, "Cập nhật trạng thái thành công")


@router.get(
    f"{_FOLDER}/{_ACCOUNT}",
    operation_id="front_find_account",
    summary="Tra cứu tài khoản / Look an account up",
)
async def find_account(
    request: Request, caller: Annotated[Caller, requires(Scope.CALL_PORTAL)], ctx: Ctx
) -> Response:
    """Look a national account up by tax code or identity number."""
    asked = {**request.query_params, "service": _ACCOUNT, "provider": "wso2is"}
    return await _read(request, ctx, caller, PERSONAL[_ACCOUNT], asked)


@router.get(
    f"{_FOLDER}/{{service}}",
    operation_id="front_read",
    summary="Đọc dữ liệu quốc gia / Read what the nation publishes",
)
async def read(
    service: str,
    request: Request,
    caller: Annotated[Caller, requires(Scope.READ_CATALOGUE)],
    ctx: Ctx,
) -> Response:
    """Read a list or a record of the nation, in the double-encoded envelope."""
    if service not in REFERENCE:
        raise UnknownServiceError
    asked = {**request.query_params, "service": service}
    return await _read(request, ctx, caller, REFERENCE[service], asked)


async def _pushed(
    request: Request, ctx: Context, caller: Caller, unit: AgencyCode, updating: str
) -> Response:
    raw = await request.body()
    records = read_as(BareRecords, {"data": read_array(raw)}).records
    await serving.push(
        ctx, caller, records, sender=unit, is_updating=updating == "True", digest=digest_of(raw)
    )
    return done(ctx)


async def _read(
    request: Request, ctx: Context, caller: Caller, kind: Any, asked: dict[str, str]
) -> Response:
    reply = await serving.pass_on(request, ctx, caller, read_as(kind, asked))
    rows = {} if reply.rows is None else {"result": list(reply.rows)}
    inner = {"error_code": reply.code, "message": reply.text, **rows}
    return answered(told(ctx.settings, 0, compact(inner)))
