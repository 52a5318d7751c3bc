"""`/vbdlis/{op}/{securityCode}`: what a land system says, and the lists it asks for.

The code stands in the address: no log, metric or record of ours has the path as it came.
"""

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.catalogue.domain import Procedure
from app.catalogue.store.procedures import ProceduresWanted
from app.catalogue.use_cases import list_procedures
from app.dossiers.domain.statuses import Status
from app.dossiers.use_cases import Cause
from app.facades.dvcqg.schemas.reading import read_as, read_object
from app.facades.land.domain import LandCaller, Operation
from app.facades.land.routes.dialect import LAND, told
from app.facades.land.schemas.dossiers import DossierSaid
from app.facades.land.schemas.words import word_of
from app.facades.land.use_cases import taking
from app.facades.land.use_cases.systems import recognise
from app.platform.bodies import digest_of
from app.platform.context import Context, Ctx
from app.platform.problems import request_id_of

router = APIRouter(tags=["facades"], dependencies=[LAND], include_in_schema=False)

BASE: Final = "/vbdlis"
_PAGE: Final = 1000


async def _caller(request: Request, ctx: Context, code: str, act: str) -> LandCaller:
    """Return the land system whose code this is.

    Raises:
        SecurityCodeRefusedError: if it is nobody's.
    """
    system = await ctx.database.read(recognise, code=code)
    caller = LandCaller(
        system.caller_id, system.member, frozenset(), request_id_of(request), system
    )
    request.state.caller, request.state.act = caller, act
    return caller


def _add(operation: Operation) -> None:
    async def take(security_code: str, request: Request, ctx: Ctx) -> Response:
        caller = await _caller(request, ctx, security_code, f"land.{operation.value}")
        raw = await request.body()
        word = word_of(operation, read_object(raw))
        settings = ctx.settings
        terms = taking.Terms(Cause.of(settings, digest_of(raw)), settings.land_tax_asks_payment)
        await ctx.database.transact(taking.take, ctx.clock, caller, word, terms)
        return told(ctx)

    router.add_api_route(
        f"{BASE}/{operation.value}/{{security_code}}",
        take,
        methods=["POST"],
        operation_id=f"land_{operation.name.lower()}",
        summary=f"{operation.label} / {operation.name.lower().replace('_', ' ')}",
    )


for _operation in Operation:
    _add(_operation)


@router.post(
    BASE + "/TiepNhanHoSoChoMotCua/{security_code}",
    operation_id="land_take_dossier",
    summary="Nhận hồ sơ từ hệ thống đất đai / Take a dossier from the land system",
)
async def take_dossier(security_code: str, request: Request, ctx: Ctx) -> Response:
    """Take a dossier in that the land system received itself; `Data` is its code here."""
    caller = await _caller(request, ctx, security_code, "land.TiepNhanHoSoChoMotCua")
    raw = await request.body()
    said = read_as(DossierSaid, read_object(raw))
    filing = said.filing(ctx.settings.land_workflows)
    cause = Cause.of(ctx.settings, digest_of(raw))
    code = await ctx.database.transact(
        taking.take_dossier, ctx.clock, caller, said.number, filing, cause
    )
    return told(ctx, Data=str(code))


@router.get(
    BASE + "/GetDanhMucNguoiDung/{security_code}",
    operation_id="land_list_staff",
    summary="Danh mục người dùng / Accounts of the one-stop system",
)
async def list_staff(security_code: str, request: Request, ctx: Ctx) -> Response:
    """List the accounts that the land system may know, as they are set."""
    await _caller(request, ctx, security_code, "land.GetDanhMucNguoiDung")
    rows = [{"TaiKhoan": one, "HoTen": name} for one, name in ctx.settings.land_staff.items()]
    return told(ctx, Data=rows)


@router.get(
    BASE + "/GetDanhMucThuTuc/{security_code}",
    operation_id="land_list_procedures",
    summary="Danh mục thủ tục / Procedures",
)
async def list_all_procedures(security_code: str, request: Request, ctx: Ctx) -> Response:
    """List every procedure of the catalogue."""
    await _caller(request, ctx, security_code, "land.GetDanhMucThuTuc")
    found = await ctx.database.read(_procedures)
    return told(ctx, Data=[{"MaThuTuc": one.code, "TenThuTuc": one.name} for one in found])


@router.get(
    BASE + "/GetDanhMucTrangThai/{security_code}",
    operation_id="land_list_statuses",
    summary="Danh mục trạng thái / Statuses",
)
async def list_statuses(security_code: str, request: Request, ctx: Ctx) -> Response:
    """List the ten national statuses."""
    await _caller(request, ctx, security_code, "land.GetDanhMucTrangThai")
    rows = [{"MaTrangThai": str(one.code), "TenTrangThai": one.label} for one in Status]
    return told(ctx, Data=rows)


def _procedures(connection: Connection) -> Sequence[Procedure]:
    wanted, found = ProceduresWanted(), list[Procedure]()
    while True:
        last = found[-1].code if found else None
        page = list_procedures(connection, wanted, after=last, limit=_PAGE)
        found += page
        if len(page) < _PAGE:
            return found
