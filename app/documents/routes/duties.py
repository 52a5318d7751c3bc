"""`/v1/documents/duties`: what is to be done soon or is overdue; `…/{id}/duties`: the facts."""

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.documents.domain.duties import DutyKind, DutyState
from app.documents.routes.router import Number, router
from app.documents.schemas.duties import AccountOut, ReminderOut
from app.documents.use_cases import minding
from app.documents.use_cases.minding import Minded
from app.fields import AgencyCode
from app.platform.bodies import InvalidInputError
from app.platform.context import Ctx
from app.platform.errors import Invalid
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers

Reader = Annotated[Caller, requires(Scope.READ_DOCUMENTS)]


class DutyQuery(BaseModel):
    """Which open duties a list shows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    member: AgencyCode | None = Field(
        None, description="Đơn vị và các đơn vị dưới nó. / An agency and all below it."
    )
    kind: Literal["confirm", "finish"] | None = Field(
        None,
        description="confirm: báo đã nhận trong ngày; finish: hoàn thành trước hạn. / Which duty.",
    )
    state: Literal["due_soon", "overdue"] | None = Field(
        None, description="Sắp đến hạn hay quá hạn; bỏ trống: cả hai. / Both if absent."
    )
    limit: Limit = 50
    after: After = None

    def minded(self, soon: timedelta) -> Minded:
        """Return the page wanted, with one item more to see whether another page follows."""
        return Minded(
            member=self.member,
            kind=None if self.kind is None else DutyKind(self.kind),
            state=None if self.state is None else DutyState(self.state),
            soon=soon,
            limit=self.limit + 1,
            after=_key(self.after),
        )


def _key(after: str | None) -> tuple[int, str, str, str, str] | None:
    key = key_of(after, int, str, str, str, str)
    if key is None:
        return None
    calm, day, *rest = key
    try:
        date.fromisoformat(str(day))
    except ValueError:
        wrong = Invalid("query/after", "không phải con trỏ trang của danh sách này", "not a cursor")
        raise InvalidInputError([wrong]) from None
    document, recipient, kind = map(str, rest)
    return (int(calm), str(day), document, recipient, kind)


@router.get(
    "/v1/documents/duties",
    operation_id="list_duties",
    summary="Việc sắp đến hạn, quá hạn / Duties due soon or overdue",
    response_model=Page[ReminderOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_duties(query: Annotated[DutyQuery, Query()], caller: Reader, ctx: Ctx) -> Response:
    """List what the caller's units have still to do with what they received, the urgent first."""
    soon = timedelta(days=ctx.settings.duties_soon_days)
    found = await ctx.database.read(minding.reminders, ctx.clock, caller, query.minded(soon))
    shown = found[: query.limit]
    page = Page[ReminderOut](
        items=[ReminderOut.of(one.duty, one.state, one.document, one.recipient) for one in shown],
        next=cursor_of(*shown[-1].duty.key) if len(found) > len(shown) else None,
    )
    return Response(page.model_dump_json(), media_type="application/json")


@router.get(
    "/v1/documents/{id}/duties",
    operation_id="show_duties",
    summary="Việc phải làm với một văn bản / Duties about one document",
    response_model=AccountOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_duties(number: Number, caller: Reader, ctx: Ctx) -> Response:
    """Tell whether it was sent in time, confirmed the same day and finished by its due date."""
    soon = timedelta(days=ctx.settings.duties_soon_days)
    found = await ctx.database.read(minding.account, ctx.clock, caller, number, soon)
    answer = AccountOut.of(found.document, found.sending, found.recipients)
    return Response(answer.model_dump_json(), media_type="application/json")
