"""Taking dossiers in."""

from typing import Annotated

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers import use_cases
from app.dossiers.routes.router import cause_of, router
from app.dossiers.schemas.incoming import EXAMPLE, DossierIn
from app.dossiers.schemas.outgoing import DossierOut
from app.dossiers.use_cases import Draft
from app.platform.bodies import read_json, reads
from app.platform.context import Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.problems import problem_answers


@router.post(
    "/v1/dossiers",
    operation_id="submit_dossier",
    summary="Nộp hồ sơ một cửa / Submit a one-stop dossier",
    status_code=201,
    response_model=DossierOut,
    responses=problem_answers(400, 401, 403, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(DossierIn, example=EXAMPLE)
async def submit_dossier(
    request: Request, caller: Annotated[Caller, requires(Scope.SUBMIT_DOSSIERS)], ctx: Ctx
) -> Response:
    """Take a dossier in, durably; the national portal learns of it afterwards.

    What comes online begins as `registered`; from the counter or by post, as `accepted`.
    """
    body = await read_json(request, DossierIn)
    value = body.value
    code = None if value.code is None else codes.DossierCode(value.code)
    draft = Draft(code, value.filing())
    cause = cause_of(ctx, body.digest)

    def act(connection: Connection) -> Answer:
        dossier = use_cases.submit(connection, ctx.clock, caller, draft=draft, cause=cause)
        content = DossierOut.of(dossier).model_dump_json().encode()
        return created(f"/v1/dossiers/{dossier.code}", content, f"dossier:{dossier.code}")

    return await answer_once(request, ctx, caller.client_id, body.digest, act)
