"""From an indicator to the dossiers behind it, and what falls due soon."""

from datetime import timedelta
from typing import Annotated

from fastapi import Query
from pydantic import Field

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.statistics.domain.table import INDICATORS
from app.statistics.routes.router import DOSSIER_KEYS, OPINION_KEYS, SoughtQuery, router
from app.statistics.schemas.rows import CountedOpinionOut, CountedOut
from app.statistics.use_cases import drill, drill_opinions
from app.statistics.use_cases import due_soon as fall_due


class CodesQuery(SoughtQuery):
    """Which indicator's dossiers."""

    indicator: str = Field(
        "in_progress_past",
        pattern=DOSSIER_KEYS,
        description="Chỉ tiêu. / Indicator.",
        max_length=40,
    )
    limit: Limit = 50
    after: After = None


class OpinionsQuery(SoughtQuery):
    """Which indicator's opinions."""

    indicator: str = Field(
        "complaint_rate", pattern=OPINION_KEYS, description="Chỉ tiêu. / Indicator.", max_length=40
    )
    limit: Limit = 50
    after: After = None


class DueQuery(SoughtQuery):
    """Within how many days."""

    days: int = Field(3, ge=1, le=60, description="Trong số ngày tới. / Within so many days.")


@router.get(
    "/v1/statistics/dossiers/codes",
    operation_id="list_counted_dossiers",
    summary="Hồ sơ đứng sau một chỉ tiêu / The dossiers behind an indicator",
    response_model=Page[CountedOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_counted_dossiers(
    query: Annotated[CodesQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)],
    ctx: Ctx,
) -> Page[CountedOut]:
    """List what an indicator counts above its line; of a mean, those it is the mean of."""
    key = key_of(query.after, int)
    after = 0 if key is None else int(key[0])
    asked = query.sought(ctx.clock, caller), INDICATORS[query.indicator]
    page = after, query.limit + 1
    found = await ctx.database.read(drill, ctx.clock, caller, asked, page)
    shown = found[: query.limit]
    behind = cursor_of(shown[-1].number) if len(found) > len(shown) else None
    return Page[CountedOut](items=[CountedOut.of(one) for one in shown], next=behind)


@router.get(
    "/v1/statistics/opinions/codes",
    operation_id="list_counted_opinions",
    summary="Ý kiến đứng sau một chỉ tiêu / The opinions behind an indicator",
    response_model=Page[CountedOpinionOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_counted_opinions(
    query: Annotated[OpinionsQuery, Query()],
    caller: Annotated[Caller, requires(Scope.ANSWER_OPINIONS)],
    ctx: Ctx,
) -> Page[CountedOpinionOut]:
    """List what an indicator counts above its line, without what was said and by whom."""
    key = key_of(query.after, int)
    after = 0 if key is None else int(key[0])
    asked = query.sought(ctx.clock, caller), INDICATORS[query.indicator]
    page = after, query.limit + 1
    found = await ctx.database.read(drill_opinions, caller, asked, page)
    shown = found[: query.limit]
    behind = cursor_of(shown[-1].number) if len(found) > len(shown) else None
    return Page[CountedOpinionOut](items=[CountedOpinionOut.of(one) for one in shown], next=behind)


@router.get(
    "/v1/statistics/dossiers/due-soon",
    operation_id="list_due_dossiers",
    summary="Hồ sơ sắp đến hạn / Dossiers that fall due soon",
    response_model=list[CountedOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_due_dossiers(
    query: Annotated[DueQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_DOSSIERS)],
    ctx: Ctx,
) -> list[CountedOut]:
    """List open dossiers by the limit they are judged by, the next one first, at most 200."""
    sought = query.sought(ctx.clock, caller)
    within = timedelta(days=query.days)
    found = await ctx.database.read(fall_due, ctx.clock, caller, sought, within)
    return [CountedOut.of(one) for one in found]
