"""Forms, and a form filled in by our own statistics."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.access.domain import Caller, Scope
from app.access.guard import requires
from app.platform.context import Ctx
from app.platform.paging import After, Limit, Page, cursor_of, key_of
from app.platform.problems import problem_answers
from app.reports.routes.router import PathForm, PeriodQuery, answer, router
from app.reports.schemas.forms import FormOut
from app.reports.schemas.reports import PrefillOut
from app.reports.use_cases import filling, forms

Reading = Annotated[Caller, requires(Scope.READ_REPORTS)]


class FormsQuery(BaseModel):
    """A page of forms."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    after: After = None


@router.get(
    "/v1/report-forms",
    operation_id="list_report_forms",
    summary="Các biểu mẫu báo cáo / Forms of reports",
    response_model=Page[FormOut],
    responses=problem_answers(401, 403, 422, 503),
)
async def list_report_forms(
    query: Annotated[FormsQuery, Query()],
    caller: Reading,  # noqa: ARG001 -- guards
    ctx: Ctx,
) -> Response:
    """List the last version of each form, in the order of their codes."""
    key = key_of(query.after, str)
    every = await ctx.database.read(forms.list_forms)
    later = [one for one in every if key is None or one.code > str(key[0])]
    shown = later[: query.limit]
    behind = cursor_of(shown[-1].code) if len(later) > len(shown) else None
    return answer(Page[FormOut](items=[FormOut.of(one) for one in shown], next=behind))


@router.get(
    "/v1/report-forms/{form}",
    operation_id="show_report_form",
    summary="Một biểu mẫu báo cáo / A form",
    response_model=FormOut,
    responses=problem_answers(401, 403, 404, 503),
)
async def show_report_form(
    form: PathForm,
    caller: Reading,  # noqa: ARG001 -- guards
    ctx: Ctx,
) -> Response:
    """Show the last version of a form, with its fields and the checks between them."""
    return answer(FormOut.of(await ctx.database.read(forms.show_form, form)))


@router.get(
    "/v1/report-forms/{form}/prefill",
    operation_id="prefill_report",
    summary="Số liệu điền sẵn / A form filled in by our own statistics",
    response_model=PrefillOut,
    responses=problem_answers(401, 403, 404, 422, 503),
)
async def prefill_report(
    form: PathForm, query: Annotated[PeriodQuery, Query()], caller: Reading, ctx: Ctx
) -> Response:
    """Count what a form asks for, of an agency and all below it; nothing is written.

    What was past its limit when a past period ended is only known about, and marked as such.
    """
    wanted = query.key(form, caller)
    found = await ctx.database.read(filling.prefill, ctx.clock, caller, wanted)
    return answer(PrefillOut.of(found))
