"""How many services there are, and which members are connected."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from app import codes
from app.catalogue.use_cases import today
from app.platform.context import Context, Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.public_services.domain.coverage import Dimension, Group, adoption_of
from app.public_services.routes.offers import Chosen, OnDay
from app.public_services.routes.router import answer, router, take_read
from app.public_services.schemas.coverage import ConnectedOut, CoverageOut
from app.public_services.schemas.priorities import (
    ListedProcedureOut,
    PriorityCountsOut,
    PriorityListOut,
)
from app.public_services.use_cases import covering, prioritising


class CoverageQuery(Chosen):
    """What is counted, and by what it is grouped."""

    by: list[Dimension] = Field(
        default=[Dimension.LEVEL], max_length=4, description="Nhóm theo. / Grouped by."
    )
    limit: Limit = 50
    after: After = None

    @property
    def dimensions(self) -> list[Dimension]:
        """Each dimension once, in the order of a group's key."""
        return [one for one in Dimension if one in self.by]


class PrioritiesQuery(OnDay):
    """Of which day and agency, and which page."""

    limit: Limit = 50
    after: After = None


class ConnectedQuery(BaseModel):
    """A page of members."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/public-services/coverage",
    operation_id="count_services",
    summary="Mức độ cung cấp dịch vụ công / How many services there are, of which kind",
    response_model=CoverageOut,
    responses=problem_answers(422, 429, 503),
)
async def count_services(
    query: Annotated[CoverageQuery, Query()], request: Request, ctx: Ctx
) -> Response:
    """Count the services in force on the day, in all and in groups, open to everybody.

    A service is an agency's, of a procedure. A sector is what the catalogue says today.
    """
    take_read(request, ctx)
    key = key_of(query.after, str, str, str, str)
    wanted, by = query.wanted(ctx.clock), query.dimensions
    total, groups = await ctx.database.read(covering.count_services, wanted, by)
    if key is not None:
        groups = [one for one in groups if one[0] > Group(*map(str, key))]
    shown = groups[: query.limit]
    behind = None
    if len(groups) > len(shown):
        last = shown[-1][0]
        behind = cursor_of(last.level, last.sector, last.agency, last.kind)
    every = await ctx.database.read(covering.list_connected)
    since = today(ctx.clock) - timedelta(days=ctx.settings.seen_days)
    adoption = adoption_of([one for _, one in every], since=since)
    counted = await counted_priorities(ctx, wanted.on, wanted.agency)
    return answer(CoverageOut.of((wanted.on, by, total), shown, behind, adoption, counted))


@router.get(
    "/v1/public-services/priority-list",
    operation_id="list_priorities",
    summary="Danh mục dịch vụ công ưu tiên / The list of priorities, and how far it is offered",
    response_model=PriorityListOut,
    responses=problem_answers(422, 429, 503),
)
async def list_priorities(
    query: Annotated[PrioritiesQuery, Query()], request: Request, ctx: Ctx
) -> Response:
    """List the procedures of the list in force on the day, open to everybody.

    Lists come from files (`lgsp services import`): what is on the national one is not known here.
    """
    take_read(request, ctx)
    key = key_of(query.after, str)
    on = query.day(ctx.clock)
    agency = None if query.agency is None else codes.AgencyCode(query.agency)
    found = await ctx.database.read(prioritising.standing, on, agency)
    if found is None:
        return answer(PriorityListOut(on=on, list=None, items=[], next=None))
    known, listed = found
    later = [one for one in listed if key is None or one.code > str(key[0])]
    shown = later[: query.limit]
    return answer(
        PriorityListOut(
            on=on,
            list=PriorityCountsOut.of(known, listed),
            items=[ListedProcedureOut.model_validate(one) for one in shown],
            next=cursor_of(shown[-1].code) if len(later) > len(shown) else None,
        )
    )


async def counted_priorities(
    ctx: Context, on: date, agency: codes.AgencyCode | None
) -> PriorityCountsOut | None:
    """Return how far the list in force is offered; None without one."""
    found = await ctx.database.read(prioritising.standing, on, agency)
    return None if found is None else PriorityCountsOut.of(*found)


@router.get(
    "/v1/public-services/coverage/members",
    operation_id="list_connected_members",
    summary="Cơ quan đã kết nối / Members that are connected, and with what",
    response_model=Page[ConnectedOut],
    responses=problem_answers(422, 429, 503),
)
async def list_connected_members(
    query: Annotated[ConnectedQuery, Query()], request: Request, ctx: Ctx
) -> Response:
    """List members with a one-stop or a document system in force, open to everybody."""
    take_read(request, ctx)
    key = key_of(query.after, str)
    found = await ctx.database.read(covering.list_connected)
    later = [one for one in found if key is None or one[1].member > str(key[0])]
    shown = later[: query.limit]
    behind = cursor_of(str(shown[-1][1].member)) if len(later) > len(shown) else None
    items = [ConnectedOut.of(name, one) for name, one in shown]
    return answer(Page[ConnectedOut](items=items, next=behind))
