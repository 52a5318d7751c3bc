"""The feed of a monitoring centre (trung tâm giám sát, điều hành thông minh, IOC)."""

from typing import Annotated

from fastapi import Query

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.domain.measuring.figures import Dimension
from app.platform.context import Ctx
from app.platform.problems import problem_answers
from app.statistics.domain.table import INDICATORS
from app.statistics.routes.router import SoughtQuery, router
from app.statistics.schemas.rows import FeedOut, ObservationOut
from app.statistics.use_cases import Asked, tell


@router.get(
    "/v1/statistics/dossiers/feed",
    operation_id="feed_dossier_indicators",
    summary="Số liệu cho trung tâm điều hành (IOC) / Values for a monitoring centre",
    response_model=FeedOut,
    responses=problem_answers(401, 403, 422, 503),
)
async def feed_dossier_indicators(
    query: Annotated[SoughtQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_STATISTICS)],
    ctx: Ctx,
) -> FeedOut:
    """Give every indicator of every agency of the caller, of the months asked for."""
    sought = query.sought(ctx.clock, caller)
    asked = Asked(sought, [Dimension.AGENCY])
    rows = await ctx.database.read(tell, ctx.clock, caller, asked)
    now, month = ctx.clock.now(), sought.months.last
    observations = [
        ObservationOut(
            indicator=one.key,
            group=one.group,
            name=one.name.vi,
            unit=one.measured_in.label,
            agency=str(told.values[Dimension.AGENCY]),
            month=month,
            value=one.value(told.row.figures),
            numerator=sum(told.row.figures[name] for name in one.top),
            denominator=sum(told.row.figures[name] for name in one.below) if one.below else None,
            observed_at=now,
        )
        for told in rows
        for one in INDICATORS.values()
    ]
    return FeedOut(observed_at=now, month=month, observations=observations)
