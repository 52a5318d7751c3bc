"""How completely procedures are published: by groups, as CSV, as a chart, and one by one."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.fields import AgencyCode
from app.platform.clock import VIETNAM
from app.platform.context import Context, Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.statistics.domain.publication import FIGURES, PUBLICATION, Facet, Shown
from app.statistics.domain.telling import Told
from app.statistics.routes.router import JSON, PRIVATE, content_of, router
from app.statistics.schemas.charts import chart_of
from app.statistics.schemas.publication import PublicationRowOut, PublishedOut
from app.statistics.schemas.tables import table_of
from app.statistics.use_cases import drill_publication, tell_publication

_KEYS = "^(" + "|".join(PUBLICATION) + ")$"
By = Annotated[
    tuple[Facet, ...],
    Field(min_length=1, max_length=4, description="Nhóm theo. / Grouped by."),
]
Reading = Annotated[Caller, requires(Scope.READ_STATISTICS)]


class PublishersQuery(BaseModel):
    """Whose procedures."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agency: AgencyCode | None = Field(
        None, description="Cơ quan công bố và các cơ quan dưới nó. / A publisher and all below it."
    )
    sector: str | None = Field(
        None, min_length=1, max_length=50, pattern=r"^[\x20-\x7e]+$",
        description="Mã lĩnh vực. / Sector.", examples=["G03-GD10"],
    )  # fmt: skip


class PublicationQuery(PublishersQuery):
    """Whose procedures, by what."""

    by: By = (Facet.AGENCY,)


class PublicationPageQuery(PublicationQuery):
    """Whose procedures, by what, and which page of the groups."""

    limit: Limit = 50
    after: After = None


class PublicationChartQuery(PublicationQuery):
    """Which indicator, by what."""

    indicator: str = Field(
        "published_full_rate", pattern=_KEYS, description="Chỉ tiêu. / Indicator.", max_length=40
    )


class PublishedQuery(PublishersQuery):
    """Which procedures, and which page of them."""

    complete: bool | None = Field(
        None, description="Chỉ thủ tục đủ, hoặc chỉ thủ tục thiếu. / Only complete, or lacking."
    )
    limit: Limit = 50
    after: After = None


async def _told(ctx: Context, caller: Caller, query: PublicationQuery) -> list[Told]:
    agency = None if query.agency is None else codes.AgencyCode(query.agency)
    parts = tuple(ctx.settings.published_parts)
    by = [one for one in Facet if one in query.by]
    asked = (agency, query.sector)
    return list(await ctx.database.read(tell_publication, caller, parts, asked, by))


@router.get(
    "/v1/statistics/procedures",
    operation_id="count_published_procedures",
    summary="Mức độ công khai thủ tục / How completely procedures are published",
    response_model=Page[PublicationRowOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def count_published_procedures(
    query: Annotated[PublicationPageQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """Count published procedures by who publishes them, and the parts their records have.

    Which parts are required is a setting; what the catalogue holds now is counted.
    """
    kinds = [int if one is Facet.LEVEL else str for one in Facet if one in query.by]
    key = key_of(query.after, *kinds)
    rows = await _told(ctx, caller, query)
    later = [one for one in rows if key is None or one.row.group > key]
    shown = later[: query.limit]
    behind = cursor_of(*shown[-1].row.group) if len(later) > len(shown) else None
    page = Page[PublicationRowOut](items=[PublicationRowOut.of(one) for one in shown], next=behind)
    return Response(page.model_dump_json(), media_type=JSON, headers=PRIVATE)


@router.get(
    "/v1/statistics/procedures.csv",
    operation_id="export_published_procedures",
    summary="Mức độ công khai thủ tục, tệp CSV / The same as CSV",
    response_class=Response,
    responses={**content_of("text/csv"), **problem_answers(401, 403, 422, 503)},
)
async def export_published_procedures(
    query: Annotated[PublicationQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """Give the same as one table."""
    rows = await _told(ctx, caller, query)
    by = [one.dimension for one in Facet if one in query.by]
    headers = PRIVATE | {"Content-Disposition": 'attachment; filename="cong-khai-thu-tuc.csv"'}
    table = table_of(rows, by, FIGURES, PUBLICATION)
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


@router.get(
    "/v1/statistics/procedures/chart",
    operation_id="draw_published_procedures",
    summary="Biểu đồ mức độ công khai / One indicator of publication as a chart",
    response_class=Response,
    responses={**content_of("image/svg+xml"), **problem_answers(401, 403, 422, 503)},
)
async def draw_published_procedures(
    query: Annotated[PublicationChartQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """Draw one indicator, a bar for each group, as SVG without scripts."""
    rows = await _told(ctx, caller, query)
    day = f"{ctx.clock.now().astimezone(VIETNAM):%d/%m/%Y}"
    drawn = chart_of(PUBLICATION[query.indicator], rows, day)
    return Response(drawn, media_type="image/svg+xml", headers=PRIVATE)


@router.get(
    "/v1/statistics/procedures/codes",
    operation_id="list_published_procedures",
    summary="Thủ tục đứng sau mức độ công khai / The procedures behind it",
    response_model=Page[PublishedOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_published_procedures(
    query: Annotated[PublishedQuery, Query()], caller: Reading, ctx: Ctx
) -> Page[PublishedOut]:
    """List published procedures with the required parts that their records lack."""
    key = key_of(query.after, str)
    agency = caller.member if query.agency is None else codes.AgencyCode(query.agency)
    shown = Shown(agency, query.sector, query.complete)
    parts = tuple(ctx.settings.published_parts)
    every = await ctx.database.read(drill_publication, caller, parts, shown)
    later = [one for one in every if key is None or str(one.code) > str(key[0])]
    listed = later[: query.limit]
    behind = cursor_of(str(listed[-1].code)) if len(later) > len(listed) else None
    return Page[PublishedOut](items=[PublishedOut.of(one) for one in listed], next=behind)
