"""`/v1/exchanges`: what was called, and how often."""

from datetime import date, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app import codes
from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.broker.domain.watching import Days, Dimension, Outcome, Period, Sought
from app.broker.schemas.exchanges import ExchangeOut, TallyOut, csv_of
from app.broker.schemas.registered import Code
from app.broker.store.watching import Part
from app.broker.use_cases.reviewing import Asked, Question, count_exchanges, list_exchanges
from app.codes import AgencyCode as Agency
from app.fields import DAY_AS_WRITTEN, AgencyCode, Line, Moment
from app.platform.clock import VIETNAM, Clock
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

router = APIRouter(tags=["exchanges"])

_ROWS: Final = 20_000
"""The most rows of one CSV."""

_USUAL: Final = timedelta(days=30)
_CSV: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}

By = Annotated[
    tuple[Dimension, ...],
    Field(min_length=1, max_length=8, description="Nhóm theo. / Grouped by."),
]

Day = Annotated[
    date,
    Field(ge=date(2000, 1, 1), le=date(2199, 12, 31), strict=False, examples=["2026-11-02"]),
    DAY_AS_WRITTEN,
]


class SoughtQuery(BaseModel):
    """Which exchanges."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    member: AgencyCode | None = Field(
        None, description="Đơn vị gọi và các đơn vị dưới nó. / Who called, and all below it."
    )
    client_id: Line | None = Field(None, max_length=80, description="Ứng dụng. / Client.")
    service: Code | None = Field(None, description="Mã dịch vụ. / Service.")
    operation: Line | None = Field(None, max_length=511, description="Thao tác. / Operation.")
    purpose: Line | None = Field(None, max_length=500, description="Mục đích. / Purpose.")
    outcome: Outcome | None = Field(None, description="Kết quả. / What came of it.")

    def sought(self) -> Sought:
        """Return what is sought."""
        member = None if self.member is None else codes.AgencyCode(self.member).canonical
        return Sought(
            member=member,
            client_id=self.client_id,
            service=self.service,
            operation=self.operation,
            purpose=self.purpose,
            outcome=self.outcome,
        )


class ExchangesQuery(SoughtQuery):
    """Which exchanges, of when, and which page of them."""

    since: Moment | None = Field(None, alias="from", description="Từ lúc. / From then on.")
    until: Moment | None = Field(None, alias="to", description="Trước lúc. / Before then.")
    limit: Limit = 50
    after: After = None


class TableQuery(SoughtQuery):
    """Which exchanges, of which days, by what; without days the last thirty."""

    first: Day | None = Field(None, alias="from", description="Từ ngày. / Since.")
    last: Day | None = Field(None, alias="to", description="Đến hết ngày. / Until, counted.")
    by: By = (Dimension.MEMBER, Dimension.SERVICE, Dimension.PURPOSE)

    @property
    def ordered(self) -> list[Dimension]:
        """What they are grouped by, in the order of the columns."""
        return [one for one in Dimension if one in self.by]

    def question(self, clock: Clock, part: Part) -> Question:
        """Return what is asked."""
        last = self.last or max(clock.now().astimezone(VIETNAM).date(), self.first or date.min)
        first = self.first or last - _USUAL
        return Question(self.sought(), Days(first, last), self.ordered, part)


class CountsQuery(TableQuery):
    """Which exchanges, by what, and which page of the groups."""

    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/exchanges",
    operation_id="list_exchanges",
    summary="Các lượt gọi dịch vụ / Calls of shared services",
    response_model=Page[ExchangeOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_calls(
    query: Annotated[ExchangesQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_EXCHANGES)],
    ctx: Ctx,
) -> Response:
    """List calls of the caller's own clients and of those below it, the newest first.

    With the scope services:grant also the calls of services that are its own, whoever calls, and
    every call for a client of the whole province. Refused calls are there; bodies, addresses and
    queries are kept nowhere. Single calls are deleted after a time; their totals stay.
    """
    key = key_of(query.after, int)
    asked = Asked(
        query.sought(),
        Period(query.since, query.until),
        None if key is None else int(key[0]),
        query.limit + 1,
    )
    province = Agency(ctx.settings.province)
    found = await ctx.database.read(list_exchanges, caller, province, asked)
    shown = found[: query.limit]
    behind = cursor_of(shown[-1].number) if len(found) > len(shown) else None
    page = Page[ExchangeOut](items=[ExchangeOut.of(one) for one in shown], next=behind)
    return Response(page.model_dump_json(), media_type="application/json")


@router.get(
    "/v1/exchanges/statistics",
    operation_id="count_exchanges",
    summary="Thống kê lượt gọi theo đơn vị, mục đích / Calls counted by unit and purpose",
    response_model=Page[TallyOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def count_calls(
    query: Annotated[CountsQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_EXCHANGES)],
    ctx: Ctx,
) -> Response:
    """Count the calls that the caller may see, by default by unit, service and purpose.

    Look-ups of the population stand first. Days are those of Vietnam; the figures are half a
    second old.
    """
    key = key_of(query.after, int)
    part = Part(query.limit + 1, 0 if key is None else max(0, int(key[0])))
    question = query.question(ctx.clock, part)
    province = Agency(ctx.settings.province)
    found = await ctx.database.read(count_exchanges, caller, province, question)
    shown = found[: query.limit]
    behind = cursor_of(part.after + query.limit) if len(found) > len(shown) else None
    by = query.ordered
    page = Page[TallyOut](items=[TallyOut.of(one, by) for one in shown], next=behind)
    return Response(page.model_dump_json(), media_type="application/json")


@router.get(
    "/v1/exchanges/statistics.csv",
    operation_id="export_exchange_counts",
    summary="Thống kê lượt gọi, tệp CSV / Calls counted, as CSV",
    response_class=Response,
    responses={**_CSV, **problem_answers(401, 403, 422, 503)},
)
async def export_calls(
    query: Annotated[TableQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_EXCHANGES)],
    ctx: Ctx,
) -> Response:
    """Give the same as one table, at most 20,000 rows."""
    question = query.question(ctx.clock, Part(_ROWS))
    province = Agency(ctx.settings.province)
    rows = await ctx.database.read(count_exchanges, caller, province, question)
    name = 'attachment; filename="thong-ke-luot-goi.csv"'
    headers = {"Cache-Control": "no-store", "Content-Disposition": name}
    content = csv_of(rows, query.ordered)
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
