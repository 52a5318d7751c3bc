"""`/v1/dossiers`: taking dossiers in, moving them on, reading them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers import store, use_cases
from app.dossiers.domain.dossier import Step
from app.dossiers.domain.errors import UnknownDossierError
from app.dossiers.domain.statuses import Status
from app.dossiers.schemas.incoming import EXAMPLE, STEP_EXAMPLE, DossierIn, ProgressIn
from app.dossiers.schemas.outgoing import DossierLineOut, DossierOut, ProgressOut
from app.dossiers.use_cases import Cause, Draft
from app.fields import AgencyCode, Moment, ProcedureCode
from app.platform.bodies import read_json, reads
from app.platform.clock import Clock
from app.platform.context import Context, Ctx
from app.platform.idempotency import KEY_PARAMETER, Answer, answer_once, created
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.platform.routing import DirectRoute

router = APIRouter(tags=["dossiers"], route_class=DirectRoute)

_JSON = "application/json"

PathCode = Annotated[
    str, Path(description="Mã hồ sơ. / Dossier code.", examples=["H38.12-261102-0007"])
]
"""A code in a path; one that is malformed names a dossier that does not exist."""


class DossierQuery(BaseModel):
    """Which dossiers a list shows; an unknown name is refused like an unknown field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: Status | None = Field(None, description="Trạng thái hồ sơ. / Status.")
    procedure: ProcedureCode | None = Field(None, description="Mã thủ tục. / Procedure.")
    agency: AgencyCode | None = Field(
        None, description="Đơn vị và các đơn vị dưới nó. / An agency and all below it."
    )
    received_from: Moment | None = Field(None, description="Tiếp nhận từ. / Received at or after.")
    received_to: Moment | None = Field(None, description="Tiếp nhận trước. / Received before.")
    limit: Limit = 50
    after: After = None

    def wanted(self) -> store.Wanted:
        """Return the filter without the paging."""
        return store.Wanted(
            status=self.status,
            procedure=None if self.procedure is None else codes.ProcedureCode(self.procedure),
            agency=self.agency,
            received_from=self.received_from,
            received_to=self.received_to,
        )


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
    cause = _cause(ctx, body.digest)

    def act(connection: Connection) -> Answer:
        dossier = use_cases.submit(connection, ctx.clock, caller, draft=draft, cause=cause)
        content = DossierOut.of(dossier).model_dump_json().encode()
        return created(f"/v1/dossiers/{dossier.code}", content, f"dossier:{dossier.code}")

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.get(
    "/v1/dossiers",
    operation_id="list_dossiers",
    summary="Danh sách hồ sơ của đơn vị / Dossiers of one's own agencies",
    response_model=Page[DossierLineOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_dossiers(
    query: Annotated[DossierQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)],
    ctx: Ctx,
) -> Response:
    """List the dossiers of the caller's member and all below it, in the order they came."""
    key = key_of(query.after, int)
    found = await ctx.database.read(
        use_cases.list_dossiers,
        caller,
        query.wanted(),
        after=0 if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    page = Page[DossierLineOut](
        items=[DossierLineOut.of(dossier) for _, dossier in shown],
        next=cursor_of(shown[-1][0]) if len(found) > len(shown) else None,
    )
    return Response(page.model_dump_json(), media_type=_JSON)


@router.get(
    "/v1/dossiers/{code}",
    operation_id="show_dossier",
    summary="Xem một hồ sơ / Read one dossier",
    response_model=DossierOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_dossier(
    code: PathCode, caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)], ctx: Ctx
) -> Response:
    """Show a dossier to the agency it belongs to."""
    dossier = await ctx.database.read(use_cases.show, caller, _dossier_code(code))
    return Response(DossierOut.of(dossier).model_dump_json(), media_type=_JSON)


@router.post(
    "/v1/dossiers/{code}/progress",
    operation_id="report_progress",
    summary="Ghi tiến độ hồ sơ / Report progress of a dossier",
    status_code=201,
    response_model=ProgressOut,
    responses=problem_answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
@reads(ProgressIn, example=STEP_EXAMPLE)
async def report_progress(
    code: PathCode,
    request: Request,
    caller: Annotated[Caller, requires(Scope.PROGRESS_DOSSIERS)],
    ctx: Ctx,
) -> Response:
    """Move a dossier on; a move that its present status does not allow is refused."""
    dossier_code = _dossier_code(code)
    body = await read_json(request, ProgressIn)
    step = _step(body.value, ctx.clock)
    cause = _cause(ctx, body.digest)

    def act(connection: Connection) -> Answer:
        number, done = use_cases.report(
            connection, ctx.clock, caller, code=dossier_code, step=step, cause=cause
        )
        content = ProgressOut.of(number, done).model_dump_json().encode()
        return created(f"/v1/dossiers/{code}/progress", content, f"dossier:{code}")

    return await answer_once(request, ctx, caller.client_id, body.digest, act)


@router.get(
    "/v1/dossiers/{code}/progress",
    operation_id="list_progress",
    summary="Tiến độ của một hồ sơ / Progress of a dossier",
    response_model=Page[ProgressOut],
    responses=problem_answers(401, 403, 404, 503),
)
async def list_progress(
    code: PathCode, caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)], ctx: Ctx
) -> Response:
    """List every step of a dossier, the first one first; it is always one page."""
    found = await ctx.database.read(use_cases.show_progress, caller, _dossier_code(code))
    page = Page[ProgressOut](
        items=[ProgressOut.of(number, step) for number, step in found], next=None
    )
    return Response(page.model_dump_json(), media_type=_JSON)


def _cause(ctx: Context, digest: str) -> Cause:
    return Cause(digest, is_connected=ctx.settings.dvcqg_url is not None)


def _step(said: ProgressIn, clock: Clock) -> Step:
    return Step(
        status=said.status,
        happened_at=said.happened_at or clock.now(),
        staff_name=said.staff_name or "",
        content=said.content or "",
        staff_title=said.staff_title,
        department=said.department,
        started_at=said.started_at,
        due_at=said.due_at,
    )


def _dossier_code(text: str) -> codes.DossierCode:
    try:
        return codes.DossierCode(text)
    except ValueError:
        raise UnknownDossierError from None
