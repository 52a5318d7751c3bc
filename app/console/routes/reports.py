"""Periodic reports for people: who handed in, when it was due, what it comes to."""

from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.console.routes.router import PasswordGuard, router
from app.console.schemas.pages import page
from app.console.schemas.reports import links_of
from app.fields import AgencyCode
from app.platform.context import Ctx
from app.reports.domain.reports import Key
from app.reports.use_cases.causing import Cause
from app.reports.use_cases.overviewing import overview

_HERE: Final = "/bao-cao"
_LONGEST: Final = 40


@router.get(_HERE, include_in_schema=False)
async def show_reports(
    ctx: Ctx,
    caller: Annotated[Caller, Depends(PasswordGuard(Scope.READ_REPORTS, _HERE))],
    form: Annotated[str, Query(alias="bieu", max_length=_LONGEST)] = "",
    period: Annotated[str, Query(alias="ky", max_length=_LONGEST)] = "",
    agency: Annotated[AgencyCode | None, Query(alias="don-vi")] = None,
) -> Response:
    """Show a period of a form, of an agency and all below it; the caller's own where none is named.

    Nothing here is of a person: units, moments and sums.
    """
    whose = caller.member if agency is None else codes.AgencyCode(agency)
    cause, wanted = Cause.of(ctx.settings), Key(form, period, whose)
    seen = await ctx.database.read(overview, ctx.clock, caller, cause, wanted)
    links = links_of(_HERE, seen, None if agency is None else seen.whole.code)
    return page("reports.html", _HERE, seen=seen, links=links, now=ctx.clock.now())
