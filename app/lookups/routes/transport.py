"""`/v1/lookups/licence-files` and `/v1/lookups/vehicle-files`: the ministry of transport."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.lookups.domain.asking import Service
from app.lookups.domain.reasons import NotConnectedError, TooLongAPeriodError
from app.lookups.routes.granting import terms_of
from app.lookups.routes.router import PROBLEMS, answered, desk_of, look_up, question_of, router
from app.lookups.schemas.transport import (
    LICENCE,
    LICENCES,
    VEHICLES,
    LicenceFileAnswerOut,
    LicenceFileIn,
    LicenceFilesOut,
    TransportPeriodIn,
    VehicleFilesOut,
)
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx

if TYPE_CHECKING:
    from app.lookups.sync.transport import LicenceDesk, VehicleDesk

Licences = Annotated[Caller, requires(Scope.LOOK_UP_LICENCES)]

_DAYS: Final = 31


@router.post(
    "/v1/lookups/licence-files",
    operation_id="look_up_licence_file",
    summary="Tình trạng hồ sơ giấy phép lái xe / Where a driving-licence file stands",
    response_model=LicenceFileAnswerOut,
    responses=PROBLEMS,
)
@reads(LicenceFileIn, example=LICENCE)
async def look_up_licence_file(request: Request, caller: Licences, ctx: Ctx) -> Response:
    """Ask the ministry of transport where a driving-licence file stands."""
    said = (await read_json(request, LicenceFileIn)).value
    desk = _licences(request)
    question = question_of(request, Service.LICENCES, "file", said.code, said.reason.reason())
    terms = await terms_of(request, caller, question)
    found = await look_up(ctx, caller, question, lambda _: desk.file(said.code), terms)
    return answered(LicenceFileAnswerOut.of(*found), terms.leave)


@router.post(
    "/v1/lookups/licence-files/period",
    operation_id="list_licence_files",
    summary="Hồ sơ giấy phép lái xe của đơn vị / Driving-licence files of a unit",
    response_model=LicenceFilesOut,
    responses=PROBLEMS,
)
@reads(TransportPeriodIn, example=LICENCES)
async def list_licence_files(request: Request, caller: Licences, ctx: Ctx) -> Response:
    """List the driving-licence files that a unit received, of at most 31 days."""
    said = await _period(request)
    desk = _licences(request)
    question = question_of(request, Service.LICENCES, "files", said.unit_code, said.reason.reason())
    terms = await terms_of(request, caller, question)
    found = await look_up(
        ctx, caller, question, lambda _: desk.files(said.unit_code, said.first, said.last), terms
    )
    return answered(LicenceFilesOut.of(*found), terms.leave)


@router.post(
    "/v1/lookups/vehicle-files/period",
    operation_id="list_vehicle_files",
    summary="Hồ sơ phù hiệu xe của đơn vị / Vehicle-badge files of a unit",
    response_model=VehicleFilesOut,
    responses=PROBLEMS,
)
@reads(TransportPeriodIn, example=VEHICLES)
async def list_vehicle_files(
    request: Request, caller: Annotated[Caller, requires(Scope.LOOK_UP_VEHICLES)], ctx: Ctx
) -> Response:
    """List the files of vehicle badges and transport that a unit received, of at most 31 days."""
    said = await _period(request)
    desk = _vehicles(request)
    question = question_of(request, Service.VEHICLES, "files", said.unit_code, said.reason.reason())
    terms = await terms_of(request, caller, question)
    found = await look_up(
        ctx, caller, question, lambda _: desk.files(said.unit_code, said.first, said.last), terms
    )
    return answered(VehicleFilesOut.of(*found), terms.leave)


async def _period(request: Request) -> TransportPeriodIn:
    said = (await read_json(request, TransportPeriodIn)).value
    if not timedelta(0) <= said.last - said.first < timedelta(days=_DAYS):
        raise TooLongAPeriodError(_DAYS)
    return said


def _licences(request: Request) -> "LicenceDesk":
    desk = desk_of(request).licences
    if desk is None:
        raise NotConnectedError(Service.LICENCES)
    return desk


def _vehicles(request: Request) -> "VehicleDesk":
    desk = desk_of(request).vehicles
    if desk is None:
        raise NotConnectedError(Service.VEHICLES)
    return desk
