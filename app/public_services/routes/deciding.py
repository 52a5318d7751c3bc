"""Recording decisions on services."""

from typing import Annotated

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers
from app.public_services.domain.offers import Wish
from app.public_services.routes.offers import PathProcedure, procedure_of
from app.public_services.routes.router import router
from app.public_services.schemas.offers import EXAMPLE, DecisionIn, DecisionOut
from app.public_services.use_cases import deciding


@router.post(
    "/v1/public-services/{procedure}/decisions",
    operation_id="decide_service",
    summary="Ghi quyết định về một dịch vụ công / Record a decision on a service",
    status_code=201,
    response_model=DecisionOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(DecisionIn, example=EXAMPLE)
async def decide_service(
    procedure: PathProcedure,
    request: Request,
    caller: Annotated[Caller, requires(Scope.DECIDE_SERVICES)],
    ctx: Ctx,
) -> Response:
    """Record a decision of the caller's agency or one below it; it is never edited.

    It says everything about the service, from its day on until another takes effect. Its day may
    be past or to come; the status at every date follows at once.
    """
    wanted = procedure_of(procedure)
    body = await read_json(request, DecisionIn)
    said = body.value
    wish = Wish(
        wanted,
        codes.AgencyCode(said.agency_code),
        said.paper(),
        said.service.service(),
        body.digest,
    )

    def act(connection: Connection) -> Answer:
        offer, decision = deciding.decide(connection, ctx.clock, caller, wish)
        content = DecisionOut.of(offer, decision).model_dump_json().encode()
        location = f"/v1/public-services/{offer.procedure}/decisions"
        return created(location, content, offer.subject)

    return await answer_once(request, ctx, caller.client_id, body.digest, act)
