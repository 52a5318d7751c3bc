"""The indicators of QĐ 766/QĐ-TTg for people: two periods, and one of them by agency."""

from typing import Annotated, Final

from fastapi import Depends, Query
from markupsafe import Markup
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.console.routes.router import PasswordGuard, router
from app.console.schemas.indicators import (
    DEFAULT,
    EVERY,
    Asking,
    lines_of,
    period_name,
    periods_of,
)
from app.console.schemas.pages import page
from app.dossiers.domain.measuring.figures import Dimension, Figures, Months, Sought
from app.dossiers.domain.measuring.tallies import month_of
from app.fields import AgencyCode
from app.platform.context import Context, Ctx
from app.statistics.domain import publication
from app.statistics.domain.opinions import NONE
from app.statistics.domain.publication import Facet
from app.statistics.domain.telling import Told
from app.statistics.schemas.charts import chart_of
from app.statistics.use_cases import Asked, compare, tell, tell_publication

_HERE: Final = "/chi-tieu"
_MONTH: Final = r"^((19|20|21)\d{2}-(0[1-9]|1[0-2]))?$"
_KEYS: Final = "^(" + "|".join(EVERY) + ")$"
_MOST: Final = 200
"""Agencies shown one by one."""

Reading = Annotated[Caller, Depends(PasswordGuard(Scope.READ_STATISTICS, _HERE))]


@router.get(_HERE, include_in_schema=False)
async def show_indicators(
    ctx: Ctx,
    caller: Reading,
    key: Annotated[str, Query(alias="chi-tieu", pattern=_KEYS, max_length=40)] = DEFAULT,
    first: Annotated[str, Query(alias="tu", pattern=_MONTH)] = "",
    last: Annotated[str, Query(alias="den", pattern=_MONTH)] = "",
    agency: Annotated[AgencyCode | None, Query(alias="don-vi")] = None,
) -> Response:
    """Show every indicator of an agency and all below it, beside the period before.

    One of them is shown by agency too, as a chart and as the table of the same values.
    """
    until = last or first or month_of(ctx.clock.now())
    months = Months(min(first or until, until), max(first or until, until))
    whose = caller.member if agency is None else codes.AgencyCode(agency)
    asking = Asking(key, months, "" if agency is None else str(whose))
    sought = Sought(whose, months)
    figures = await _both(ctx, caller, sought)
    published = await _published(ctx, caller, whose, ())
    now = published[0].row.figures if published else dict.fromkeys(publication.FIGURES, 0)
    chosen = EVERY[key]
    if chosen.is_of_procedures:
        rows = await _published(ctx, caller, whose, (Facet.AGENCY,))
    else:
        asked = Asked(sought, [Dimension.AGENCY], limit=_MOST)
        rows = list(await ctx.database.read(tell, ctx.clock, caller, asked))
    return page(
        "indicators.html",
        _HERE,
        whose=str(whose.canonical),
        period=period_name(months),
        former=period_name(months.before),
        groups=lines_of(_HERE, asking, figures, now),
        chosen=chosen,
        chart=Markup(chart_of(chosen, rows, period_name(months))),  # noqa: S704 -- escaped there
        rows=[(one.agency_name or one.row.group[0], chosen.value(one.row.figures)) for one in rows],
        periods=periods_of(_HERE, asking, ctx.clock),
    )


async def _both(ctx: Context, caller: Caller, sought: Sought) -> tuple[Figures, Figures]:
    """Return the figures of the months asked for and of as many before."""
    former = sought.months.before
    found = await ctx.database.read(compare, ctx.clock, caller, Asked(sought, ()), former)
    return (found[0].present, found[0].former) if found else (NONE, NONE)


async def _published(
    ctx: Context, caller: Caller, whose: codes.AgencyCode, by: tuple[Facet, ...]
) -> list[Told]:
    parts = tuple(ctx.settings.published_parts)
    told = await ctx.database.read(tell_publication, caller, parts, (whose, None), by)
    return list(told)
