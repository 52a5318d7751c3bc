"""The feed of a monitoring centre (trung tâm giám sát, điều hành thông minh, IOC)."""

from datetime import datetime
from typing import Annotated

from fastapi import Query

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.dossiers.domain.measuring.figures import Dimension
from app.dossiers.domain.measuring.tallies import month_of
from app.platform.context import Ctx
from app.platform.problems import problem_answers
from app.statistics.domain.indicators import Indicator
from app.statistics.domain.publication import PUBLICATION, Facet
from app.statistics.domain.table import INDICATORS
from app.statistics.domain.telling import Told
from app.statistics.routes.router import SoughtQuery, router
from app.statistics.schemas.rows import FeedOut, ObservationOut
from app.statistics.use_cases import Asked, tell, tell_publication


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
    """Give every indicator of every agency of the caller, of the months asked for.

    How completely procedures are published is so now, and is left out where one procedure or
    channel is asked for.
    """
    sought = query.sought(ctx.clock, caller)
    asked = Asked(sought, [Dimension.AGENCY])
    rows = await ctx.database.read(tell, ctx.clock, caller, asked)
    now, month = ctx.clock.now(), sought.months.last
    observations = [
        _observed(told, one, month, now) for told in rows for one in INDICATORS.values()
    ]
    if sought.procedure is None and sought.channel is None:
        parts = tuple(ctx.settings.published_parts)
        whose = (sought.agency, sought.sector)
        publishing = await ctx.database.read(tell_publication, caller, parts, whose, [Facet.AGENCY])
        present = month_of(now)
        observations += [
            _observed(told, one, present, now)
            for told in publishing
            for one in PUBLICATION.values()
        ]
    return FeedOut(observed_at=now, month=month, observations=observations)


def _observed(told: Told, one: Indicator, month: str, now: datetime) -> ObservationOut:
    figures = told.row.figures
    return ObservationOut(
        indicator=one.key,
        group=one.group,
        name=one.name.vi,
        unit=one.measured_in.label,
        agency=str(told.values[Dimension.AGENCY]),
        month=month,
        value=one.value(figures),
        numerator=sum(figures[name] for name in one.top),
        denominator=sum(figures[name] for name in one.below) if one.below else None,
        observed_at=now,
    )
