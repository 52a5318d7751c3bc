"""`/v1/lookups/citizens`: the population database, about one person, for a reason."""

from typing import TYPE_CHECKING, Annotated, Final

from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.lookups.domain.asking import LookUp, Service
from app.lookups.domain.citizens import Citizen
from app.lookups.domain.reasons import NotConnectedError
from app.lookups.domain.verifying import Proof
from app.lookups.routes.granting import terms_of
from app.lookups.routes.router import PROBLEMS, answered, desk_of, look_up, question_of, router
from app.lookups.schemas.citizens import (
    LOOK_UP,
    VERIFY,
    CitizenAnswerOut,
    CitizenIn,
    NamedIn,
    VerificationOut,
)
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx

if TYPE_CHECKING:
    from app.lookups.sync.citizens import CitizenDesk

Population = Annotated[Caller, requires(Scope.LOOK_UP_POPULATION)]

_SERVICE: Final = Service.POPULATION


@router.post(
    "/v1/lookups/citizens",
    operation_id="look_up_citizen",
    summary="Tra cứu thông tin công dân / Look a citizen up",
    response_model=CitizenAnswerOut,
    responses=PROBLEMS,
)
@reads(CitizenIn, example=LOOK_UP)
async def look_up_citizen(request: Request, caller: Population, ctx: Ctx) -> Response:
    """Ask the population database about one person; only granted fields are told.

    Number, name and birthday must be one person's. Nobody who fits is an answer, `not_found`.
    The question is written down with who asks and why; the answer is not kept.
    """
    said = (await read_json(request, CitizenIn)).value
    who, reason, desk = said.who(), said.reason.reason(), _desk(request)

    async def ask(asked: LookUp) -> Citizen | None:
        return await desk.find(who, asked)

    question = question_of(request, _SERVICE, "details", who.number, reason)
    fields, proof = ctx.settings.population_fields, Proof(who.number, who.full_name)
    terms = await terms_of(request, caller, question, fields=fields, proof=proof)
    found = await look_up(ctx, caller, question, ask, terms)
    return answered(CitizenAnswerOut.of(*found), terms.leave)


@router.post(
    "/v1/lookups/citizens/verification",
    operation_id="verify_citizen",
    summary="Xác thực công dân / Verify a citizen",
    response_model=VerificationOut,
    responses=PROBLEMS,
)
@reads(NamedIn, example=VERIFY)
async def verify_citizen(request: Request, caller: Population, ctx: Ctx) -> Response:
    """Ask whether number and name are one citizen's; nothing else is told."""
    said = (await read_json(request, NamedIn)).value
    who, reason, desk = said.who(), said.reason.reason(), _desk(request)

    async def ask(asked: LookUp) -> bool | None:
        return await desk.verify(who, asked)

    question = question_of(request, _SERVICE, "verification", who.number, reason)
    proof = Proof(who.number, who.full_name)
    terms = await terms_of(request, caller, question, proof=proof)
    return answered(VerificationOut.of(*await look_up(ctx, caller, question, ask, terms)))


def _desk(request: Request) -> "CitizenDesk":
    desk = desk_of(request).citizens
    if desk is None:
        raise NotConnectedError(_SERVICE)
    return desk
