"""The traffic: JSON for programs with a token, a page for people with a client's id and secret."""

from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.console.domain.traffic import MINUTES
from app.console.routes.router import PasswordGuard, router
from app.console.schemas.pages import page
from app.console.schemas.traffic import HEIGHT, TrafficOut, bars_of, label
from app.console.use_cases.traffic import look
from app.platform.context import Ctx
from app.platform.problems import problem_answers

_HERE: Final = "/van-hanh"


@router.get(
    "/v1/traffic",
    operation_id="watch_traffic",
    summary="Lưu lượng trong một giờ qua / The traffic of the last hour",
    response_model=TrafficOut,
    responses=problem_answers(401, 403, 503),
)
async def watch_traffic(
    ctx: Ctx, caller: Annotated[Caller, requires(Scope.WATCH_TRAFFIC)]
) -> Response:
    """Show what is owed, delivered, done and refused in the whole gateway, without a record of it.

    Only for whoever runs the gateway: it is not limited to the caller's member.
    """
    del caller
    seen = await ctx.database.read(look, ctx.clock, ctx.settings)
    return Response(TrafficOut.of(seen).model_dump_json(), media_type="application/json")


@router.get(_HERE, include_in_schema=False)
async def show_traffic(
    ctx: Ctx,
    caller: Annotated[Caller, Depends(PasswordGuard(Scope.WATCH_TRAFFIC, _HERE))],
    again: Annotated[str, Query(alias="tu-tai", max_length=1)] = "",
) -> Response:
    """Show the same as a page; it comes again by itself only for who wants that."""
    del caller
    seen = await ctx.database.read(look, ctx.clock, ctx.settings)
    return page(
        "traffic.html",
        _HERE,
        seen=seen,
        most=max(seen.per_minute, default=0),
        bars=bars_of(seen),
        minutes=MINUTES,
        height=HEIGHT,
        label=label,
        again=again == "1",
    )
