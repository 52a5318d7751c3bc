"""Figures by groups: as JSON, as CSV, as a chart, compared; and what they mean."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.domain.measuring.figures import Dimension, Months
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.statistics.domain.publication import PUBLICATION
from app.statistics.domain.table import INDICATORS
from app.statistics.routes.router import (
    JSON,
    KEYS,
    MONTH,
    PRIVATE,
    SoughtQuery,
    content_of,
    router,
)
from app.statistics.schemas.charts import chart_of
from app.statistics.schemas.rows import ComparisonOut, IndicatorOut, RowOut
from app.statistics.schemas.tables import csv_of
from app.statistics.use_cases import Asked, compare, tell

By = Annotated[
    tuple[Dimension, ...],
    Field(min_length=1, max_length=6, description="Nhóm theo. / Grouped by."),
]
_ROWS = 20_000
"""The most rows of one CSV."""


class FiguresQuery(SoughtQuery):
    """Which figures, by what, and which page of them."""

    by: By = (Dimension.AGENCY,)
    limit: Limit = 50
    after: After = None


class TableQuery(SoughtQuery):
    """Which figures, by what."""

    by: By = (Dimension.AGENCY,)


class ComparisonQuery(TableQuery):
    """Which figures, by what, and against which months; without them those just before."""

    former_first: str | None = Field(
        None, alias="former_from", pattern=MONTH, description="Kỳ so sánh, từ tháng. / Since."
    )
    former_last: str | None = Field(
        None, alias="former_to", pattern=MONTH, description="Kỳ so sánh, đến tháng. / Until."
    )

    def former(self, months: Months) -> Months:
        """Return the months compared with."""
        last = self.former_last or self.former_first or months.before.last
        return Months(self.former_first or min(months.before.first, last), last)


class ChartQuery(TableQuery):
    """Which indicator, by what."""

    indicator: str = Field(
        "on_time_rate", pattern=KEYS, description="Chỉ tiêu. / Indicator.", max_length=40
    )


def _ordered(by: tuple[Dimension, ...]) -> list[Dimension]:
    return [one for one in Dimension if one in by]


@router.get(
    "/v1/statistics/dossiers",
    operation_id="count_dossiers",
    summary="Thống kê hồ sơ / Statistics of dossiers",
    response_model=Page[RowOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def count_dossiers(
    query: Annotated[FiguresQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_STATISTICS)],
    ctx: Ctx,
) -> Response:
    """Count dossiers of the caller's agencies by the rules of the national portal.

    What was received counts in its month, what ended in that of its end, ratings in theirs; what
    is in progress is so at this moment.
    """
    by = _ordered(query.by)
    kinds = [int if one is Dimension.LEVEL else str for one in by]
    sought = query.sought(ctx.clock, caller)
    asked = Asked(sought, by, key_of(query.after, *kinds), query.limit + 1)
    rows = await ctx.database.read(tell, ctx.clock, caller, asked)
    shown = rows[: query.limit]
    behind = cursor_of(*shown[-1].row.group) if len(rows) > len(shown) else None
    page = Page[RowOut](items=[RowOut.of(one) for one in shown], next=behind)
    return Response(page.model_dump_json(), media_type=JSON, headers=PRIVATE)


@router.get(
    "/v1/statistics/dossiers.csv",
    operation_id="export_dossier_counts",
    summary="Thống kê hồ sơ, tệp CSV / Statistics of dossiers as CSV",
    response_class=Response,
    responses={**content_of("text/csv"), **problem_answers(401, 403, 422, 503)},
)
async def export_dossier_counts(
    query: Annotated[TableQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_STATISTICS)],
    ctx: Ctx,
) -> Response:
    """Give the same as one table, at most 20,000 rows."""
    by = _ordered(query.by)
    asked = Asked(query.sought(ctx.clock, caller), by, limit=_ROWS)
    rows = await ctx.database.read(tell, ctx.clock, caller, asked)
    headers = PRIVATE | {"Content-Disposition": 'attachment; filename="thong-ke-ho-so.csv"'}
    return Response(csv_of(rows, by), media_type="text/csv; charset=utf-8", headers=headers)


@router.get(
    "/v1/statistics/dossiers/chart",
    operation_id="draw_dossier_counts",
    summary="Biểu đồ một chỉ tiêu / One indicator as a chart",
    response_class=Response,
    responses={**content_of("image/svg+xml"), **problem_answers(401, 403, 422, 503)},
)
async def draw_dossier_counts(
    query: Annotated[ChartQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_STATISTICS)],
    ctx: Ctx,
) -> Response:
    """Draw one indicator, a bar for each group, as SVG without scripts."""
    sought, by = query.sought(ctx.clock, caller), _ordered(query.by)
    rows = await ctx.database.read(tell, ctx.clock, caller, Asked(sought, by, limit=_ROWS))
    months = sought.months
    period = months.first if months.first == months.last else f"{months.first} – {months.last}"
    drawn = chart_of(INDICATORS[query.indicator], rows, period)
    return Response(drawn, media_type="image/svg+xml", headers=PRIVATE)


@router.get(
    "/v1/statistics/dossiers/comparison",
    operation_id="compare_dossier_counts",
    summary="So sánh hai kỳ / Two periods compared",
    response_model=list[ComparisonOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def compare_dossier_counts(
    query: Annotated[ComparisonQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_STATISTICS)],
    ctx: Ctx,
) -> list[ComparisonOut]:
    """Compare each group's indicators with those of other months, by default just as many before.

    What is in progress is so now, in both.
    """
    sought, by = query.sought(ctx.clock, caller), _ordered(query.by)
    former = query.former(sought.months)
    found = await ctx.database.read(compare, ctx.clock, caller, Asked(sought, by), former)
    return [ComparisonOut.of(one, by) for one in found]


@router.get(
    "/v1/statistics/indicators",
    operation_id="list_indicators",
    summary="Định nghĩa các chỉ tiêu / What the indicators mean",
    response_model=list[IndicatorOut],
    responses=problem_answers(401, 403, 503),
)
async def list_indicators(
    caller: Annotated[Caller, requires(Scope.READ_STATISTICS)],  # noqa: ARG001 -- guards
) -> list[IndicatorOut]:
    """List the indicators in the five groups of QĐ 766/QĐ-TTg, with definition and source."""
    return [IndicatorOut.of(one) for one in (*INDICATORS.values(), *PUBLICATION.values())]
