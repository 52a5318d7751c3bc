"""What services there are, how each is offered on a day, and how many."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from app import codes
from app.catalogue.domain import ProcedureNotFoundError
from app.catalogue.use_cases import today
from app.fields import AgencyCode, Line
from app.platform.clock import Clock
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.public_services.domain.coverage import Wanted
from app.public_services.domain.offers import Kind, Level
from app.public_services.routes.router import answer, router, take_read
from app.public_services.schemas.offers import Day, DecisionOut, OfferedOut, ShownServiceOut
from app.public_services.use_cases import showing

PathProcedure = Annotated[
    str, Path(description="Mã thủ tục. / Procedure code.", examples=["1.003560.H38"])
]


class OnDay(BaseModel):
    """A day and an agency; an unknown name is refused like an unknown field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: Day | None = Field(None, description="Vào ngày; vắng là hôm nay. / On; absent: today.")
    agency: AgencyCode | None = Field(None, description="Cơ quan. / Agency.")

    def day(self, clock: Clock) -> date:
        """Return the day that is meant."""
        return self.on or today(clock)


class Chosen(OnDay):
    """Which services are meant: an agency means it and all below it."""

    sector: Line | None = Field(None, max_length=50, description="Mã lĩnh vực. / Sector code.")
    kind: Kind | None = Field(None, description="Loại. / Kind.")
    level: Level | None = Field(None, description="Cấp thực hiện. / Level of administration.")

    def wanted(self, clock: Clock) -> Wanted:
        """Return which services are meant."""
        agency = None if self.agency is None else codes.AgencyCode(self.agency)
        return Wanted(self.day(clock), agency, self.sector, self.kind, self.level)


class ServicesQuery(Chosen):
    """A page of services."""

    limit: Limit = 50
    after: After = None


class DecisionsQuery(BaseModel):
    """A page of decisions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agency: AgencyCode | None = Field(None, description="Cơ quan. / Agency.")
    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/public-services",
    operation_id="list_services",
    summary="Danh sách dịch vụ công theo ngày / Services as they are on a day",
    response_model=Page[OfferedOut],
    responses=problem_answers(422, 429, 503),
)
async def list_services(
    query: Annotated[ServicesQuery, Query()], request: Request, ctx: Ctx
) -> Response:
    """List the services that a decision in force on the day speaks of, open to everybody."""
    take_read(request, ctx)
    key = key_of(query.after, str, str)
    found = await ctx.database.read(
        showing.list_services,
        query.wanted(ctx.clock),
        after=None if key is None else (str(key[0]), str(key[1])),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = None
    if len(found) > len(shown):
        last = shown[-1].offer
        behind = cursor_of(str(last.procedure), str(last.agency))
    return answer(Page[OfferedOut](items=[OfferedOut.of(one) for one in shown], next=behind))


@router.get(
    "/v1/public-services/{procedure}",
    operation_id="show_service",
    summary="Một thủ tục và các dịch vụ công của nó / A procedure and its services",
    response_model=ShownServiceOut,
    responses=problem_answers(404, 422, 429, 503),
)
async def show_service(
    procedure: PathProcedure, query: Annotated[OnDay, Query()], request: Request, ctx: Ctx
) -> Response:
    """Show a procedure with its full record and its services on the day, open to everybody.

    With an agency it is the one service that stands for it: its own or the nearest above.
    """
    take_read(request, ctx)
    day = query.day(ctx.clock)
    agency = None if query.agency is None else codes.AgencyCode(query.agency)
    shown = await ctx.database.read(
        showing.show_service, procedure_of(procedure), agency, Wanted(day)
    )
    return answer(ShownServiceOut.of(day, shown))


@router.get(
    "/v1/public-services/{procedure}/decisions",
    operation_id="list_decisions",
    summary="Lịch sử quyết định của một thủ tục / Decisions on a procedure",
    response_model=Page[DecisionOut],
    responses=problem_answers(404, 422, 429, 503),
)
async def list_decisions(
    procedure: PathProcedure, query: Annotated[DecisionsQuery, Query()], request: Request, ctx: Ctx
) -> Response:
    """List every decision on a procedure in the order of recording, open to everybody."""
    take_read(request, ctx)
    wanted, key = procedure_of(procedure), key_of(query.after, int)
    found = await ctx.database.read(
        showing.list_decisions,
        wanted,
        None if query.agency is None else codes.AgencyCode(query.agency),
        after=0 if key is None else int(key[0]),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = cursor_of(shown[-1][1].number) if len(found) > len(shown) else None
    items = [DecisionOut.of(offer, decision) for offer, decision in shown]
    return answer(Page[DecisionOut](items=items, next=behind))


def procedure_of(text: str) -> codes.ProcedureCode:
    """Return the code of a path.

    Raises:
        ProcedureNotFoundError: if no procedure can have it.
    """
    try:
        return codes.ProcedureCode(text)
    except ValueError:
        raise ProcedureNotFoundError from None
