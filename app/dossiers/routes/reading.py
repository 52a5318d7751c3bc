"""Reading dossiers."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers import store, use_cases
from app.dossiers.domain.statuses import Status
from app.dossiers.routes.router import JSON, PathCode, dossier_code, fetching_of, router
from app.dossiers.schemas.outgoing import DossierLineOut, DossierOut
from app.dossiers.use_cases.files import show_judged
from app.fields import AgencyCode, Moment, ProcedureCode
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers


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
    return Response(page.model_dump_json(), media_type=JSON)


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
    dossier, further = await ctx.database.read(
        show_judged, caller, dossier_code(code), fetching_of(ctx)
    )
    return Response(DossierOut.of(dossier, further).model_dump_json(), media_type=JSON)
