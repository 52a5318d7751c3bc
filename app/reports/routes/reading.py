"""Reports that there are, and those that are owed."""

from datetime import timedelta
from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.reports.domain.reports import ReportState
from app.reports.routes.router import AgencyQuery, PathReport, answer, router
from app.reports.schemas.forms import CODE
from app.reports.schemas.reports import PERIOD, ReportLineOut, ShownReportOut
from app.reports.schemas.sums import DutyOut
from app.reports.store.reports import Wanted
from app.reports.use_cases import deciding, standing
from app.reports.use_cases.causing import Cause

Reading = Annotated[Caller, requires(Scope.READ_REPORTS)]


class ReportsQuery(AgencyQuery):
    """Which reports, and which page of them."""

    form: str | None = Field(None, pattern=CODE, max_length=40, description="Mã biểu mẫu. / Form.")
    period: str | None = Field(None, pattern=PERIOD, description="Kỳ báo cáo. / Period.")
    state: ReportState | None = Field(None, description="Trạng thái. / Where it stands.")
    limit: Limit = 50
    after: After = None


class DueQuery(AgencyQuery):
    """Within how many days, and which page."""

    days: int = Field(7, ge=0, le=90, description="Trong số ngày tới. / Within so many days.")
    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/reports",
    operation_id="list_reports",
    summary="Các báo cáo / Reports",
    response_model=Page[ReportLineOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_reports(
    query: Annotated[ReportsQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """List reports of an agency and all below it, those begun last first."""
    key = key_of(query.after, int)
    wanted = Wanted(query.of(caller), query.form, query.period, query.state)
    found = await ctx.database.read(
        deciding.list_reports,
        caller,
        wanted,
        before=None if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][0]) if len(found) > len(shown) else None
    items = [ReportLineOut.of(one, ctx.clock.now()) for _, one in shown]
    return answer(Page[ReportLineOut](items=items, next=behind))


@router.get(
    "/v1/reports/due",
    operation_id="list_due_reports",
    summary="Báo cáo sắp đến hạn, quá hạn / Reports due soon or late",
    response_model=Page[DutyOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_due_reports(
    query: Annotated[DueQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """List what units have not handed in and is late or due within some days, the oldest first.

    Of each form the last 24 periods are looked at.
    """
    key = key_of(query.after, str, str, str)
    every = await ctx.database.read(
        standing.due,
        ctx.clock,
        caller,
        Cause.of(ctx.settings),
        agency=query.of(caller),
        within=timedelta(days=query.days),
    )
    places = [(one.due_at.isoformat(), one.form.code, str(one.unit.code)) for one in every]
    later = [one for one, place in zip(every, places, strict=True) if key is None or place > key]
    shown = later[: query.limit]
    behind = None
    if len(later) > len(shown):
        last = shown[-1]
        behind = cursor_of(last.due_at.isoformat(), last.form.code, str(last.unit.code))
    items = [DutyOut.of(one, ctx.clock.now()) for one in shown]
    return answer(Page[DutyOut](items=items, next=behind))


@router.get(
    "/v1/reports/{id}",
    operation_id="show_report",
    summary="Một báo cáo / A report",
    response_model=ShownReportOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_report(
    id: PathReport,  # noqa: A002 -- as the address says it
    caller: Reading,
    ctx: Ctx,
) -> Response:
    """Show a report with every time it was submitted, and what is found in it now."""
    shown = await ctx.database.read(deciding.show, ctx.clock, caller, id)
    return answer(ShownReportOut.of_shown(shown, ctx.clock.now()))
