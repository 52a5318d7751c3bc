"""`GET /v1/documents/statistics`."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.domain.duties import day_of
from app.documents.domain.statistics import Dimension, Group
from app.documents.routes.router import router
from app.documents.schemas.statistics import StatisticsRowOut
from app.documents.use_cases import counting
from app.documents.use_cases.counting import Asked
from app.fields import AgencyCode
from app.platform.clock import Clock
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

_MONTH = r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$"


class StatisticsQuery(BaseModel):
    """What is counted; without months it is the present one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: str | None = Field(
        None, alias="from", pattern=_MONTH, description="Từ tháng. / Since month.",
        examples=["2026-01"],
    )  # fmt: skip
    last: str | None = Field(
        None, alias="to", pattern=_MONTH, description="Đến tháng. / Until month.",
        examples=["2026-12"],
    )  # fmt: skip
    by: list[Dimension] = Field(
        default=[Dimension.MONTH, Dimension.MEMBER],
        min_length=1,
        max_length=4,
        description="Nhóm theo. / Grouped by.",
    )
    member: AgencyCode | None = Field(
        None, description="Đơn vị và các đơn vị dưới nó. / An agency and all below it."
    )
    limit: Limit = 50
    after: After = None

    def asked(self, clock: Clock) -> Asked:
        """Return what is asked for."""
        today = day_of(clock.now())
        last = today if self.last is None else _day(self.last)
        first = last if self.first is None else _day(self.first)
        by = [one for one in Dimension if one in self.by]
        return Asked(first, last, by, self.member)


def _day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


@router.get(
    "/v1/documents/statistics",
    operation_id="count_documents",
    summary="Thống kê văn bản / Statistics of documents",
    response_model=Page[StatisticsRowOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def count_documents(
    query: Annotated[StatisticsQuery, Query()],
    caller: Annotated[Caller, requires(Scope.READ_DOCUMENTS)],
    ctx: Ctx,
) -> Response:
    """Count new and replacing documents that the caller's units sent and received.

    Sent ones count in the month in which they were taken over, received ones in that of arrival.
    """
    asked = query.asked(ctx.clock)
    key = key_of(query.after, str, str, int, str)
    rows = await ctx.database.read(counting.count, ctx.clock, caller, asked)
    if key is not None:
        month, member, level, kind = key
        last = Group(str(month), str(member), int(level), str(kind))
        rows = [row for row in rows if row.group > last]
    shown = rows[: query.limit]
    behind = None
    if len(rows) > len(shown):
        group = shown[-1].group
        behind = cursor_of(group.month, group.member, group.level, group.type)
    page = Page[StatisticsRowOut](
        items=[StatisticsRowOut.of(row, asked.by) for row in shown], next=behind
    )
    return Response(page.model_dump_json(), media_type="application/json")
