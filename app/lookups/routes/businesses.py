"""`/v1/lookups/enterprises` and registration files."""

from datetime import time, timedelta
from typing import TYPE_CHECKING, Annotated, Final

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.lookups.domain.asking import Outcome, Service
from app.lookups.domain.businesses import BusinessKind, RegistrationFiles
from app.lookups.domain.reasons import NoReasonError, NotConnectedError, TooLongAPeriodError
from app.lookups.domain.verifying import Proof
from app.lookups.routes.granting import terms_of
from app.lookups.routes.router import PROBLEMS, answered, desk_of, look_up, question_of, router
from app.lookups.schemas.asking import REASON
from app.lookups.schemas.businesses import (
    BusinessAnswerOut,
    BusinessIn,
    RegistrationDayIn,
    RegistrationFileAnswerOut,
    RegistrationFileIn,
    RegistrationFileOut,
    RegistrationFilesOut,
    RegistrationPeriodIn,
)
from app.platform.bodies import read_json, reads
from app.platform.context import Context, Ctx

if TYPE_CHECKING:
    from app.lookups.sync.businesses import BusinessDesk

Enterprises = Annotated[Caller, requires(Scope.LOOK_UP_ENTERPRISES)]

_DAYS: Final = 5
_OF_A_PERSON: Final = 12
"""Digits of a personal number, which a household business may have for its code."""
_SERVICE: Final = Service.ENTERPRISES


@router.post(
    "/v1/lookups/enterprises",
    operation_id="look_up_enterprise",
    summary="Tra cứu doanh nghiệp / Look an enterprise up",
    response_model=BusinessAnswerOut,
    responses=PROBLEMS,
)
@reads(BusinessIn, example={"code": "0000000003", "reason": REASON})
async def look_up_enterprise(request: Request, caller: Enterprises, ctx: Ctx) -> Response:
    """Ask the national business register for the newest record of an enterprise."""
    return await _business(request, caller, ctx, BusinessKind.ENTERPRISE)


@router.post(
    "/v1/lookups/household-businesses",
    operation_id="look_up_household_business",
    summary="Tra cứu hộ kinh doanh / Look a household business up",
    response_model=BusinessAnswerOut,
    responses=PROBLEMS,
)
@reads(BusinessIn, example={"code": "0000000021", "reason": REASON})
async def look_up_household(request: Request, caller: Enterprises, ctx: Ctx) -> Response:
    """Ask the register for a household business, by its code or its tax code."""
    return await _business(request, caller, ctx, BusinessKind.HOUSEHOLD)


@router.post(
    "/v1/lookups/cooperatives",
    operation_id="look_up_cooperative",
    summary="Tra cứu hợp tác xã / Look a co-operative up",
    response_model=BusinessAnswerOut,
    responses=PROBLEMS,
)
@reads(BusinessIn, example={"code": "0000000031", "reason": REASON})
async def look_up_cooperative(request: Request, caller: Enterprises, ctx: Ctx) -> Response:
    """Ask the register for a co-operative, by its code or its tax code."""
    return await _business(request, caller, ctx, BusinessKind.COOPERATIVE)


async def _business(request: Request, caller: Caller, ctx: Context, kind: BusinessKind) -> Response:
    said = (await read_json(request, BusinessIn)).value
    desk = _desk(request)
    reason = None if said.reason is None else said.reason.reason()
    if reason is None and len(said.code) == _OF_A_PERSON:
        raise NoReasonError
    question = question_of(request, _SERVICE, kind.value, said.code, reason)
    terms = await terms_of(request, caller, question, proof=Proof(said.code))
    found = await look_up(ctx, caller, question, lambda _: desk.find(kind, said.code), terms)
    return answered(BusinessAnswerOut.of(*found), terms.leave)


@router.post(
    "/v1/lookups/enterprise-registrations",
    operation_id="look_up_enterprise_registration",
    summary="Tình trạng hồ sơ đăng ký doanh nghiệp / Where a registration file stands",
    response_model=RegistrationFileAnswerOut,
    responses=PROBLEMS,
)
@reads(RegistrationFileIn, example={"number": "DK-20261102-1"})
async def look_up_registration(request: Request, caller: Enterprises, ctx: Ctx) -> Response:
    """Ask the register where a file stands; whose contact it names is not told."""
    said = (await read_json(request, RegistrationFileIn)).value
    desk = _desk(request)
    question = question_of(request, _SERVICE, "registration", said.number, None)
    terms = await terms_of(request, caller, question)
    found = await look_up(ctx, caller, question, lambda _: desk.file(said.number), terms)
    return answered(RegistrationFileAnswerOut.of(*found))


@router.post(
    "/v1/lookups/enterprise-registrations/period",
    operation_id="list_enterprise_registrations",
    summary="Hồ sơ đăng ký doanh nghiệp theo ngày / Registration files of some days",
    response_model=RegistrationFilesOut,
    responses=PROBLEMS,
)
@reads(RegistrationPeriodIn, example={"from": "2026-11-02", "to": "2026-11-06"})
async def list_registrations(request: Request, caller: Enterprises, ctx: Ctx) -> Response:
    """List the register's files of at most five days, both ends counted."""
    said = (await read_json(request, RegistrationPeriodIn)).value
    if not timedelta(0) <= said.last - said.first < timedelta(days=_DAYS):
        raise TooLongAPeriodError(_DAYS)
    desk = _desk(request)
    page = {"offset": said.offset, "limit": said.limit}
    question = question_of(request, _SERVICE, "registrations", f"{said.first}/{said.last}", None)
    terms = await terms_of(request, caller, question)
    asked, found = await look_up(
        ctx, caller, question, lambda _: desk.files(said.first, said.last, **page), terms
    )
    return _listed(asked.id, found)


@router.post(
    "/v1/lookups/enterprise-registrations/today",
    operation_id="list_enterprise_registrations_today",
    summary="Hồ sơ đăng ký doanh nghiệp trong ngày / Registration files handled today",
    response_model=RegistrationFilesOut,
    responses=PROBLEMS,
)
@reads(RegistrationDayIn, example={"from": "07:00", "to": "17:00"})
async def list_registrations_today(request: Request, caller: Enterprises, ctx: Ctx) -> Response:
    """List the register's files handled today between two times of day."""
    said = (await read_json(request, RegistrationDayIn)).value
    desk = _desk(request)
    first, last = time.fromisoformat(said.first), time.fromisoformat(said.last)
    page = {"offset": said.offset, "limit": said.limit}
    question = question_of(request, _SERVICE, "registrations-today", f"{first}/{last}", None)
    terms = await terms_of(request, caller, question)
    asked, found = await look_up(
        ctx, caller, question, lambda _: desk.files_today(first, last, **page), terms
    )
    return _listed(asked.id, found)


def _desk(request: Request) -> "BusinessDesk":
    desk = desk_of(request).businesses
    if desk is None:
        raise NotConnectedError(_SERVICE)
    return desk


def _listed(look_up_id: str, found: RegistrationFiles | None) -> Response:
    files = found or RegistrationFiles((), 0)
    shown = RegistrationFilesOut(
        lookup_id=look_up_id,
        outcome=Outcome.FOUND,
        outcome_label=Outcome.FOUND.label,
        items=[RegistrationFileOut.model_validate(one) for one in files.items],
        total=files.total,
    )
    return answered(shown)
