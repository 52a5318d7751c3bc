"""Lists of dossiers as provinces publish them; nothing in them is personal."""

from datetime import date, datetime
from typing import Annotated, Final

from fastapi import Query
from pydantic import Field, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from app import codes
from app.fields import Moment
from app.platform.bodies import InvalidInputError
from app.platform.context import Ctx
from app.platform.errors import Invalid
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.public_services.routes.offers import OnDay
from app.public_services.routes.router import answer, router, take_read
from app.public_services.schemas.lists import DayOut, ListedOut
from app.public_services.store.tracking import Listed, ListName
from app.public_services.use_cases import tracking

_MOMENT: Final = TypeAdapter(Moment)


class ListQuery(OnDay):
    """Which list, of which day and agency."""

    list: ListName = Field(
        ListName.RECEIVED,
        description="received: tiếp nhận trong ngày; finished: giải quyết xong trong ngày; late: "
        "đang quá hạn, lúc này. / Received or finished on the day, or late now.",
    )
    limit: Limit = 50
    after: After = None

    def behind(self) -> tuple[datetime, int] | None:
        """Return the place behind which the page begins.

        Raises:
            InvalidInputError: if `after` is not a cursor of these lists.
        """
        key = key_of(self.after, str, int)
        if key is None:
            return None
        try:
            return _MOMENT.validate_python(str(key[0])), int(key[1])
        except ValidationError:
            wrong = Invalid("query/after", "không phải con trỏ trang", "not a cursor")
            raise InvalidInputError([wrong]) from None


@router.get(
    "/v1/public-services/dossiers",
    operation_id="list_public_dossiers",
    summary="Danh sách hồ sơ công khai / Dossiers received and finished on a day, and late ones",
    response_model=Page[ListedOut],
    responses=problem_answers(422, 429, 503),
)
async def list_public_dossiers(
    query: Annotated[ListQuery, Query()], request: Request, ctx: Ctx
) -> Response:
    """List dossiers without personal data, open to everybody."""
    take_read(request, ctx)
    found = await ctx.database.read(
        tracking.list_dossiers,
        ctx.clock,
        query.list,
        (query.day(ctx.clock), _agency(query)),
        after=query.behind(),
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    behind = _cursor(query.list, shown[-1]) if len(found) > len(shown) else None
    now = ctx.clock.now()
    items = [ListedOut.of(one, now) for one in shown]
    return answer(Page[ListedOut](items=items, next=behind))


@router.get(
    "/v1/public-services/days",
    operation_id="count_day",
    summary="Số hồ sơ theo cơ quan trong ngày / A day's dossiers by agency",
    response_model=DayOut,
    responses=problem_answers(422, 429, 503),
)
async def count_day(query: Annotated[OnDay, Query()], request: Request, ctx: Ctx) -> Response:
    """Count by agency what was received and finished on the day, and what is late now."""
    take_read(request, ctx)
    on: date = query.day(ctx.clock)
    found = await ctx.database.read(tracking.count_day, ctx.clock, on, _agency(query))
    return answer(DayOut.of(on, list(found)))


def _agency(query: OnDay) -> codes.AgencyCode | None:
    return None if query.agency is None else codes.AgencyCode(query.agency)


def _cursor(name: ListName, last: Listed) -> str:
    places = {
        ListName.RECEIVED: last.received_at,
        ListName.FINISHED: last.finished_at,
        ListName.LATE: last.due_at,
    }
    return cursor_of(f"{places[name]}", last.number)
