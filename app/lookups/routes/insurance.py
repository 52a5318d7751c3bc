"""`/v1/lookups/insurance`: social insurance, about one person, for a reason."""

from typing import TYPE_CHECKING, Annotated, Final

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.lookups.domain.asking import Service
from app.lookups.domain.reasons import NotConnectedError
from app.lookups.routes.granting import terms_of
from app.lookups.routes.router import PROBLEMS, answered, desk_of, look_up, question_of, router
from app.lookups.schemas.insurance import (
    CRITERIA,
    HOUSEHOLD,
    PERSON,
    InsuranceNumberAnswerOut,
    InsuranceNumberIn,
    InsuredHouseholdIn,
    InsuredHouseholdOut,
    InsuredPersonAnswerOut,
    InsuredPersonIn,
)
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx

if TYPE_CHECKING:
    from app.lookups.sync.insurance import InsuranceDesk

Insurance = Annotated[Caller, requires(Scope.LOOK_UP_INSURANCE)]

_SERVICE: Final = Service.INSURANCE


@router.post(
    "/v1/lookups/insurance/persons",
    operation_id="look_up_insured_person",
    summary="Tra cứu theo mã số BHXH / Look an insurance number up",
    response_model=InsuredPersonAnswerOut,
    responses=PROBLEMS,
)
@reads(InsuredPersonIn, example=PERSON)
async def look_up_person(request: Request, caller: Insurance, ctx: Ctx) -> Response:
    """Ask social insurance whose number it is."""
    said = (await read_json(request, InsuredPersonIn)).value
    number, desk = said.insurance_number, _desk(request)
    question = question_of(request, _SERVICE, "person", number, said.reason.reason())
    terms = await terms_of(request, caller, question)
    found = await look_up(ctx, caller, question, lambda _: desk.person(number), terms)
    return answered(InsuredPersonAnswerOut.of(*found), terms.leave)


@router.post(
    "/v1/lookups/insurance/numbers",
    operation_id="look_up_insurance_number",
    summary="Tra cứu mã số BHXH, BHYT của một người / Look a person's insurance number up",
    response_model=InsuranceNumberAnswerOut,
    responses=PROBLEMS,
)
@reads(InsuranceNumberIn, example=CRITERIA)
async def look_up_number(request: Request, caller: Insurance, ctx: Ctx) -> Response:
    """Ask social insurance for the number of whoever fits, which health insurance has too."""
    said = (await read_json(request, InsuranceNumberIn)).value
    who, desk = said.criteria(), _desk(request)
    about = f"{who.full_name}/{who.born}"
    question = question_of(request, _SERVICE, "number", about, said.reason.reason())
    terms = await terms_of(request, caller, question)
    found = await look_up(ctx, caller, question, lambda _: desk.number_of(who), terms)
    return answered(InsuranceNumberAnswerOut.of(*found), terms.leave)


@router.post(
    "/v1/lookups/insurance/households",
    operation_id="look_up_insured_household",
    summary="Tra cứu hộ gia đình tham gia BHYT / Look an insured household up",
    response_model=InsuredHouseholdOut,
    responses=PROBLEMS,
)
@reads(InsuredHouseholdIn, example=HOUSEHOLD)
async def look_up_household(request: Request, caller: Insurance, ctx: Ctx) -> Response:
    """Ask social insurance for everybody of the household of whoever fits."""
    said = (await read_json(request, InsuredHouseholdIn)).value
    who, desk = said.criteria(), _desk(request)
    about = f"{who.full_name}/{who.born}"
    question = question_of(request, _SERVICE, "household", about, said.reason.reason())
    terms = await terms_of(request, caller, question)
    found = await look_up(ctx, caller, question, lambda _: desk.household(who), terms)
    return answered(InsuredHouseholdOut.of(*found), terms.leave)


def _desk(request: Request) -> "InsuranceDesk":
    desk = desk_of(request).insurance
    if desk is None:
        raise NotConnectedError(_SERVICE)
    return desk
