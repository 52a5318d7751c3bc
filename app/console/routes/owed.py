"""What is owed and does not move, for whoever runs the gateway."""

from typing import Annotated, Final

from fastapi import Depends
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.codes import AgencyCode
from app.console.routes.router import PasswordGuard, router
from app.console.schemas.owed import destination_of
from app.console.schemas.pages import page
from app.console.use_cases import owed as use_cases
from app.platform.context import Ctx

_HERE: Final = "/ton-dong"


@router.get(_HERE, include_in_schema=False)
async def show_standstill(
    ctx: Ctx, caller: Annotated[Caller, Depends(PasswordGuard(Scope.WATCH_TRAFFIC, _HERE))]
) -> Response:
    """Show what does not move, and what mends it; of documents nothing but our ids and units."""
    del caller
    province = AgencyCode(ctx.settings.province)
    seen = await ctx.database.read(use_cases.look, ctx.clock, province)
    return page(
        "owed.html",
        _HERE,
        seen=seen,
        most=use_cases.MOST,
        days=use_cases.LOOK_BACK.days,
        destination_of=destination_of,
    )
