"""Sums over a tree of members as JSON and CSV, and how punctual its units were."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.reports.routes.router import (
    PRIVATE,
    AgencyQuery,
    PathForm,
    PeriodQuery,
    answer,
    router,
)
from app.reports.schemas.reports import PERIOD
from app.reports.schemas.sums import PunctualityOut, SumOut, csv_of
from app.reports.use_cases import gathering, standing
from app.reports.use_cases.causing import Cause

Reading = Annotated[Caller, requires(Scope.READ_REPORTS)]


class PunctualityQuery(AgencyQuery):
    """Of which periods; without them of all, the last 24."""

    first: str | None = Field(
        None, alias="from", pattern=PERIOD, description="Từ kỳ. / Since period."
    )
    last: str | None = Field(
        None, alias="to", pattern=PERIOD, description="Đến kỳ. / Until period."
    )
    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/report-forms/{form}/sum",
    operation_id="sum_reports",
    summary="Tổng hợp báo cáo / The reports of a period as one",
    response_model=SumOut,
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def sum_reports(
    form: PathForm, query: Annotated[PeriodQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """Sum the accepted reports of an agency and all below it, and name the units missing in it.

    Percentages are computed out of the sums. This is the export for a superior body, too.
    """
    wanted, cause = query.key(form, caller), Cause.of(ctx.settings)
    found = await ctx.database.read(
        gathering.gather, ctx.clock, caller, cause, wanted=wanted, at="query"
    )
    return answer(SumOut.of(found, ctx.clock.now()))


@router.get(
    "/v1/report-forms/{form}/sum.csv",
    operation_id="export_reports",
    summary="Tổng hợp báo cáo, tệp CSV / The reports of a period as CSV",
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
        **problem_answers(401, 403, 404, 422, 503),
    },
)
async def export_reports(
    form: PathForm, query: Annotated[PeriodQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """Give the same as one table: a row for each unit, missing ones too, and the sum."""
    wanted, cause = query.key(form, caller), Cause.of(ctx.settings)
    found = await ctx.database.read(
        gathering.gather, ctx.clock, caller, cause, wanted=wanted, at="query"
    )
    name = f"{found.form.code}-{found.period.label}.csv"
    headers = PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(csv_of(found), media_type="text/csv; charset=utf-8", headers=headers)


@router.get(
    "/v1/report-forms/{form}/punctuality",
    operation_id="rate_report_units",
    summary="Tỷ lệ nộp đúng hạn / How punctual units were",
    response_model=Page[PunctualityOut],
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def rate_report_units(
    form: PathForm, query: Annotated[PunctualityQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """Count, for each unit, what was due by now and what of it came in time, late or not at all.

    The first submission counts; a report that was returned stays in time if that was.
    """
    key = key_of(query.after, str)
    every = await ctx.database.read(
        standing.rates,
        ctx.clock,
        caller,
        Cause.of(ctx.settings),
        agency=query.of(caller),
        span=standing.Span(form, query.first, query.last),
    )
    later = [one for one in every if key is None or str(one.unit.code) > str(key[0])]
    shown = later[: query.limit]
    behind = cursor_of(str(shown[-1].unit.code)) if len(later) > len(shown) else None
    items = [PunctualityOut.of(one) for one in shown]
    return answer(Page[PunctualityOut](items=items, next=behind))
