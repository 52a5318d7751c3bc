"""`/v1/lookups/civil-status`: births submitted to the Ministry of Justice, and results."""

import json
from typing import TYPE_CHECKING, Annotated, Final

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.lookups.domain.asking import Service, subject_of
from app.lookups.domain.reasons import NotConnectedError
from app.lookups.routes.granting import terms_of
from app.lookups.routes.router import (
    PROBLEMS,
    answered,
    desk_of,
    look_up,
    question_of,
    resumed,
    router,
)
from app.lookups.schemas.civil_status import (
    BIRTH,
    RESULT,
    BirthSubmissionIn,
    BirthSubmittedOut,
    CivilRegistrationAnswerOut,
    RegistrationResultIn,
)
from app.lookups.use_cases.asking import begin, find_look_up
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers

if TYPE_CHECKING:
    from app.lookups.sync.civil_status import CivilStatusDesk

Registrar = Annotated[Caller, requires(Scope.REGISTER_CIVIL_STATUS)]

_SERVICE: Final = Service.CIVIL_STATUS


@router.post(
    "/v1/lookups/civil-status/births",
    operation_id="submit_birth",
    summary="Gửi đăng ký khai sinh / Submit a birth",
    status_code=201,
    response_model=BirthSubmittedOut,
    responses=problem_answers(400, 401, 403, 404, 413, 415, 422, 502, 503, 504),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(BirthSubmissionIn, example=BIRTH)
async def submit_birth(request: Request, caller: Registrar, ctx: Ctx) -> Response:
    """Submit the birth of a dossier to the Ministry of Justice, under the dossier's code.

    A repeat with the same key goes on where the first attempt stopped; the ministry knows a
    submission by its code, so it is taken once.
    """
    body = await read_json(request, BirthSubmissionIn)
    said, desk = body.value, _desk(request)
    wanted, code = said.submission(), said.dossier_code
    question = question_of(request, _SERVICE, "birth", code, said.reason())

    terms = await terms_of(request, caller, question)

    def act(connection: Connection) -> Answer:
        begun = begin(connection, ctx.clock, caller, question, terms.leave.grant)
        kept = json.dumps({"lookup_id": begun.id, "dossier_code": code}).encode()
        return created(f"/v1/dossiers/{code}", kept, subject_of(begun.id))

    answer = await answer_once(request, ctx, caller.client_id, body.digest, act)
    begun = await ctx.database.read(find_look_up, str(json.loads(bytes(answer.body))["lookup_id"]))
    received_at = begun.asked_at
    await resumed(
        ctx, caller, begun, lambda: desk.submit_birth(wanted, received_at=received_at), terms
    )
    return answer


@router.post(
    "/v1/lookups/civil-status/results",
    operation_id="look_up_civil_status",
    summary="Kết quả đăng ký hộ tịch / What became of a registration",
    response_model=CivilRegistrationAnswerOut,
    responses=PROBLEMS,
)
@reads(RegistrationResultIn, example=RESULT)
async def look_up_registration(request: Request, caller: Registrar, ctx: Ctx) -> Response:
    """Ask where the registration of a dossier stands; a finished birth has the child's number."""
    said = (await read_json(request, RegistrationResultIn)).value
    desk, code = _desk(request), said.dossier_code
    question = question_of(request, _SERVICE, f"{said.kind}-result", code, said.reason())
    found = await look_up(ctx, caller, question, lambda _: desk.find(said.kind, said.unit, code))
    return answered(CivilRegistrationAnswerOut.of(*found))


def _desk(request: Request) -> "CivilStatusDesk":
    desk = desk_of(request).civil_status
    if desk is None:
        raise NotConnectedError(_SERVICE)
    return desk
